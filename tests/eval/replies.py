"""What agents write: pasted articles, the same in their own words, and links that are none of ours."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from kbtool.model import Article
from kbtool.text import sentences

_MARKS = re.compile(r"^> ?|\*\*|^#+ ", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")

OTHER_LINKS: dict[str, Callable[[str], str]] = {
    "longer host": lambda i: f"https://help.velmo.example.evil.test/a/{i}/",
    "host alike": lambda i: f"https://help-velmo.example/a/{i}/",
    "letter alike": lambda i: f"https://help.vеlmo.example/a/{i}/",
    "user name": lambda i: f"https://help.velmo.example@evil.test/a/{i}/",
    "in a parameter": lambda i: (
        f"https://evil.test/go?to=https%3A%2F%2Fhelp.velmo.example%2Fa%2F{i}%2F"
    ),
    "in a fragment": lambda i: f"https://evil.test/#help.velmo.example/a/{i}/",
    "in a path": lambda i: f"https://web.archive.test/web/2026/https://help.velmo.example/a/{i}/",
    "the shop": lambda i: f"https://velmo.example/a/{i}/",
    "another port": lambda i: f"https://help.velmo.example:8443/a/{i}/",
    "a mail address": lambda i: f"write to help.velmo.example/a@{i}.example",
    "home page": lambda _: "https://help.velmo.example/en/",
    "contact page": lambda _: "https://help.velmo.example/en/contact/",
    "no such article": lambda _: "https://help.velmo.example/a/kb-999999/",
    "other Guide number": lambda _: (
        "https://velmo.zendesk.example/hc/en-us/articles/369999999999-x"
    ),
}
"""Links that lead to no article of ours."""


def sentences_of(article: Article) -> list[str]:
    """The article as its reader sees it, sentence by sentence."""
    return sentences(_LINK.sub(r"\1", _MARKS.sub("", article.body)))


def _whole(article: Article) -> str:
    return "\n\n".join(sentences_of(article))


def _markdown(article: Article) -> str:
    return f"Hi Eva,\n\nthanks for asking.\n\n{article.body}\n\nHannah"


def _as_html(article: Article) -> str:
    items = "".join(f"<li>{html.escape(s)}</li>" for s in sentences_of(article))
    return f"<div>Hi Eva,</div><ol>{items}</ol><div>Best regards,<br>Hannah</div>"


def _first_half(article: Article) -> str:
    found = sentences_of(article)
    return (
        "Hello,\n\n" + " ".join(found[: max(4, len(found) // 2)]) + "\n\nLet me know how it goes."
    )


def _middle(article: Article) -> str:
    """About 45 words from the middle, cut inside sentences."""
    found = " ".join(sentences_of(article)).split()
    start = len(found) // 4
    return "Sure! " + " ".join(found[start : start + 45]) + " …"


def _edited(article: Article, every: int) -> str:
    """Each so many words one is left out, another replaced."""
    found = " ".join(sentences_of(article)).split()
    kept = [
        "please" if n % (2 * every) == every else word
        for n, word in enumerate(found, start=1)
        if n % (2 * every)
    ]
    return "Hello Eva,\n\n" + " ".join(kept) + "\n\nHannah"


def _mixed(article: Article) -> str:
    """Own sentences between those of the article."""
    own = "I have looked at your account and all is well on our side."
    return " ".join(f"{own} {s}" if n % 3 == 1 else s for n, s in enumerate(sentences_of(article)))


PASTES: dict[str, tuple[Callable[[Article], str], bool]] = {
    "whole article": (_whole, False),
    "Markdown source": (_markdown, False),
    "HTML list": (_as_html, True),
    "first half": (_first_half, False),
    "45 words of the middle": (_middle, False),
    "every 20th word changed": (lambda a: _edited(a, 20), False),
    "every 12th word changed": (lambda a: _edited(a, 12), False),
    "every 7th word changed": (lambda a: _edited(a, 7), False),
    "own sentences between": (_mixed, False),
}
"""Name → (how an article's text gets into a reply, whether it is HTML)."""

OWN_WORDS = (
    "We come to you for that: pick a time under Report a problem, and a mechanic is there within two days. "
    "The first two punctures of a year cost you nothing.",
    "Please take the battery inside, let it warm up, clean the contacts and try once more. Red means it is "
    "too cold. If it stays dark for two hours, come by the store with it.",
    "You can stop paying for up to three months. Choose Pause in the app; the bike stays yours and the "
    "insurance goes on, that is why a small part of the fee is still taken.",
    "Have you switched on Bluetooth and location? Stand right beside the bike, pull the screen down to "
    "refresh and unlock. Otherwise keep the button on the lock pressed until it blinks blue.",
    "Report it to the police first and note the number they give you. Then tell us in the app, we block the "
    "bike and look where it is. A new one comes once the insurer has agreed.",
    "Your invoices are under Account, one for each month, and you may have the company's name on them when "
    "you write it there before the first of the month.",
    "Onu biz yapıyoruz: uygulamada sorun bildirin, bir saat seçin, tamirci iki gün içinde gelir. Yılda iki "
    "kez ücretsizdir, sonrası için küçük bir bedel alınır.",
    "Bataryayı içeri alın, ısınmasını bekleyin ve uçları silin. Kırmızı ışık soğuk demektir. Yine olmazsa "
    "mağazamıza getirin, bakalım.",
    "Aboneliği en çok üç ay durdurabilirsiniz. Uygulamada Dondur düğmesine basmanız yeter, bisiklet sizde "
    "kalır.",
    "Selle teeme meie: teata rakenduses rikkest, vali aeg ja mehaanik tuleb kahe päeva jooksul. Kaks korda "
    "aastas on see tasuta.",
    "Võta aku tuppa, lase soojeneda ja puhasta kontaktid. Punane tuli tähendab, et on liiga külm. Kui ikka "
    "ei lae, too see meile poodi.",
    "Lepingu saab peatada kuni kolmeks kuuks. Vali rakenduses Peata; ratas jääb sinu kätte.",
)
"""The sample's advice as nobody wrote it in an article."""

NEGATIVES = (
    "Thank you for your patience. Your refund of the 12th has been sent and should be on your account within "
    "three to five working days. Please let us know if you do not see it by then.",
    "I have forwarded this to our workshop in Leeds. They will call you tomorrow between nine and noon to "
    "agree on a time. Sorry again for the trouble this has caused you.",
    "Parcel number received, thanks. The courier tells us that it was left with your neighbour at number 14. "
    "Could you please ask there and write back if it is not?",
    "Talebinizi aldık, teşekkür ederiz. Ekip arkadaşlarımız yarın sizi arayıp uygun bir saat belirleyecek. "
    "Yaşanan aksaklık için tekrar özür dileriz.",
    "Aitäh kirja eest! Andsin selle meie töökojale edasi, nad helistavad sulle homme hommikul ja lepivad aja "
    "kokku. Vabandame ebamugavuse pärast.",
)
"""Replies about other things."""
