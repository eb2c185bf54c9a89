"""Values that have the right type and cannot be right: out of range, unknown, at odds."""

from __future__ import annotations

from kbtool.config.disturbances import read_line
from kbtool.config.hand_off import WEB, contact_problems, host_of
from kbtool.config.origins import origin_problem
from kbtool.config.problems import Problems
from kbtool.config.settings import Settings
from kbtool.text import LANGUAGE_CODE

_BASE = "extra.kbtool"


def check_values(settings: Settings, problems: Problems) -> None:
    """Note every value that cannot be used, at its key."""
    _check_languages(settings, problems)
    _check_numbers(settings, problems)
    _check_semantic(settings, problems)
    _check_llm(settings, problems)
    _check_disturbances(settings, problems)
    for problem in filter(None, map(origin_problem, settings.widget.origins)):
        problems.add(f"{_BASE}.widget.origins", f"{_BASE}.widget.origins: {problem}")
    for name, problem in contact_problems(settings.contact):
        problems.add(f"{_BASE}.contact.{name}", f"{_BASE}.contact.{name}: {problem}")
    if not _is_time_zone(settings.tickets.timezone):
        problems.add(
            f"{_BASE}.tickets.timezone",
            f"unknown time zone {settings.tickets.timezone!r}; use a name such as Europe/Tallinn",
        )


def _check_disturbances(settings: Settings, problems: Problems) -> None:
    path = f"{_BASE}.metrics.disturbances"
    for text in settings.metrics.disturbances:
        if read_line(text) is None:
            told = "must be a day, what happened, and perhaps topics: 2026-05-01 New prices [t-…]"
            problems.add(path, f"{path} {told}, not {text!r}")


def _check_languages(settings: Settings, problems: Problems) -> None:
    if not settings.languages:
        problems.add(f"{_BASE}.languages", "languages must name at least one language")
    if len(set(settings.languages)) < len(settings.languages):
        problems.add(f"{_BASE}.languages", "languages must name each language once")
    for code in settings.languages:
        if not LANGUAGE_CODE.fullmatch(code):
            problems.add(f"{_BASE}.languages", f"{code!r} is no language code such as en, tr, et")
    for category in settings.categories:
        if settings.languages and settings.languages[0] not in category.title:
            problems.add(
                f"{_BASE}.categories.{category.slug}",
                f"category {category.slug!r} has no title in {settings.languages[0]}",
            )


def _check_numbers(settings: Settings, problems: Problems) -> None:
    at_least = (
        ("mining.min_tickets", settings.mining.min_tickets, 2),
        ("mining.max_suggestions", settings.mining.max_suggestions, 1),
        ("drafts.min_requesters", settings.drafts.min_requesters, 3),
        ("drafts.review_days", settings.drafts.review_days, 1),
        ("checks.reading_ease", settings.checks.reading_ease, 0),
        ("checks.lix", settings.checks.lix, 0),
        ("checks.draft_days", settings.checks.draft_days, 0),
        ("metrics.window_days", settings.metrics.window_days, 1),
        ("metrics.min_count", settings.metrics.min_count, 1),
        ("metrics.holdout_percent", settings.metrics.holdout_percent, 0),
        ("metrics.keep_months", settings.metrics.keep_months, 1),
        ("server.port", settings.server.port, 1),
    )
    for name, number, least in at_least:
        if number < least:
            problems.add(f"{_BASE}.{name}", f"{_BASE}.{name} must be {least} or more, not {number}")
    minutes = settings.mining.minutes_per_reply
    if minutes is not None and not 0 < minutes < 10_000:  # also refuses .nan and .inf
        problems.add(
            f"{_BASE}.mining.minutes_per_reply",
            f"{_BASE}.mining.minutes_per_reply must be above 0, not {minutes}",
        )
    cost = settings.metrics.ticket_cost
    if cost is not None and not 0 < cost < 1_000_000:
        problems.add(
            f"{_BASE}.metrics.ticket_cost",
            f"{_BASE}.metrics.ticket_cost must be above 0, not {cost}",
        )
    at_most = (
        ("metrics.window_days", settings.metrics.window_days, 365),
        ("metrics.holdout_percent", settings.metrics.holdout_percent, 50),
        ("metrics.keep_months", settings.metrics.keep_months, 1200),
        ("server.port", settings.server.port, 65535),
    )
    for name, number, most in at_most:
        if number > most:
            problems.add(f"{_BASE}.{name}", f"{_BASE}.{name} must be {most} or less, not {number}")


def _is_time_zone(name: str) -> bool:
    if name == "UTC":  # without loading a data base that few commands need
        return True
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _check_semantic(settings: Settings, problems: Problems) -> None:
    base, mining = f"{_BASE}.mining", settings.mining
    for code in mining.semantic_languages:
        if not LANGUAGE_CODE.fullmatch(code):
            problems.add(f"{base}.semantic_languages", f"{code!r} is no language code")
    if mining.semantic is None or mining.semantic == "local":
        return
    if not host_of(mining.semantic, WEB):
        problems.add(
            f"{base}.semantic",
            f"{base}.semantic must be local, off, or an address such as"
            f" https://embeddings.example.com/v1, not {mining.semantic!r}",
        )
    elif not mining.semantic_model:
        problems.add(
            f"{base}.semantic",
            f"{base}.semantic_model must name the model that {mining.semantic} is asked for",
        )


def _check_llm(settings: Settings, problems: Problems) -> None:
    base, drafts = f"{_BASE}.drafts", settings.drafts
    if drafts.llm is None:
        return
    if not host_of(drafts.llm, WEB):
        problems.add(
            f"{base}.llm",
            f"{base}.llm must be off, or an address such as"
            f" https://models.example.com/v1, not {drafts.llm!r}",
        )
    elif not drafts.llm_model:
        problems.add(
            f"{base}.llm", f"{base}.llm_model must name the model that {drafts.llm} is asked for"
        )
