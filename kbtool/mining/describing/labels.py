"""A group of questions to a topic: the question shown, its wordings, keywords and counts."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from kbtool.mining.describing.wordings import LONGEST, clearness, may_be_shown
from kbtool.mining.questions.question import Question
from kbtool.model import Topic, Wording
from kbtool.text import is_stop_word, plain_terms, term, words

WORDINGS = 12
KEYWORDS = 6
FIRST_SHARE = 0.25
"""Share of a topic's tickets in the first language for its question to be shown in it."""


@dataclass(frozen=True, slots=True)
class Members:
    """All tickets of a topic, counted: of its questions only the most typical need be at hand."""

    tickets: tuple[str, ...]
    """Their keys, in any order."""
    requesters: int
    """Different ones; each unknown one counts as one more."""
    languages: Mapping[str, int]
    """Tickets by language, "und" for unknown."""
    months: Mapping[str, int]
    """Tickets by month ("2026-10"); undated ones are left out."""


class Labels:
    """Turns groups into topics; knows how usual each word is in all questions."""

    def __init__(
        self,
        questions: Sequence[Question],
        first_language: str | None = None,
        *,
        sampled: float = 1.0,
    ) -> None:
        """``first_language`` is that of the question shown, where enough tickets are in it.

        ``questions`` may be an even sample of all; ``sampled`` is then its share of them.
        """
        self._first = first_language
        self._sampled = sampled
        self._df: dict[str | None, Counter[str]] = defaultdict(Counter)
        for question in questions:
            self._df[question.lang].update(set(plain_terms(question.text, question.lang)))
        self._sizes = Counter(question.lang for question in questions)

    def topic(self, group: Sequence[Question], whole: Members) -> Topic:
        """The topic of one group; its id is a hash of the tickets it was born with.

        ``group`` holds its questions, or some hundred typical ones of a large topic; ``whole`` are
        the counts of all. Trend and expected tickets are not known yet: the months of all topics
        together tell them (``describing.trend``).
        """
        centres = self._centres(group, whole)
        ranked = sorted(
            group, key=lambda q: (-self._typical(q.text, q.lang, centres[q.lang]), q.ticket)
        )
        wordings = self._wordings(ranked, centres, whole)
        first = [q.ticket for q in ranked]
        return Topic(
            id=birth_id(whole.tickets),
            question=wordings[0].text if wordings else ranked[0].text.splitlines()[0][:LONGEST],
            keywords=self._keywords(group, centres),
            tickets=tuple(dict.fromkeys((*first, *sorted(whole.tickets)))),
            requesters=whole.requesters,
            languages=tuple(sorted(whole.languages.items(), key=lambda item: (-item[1], item[0]))),
            months=tuple(sorted(whole.months.items())),
            trend="steady",
            wordings=wordings,
        )

    def _centres(
        self, group: Sequence[Question], whole: Members
    ) -> dict[str | None, dict[str, float]]:
        """For each language: how telling each term is for the topic.

        A term's share of the topic's questions times the logarithm of how much larger that is
        than its share of the other questions; terms of a single question tell nothing.
        """
        centres: dict[str | None, dict[str, float]] = {}
        for lang, size in Counter(q.lang for q in group).items():
            counts: Counter[str] = Counter()
            for question in group:
                if question.lang == lang:
                    counts.update(set(plain_terms(question.text, lang)))
            own = max(size, whole.languages.get(lang or "und", size) * self._sampled)
            others = max(self._sizes[lang] - own, 0.0) + 1
            centres[lang] = {
                t: n
                / size
                * math.log(n / size * others / max(0.5, self._df[lang][t] - n / size * own))
                for t, n in counts.items()
                if n > 1 or size == 1
            }
        return centres

    def _typical(self, text: str, lang: str | None, centre: dict[str, float]) -> float:
        """How telling a text is for its group, whatever its length."""
        found = set(plain_terms(text, lang))
        # fsum: a set has another order in every process, and a plain sum another last digit.
        whole = math.fsum(centre.get(t, 0.0) for t in found)
        return whole / math.sqrt(len(found)) if found else 0.0

    def _wordings(
        self,
        group: Sequence[Question],
        centres: dict[str | None, dict[str, float]],
        whole: Members,
    ) -> tuple[Wording, ...]:
        """Different real sentences of different tickets, the most telling first."""
        found: list[tuple[float, str, Wording]] = []
        for question in group:
            best = max(
                (
                    (self._telling(text, question, centres[question.lang]), text)
                    for text in question.wordings
                    if may_be_shown(text, question.lang)
                ),
                default=None,
            )
            if best is not None and best[0] > 0:
                found.append((-best[0], best[1], Wording(best[1], question.lang, question.ticket)))
        languages, main = whole.languages, self._first
        if languages.get(main or "", 0) < FIRST_SHARE * len(whole.tickets):
            main = min(languages, key=lambda lang: (-languages[lang], lang))
        found.sort(key=lambda item: (item[0], item[1], item[2].ticket))
        first = next((i for i, item in enumerate(found) if item[2].lang == main), 0)
        ordered = [
            item[2] for item in (*found[first : first + 1], *found[:first], *found[first + 1 :])
        ]
        return tuple(_different(ordered)[:WORDINGS])

    def _telling(self, text: str, question: Question, centre: dict[str, float]) -> float:
        """How well a sentence stands for its group: typical, about its matter, clear on its own.

        One that lacks the group's most telling words ("How long does it take?") counts by the
        best of those it has.
        """
        most = max(centre.values(), default=0.0)
        if most <= 0:
            return 0.0
        best = max((centre.get(t, 0.0) for t in plain_terms(text, question.lang)), default=0.0)
        typical = self._typical(text, question.lang, centre)
        return typical * best / most * clearness(text, question.lang, centre)

    def _keywords(
        self, group: Sequence[Question], centres: Mapping[str | None, Mapping[str, float]]
    ) -> tuple[str, ...]:
        """The words that set this topic apart, as customers most often spell them."""
        tickets: Counter[tuple[str, str | None]] = Counter()
        spellings: dict[tuple[str, str | None], Counter[str]] = defaultdict(Counter)
        for question in group:
            seen: set[tuple[str, str | None]] = set()
            for word in words(question.text, question.lang):
                if len(word) < 3 or word.isdigit() or is_stop_word(word, question.lang):
                    continue
                key = (term(word, question.lang), question.lang)
                spellings[key][word] += 1
                seen.add(key)
            tickets.update(seen)
        telling = {key: n * centres[key[1]].get(key[0], 0.0) for key, n in tickets.items()}
        ranked = sorted(
            (key for key, value in telling.items() if value > 0),
            key=lambda key: (-telling[key], key[0], key[1] or ""),
        )
        spelt = [min(spellings[k].items(), key=lambda kv: (-kv[1], kv[0]))[0] for k in ranked]
        return tuple(dict.fromkeys(spelt))[:KEYWORDS]


def birth_id(tickets: Sequence[str]) -> str:
    """``t-`` and eight hex digits, from the tickets a topic is born with, in any order."""
    text = "\n".join(sorted(tickets))
    return f"t-{blake2b(text.encode(), digest_size=4).hexdigest()}"


def _different(wordings: Sequence[Wording]) -> list[Wording]:
    """Those that do not repeat an earlier one: no more than half of the words in common."""
    kept: list[tuple[set[str], Wording]] = []
    for wording in wordings:
        found = set(plain_terms(wording.text, wording.lang))
        if all(len(found & other) <= 0.5 * len(found | other) for other, _ in kept):
            kept.append((found, wording))
    return [wording for _, wording in kept]
