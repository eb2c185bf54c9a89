"""One topic in several languages."""

from __future__ import annotations

from kbtool.mining.grouping.languages import Group, answer_marks, join_languages
from kbtool.mining.questions.question import Question


def _group(name: str, lang: str, *lines: tuple[str, str]) -> Group:
    return [
        Question(ticket=f"{name}:{n}", text=text, wordings=(), lang=lang, reply=reply)
        for n, (text, reply) in enumerate(lines)
    ]


EN = [
    _group("cancel", "en", ("cancel my order", "Open it."), ("order: cancel please", "Open it.")),
    _group("invoice", "en", ("send the invoice", "It is sent."), ("no invoice", "It is sent.")),
    _group("password", "en", ("forgot password", "Ask."), ("password reset", "Ask for a new.")),
    _group("weather", "en", ("will it rain", "No idea."), ("rain tomorrow?", "No idea.")),
]
TR = [
    _group(
        "sifre", "tr", ("şifremi unuttum", "Yenisini isteyin."), ("şifre sıfırlama", "İsteyin.")
    ),
    _group("iptal", "tr", ("siparişimi iptal edin", "Açın."), ("sipariş iptal", "Açın.")),
    _group("fatura", "tr", ("fatura gelmedi", "Gönderdik."), ("faturamı yollayın", "Gönderdik.")),
]


def _pairs(groups: list[Group]) -> set[frozenset[str]]:
    return {frozenset(q.ticket.partition(":")[0] for q in group) for group in groups}


def test_what_words_mean_joins_languages() -> None:
    """Groups without a common word, number or link are joined by the thesaurus."""
    found = _pairs(join_languages({"en": EN, "tr": TR}, str))
    joined = {pair for pair in found if len(pair) > 1}
    assert joined
    assert joined <= {
        frozenset({"cancel", "iptal"}),
        frozenset({"invoice", "fatura"}),
        frozenset({"password", "sifre"}),
    }
    assert frozenset({"weather"}) in found


def test_nothing_is_lost_or_doubled() -> None:
    """Every question is in exactly one group afterwards, whatever was joined."""
    before = sorted(q.ticket for groups in (EN, TR) for group in groups for q in group)
    after = [q.ticket for group in join_languages({"en": EN, "tr": TR}, str) for q in group]
    assert sorted(after) == before


def test_marks_are_the_same_in_every_language() -> None:
    """Numbers, links by what they point at, tags and meanings; never plain small words."""
    question = Question(
        ticket="t:1",
        text="Siparişimi iptal edin",
        wordings=(),
        lang="tr",
        reply="15 dakika içinde: https://help.example/a/kb-7",
        links=("https://help.example/a/kb-7",),
        tags=("Orders",),
    )
    marks = answer_marks(question, lambda url: url.rpartition("/")[2])
    assert {"number 15", "link kb-7", "tag orders", "meaning cancel"} <= marks
    assert "word ve" not in marks


def test_one_language_is_left_as_it_is() -> None:
    """There is nothing to join."""
    assert join_languages({"en": EN}, str) == EN
