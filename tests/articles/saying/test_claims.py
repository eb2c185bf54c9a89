"""Numbers with what they count: one amount however it is written, nothing where nothing is counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.articles.saying.claims import CLOCK, TIME, agree, amounts, claims_of, in_minutes
from tests.articles.saying.sentences import spoken, texts, told

DAY, MONTH = "1440", "43200"
values = st.frozensets(st.integers(0, 99).map(str), min_size=1, max_size=3)


def found(text: str, lang: str = "en") -> list[tuple[list[str], str]]:
    """(values, unit) of each amount."""
    return [(sorted(one.values), one.unit) for one in amounts(text, lang)]


@pytest.mark.parametrize(
    ("lang", "text", "minutes"),
    [
        ("en", "24 hours", [DAY]), ("en", "1 day", [DAY]), ("en", "a 1-day wait", [DAY]),
        ("en", "90 seconds", ["1.5"]), ("en", "three business days", ["4320"]),
        ("en", "1 to 3 months", ["129600", MONTH]), ("en", "1–3 months", ["129600", MONTH]),
        ("en", "1, 2 or 3 months", ["129600", MONTH, "86400"]),
        ("et", "24 tundi", [DAY]), ("et", "1 päev", [DAY]), ("et", "kolm tööpäeva", ["4320"]),
        ("et", "1 kuni 3 kuud", ["129600", MONTH]), ("et", "2,5 tundi", ["150"]),
        ("tr", "24 saat", [DAY]), ("tr", "1 gün", [DAY]), ("tr", "5 iş günü", ["7200"]),
        ("tr", "1 ile 3 ay", ["129600", MONTH]), ("tr", "üç gün içinde", ["4320"]),
        ("de", "24 Stunden", [DAY]), ("de", "1 Tag", [DAY]), ("de", "zwei Wochen", ["20160"]),
        ("de", "1 bis 3 Monate", ["129600", MONTH]),
        ("ru", "24 часа", [DAY]), ("ru", "от 1 до 3 месяцев", ["129600", MONTH]),
    ],
)  # fmt: skip
def test_spans_of_time_are_counted_in_minutes(lang: str, text: str, minutes: list[str]) -> None:
    """One span is one value in every unit and language; a range is one claim with both ends."""
    assert found(text, lang) == [(minutes, TIME)]


@pytest.mark.parametrize(
    ("lang", "text", "value", "unit"),
    [
        ("en", "€0.10", "0.1", "eur"), ("en", "0,10 €", "0.1", "eur"), ("en", "10 cents", "0.1", "cent"),
        ("en", "$5", "5", "usd"), ("en", "5 $", "5", "usd"), ("en", "£4.50", "4.5", "gbp"),
        ("en", "€1,000", "1000", "eur"), ("en", "1.000,50 €", "1000.5", "eur"),
        ("en", "12,500.50 €", "12500.5", "eur"), ("en", "EUR 10 per box", "10", "eur"),
        ("en", "€2000", "2000", "eur"), ("en", "2024 euros", "2024", "eur"), ("en", "20 % off", "20", "%"),
        ("et", "10 senti", "0.1", "cent"), ("et", "1 000 eurot", "1000", "eur"),
        ("tr", "10 kuruş", "0.1", "cent"), ("tr", "1.999 TL", "1999", "try"), ("tr", "1999 TL", "1999", "try"),
        ("tr", "%20 indirim", "20", "%"), ("tr", "yüzde 20 indirim", "20", "%"),
        ("de", "10 Cent", "0.1", "cent"), ("de", "1.000 Euro", "1000", "eur"), ("de", "20 Prozent", "20", "%"),
    ],
)  # fmt: skip
def test_sums_are_whole_money(lang: str, text: str, value: str, unit: str) -> None:
    """Signs before and after, words, cents, thousands: the value is the money it comes to."""
    assert found(text, lang) == [([value], unit)]


@pytest.mark.parametrize(
    "text",
    [
        "In 2024 we moved to Tartu.", "in 2024 Europe", "on 12.03.2024 or 2024-03-12 or 12/03/2024.",
        "Install app 12.3.0 or 2.4.1.", "Install 2024.1.2 (2023.12.1)", "Call 192.168.0.1 from home.", "We answer at 14:30.",
        "See https://tea.example/a/12/33 for it.", "Write to 7", "",
    ],
)  # fmt: skip
def test_years_versions_dates_and_addresses_count_nothing(text: str) -> None:
    """Neither does a number behind which nothing stands."""
    assert found(text) == []


def test_a_sign_belongs_to_one_number() -> None:
    """The sign between two numbers is the first one's, unless that has one already."""
    assert found("It costs 5 € 10 days later") == [(["5"], "eur"), (["14400"], TIME)]
    assert found("€5–€10 a box") == [(["10", "5"], "eur")]
    assert found("$5 to $10") == [(["10", "5"], "usd")]


def test_large_numbers_stay_apart() -> None:
    """No digits are lost."""
    assert found("1234567 boxes or 1234568 boxes") != found("1234567 boxes or 1234567 boxes")


def test_the_context_is_what_the_number_is_said_of() -> None:
    """Words around it by their meaning, so that another language's claim has the same ones; a menu
    path is one word.
    """
    (english,) = claims_of(told("Our refund takes 14 days."), "en")
    (estonian,) = claims_of(told("Tagasimakse võtab aega 14 päeva.", "et"), "et")
    assert (english.values, english.unit) == (estonian.values, estonian.unit)
    assert english.context & estonian.context
    (fee,) = claims_of(told("The moving fee is 29 euros."), "en")
    assert fee.context == {"move", "fee"}
    (path,) = claims_of(told("Open Account > Boxes within 5 days."), "en")
    assert not any("account" in term for term in path.context)


def test_times_of_day_are_claims_of_their_own() -> None:
    """ "Before 14:00" counts nothing but can differ."""
    (claim,) = claims_of(told("Order before 09:05 to get it."), "en")
    assert (claim.unit, set(claim.values)) == (CLOCK, {"9:05"})


def test_a_link_to_an_article_counts_nothing() -> None:
    """The digits of its id are no amount."""
    assert not list(claims_of(told("See \ue000kb-7 days\ue001 first."), "en"))


@pytest.mark.parametrize(
    ("one", "other", "holds"),
    [
        ({"5"}, {"5"}, True), ({"5"}, {"6"}, False), ({"1", "3"}, {"2"}, True), ({"1", "3"}, {"4"}, False),
        ({"1", "3"}, {"3", "9"}, True), ({"9:00"}, {"10:00"}, False),
    ],
)  # fmt: skip
def test_ranges_agree_with_what_is_inside(one: set[str], other: set[str], holds: bool) -> None:
    """A value within a range is no contradiction; times of day are equal or not."""
    assert agree(frozenset(one), frozenset(other)) is holds


@given(values, values)
def test_agreeing_is_mutual(one: frozenset[str], other: frozenset[str]) -> None:
    """Who agrees with me I agree with, and everybody with themselves."""
    assert agree(one, other) == agree(other, one)
    assert agree(one, one)


@given(st.integers(1, 79), st.sampled_from([("en", "hours", "days"), ("et", "tundi", "päeva"), ("tr", "saat", "gün"), ("de", "Stunden", "Tage"), ("ru", "часов", "дней")]))  # fmt: skip
def test_a_day_has_24_hours_in_every_language(count: int, said: tuple[str, str, str]) -> None:
    """Whatever the count."""
    lang, hours, days = said
    assert found(f"{count * 24} {hours}", lang) == found(f"{count} {days}", lang)


@given(texts | spoken.map(lambda one: one[1]), st.sampled_from(["en", "tr", "et", "de", "ru"]))
def test_no_text_breaks_the_count(text: str, lang: str) -> None:
    """Every claim has values and a unit, and its own unit is not its context."""
    for claim in claims_of(told(text, lang), lang):
        assert claim.values and claim.unit
        assert claim.unit not in claim.context


def test_other_words_are_no_time() -> None:
    """ "Daybreak" begins like a day's word in its list, "Tagebuch" like none."""
    assert in_minutes("days", "en") == 1440
    assert in_minutes("tagebuch", "de") == 0
    assert in_minutes("tea", "en") == 0
