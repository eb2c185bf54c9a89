"""Each sentence of an article tells where it comes from, whatever a person did to it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.articles.draft import draft_topic
from kbtool.articles.draft.render import CONFLICT, CONFLICT_END, sentence
from kbtool.articles.explain.trace import State, Trace, mark_edits, trace
from kbtool.articles.files.frontmatter import draft_sha256
from kbtool.model import Article, Evidence
from tests.articles.tickets import MACRO, sources, ticket, topic

OPEN = "Open Account > Boxes"
TAP = "Tap Change box"
CONFIRM = "Choose another tea and confirm"
PACKED = "If your box is already packed, the change starts with the next one."
DAYS = "You can change the box until 5 days before the next delivery date."
TEXTS = (OPEN, TAP, CONFIRM, PACKED, DAYS)
BODY = f"""1. Open **Account > Boxes**.
2. {TAP}.
3. {CONFIRM}.

> **Note:** {PACKED}

{DAYS}
"""


def article(body: str = BODY, texts: tuple[str, ...] = TEXTS, lang: str = "en") -> Article:
    """A draft of these texts, whose body a person changed unless it is ``BODY``."""
    evidence = tuple(
        Evidence(text, (f"desk:{n}/m1/s1",), 3, 2, None) for n, text in enumerate(texts)
    )
    made = Article(
        "kb-1", "How?", lang, "draft", None, BODY, "drafts/kb-1.md", evidence=evidence, body_line=11
    )
    return replace(made, drafted_sha256=draft_sha256(made), body=body)


def changed(old: str, new: str) -> Trace:
    """The trace after a person replaced a part of the body."""
    assert old in BODY
    return trace(article(BODY.replace(old, new)))


def states(found: Trace) -> list[tuple[State, tuple[int, ...]]]:
    """State and evidence of each sentence in order."""
    return [(one.state, one.evidence) for one in found.sentences]


AS_DRAFTED: list[tuple[State, tuple[int, ...]]] = [("drafted", (n,)) for n in range(5)]


def test_a_draft_is_drafted_line_by_line() -> None:
    """Each sentence as readers see it, with the line of the file and its one evidence."""
    found = trace(article())
    assert states(found) == AS_DRAFTED
    assert [(one.line, one.text) for one in found.sentences] == [
        (11, "Open Account > Boxes."),
        (12, "Tap Change box."),
        (13, "Choose another tea and confirm."),
        (15, PACKED),
        (17, DAYS),
    ]
    assert found.removed == ()
    assert [part.label for part in found.parts] == ["", "", "", "Note:", ""]


@pytest.mark.parametrize("conflicting", [False, True])
def test_what_kbtool_drafts_is_drafted(conflicting: bool) -> None:
    """Also the sides of a conflict, links and "See also", without what stands beside them."""
    rule = "You can change the box until {} days before the next delivery date."
    more = "\n\nMore in https://help.tea.example/a/kb-7/."
    tickets = [
        ticket(n, f"{MACRO}{more}\n\n{rule.format(5 if n > 3 and conflicting else 14)}", agent=f"a{n % 2}")
        for n in range(1, 7)
    ]  # fmt: skip
    known = Article("kb-7", "What is in a (tea) box? All", "en", "published", None, "", "en/t.md")
    (made,), _ = draft_topic(topic(tickets), tickets, sources(known))
    found = trace(made)
    assert {one.state for one in found.sentences} == {"drafted"}
    sides = [part for part in found.parts if part.conflict]
    assert len(sides) == (2 if conflicting else 0)
    assert all("ticket" not in one.text for one in found.sentences)
    edited = trace(replace(made, body=made.body + "\nWe like tea.\n"))
    assert [one.state for one in edited.sentences if one.text != "We like tea."].count(
        "written"
    ) == 0
    assert edited.sentences[-1].state == "written"
    assert (made.evidence[0].text, edited.removed) == (OPEN, ())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("**Account > Boxes**", "Account > Boxes"),
        (f"2. {TAP}.", f"2. {TAP}"),
        (f"3. {CONFIRM}.", "3. Choose another tea\n   *and confirm*."),
        (f"> **Note:** {PACKED}", f"!!! note\n    {PACKED}"),
        (f"2. {TAP}.\n", f"2. {TAP}.\n\n   ![the button](b.png)\n\n"),
        ("until 5 days", "until 5\u00a0days"),
        (f"1. Open **Account > Boxes**.\n2. {TAP}.", f"Open Account &gt; Boxes. t{TAP[1:]}."),
    ],
)  # fmt: skip
def test_another_form_is_no_edit(old: str, new: str) -> None:
    """Bold, full stops, wrapped lines, notes, non-breaking spaces: the words are the agents'."""
    assert [one for one in states(changed(old, new)) if one[0] != "written"] == AS_DRAFTED


def test_steps_in_another_order_are_still_drafted() -> None:
    """Each with its own evidence."""
    found = trace(article(f"1. {CONFIRM}.\n2. {TAP}.\n3. {OPEN}.\n\n{DAYS} {PACKED}\n"))
    assert states(found) == [("drafted", (n,)) for n in (2, 1, 0, 4, 3)]
    assert found.removed == ()


def test_a_typo_mended_is_an_edit_of_its_sentence() -> None:
    """Also when it stood in the one telling word of a short sentence."""
    texts = ("Restat the lokc", "Tap Chnage box", "Wait for the blue light")
    body = "1. Restart the lock.\n2. Tap Change box.\n3. Wait for the blue light.\n"
    found = trace(article(body, texts))
    assert states(found) == [("edited", (0,)), ("edited", (1,)), ("drafted", (2,))]
    assert found.removed == ()


def test_a_typo_mended_in_half_of_an_evidence() -> None:
    """Both halves come from it, also the question of one telling word."""
    texts = ("Card exipred? Open Account > Billing and put in an IBAN", "Tap Save")
    found = trace(article("1. Card expired? Open Account > Billing and put in an IBAN.\n", texts))
    assert states(found) == [("edited", (0,)), ("edited", (0,))]
    assert found.removed == (1,)


def test_two_sentences_merged_come_from_both() -> None:
    """And nothing counts as removed."""
    found = changed(
        f"2. {TAP}.\n3. {CONFIRM}.\n", "2. Tap Change box, choose another tea, and confirm.\n"
    )
    assert states(found)[1] == ("edited", (1, 2))
    assert found.removed == ()


def test_a_sentence_split_comes_from_one() -> None:
    """Both halves, also the one that is a single word."""
    found = changed(f"3. {CONFIRM}.\n", "3. Choose another tea.\n4. Confirm it.\n")
    assert states(found)[2:4] == [("edited", (2,)), ("edited", (2,))]
    assert found.removed == ()


@pytest.mark.parametrize(
    ("new", "numbers"),
    [("7 days", ("7",)), ("seven days", ("7",)), ("five days", ()), ("5 to 14 days", ("14",))],
)
def test_a_changed_number_is_named(new: str, numbers: tuple[str, ...]) -> None:
    """The evidence says 5; in words it is the same number."""
    last = changed("5 days", new).sentences[-1]
    assert (last.state, last.evidence, last.new_numbers) == ("edited", (4,), numbers)


def test_what_a_person_adds_is_written() -> None:
    """Beside drafted sentences in one paragraph too, with its own line."""
    found = changed(DAYS, f"{DAYS}\nOur tea is grown in Rize. {DAYS}")
    assert states(found)[4:] == [("drafted", (4,)), ("written", ()), ("drafted", (4,))]
    assert [one.line for one in found.sentences[4:]] == [17, 18, 18]


def test_what_a_person_takes_out_is_removed() -> None:
    """The evidence is named, the rest stays as it was."""
    found = changed(f"> **Note:** {PACKED}\n\n", "")
    assert found.removed == (3,)
    assert states(found) == [("drafted", (n,)) for n in (0, 1, 2, 4)]


SIDES = (
    "You can change the box until 5 days before the next delivery date",
    "You can change the box until 14 days before the next delivery date.",
)
OPEN_CONFLICT = f"""{CONFLICT}
> **Agents disagree.** Keep what is true as plain text, then delete this block with its two markers.
>
> - {SIDES[0]}. **(newest)** (1,204 tickets, 2 agents, 2026-01-01 to 2026-02-01)
> - {SIDES[1]} (1 ticket, 1 agent)
{CONFLICT_END}

> A quote of a person.
"""


def test_the_sides_of_an_open_conflict_are_drafted() -> None:
    """They know that they are sides; what explains the block is no sentence of the article."""
    found = trace(article(OPEN_CONFLICT, SIDES))
    assert [(p.conflict, p.sentences[0].text) for p in found.parts] == [
        (1, f"{SIDES[0]}."),
        (1, SIDES[1]),
        (None, "A quote of a person."),
    ]
    assert states(found) == [("drafted", (0,)), ("drafted", (1,)), ("written", ())]


def test_the_side_that_was_kept_is_drafted_and_the_other_removed() -> None:
    """However alike the two sides are; one that was made to say both is an edit of both."""
    assert trace(article(f"{SIDES[1]}\n", SIDES)).removed == (0,)
    assert states(trace(article(f"{SIDES[1]}\n", SIDES))) == [("drafted", (1,))]
    both = trace(article(f"{SIDES[1][:-1]}, or 5 days for yearly boxes.\n", SIDES))
    assert (states(both), both.removed) == ([("edited", (0, 1))], ())
    third = trace(article(f"{SIDES[1].replace('14', '7')}\n", SIDES))
    assert (third.sentences[0].state, third.sentences[0].new_numbers) == ("edited", ("7",))
    assert len(third.removed) == 1


def test_what_is_no_sentence_breaks_nothing() -> None:
    """Headings and code have no state; rows of tables and the words of images are written."""
    extra = (
        "# Boxes\n\n```sh\nTap Change box.\n```\n\n| Box | Days |\n|---|---|\n| small | 5 |\n\n"
        "![A box.](box.png)\n\n<div>html</div>\n\n"
    )
    found = trace(article(extra + BODY))
    assert [part.block.kind for part in found.parts][:6] == [
        "heading", "code", "row", "row", "text", "text",
    ]  # fmt: skip
    assert [part.sentences for part in found.parts[:2]] == [(), ()]
    assert states(found)[-5:] == AS_DRAFTED
    assert {state for state, _ in states(found)[:-5]} == {"written"}


def test_without_evidence_everything_is_written() -> None:
    """Also a "See also" that looks like kbtool's."""
    found = trace(article("Open the app.\n\nSee also: [Boxes](/a/kb-2/)\n", ()))
    assert states(found) == [("written", ()), ("written", ())]


def test_links_are_compared_by_the_article_they_lead_to() -> None:
    """A renamed article changes the words of the link, not the sentence."""
    texts = ("See [kb-12] first. It tells how", "More in [kb-13]")
    body = (
        "See [How? Why!](/a/kb-12/) first. It tells how. More in [x](https://h.example/a/kb-14/).\n"
    )
    found = trace(article(body, texts))
    assert [(one.state, one.text) for one in found.sentences] == [
        ("drafted", "See How? Why! first. It tells how."),
        ("edited", "More in x."),
    ]


@pytest.mark.parametrize(
    ("lang", "drafted", "now"),
    [
        ("tr", "içindeki kutuyu 5 gün önce değiştirebilirsiniz", "İçindeki kutuyu 7 gün önce değiştirebilirsiniz."),
        ("et", "Karpi saad muuta kuni 5 päeva enne järgmist tarnet.", "Karpi saab muuta kuni 7 päeva enne tarnet."),
    ],
)  # fmt: skip
def test_other_languages(lang: str, drafted: str, now: str) -> None:
    """Drafted with the capital of the language, edited in its words."""
    as_it_is = sentence(drafted, lang, lambda id_: None) + "\n"
    assert states(trace(article(as_it_is, (drafted,), lang))) == [("drafted", (0,))]
    (one,) = trace(article(f"{now}\n", (drafted,), lang)).sentences
    assert (one.state, one.evidence, one.new_numbers) == ("edited", (0,), ("7",))


def test_edits_are_marked_on_the_evidence() -> None:
    """Changed and taken out is edited; what stands as drafted is not, nor is what was put back."""
    mine = article(BODY.replace(TAP, "Tap the button Change box").replace(DAYS, ""))
    marked = mark_edits(mine)
    assert [one.edited for one in marked.evidence] == [False, True, False, False, True]
    again = mark_edits(replace(marked, body=BODY))
    assert [one.edited for one in again.evidence] == [False] * 5
    assert again == article()


@given(
    st.lists(st.text(alphabet="abAB12 .?!:`*_[]()<>-=#|\\{}&~'\"ışğ", min_size=1), max_size=4),
    st.text(alphabet="ab. `*_[]()<>!-=#|>\n\\{}:&1~", max_size=80),
)
def test_any_text_is_told_whole(texts: list[str], more: str) -> None:
    """Whatever is in evidence and body, every evidence is used or removed, and lines go up."""
    drafted = " ".join(sentence(text, "en", lambda id_: None) for text in texts)
    made = article(f"{drafted}\n\n{more}", tuple(texts))
    found = trace(made)
    used = {number for one in found.sentences for number in one.evidence}
    assert used | set(found.removed) == set(range(len(texts)))
    assert not used & set(found.removed)
    lines = [one.line for one in found.sentences]
    assert lines == sorted(lines)
    assert all(one.evidence or one.state != "edited" for one in found.sentences)
    marked = mark_edits(made)
    assert all(marked.evidence[number].edited for number in found.removed)


@given(st.permutations(range(4)))
def test_any_order_of_whole_sentences_is_drafted(order: list[int]) -> None:
    """In one paragraph, without their order or a line break to go by."""
    texts = ("Not found? Hold the button", "Wait 5 days…", "Do this: tap it", "e.g. Tap 1. and 2")
    body = " ".join(sentence(texts[n], "en", lambda id_: None) for n in order)
    assert states(trace(article(body, texts))) == [("drafted", (n,)) for n in order]
