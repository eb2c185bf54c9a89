"""A ticket in words: what one customer writes about a question, and what an agent answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from kbtool.demo.wordings import Question, Wordings

HELP = "https://help.velmo.example/a/{article}/"
FIRST_COMMENT = 9_300_000
USUAL_QUESTIONS = 6
USUAL_ANSWERS = 2
"""So many ways an answer is worded on one desk."""
LINKED = 0.35
"""How often an agent sends the article that there is."""
OPEN_DAYS = 4
"""The newest tickets are not all solved yet."""
LOCALES: Mapping[str, str] = {"en": "en-GB", "tr": "tr", "et": "et"}
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_LINES = re.compile(r"\n|(?<=[.!?])\s+")
_PLACES: Mapping[str, str] = {"en": "Leeds", "tr": "İzmir", "et": "Tallinn"}
_PLAIN = str.maketrans("çğıİöşüÇĞÖŞÜäõÄÕž", "cgiIosuCGOSUaoAOz")
_TYPES = (("question", 70), ("problem", 22), ("incident", 8))
_TRANSLATIONS: Mapping[str, str] = {"en": "kb-1", "tr": "kb-2", "et": "kb-3"}


@dataclass(frozen=True, slots=True)
class Written:
    """A ticket to be worded."""

    question: Question
    lang: str
    at: datetime
    linked: bool
    """Whether there is an article that an agent may send."""
    token: str | None = None
    """The visit token of the reader who wrote it."""


class Speaker:
    """Puts tickets into words, one after the other."""

    def __init__(self, said: Wordings, random: Random) -> None:
        self._words, self._phones, self._random = said.words, said.phones, random
        self._comment = FIRST_COMMENT

    def ticket(self, number: int, written: Written, now: datetime) -> dict[str, object]:
        """The ticket as Zendesk exports it."""
        random, lang, at = self._random, written.lang, written.at
        first, last = (
            random.choice(self._words[lang]["first"]),
            random.choice(self._words[lang]["last"]),
        )
        subject, asked = self._asked(written, first)
        customer = {"id": 700_000 + number, "name": f"{first} {last}", "locale": LOCALES[lang]}
        customer["email"] = f"c{number}@post.example"
        agent = random.randrange(3)
        replied = at + timedelta(minutes=20 + random.expovariate(1 / 300))
        solved = replied + timedelta(minutes=10 + random.expovariate(1 / 400))
        is_open = solved >= now or ((now - at).days < OPEN_DAYS and random.random() < 0.4)
        comments = [self._comment_of(customer, asked, at)]
        if replied < now:
            answer = self._answer(written, first, agent)
            comments.append(self._comment_by(lang, agent, answer, replied))
        if not is_open and random.random() < 0.3:
            thanks = random.choice(self._words[lang]["thanks"])
            comments.append(self._comment_of(customer, thanks, solved))
        return {
            "id": number,
            "subject": subject,
            "description": asked,
            "type": random.choices([t for t, _ in _TYPES], [w for _, w in _TYPES])[0],
            "status": "open" if is_open else "closed",
            "tags": [],
            "group": _PLACES[lang],
            "requester": customer,
            "created_at": _stamp(at),
            "updated_at": _stamp(min(solved, now)),
            "metric_set": {
                "reopens": int(not is_open and random.random() < 0.07),
                "solved_at": None if is_open else _stamp(solved),
            },
            "satisfaction_rating": {"score": self._score(is_open)},
            "via": {"channel": random.choice(["web", "email", "email", "chat"])},
            "comments": comments,
        }

    def _asked(self, written: Written, first: str) -> tuple[str, str]:
        """(subject, text)."""
        random, lang = self._random, written.lang
        words, said = self._words[lang], written.question.said[lang]
        parts = [random.choice(words["hello"]), self._told(said.asked[:USUAL_QUESTIONS])]
        if random.random() < 0.5:
            parts.append(self._filled(random.choice(words["detail"]), lang))
        if random.random() < 0.6:
            parts.append(f"{random.choice(words['bye'])}\n{first}".strip())
        text = "\n\n".join(part for part in parts if part)
        subject = self._typed(random.choice(said.subjects), lang)
        carried = f"\n\n[{written.token}]" if written.token else ""
        return subject, self._typed(text, lang) + carried

    def _told(self, wordings: Sequence[str]) -> str:
        """What it is about, in sentences of one, two or three wordings: the same is said in many
        ways and never twice in the same.
        """
        random = self._random
        some = random.sample(wordings, min(len(wordings), random.choice((1, 2, 3))))
        sentences = (random.choice(_SENTENCE.split(wording)) for wording in some)
        return " ".join(dict.fromkeys(sentences))

    def _filled(self, text: str, lang: str) -> str:
        random, words = self._random, self._words[lang]
        values = {
            "{town}": random.choice(words["towns"]),
            "{month}": random.choice(words["months"]),
            "{order}": f"VM-{random.randrange(100_000, 140_000)}",
            "{phone}": random.choice(self._phones),
        }
        for name, value in values.items():
            text = text.replace(name, value)
        return text

    def _typed(self, text: str, lang: str) -> str:
        """As it was typed: in haste, on a phone, without the language's own letters."""
        random = self._random
        if random.random() < 0.2:
            text = text.lower()
        if lang != "en" and random.random() < 0.2:
            text = text.translate(_PLAIN)
        if random.random() < 0.25:
            text = _slip(random, text)
        return text.rstrip(".") if random.random() < 0.2 else text

    def _answer(self, written: Written, first: str, agent: int) -> str:
        random, lang, question = self._random, written.lang, written.question
        words = self._words[lang]
        parts = [random.choice(words["reply"]), self._replied(question.said[lang].replied)]
        if written.linked and question.article and random.random() < LINKED:
            article = question.article.replace("kb-1", _TRANSLATIONS[lang])
            link = HELP.format(article=article)
            parts.append(random.choice(words["more"]).replace("{link}", link))
        parts.append(words["signed"][agent])
        return "\n\n".join(parts).replace("{name}", first)

    def _replied(self, answers: Sequence[str]) -> str:
        """What agents mostly say: one of the usual answers, a sentence less or one of another more."""
        random = self._random
        usual = answers[:USUAL_ANSWERS]
        own, other = random.choice(usual), random.choice(usual)
        kept = [line for line in _LINES.split(own) if random.random() < 0.9] or [own]
        lines = _LINES.split(other)
        kept += random.sample(lines, min(len(lines), 2))
        return "\n".join(dict.fromkeys(kept))

    def _comment_of(
        self, customer: Mapping[str, object], text: str, at: datetime
    ) -> dict[str, object]:
        who = {
            "author_id": customer["id"],
            "author_role": "end-user",
            "author_name": customer["name"],
        }
        return self._numbered(who, text, at)

    def _comment_by(self, lang: str, agent: int, text: str, at: datetime) -> dict[str, object]:
        place = sorted(_PLACES).index(lang)
        name = self._words[lang]["agents"][agent]
        who = {"author_id": 7101 + 3 * place + agent, "author_role": "agent", "author_name": name}
        return self._numbered(who, text, at)

    def _numbered(self, who: Mapping[str, object], text: str, at: datetime) -> dict[str, object]:
        self._comment += 1
        said = {"public": True, "created_at": _stamp(at), "plain_body": text}
        return {"id": self._comment, **who, **said}

    def _score(self, is_open: bool) -> str:
        if is_open or self._random.random() < 0.7:
            return "unoffered"
        return "good" if self._random.random() < 0.88 else "bad"


def _slip(random: Random, text: str) -> str:
    """Two letters within a longer word that changed places."""
    places = [
        n
        for n in range(2, len(text) - 2)
        if text[n - 2 : n + 2].isalpha() and text[n] != text[n - 1]
    ]
    if not places:
        return text
    n = random.choice(places)
    return text[: n - 1] + text[n] + text[n - 1] + text[n + 1 :]


def _stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
