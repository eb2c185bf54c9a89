"""Rules about how an article reads: images, links' words, headings, reading level, placeholders."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kbtool.articles.checks.text import personal_findings, placeholder_findings
from kbtool.config.settings import CheckSettings
from kbtool.model import Article, Evidence, Finding
from kbtool.privacy.gate import personal_data
from tests.articles.checks.shop import GOOD, article, check, findings, settings_in

LINES_BEFORE = 9
"""Of the front matter."""


def _codes(root: Path, body: str, lang: str = "en") -> list[tuple[str, int]]:
    one = replace(GOOD, lang=lang, body=body)
    return [(code, line - LINES_BEFORE) for code, _, line in check(root, one)]


@pytest.mark.parametrize(
    "body",
    [
        "![](box.png)\n", "Look: ![ ](box.png)\n", '<img src="box.png">\n',
        '<p><IMG class="x" src="box.png" /></p>\n', "![][box]\n\n[box]: box.png\n",
    ],
)  # fmt: skip
def test_an_image_that_says_nothing_is_told(tmp_path: Path, body: str) -> None:
    """In Markdown and in HTML, at its line."""
    (tmp_path / "content/en/boxes").mkdir(parents=True)
    (tmp_path / "content/en/boxes/box.png").write_bytes(b"png")
    assert _codes(tmp_path, "Text.\n\n" + body) == [("no-alt", 3)]


@pytest.mark.parametrize(
    "body",
    [
        "![An open box](box.png)\n", '<img src="box.png" alt="An open box">\n',
        '<img alt="" src="box.png">\n', "`![](x.png)`\n", "```\n![](x.png)\n```\n",
        "<!-- ![](x.png) -->\n",
    ],
)  # fmt: skip
def test_an_image_with_words_or_for_decoration_is_fine(tmp_path: Path, body: str) -> None:
    """``alt=""`` says that there is nothing to say; code and comments show nothing."""
    (tmp_path / "content/en/boxes").mkdir(parents=True)
    (tmp_path / "content/en/boxes/box.png").write_bytes(b"png")
    assert _codes(tmp_path, body) == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "here"), ("en", "**Click here**"), ("en", "Read more…"), ("tr", "Buraya tıklayın"),
        ("tr", "BURADA"), ("et", "siin"), ("et", "Loe lähemalt"),
    ],
)  # fmt: skip
def test_a_link_that_does_not_say_where_it_leads_is_told(
    tmp_path: Path, lang: str, text: str
) -> None:
    """In the article's language, whatever the case and the marks; in HTML as well."""
    assert _codes(tmp_path, f"A.\n\nSee [{text}](/a/kb-1/).\n", lang) == [("vague-link", 3)]
    html = f'A.\n\nSee <a href="/a/kb-1/">{text.strip("*")}</a>.\n'
    assert _codes(tmp_path, html, lang) == [("vague-link", 3)]


def test_a_link_without_words_or_address_is_told(tmp_path: Path) -> None:
    """An image's alternative text counts as words; a mere target of links is no link."""
    (tmp_path / "content/en/boxes").mkdir(parents=True)
    (tmp_path / "content/en/boxes/box.png").write_bytes(b"png")
    body = (
        "[](/a/kb-1/)\n\n[words]()\n\n<a href='/a/kb-1/'> </a>\n\n[![](box.png)](/a/kb-1/)\n\n"
        "[![A box](box.png)](/a/kb-1/) <a id='x'></a> [\\[1\\]](/a/kb-1/)\n"
    )
    assert _codes(tmp_path, body) == [
        ("empty-link", 1), ("empty-link", 3), ("empty-link", 5), ("empty-link", 7), ("no-alt", 7),
    ]  # fmt: skip


def test_a_heading_that_skips_a_level_is_told(tmp_path: Path) -> None:
    """The page's title is the first level; going back up by several is no skip."""
    body = "## A\n\n#### B\n\n## C\n\n### D\n\nE\n---\n\n```\n###### no\n```\n"
    assert _codes(tmp_path, body) == [("heading-skip", 3)]
    assert _codes(tmp_path / "2", "Text.\n\n### Deep\n") == [("heading-skip", 3)]


HARD = {
    "en": "Notwithstanding aforementioned considerations, organisational representatives "
    "necessitate comprehensive documentation regarding contemporaneous administrative "
    "implementations throughout international jurisdictions and subsidiaries.",
    "tr": "Kuruluşumuzun sürdürülebilirliğine ilişkin değerlendirmelerimizin "
    "gerçekleştirilebilmesi için gerekli belgelendirmelerin tamamlanmasının ardından "
    "başvurularınızın sonuçlandırılabilmesi hususunda bilgilendirileceksiniz.",
    "et": "Organisatsioonidevaheliste kokkulepete rakendamisega seonduvate dokumentide "
    "kättesaadavuse tagamiseks kohaldatakse menetlusosaliste teavitamiskohustust "
    "reguleerivaid seaduseparagrahve olenemata taotlejate asukohariigist.",
}
EASY = {
    "en": "Open the app. Tap the box you want to change. Take out the tea you do not like.",
    "tr": "Uygulamayı açın. Kutunuzu seçin. Çayı çıkarın ve yenisini ekleyin. Bitti.",
    "et": "Ava rakendus. Vali oma karp. Võta tee välja ja pane uus sisse. Valmis.",
}


@pytest.mark.parametrize("lang", HARD)
def test_a_text_that_is_hard_to_read_is_told_with_its_worst_sentences(
    tmp_path: Path, lang: str
) -> None:
    """By the formula of its language; the same number of easy sentences is fine."""
    easy = "\n\n".join([EASY[lang]] * 6) + "\n"
    hard = "\n\n".join([EASY[lang], *[HARD[lang]] * 4]) + "\n"
    assert _codes(tmp_path / "easy", easy, lang) == []
    (found,) = findings(tmp_path / "hard", replace(GOOD, lang=lang, body=hard))
    assert (found.code, found.line) == ("hard-to-read", LINES_BEFORE + 3)
    assert f"line {LINES_BEFORE + 3}, {LINES_BEFORE + 5}, {LINES_BEFORE + 7}" in found.message


def test_how_hard_is_a_setting_and_short_texts_are_not_judged(tmp_path: Path) -> None:
    """0 turns the rule off, for formulas and for LIX."""
    off = replace(settings_in(tmp_path), checks=CheckSettings(reading_ease=0, lix=0))
    strict = replace(settings_in(tmp_path), checks=CheckSettings(reading_ease=100, lix=10))
    for lang, sentence in HARD.items():
        hard = replace(GOOD, lang=lang, body=f"{sentence}\n\n" * 4)
        assert findings(tmp_path / lang, hard, settings=off) == ()
        short = replace(hard, body=sentence + "\n")
        assert findings(tmp_path / f"{lang}-short", short, settings=strict) == ()


def test_placeholders_are_named_to_the_reviewer(tmp_path: Path) -> None:
    """As drafts write them, escaped or not; the check of all content is silent."""
    one = article(
        "kb-1", "Where is my box?", "Open {order_number}.\n\n`{code}` &#123;customer name&#125;\n"
    )
    found = list(placeholder_findings(replace(one, body_line=10)))
    assert [(f.code, f.line) for f in found] == [("placeholder", 10), ("placeholder", 12)]
    assert "{customer name}" in found[1].message
    assert findings(tmp_path, one) == ()
    for name in ("sipariş numarası", "e-posti aadress", "IBAN"):
        (told,) = placeholder_findings(replace(one, body=f"Type {{{name}}}.{{ .note }}{{#top}}\n"))
        assert f"{{{name}}}" in told.message


def test_drafts_may_still_be_rough(tmp_path: Path) -> None:
    """What only readers would meet is told from review on."""
    body = "![](/a/kb-1/)\n\n### Deep [here](/a/kb-9/)\n"
    draft = article("kb-2", "New", body.replace("kb-9", "kb-2"), status="draft", path="drafts/x.md")
    assert check(tmp_path, GOOD, draft) == []
    codes = {code for code, _, _ in check(tmp_path, GOOD, replace(draft, status="review"))}
    assert codes == {"no-alt", "vague-link", "heading-skip"}


_BLOCK = """<!-- kbtool:conflict -->
> **Agents disagree.** Keep what is true as plain text, then delete this block with its two markers.
>
> - It takes 5 days. **(newest)** (2 tickets, 1 agent, 2026-01-02 to 2026-02-03)
> - It takes 9 days. (1,204 tickets, 3 agents)
<!-- /kbtool:conflict -->
"""


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (_BLOCK, [3]),
        (f"{_BLOCK}\n{_BLOCK}", [3, 10]),
        (_BLOCK.replace("<!-- kbtool:conflict -->\n", ""), [3]),
        (_BLOCK.replace("<!-- /kbtool:conflict -->\n", ""), [3]),
        (_BLOCK.replace("<!-- kbtool", "<!--KBTOOL"), [3]),
        ("> - It takes 5 days. **(newest)**\n\nYes.\n", [3]),
        ("- It takes 5 days. (2 tickets, 1 agent, 2026-01-02)\n", [3]),
        ("<!-- /kbtool:conflict -->\n", [3]),
        ("It takes 5 days.\n\nAgents disagree. You may open 2 tickets (of 3).\n", []),
    ],
)
def test_a_block_that_was_deleted_in_part_is_told(
    tmp_path: Path, body: str, lines: list[int]
) -> None:
    """Whatever a person leaves of it, readers would see; one finding a block."""
    assert _codes(tmp_path, "Text.\n\n" + body) == [("conflict", line) for line in lines]


def _names(one: Article) -> list[Finding]:
    """What the real gate says of an article."""
    return [*personal_findings(one, personal_data)]


def test_names_in_what_a_writer_wrote_are_one_warning() -> None:
    """A help centre that was moved here is full of product names; one warning an article, which no
    build stops for. In what was drafted from tickets each may be a customer: an error.
    """
    body = (
        "You keep the lid shut while it is warm.\n\nThen you open the Power Panel and wait.\n\n"
        "When it is done, you can ask the Share Server for it.\n"
    )
    written = replace(GOOD, body=body, body_line=10)
    (told,) = _names(written)
    assert (told.level, told.code, told.line) == ("warning", "maybe-name", 12)
    assert told.message == "may name a person: 'Power Panel', 'Share Server'"
    drafted = replace(written, evidence=(Evidence("You keep it.", ("z:1/1/s1",), 3, 2, None),))
    assert [(f.level, f.code) for f in _names(drafted)] == [("error", "personal-data")] * 2


def test_other_personal_data_is_an_error_whoever_wrote_it() -> None:
    """A mail address or number of a person is no product's name."""
    body = "Text.\n\nWrite to jane@mail.example or call +44 7700 900123.\n"
    assert {f.code for f in _names(replace(GOOD, body=body))} == {"personal-data"}
