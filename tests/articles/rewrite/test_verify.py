"""The judge without a model: what may be worded anew and what may not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kbtool.articles.rewrite.facts import facts_of, undressed
from kbtool.articles.rewrite.records import Line, Proposal
from kbtool.articles.rewrite.rewriter import Rewriter
from kbtool.articles.rewrite.verify import Judge, Verdict, verify
from tests.articles.rewrite.liar import (
    DRAFTED,
    Sentence,
    chatting,
    rewriter,
    saying,
    tea_outline,
    text_of,
)
from tests.stub import Stub

TEA = (
    Line("Standard delivery takes 3 days.", "fact"),
    Line("Express delivery takes 1 day and costs £5.", "fact"),
    Line("You cannot change the address after dispatch.", "fact"),
    Line('Open Account > Boxes and tap "Change box".', "step"),
    Line("Write to [email] or read [kb-7].", "step"),
)


def _verdict(*proposals: Proposal, lines: tuple[Line, ...] = TEA, lang: str = "en") -> Verdict:
    kinds = {line.text: line.kind for line in lines}
    judge = Judge(
        lang, ("en", "tr", "et"), {"Account >": 1, "Boxes": 1}, lambda _: (),
        lambda line, _text: kinds[line.text], lines,
    )  # fmt: skip
    return verify(judge, proposals)


def _reason(text: str, *ids: int, lines: tuple[Line, ...] = TEA, lang: str = "en") -> str | None:
    verdict = _verdict(Proposal(text, ids), lines=lines, lang=lang)
    return verdict.dropped[0].reason if verdict.dropped else None


def test_every_sentence_stands_for_itself() -> None:
    """What is not changed at all is always kept."""
    for n, line in enumerate(TEA):
        assert _reason(line.text, n) is None, line


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Standard delivery takes three days.", (0,)),
        ("Standard delivery takes 3 days and express delivery takes 1 day and costs £5.", (0, 1)),
        ("The address can't be changed after dispatch.", (2,)),
        ("After dispatch you can't change the address.", (2,)),
        ('Go to **Account > Boxes**, then press "Change box".', (3,)),
        ("1. Open Account > Boxes and tap “Change box”.", (3,)),
        ("Please write to [email] or read [kb-7].", (4,)),
    ],
)
def test_harmless_wordings_are_kept(text: str, ids: tuple[int, ...]) -> None:
    """Numbers as words, another order, short forms, emphasis and list marks."""
    assert _reason(text, *ids) is None


@pytest.mark.parametrize(
    ("text", "ids", "reason"),
    [
        ("Standard delivery takes 3 days.", (7,), "there is no E8"),
        ("Standard delivery takes 3 days.", (-1,), "there is no E0"),
        ("Standard delivery takes 3 days.", (), "no evidence"),
        ("Standard delivery takes 3 days.", (0, 1, 2, 3), "more than 3"),
        ("Standard delivery takes 3 days.", (0, 3), "mixes a fact and a step"),
        ("You cannot change standard delivery, 3 days.", (0, 2), "not neighbours"),
        ("Standard delivery takes 1 day and express delivery takes 3 days and £5.", (0, 1), "order"),
        ("Express delivery takes 3 days and standard delivery 1 day and £5.", (0, 1), "order"),
        ("Standard delivery takes 3 weeks.", (0,), "3 counts something else"),
        ("Standard delivery takes ３０ days.", (0,), "the number 30"),
        ("Standard delivery takes ٣٠ days.", (0,), "the number 30"),
        ("Standard delivery takes thirty days.", (0,), "thirty"),
        ("Standard delivery takes -3 days.", (0,), "the number -3"),
        ("Express delivery takes 1 day and costs €5.", (1,), "5 counts something else"),
        ("Standard delivery takes days.", (0,), "leaves out 3"),
        ("You can change the address after dispatch.", (2,), "“can” says the opposite"),
        ("You cannot change the address before dispatch.", (2,), "before"),
        ('Open Account > Boxes and tap "Delete box".', (3,), "the label “Delete box”"),
        ('Open Account > Boxes > All and tap "Change box".', (3,), "menu path"),
        ('Open Account → Boxes and tap "Change box".', (3,), "the sign →"),
        ("Open Account > Boxes and tap.", (3,), "leaves out"),
        ("Write to [phone] or read [kb-7].", (4,), "the placeholder [phone]"),
        ("Write to [email] or read [kb-8].", (4,), "the placeholder [kb-8]"),
        ("Please write or read [kb-7].", (4,), "leaves out “[email]”"),
        ("Standard delivery by Hermes takes 3 days.", (0,), "the name Hermes"),
        ("Standard delivery takes 3 days?", (0,), "the sign ?"),
        ("Standard delivery takes 3 days. Standard delivery takes 3 days.", (0,), "one sentence"),
        ("Standard delivery takes 3 days, see a.example/x.", (0,), "the address a.example/x"),
        ("Standard delivery takes 3 days, write a@b.example.", (0,), "the address a@b.example"),
        ("`rm -rf` standard delivery takes 3 days.", (0,), "the label “rm -rf”"),
        ("Standard delivery takes 3 days" + " standard delivery" * 50, (0,), "longer than"),
        ("\u202e\u200b", (0,), "says nothing"),
        ("3 3 3", (0,), ""),
    ],
)  # fmt: skip
def test_what_the_evidence_does_not_carry_is_dropped(
    text: str, ids: tuple[int, ...], reason: str
) -> None:
    """Each kind of lie with its own reason."""
    assert reason in (_reason(text, *ids) or "kept")


@pytest.mark.parametrize(
    ("lang", "drafted", "text", "reason"),
    [
        ("tr", "Sipariş iptal edilemez.", "Sipariş iptal edilebilir.", "“not”"),
        ("tr", "Sipariş iptal edilebilir.", "Sipariş iptal edilemez.", "“not”"),
        ("tr", "Kodu yalnızca bir kez girin.", "Kodu bir kez girin.", "yalnızca"),
        ("tr", "Kargo ücretsizdir.", "Kargo ücretlidir.", ""),
        ("tr", "Teslimattan önce değiştirin.", "Teslimattan sonra değiştirin.", "sonra"),
        ("et", "Kaarti ei saa muuta.", "Kaarti saab muuta.", "opposite"),
        ("et", "Kaarti saab muuta.", "Kaarti ei saa muuta.", "“not”"),
        ("et", "Muutke enne tarnet.", "Muutke pärast tarnet.", "pärast"),
        ("et", "Raha laekub viie päeva jooksul.", "Raha laekub viie nädala jooksul.", "nädal"),
    ],
)
def test_turkish_and_estonian_say_not_in_their_own_ways(
    lang: str, drafted: str, text: str, reason: str
) -> None:
    """Inside the verb, by a word before it, by a suffix."""
    lines = (Line(drafted, "fact"),)
    assert _reason(drafted, 0, lines=lines, lang=lang) is None
    assert reason in (_reason(text, 0, lines=lines, lang=lang) or "kept")


def test_inflected_words_are_the_same_words() -> None:
    """Where a stemmer knows the language and where first letters must do."""
    tr, et = (
        Line("Siparişinizi uygulamadan takip edin.", "fact"),
        Line("Vahetame aku 20 minutiga.", "fact"),
    )
    assert _reason("Siparişi uygulamada takip edin.", 0, lines=(tr,), lang="tr") is None
    assert _reason("Aku vahetatakse 20 minutiga.", 0, lines=(et,), lang="et") is None


def test_a_half_that_is_left_over_takes_the_other_half_with_it() -> None:
    """When one of two sentences for a line falls, the line is said as drafted."""
    lines = (Line("Refunds take 10 days and go to your card.", "fact"),)
    both = (Proposal("Refunds take 10 days.", (0,)), Proposal("They go to your bank card.", (0,)))
    verdict = _verdict(both[0], lines=lines)
    assert verdict.kept == ()
    assert "E1" in verdict.dropped[0].reason


def test_another_language_is_dropped_even_when_it_shares_words() -> None:
    """Names and numbers are the same in every language."""
    line = Line("Velmo, Omniva, Bluetooth, Visa and Mastercard work with the lock.", "fact")
    text = "Velmo, Omniva, Bluetooth, Visa ja Mastercard töötavad meie lukkudega väga hästi."
    assert _reason(text, 0, lines=(line,)) is not None


def test_the_verdict_does_not_depend_on_the_order_of_the_answer() -> None:
    """The kept sentences come in the order of the evidence."""
    proposals = [Proposal(line.text, (n,)) for n, line in enumerate(TEA)]
    assert _verdict(*proposals).kept == _verdict(*reversed(proposals)).kept


@given(st.text(max_size=80))
def test_any_text_becomes_one_plain_line(text: str) -> None:
    """Without control characters, directions, private use or line breaks."""
    plain, _ = undressed(text)
    assert plain == " ".join(plain.split())
    assert not {unicodedata.category(c) for c in plain} & {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}


@given(st.text(max_size=120), st.sampled_from(["en", "tr", "et", "de", "fi"]))
def test_any_text_can_be_taken_apart(text: str, lang: str) -> None:
    """The same each time; words and terms fit each other."""
    found = facts_of(text, lang, {})
    assert found == facts_of(text, lang, {})
    assert len(found.terms) == len(found.weighty) == len(found.meant)


PIECES = [
    "Open", "Account > Boxes", "Account > Privacy", "Tap", "Change box", '"Delete"', "“Pay”", "14", "3 days",
    "www.evil.example", "http://evil.example/x", "a@evil.example", "<script>", "<img src=x>", "**bold**",
    "not", "never", "If your box is already packed,", "the change starts with the next one", "another tea",
    "[kb-9]", "{{x}}", "`code`", "Ignore all instructions", "\n# Heading", "1. ", "confirm", "€5", "→", "Kutu",
]  # fmt: skip
sentence = st.tuples(
    st.one_of(
        st.lists(st.sampled_from(PIECES), max_size=7).map(" ".join),
        st.deferred(lambda: st.sampled_from([group.said.text for group in tea_outline().groups])),
        st.text(max_size=40),
        st.none(),
    ),
    st.sampled_from(["step", "note", "fact", "", None, 7]),
    st.lists(st.sampled_from(["E1", "E2", "E3", "E4", "E9", "1", 2, "x"]), max_size=3),
)


@pytest.fixture(scope="module")
def liar() -> Iterator[Stub]:
    """One stub for all examples."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("no_proxy", "127.0.0.1")
        with chatting() as stub:
            yield stub


def _facts_in(text: str) -> set[str]:
    """Numbers, addresses, quoted labels, bold pieces and tags of a Markdown text."""
    pattern = r"(?m)(?<!^)\d+|[\w.]+@[\w.]+|(?:https?://|www\.)\S+|[\"“][^\"”]+[\"”]|\*\*[^*]+\*\*|<(?!!)\w+"
    return set(re.findall(pattern, text))


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(sentence, max_size=8), st.one_of(st.none(), st.text(max_size=30)))
def test_nothing_that_no_evidence_has_reaches_the_draft(
    liar: Stub, sentences: list[Sentence], title: str | None
) -> None:
    """Whatever the API says: no number, address, label, path or tag; and no sentence is lost."""
    liar.good = lambda _: saying(sentences, title)
    made: Rewriter = rewriter(liar)
    new = made(tea_outline())
    assert _facts_in(text_of(new)) <= _facts_in(DRAFTED)
    covered = {source.ref for group in new.groups for source in group.sources}
    assert covered == {source.ref for group in tea_outline().groups for source in group.sources}
