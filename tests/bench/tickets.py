"""Zendesk-style tickets made up from a fixed seed, all different, as many as wanted.

``python -m tests.bench.tickets 100000 FILE`` writes a file of JSON lines.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

FIRST = ("Eva", "Hannah", "Mehmet", "Mari", "Jonas", "Lucie", "Pablo", "Olga", "Tom", "Ayşe")
LAST = ("Holm", "Cole", "Yılmaz", "Kask", "Berg", "Moreau", "Ruiz", "Petrova", "Reed", "Demir")
AGENTS = tuple(f"{first} {last}" for first in FIRST[:6] for last in LAST[4:9])
WORDS = {
    "en": """how do I change the password of my account when the app says that link has expired and
    my bike order was not delivered to this address since Monday please help me with an invoice I
    cannot find in your shop it shows error after every payment we tried again with another card
    but nothing works can you tell us what should be done about our subscription renewal""".split(),
    "de": """wie kann ich mein Passwort ändern wenn die App sagt dass der Link abgelaufen ist und
    meine Bestellung wurde nicht an diese Adresse geliefert seit Montag bitte helfen Sie mir mit der
    Rechnung ich finde sie nicht im Laden nach jeder Zahlung kommt ein Fehler""".split(),
    "et": """kuidas ma saan parooli vahetada kui rakendus ütleb et link on aegunud ja minu tellimus
    ei ole sellele aadressile jõudnud alates esmaspäevast palun aidake mind arvega mida ma poest ei
    leia pärast igat makset tuleb viga ja me proovisime uuesti teise kaardiga""".split(),
    "tr": """şifremi nasıl değiştirebilirim uygulama bağlantının süresinin dolduğunu söylüyor ve
    siparişim pazartesiden beri bu adrese teslim edilmedi lütfen bulamadığım fatura konusunda bana
    yardım edin her ödemeden sonra hata çıkıyor başka bir kartla tekrar denedik""".split(),
}
CLOSINGS = {"en": "Kind regards,", "de": "Mit freundlichen Grüßen", "et": "Lugupidamisega", "tr": "Saygılarımla"}  # fmt: skip
GREETINGS = {"en": "Hello,", "de": "Guten Tag,", "et": "Tere!", "tr": "Merhaba,"}


def tickets(count: int, seed: int = 5) -> Iterator[dict[str, Any]]:
    """Tickets with two to five comments: plain questions, HTML answers, quotes and signatures."""
    rng = random.Random(seed)
    for number in range(1, count + 1):
        yield _ticket(rng, number)


def write_tickets(file: Path, count: int) -> Path:
    """The tickets as JSON lines."""
    with file.open("w", encoding="utf-8") as out:
        for ticket in tickets(count):
            out.write(json.dumps(ticket, ensure_ascii=False) + "\n")
    return file


def _ticket(rng: random.Random, number: int) -> dict[str, Any]:
    lang = rng.choices(tuple(WORDS), (6, 2, 1, 1))[0]
    person = f"{rng.choice(FIRST)} {rng.choice(LAST)}"
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=7 * number)
    user = {
        "id": 1000 + number,
        "name": person,
        "email": f"{person.split(maxsplit=1)[0].lower()}{number}@mail.example",
    }
    comments = [_question(rng, lang, number, user, at)]
    for turn in range(1, rng.randint(2, 5)):
        at += timedelta(hours=turn)
        if turn % 2:
            comments.append(_answer(rng, lang, number, turn, person, at))
        else:
            asked = _question(rng, lang, number, user, at)
            quoted = "\n".join(f"> {line}" for line in _text(rng, lang, 4).splitlines())
            asked["plain_body"] += f"\n\nOn 5 Jan 2026 at 10:00, Support wrote:\n{quoted}"
            comments.append(asked | {"id": number * 10 + turn})
    return {
        "id": number, "subject": _sentence(rng, lang, 6), "status": rng.choice(("closed", "solved", "open")),
        "requester_id": user["id"], "requester": user, "created_at": comments[0]["created_at"],
        "updated_at": at.isoformat(), "tags": ["billing", f"plan_{number % 9}"], "via": {"channel": "email"},
        "satisfaction_rating": {"score": rng.choice(("good", "bad", "unoffered"))}, "comments": comments,
    }  # fmt: skip


def _question(
    rng: random.Random, lang: str, number: int, user: dict[str, Any], at: datetime
) -> dict[str, Any]:
    text = _text(rng, lang, rng.randint(2, 6))
    signature = f"{user['name']}\n{user['email']}\n+44 20 7946 {number % 10000:04}"
    body = (
        f"{GREETINGS[lang]}\n\n{text}\nMy order is VM-{number:06}.\n\n{CLOSINGS[lang]}\n{signature}"
    )
    return {
        "id": number * 10, "author_id": user["id"], "author_name": user["name"], "public": True,
        "created_at": at.isoformat(), "plain_body": body,
    }  # fmt: skip


def _answer(
    rng: random.Random, lang: str, number: int, turn: int, person: str, at: datetime
) -> dict[str, Any]:
    agent = rng.randrange(len(AGENTS))
    steps = "".join(f"<li>{_sentence(rng, lang, 8)}</li>" for _ in range(rng.randint(0, 4)))
    html = (
        f"<div class='zd-comment'><p>{GREETINGS[lang][:-1]} {person.split(maxsplit=1)[0]},</p>"
        f"<p>{_sentence(rng, lang, 14)}<br>{_sentence(rng, lang, 9)}</p><ol>{steps}</ol>"
        f"<p>See <a href='https://help.velmo.example/a/kb-{rng.randint(1000, 1200)}/'>this page</a>.</p>"
        f"<p>{CLOSINGS[lang]}<br>{AGENTS[agent]}<br>Velmo Support<br>Harbour Street 1, London</p></div>"
    )
    return {
        "id": number * 10 + turn, "author_id": agent, "author_name": AGENTS[agent],
        "public": rng.random() > 0.15, "created_at": at.isoformat(), "html_body": html,
    }  # fmt: skip


def _text(rng: random.Random, lang: str, sentences: int) -> str:
    return "\n".join(_sentence(rng, lang, rng.randint(6, 16)) for _ in range(sentences))


def _sentence(rng: random.Random, lang: str, words: int) -> str:
    return " ".join(rng.choices(WORDS[lang], k=words)).capitalize() + rng.choice(".?.!")


if __name__ == "__main__":
    write_tickets(Path(sys.argv[2]), int(sys.argv[1]))
