"""A number with its unit is found as it is written, and changed alone where it can be."""

from __future__ import annotations

import pytest

from kbtool.articles.saying.claims import TIME
from kbtool.articles.saying.replies import Said
from kbtool.articles.update.facts import pair, spelled, with_fact


def _said(text: str, lang: str) -> Said:
    return Said("d:1/m/s1", "d:1", "a", None, text, item=False, place=0.0, fit=True, lang=lang)


@pytest.mark.parametrize(
    ("lang", "here", "now", "told", "changed"),
    [
        ("en", "Send the box back within 14 days of delivery.",
         "You can send a box back within 30 days of delivery.",
         ("14 days", "30 days"), "Send the box back within 30 days of delivery."),
        ("en", "The refund takes 5–10 working days at the bank.",
         "A refund takes 2–4 working days at the bank.",
         ("5–10 working days", "2–4 working days"), "The refund takes 2–4 working days at the bank."),
        ("en", "The link in the mail works for 1 day.", "The link in the mail works for 3 days.",
         ("1 day", "3 days"), "The link in the mail works for 3 days."),
        ("en", "The link in the mail works for 24 hours.", "The link in the mail works for 3 days.",
         ("24 hours", "3 days"), "The link in the mail works for 3 days."),
        ("en", "The label costs 4.90 € in every shop.", "The label costs 5.90 € in every shop.",
         ("4.90 €", "5.90 €"), "The label costs 5.90 € in every shop."),
        ("en", "Boxes wait two days in the shop.", "Boxes wait four days in the shop.",
         ("2 days", "4 days"), None),
        ("tr", "Kutuyu 14 günlük süre içinde iade edin.", "Kutuyu 30 gün içinde iade edin.",
         ("14 günlük", "30 gün"), "Kutuyu 30 günlük süre içinde iade edin."),
        ("et", "Karbi saab tagastada 14 päeva jooksul.", "Karbi saab tagastada 30 päeva jooksul.",
         ("14 päeva", "30 päeva"), "Karbi saab tagastada 30 päeva jooksul."),
    ],
)  # fmt: skip
def test_facts(lang: str, here: str, now: str, told: tuple[str, str], changed: str | None) -> None:
    """As it is written in both, and the article's sentence with the new one."""
    units = (TIME, "eur")
    found = next(p for u in units if (p := pair(_said(here, lang), _said(now, lang), u, lang)))
    assert (spelled(found[0], lang), spelled(found[1], lang)) == told
    assert with_fact(here, here, *found, lang) == changed


def test_emphasis_around_a_number_stays() -> None:
    """Emphasis inside a number with its unit is not guessed at."""
    here, now = "Wait **14 days** in the shop.", "Wait 30 days in the shop."
    claims = pair(_said("Wait 14 days in the shop.", "en"), _said(now, "en"), TIME, "en")
    assert claims
    assert with_fact(here, "Wait 14 days in the shop.", *claims, "en") == here.replace("14", "30")
    torn = "Wait **14** days in the shop."
    assert with_fact(torn, "Wait 14 days in the shop.", *claims, "en") is None
