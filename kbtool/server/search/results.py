"""The results of a search as HTML, as the script shows them: for readers without JavaScript."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import escape
from typing import Any
from urllib.parse import quote, urlencode

from kbtool.model import SearchFound, SearchHit
from kbtool.site.pages.strings import Strings

MARK = "<!-- kb:results -->"
"""Where the theme's search page wants the results."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form of the search page was sent with."""

    query: str
    category: str | None = None
    tag: str | None = None
    only: str | None = None
    """The language whose articles alone are wanted; ``lang`` in the address."""
    as_typed: bool = False

    @property
    def filtered(self) -> bool:
        """Whether something narrows the search: what it does not find may well be there."""
        return bool(self.category or self.tag or self.only)

    def address(self, **changes: Any) -> str:
        """The search page's own address for this, with ``changes``."""
        asked = replace(self, **changes)
        fields = {
            "q": asked.query,
            "category": asked.category,
            "tag": asked.tag,
            "lang": asked.only,
            "as_typed": "1" if asked.as_typed else None,
        }
        return "?" + urlencode({name: value for name, value in fields.items() if value})


@dataclass(frozen=True, slots=True)
class Shown:
    """How the page speaks."""

    lang: str
    strings: Strings
    shelves: Mapping[str, str]
    """Category → its title."""
    languages: Mapping[str, str]
    """Language → its name for itself."""

    def say(self, key: str, **values: str) -> str:
        """Words of the interface, escaped."""
        text = str(self.strings[key])
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", value)
        return escape(text)


def results_page(html: str, asked: Asked, found: SearchFound, shown: Shown, event: str) -> str:
    """The built search page with the results of a search, and its form as it was sent."""
    html = html.replace(' name="q"', f' name="q" value="{escape(asked.query)}"', 1)
    html = _choose(_choose(html, "category", asked.category), "lang", asked.only)
    return html.replace(MARK, results_html(asked, found, shown, event), 1)


def results_html(asked: Asked, found: SearchFound, shown: Shown, event: str) -> str:
    """What was found, every text escaped.

    The heading carries ``event``, the id of the recorded search: the script then knows that this
    query has been told. It is empty when the search was not to be recorded.
    """
    corrected = found.corrected if found.hits else None
    key = "no_results" if not found.hits else "corrected" if corrected else "results_for"
    told = (
        f' data-kb-query="{escape(asked.query)}" data-kb-event="{escape(event)}"' if event else ""
    )
    parts = [f"<h2{told}>{shown.say(key, q=corrected or asked.query)}</h2>"]
    if corrected:
        parts.append(_link("kb-instead", asked.address(as_typed=True), shown, "instead", asked))
    if asked.tag:
        parts.append(_tag_html(asked, shown))
    if found.hits:
        hits = enumerate(found.hits, start=1)
        items = "".join(_hit_html(hit, place, asked, found, shown) for place, hit in hits)
        return f"{''.join(parts)}<ol>{items}</ol>"
    if asked.filtered:
        everywhere = asked.address(category=None, tag=None, only=None)
        parts.append(_link("kb-everywhere", everywhere, shown, "everywhere", asked))
    return "".join(parts)  # popular articles, categories and contact stand below on the page


def _choose(html: str, name: str, value: str | None) -> str:
    """The page with ``value`` chosen in the select ``name``, when it has one."""
    before, start, rest = html.partition(f'<select name="{name}"')
    inside, end, after = rest.partition("</select>")
    if not value or not end:
        return html
    option = f'<option value="{escape(value)}"'
    if option not in inside:
        inside += f"{option}>{escape(value)}</option>"
    return before + start + inside.replace(option, f"{option} selected", 1) + end + after


def _link(look: str, address: str, shown: Shown, key: str, asked: Asked) -> str:
    words = shown.say(key, q=asked.query)
    return f'<p class="{look}"><a href="{escape(address)}">{words}</a></p>'


def _tag_html(asked: Asked, shown: Shown) -> str:
    """The tag, kept when the form is sent again, and a way to be rid of it."""
    tag = asked.tag or ""
    return (
        f'<p class="kb-tag">{shown.say("tag", tag=tag)} '
        f'<a href="{escape(asked.address(tag=None))}">{shown.say("every_tag")}</a>'
        f'<input type="hidden" name="tag" value="{escape(tag)}" form="kb-search"></p>'
    )


def _hit_html(hit: SearchHit, place: int, asked: Asked, found: SearchFound, shown: Shown) -> str:
    """A result. Its link tells us that it was opened, as the script does for those who have it."""
    is_other = hit.lang != shown.lang
    tongue = f' lang="{escape(hit.lang)}"' if is_other else ""
    click = {
        "article": hit.id,
        "query": asked.query,
        "position": place,
        "results": len(found.hits),
        "lang": shown.lang,
    }
    language = escape(shown.languages.get(hit.lang, hit.lang))
    badge = f'<span class="kb-hit-lang"{tongue}>{language}</span>' if is_other else ""
    shelf = escape(shown.shelves.get(hit.category or "", ""))
    text = "".join(
        f"<mark>{escape(piece)}</mark>" if marked else escape(piece)
        for piece, marked in hit.snippet
    )
    return (
        f'<li><a class="kb-hit" href="../../api/click?{escape(urlencode(click, quote_via=quote))}"'
        f' data-article="{escape(hit.id)}">'
        f'<span class="kb-hit-title"{tongue}>{escape(hit.title)}</span>'
        + (f'<span class="kb-hit-shelf">{badge}{shelf}</span>' if badge or shelf else "")
        + (f'<span class="kb-hit-text"{tongue}>{text}</span>' if text else "")
        + "</a></li>"
    )
