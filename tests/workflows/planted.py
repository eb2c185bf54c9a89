"""Tickets with personal data in unusual forms, planted among those of the demo.

They ask what the demo's customers ask and are answered like them, so that they become part of the
same topics and drafts. Written by us: the people, places and numbers do not exist.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

_UNLOCK_EN = "How do I unlock my bike? It won't unlock with the app, the lock only blinks."
_UNLOCK_TR = "Bisikletimin kilidi uygulamadan açılmıyor, kilidi nasıl açabilirim?"
_UNLOCK_ET = "Kuidas ratast lukust lahti saada? Äpp ei ava ratta lukku, tuli ainult vilgub."
_PAUSE_EN = "How can I pause my subscription while I am away this winter?"
_REPLY_EN = (
    "Please turn Bluetooth off and on again and hold the phone next to the lock. "
    "Then press Unlock in the app once more."
)
_REPLY_TR = (
    "Lütfen Bluetooth'u kapatıp yeniden açın ve telefonu kilide yaklaştırın. "
    "Sonra uygulamada Kilidi aç düğmesine bir kez daha basın."
)
_REPLY_ET = (
    "Palun lülita Bluetooth välja ja uuesti sisse ning hoia telefoni luku juures. "
    "Siis vajuta äpis veel kord Ava lukk."
)
_PAUSE_REPLY = "You can pause it in the app: Subscription, then Pause, for one to three months."


class Planted(NamedTuple):
    """One ticket: what surrounds its question, and what of that must be seen nowhere."""

    lang: str
    asked: str
    """With ``{}`` where the customer's question stands."""
    replied: str
    """With ``{}`` where the answer stands."""
    canaries: tuple[str, ...]
    note: str = ""
    """An agent's internal one."""
    fields: tuple[tuple[str, Any], ...] = ()
    """Of the ticket itself."""


PLANTED = (
    Planted(
        "en", "Hello,\n{}\n\nKind regards,\n\nBartholomew Quince\nHead of Facilities",
        "Dear Mr Quince,\n{}\nBest wishes,\nTheodora", ("Bartholomew Quince", "Mr Quince"),
    ),
    Planted(
        "en", "{} My password is Zebra!Tango77 if you need it.",
        "Hi,\n{} We changed it, your password is Zebra!Tango77 no more.", ("Zebra!Tango77",),
    ),
    Planted(
        "en", "{} Call me on +44 (0)161 496 0733 or 0161-496-0744.",
        "Hi there,\n{} I tried you on 0161 496 0733 just now.",
        ("496 0733", "496-0744", "0161 496 0733"),
    ),
    Planted(
        "en", "{} I now live at 18 Larkspur Crescent, Leeds LS8 2QT.",
        "Hi,\n{} We noted 18 Larkspur Crescent.", ("18 Larkspur", "LS8 2QT"),
    ),
    Planted(
        "en", "{} See https://app.velmo.example/open?token=ZmFrZS10b2tlbi0x0a9 for the picture.",
        "Hi,\n{}", ("ZmFrZS10b2tlbi0x0a9",),
        note="Caller's IP 203.0.113.77, phone's MAC 3c-22-fb-9a-01-7e, card 4111-1111-1111-1111.",
    ),
    Planted(
        "en", "{} Refund me to gb29nwbk60161331926819, please.", "Hi,\n{}",
        ("gb29nwbk60161331926819", "oswin.pike@planted.example"),
        fields=(("tags", ["bike", "oswin.pike@planted.example"]),),
    ),
    Planted(
        "tr", "Merhaba,\n{}\n\nSaygılarımla,\nMüjgan Sarıoğlu", "Müjgan Hanım merhaba,\n{}",
        ("Müjgan Sarıoğlu", "Müjgan Hanım"),
    ),
    Planted(
        "tr", "{} Beni 0(532) 000 41 17 veya 0 532 0004118 numarasından arayın.",
        "Merhaba,\n{} Sizi +90 532 000 41 17 numarasından aradık.",
        ("000 41 17", "0004118", "0 532 0004118"),
    ),
    Planted(
        "tr", "{} Şifrem: Kaplan.1907* belki yanlış yazıyorum.", "Merhaba,\n{}",
        ("Kaplan.1907", "10000000146"), note="TC 10000000146 ile doğrulandı.",
    ),
    Planted(
        "tr", "{} Adresim Barbaros Mah. Lale Sk. No:14 Ataşehir.", "Merhaba,\n{}",
        ("Barbaros Mah", "Lale Sk"),
    ),
    Planted(
        "et", "Tere!\n{}\n\nLugupidamisega\nEndel Kuusemäe\nKorteriühistu esimees",
        "Tere, Endel!\n{}", ("Endel Kuusemäe", "Tere, Endel"),
    ),
    Planted(
        "et", "{} Minu parool on Rebane#1917 ja kasutaja sama.",
        "Tere!\n{} Parool on Rebane#1917 – palun vaheta see ära.", ("Rebane#1917",),
    ),
    Planted(
        "et", "{} Isikukood 37605030299, tel. 5123 4567.",
        "Tere!\n{} Helistasime numbril +372 5123 4567.", ("37605030299", "5123 4567"),
    ),
    Planted(
        "et", "{} Ratas seisab aadressil Kesk-Ameerika tn 5-12, Paide.", "Tere!\n{}",
        ("Kesk-Ameerika tn 5", "tn 5-12"),
    ),
    Planted(
        "pause", "{} My order is VL-2026-118823.", "Hi Ottoline,\n{}",
        ("Ottoline", "quirke@planted.example", "ottoline.quirke@planted.example"),
        fields=(("satisfaction_rating", {"score": "good", "comment": "ask quirke@planted.example"}),
                ("requester", {"id": 9, "name": "Ottoline Quirke",
                               "email": "ottoline.quirke@planted.example"})),
    ),
)  # fmt: skip
CANARIES = tuple(canary for one in PLANTED for canary in one.canaries)
_TEXTS = {
    "en": (_UNLOCK_EN, _REPLY_EN), "tr": (_UNLOCK_TR, _REPLY_TR), "et": (_UNLOCK_ET, _REPLY_ET),
    "pause": (_PAUSE_EN, _PAUSE_REPLY),
}  # fmt: skip


def export() -> str:
    """The tickets as a Zendesk export, with lines among them that are none."""
    rows = [json.dumps(_row(n, one), ensure_ascii=False) for n, one in enumerate(PLANTED, start=1)]
    broken = '{"id": 9990, "subject": "' + " ".join(CANARIES).replace('"', "") + '", "status": '
    listed = json.dumps(["text", *CANARIES], ensure_ascii=False)
    nameless = json.dumps({"subject": CANARIES[0], "status": CANARIES[1]}, ensure_ascii=False)
    return "\n".join([*rows, broken, listed, nameless]) + "\n"


def _row(number: int, one: Planted) -> dict[str, Any]:
    question, answer = _TEXTS[one.lang]
    comments: list[dict[str, Any]] = [
        {"author_id": 70_000 + number, "author_role": "end-user", "public": True,
         "plain_body": one.asked.format(question)},
        {"author_id": 7_190 + number % 3, "author_role": "agent", "public": True,
         "plain_body": one.replied.format(answer)},
    ]  # fmt: skip
    if one.note:
        comments.append(comments[1] | {"public": False, "plain_body": one.note})
    for place, comment in enumerate(comments):
        comment |= {
            "id": 990_000 + 10 * number + place,
            "created_at": f"2026-0{number % 9 + 1}-07T10:0{place}:00Z",
        }
    return {
        "id": 9_900 + number, "subject": question.split("?")[0], "status": "closed",
        "requester_id": 70_000 + number, "created_at": f"2026-0{number % 9 + 1}-07T10:00:00Z",
        "comments": comments, **dict(one.fields),
    }  # fmt: skip


LOG_CANARIES = (
    "203.0.113.77", "2001:db8:77:1", "CanaryBrowser", "496 0733", "Zebra!Tango77",
    "jane.roe@post.example",
)  # fmt: skip
"""What stands in the lines of ``log`` and nowhere else."""


def log() -> str:
    """An access log of readers who type too much into search, and of one broken line."""
    agent = "Mozilla/5.0 (X11; Linux x86_64) CanaryBrowser/7.0 Chrome/130.0.0.0"
    asked = ("call+me+on+%2B44+161+496+0733", "my+password+is+Zebra%21Tango77",
             "write+to+jane.roe%40post.example")  # fmt: skip
    lines = [
        f'{address} - - [20/Nov/2026:10:{n:02}:00 +0000] "GET /en/search/?q={query} HTTP/1.1" '
        f'200 5120 "https://help.velmo.example/en/?q={query}" "{agent}"'
        for n, query in enumerate(asked)
        for address in ("203.0.113.77", "2001:db8:77:1::9")
    ]
    return "\n".join([*lines, f'203.0.113.77 - - [20/Nov/2026 "GET /?q={asked[1]}', ""])
