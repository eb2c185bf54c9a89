"""What a page's head tells machines: where the page really is, its translations, its data."""

from __future__ import annotations

from typing import Any

from kbtool.addresses import url_of
from kbtool.config import Settings
from kbtool.site.pages.jsonld import jsonld
from kbtool.site.plan.manifest import Page

UNLISTED = frozenset({"search", "missing"})
"""Kinds of pages that search engines are asked to leave out."""
TWIN = "index.md"
"""What a page's Markdown is called, beside the page."""
_TWINS = frozenset({"home", "category", "article"})
_LOCALES = {
    "ar": "ar_AR", "cs": "cs_CZ", "da": "da_DK", "de": "de_DE", "el": "el_GR", "en": "en_US",
    "es": "es_ES", "et": "et_EE", "fi": "fi_FI", "fr": "fr_FR", "he": "he_IL", "hu": "hu_HU",
    "it": "it_IT", "ja": "ja_JP", "ko": "ko_KR", "lt": "lt_LT", "lv": "lv_LV", "nb": "nb_NO",
    "nl": "nl_NL", "pl": "pl_PL", "pt": "pt_PT", "ro": "ro_RO", "ru": "ru_RU", "sv": "sv_SE",
    "tr": "tr_TR", "uk": "uk_UA", "zh": "zh_CN",
}  # fmt: skip
"""OpenGraph names no language without a country."""


def is_listed(page: Page) -> bool:
    """Whether the page is to be found by search engines: it is no tool, and no copy of another."""
    return page.kind not in UNLISTED and not page.fallback_of


def is_raster(file: str) -> bool:
    """Whether a picture can stand in a link preview; none shows SVG."""
    return file.lower().endswith((".png", ".jpg", ".jpeg", ".webp", ".gif"))


def has_twin(page: Page) -> bool:
    """Whether the page has its Markdown beside it."""
    return page.kind in _TWINS and not page.fallback_of


def canonical(page: Page, settings: Settings) -> str | None:
    """The URL under which the page is to be known; None when it is not to be known at all."""
    if page.kind in UNLISTED:
        return None
    return url_of(page.fallback_of or page.address, settings)


def alternates(page: Page, settings: Settings) -> list[tuple[str, str]]:
    """(hreflang, URL) of the page in every language that has it, when there are several, and of
    what readers of other languages are to see (``x-default``): the language chooser for home
    pages, the default language's page for all others.
    """
    if not is_listed(page) or len(page.alternates) < 2:
        return []
    found = [(lang, url_of(address, settings)) for lang, address in page.alternates]
    default = dict(page.alternates).get(settings.default_language)
    if page.kind == "home":
        default = ""
    return found if default is None else [*found, ("x-default", url_of(default, settings))]


def head(page: Page, settings: Settings) -> dict[str, Any]:
    """What ``parts/head.html`` prints of a page; plain texts, lists and maps."""
    others = alternates(page, settings)
    data = {
        "canonical": canonical(page, settings),
        "alternates": [{"lang": lang, "url": url} for lang, url in others],
        "locale": _locale(page.lang),
        "locales": [_locale(lang) for lang, _ in others if lang not in (page.lang, "x-default")],
        "twin": url_of(page.address + TWIN, settings) if has_twin(page) else None,
        "jsonld": jsonld(page, settings) if is_listed(page) else None,
    }
    return {name: value for name, value in data.items() if value}


def _locale(lang: str) -> str:
    """``en_US``; a language of no known country stays as it is."""
    language, _, country = lang.partition("-")
    return f"{language}_{country.upper()}" if country else _LOCALES.get(language, language)
