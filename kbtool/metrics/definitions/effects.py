"""What articles did to their topics' tickets."""

from __future__ import annotations

from kbtool.metrics.definitions.record import Metric

_METHOD = (
    "quasi-Poisson regression of the topic's weekly tickets on the week of its article, with the "
    "mean of the logs of untouched topics as offset, a trend of its own shrunken by how far those "
    "topics' trends differ, and 8 weeks on each side of the article left out"
)
_SURE = (
    "Student's 95 % interval, widened for autocorrelation and by what the same fit finds in "
    "untouched topics, where there is nothing to find"
)
_SEEN = (
    "1 - exp(-(t of 97.5 % + t of 80 %) × standard error), with Student's t: found four times out of "
    "five"
)
_ELSE = (
    "Anything else that changed this topic alone in the same weeks, unless the team entered it "
    "(metrics.disturbances); that tickets were filed under other topics; contacts by phone."
)
_ALL = (
    "Whether the topics that have articles are like those that have none, unless dates were drawn "
    "by lot. " + _ELSE
)
_ALIKE = (
    "Whether busy topics gained as much as quiet ones: all are taken to have changed by the pooled "
    "share. "
)


def _metric(name: str, title: str, unit: str, formula: str, cannot_know: str) -> Metric:
    return Metric(f"effects.{name}", title, unit, formula, "tickets", cannot_know)


EFFECTS = (
    _metric(
        "controls", "Untouched topics", "topics",
        "topics without an article or other event in the weeks looked at, with at least 5 tickets a "
        "week and at most a quarter of the weeks without any",
        "Whether an article elsewhere spared them tickets, too.",
    ),
    _metric(
        "pooled.topics", "Topics in the pooled effect", "topics",
        "topics with an estimate: at least 52 weeks of tickets before their article, 13 after its "
        "first 8, 5 tickets a week before it and 8 untouched topics",
        "The effect on smaller and newer topics.",
    ),
    _metric(
        "pooled.change", "Change of tickets through articles", "change with 95 % interval",
        "mean of the topics' effects by random effects (DerSimonian and Laird), its interval by "
        "Hartung and Knapp with a jackknife over the untouched topics", _ALL,
    ),
    _metric(
        "pooled.avoided", "Tickets avoided", "tickets with 95 % interval",
        "tickets of these topics in the 23 weeks from the 9th after their article on × (1 ÷ (1 + "
        "pooled change) - 1)", _ALIKE + _ALL,
    ),
    _metric(
        "pooled.per_month", "Tickets avoided a month", "tickets a month with 95 % interval",
        "tickets of these topics in the last 13 of the 23 weeks from the 9th after their article on, "
        "as a mean month × (1 ÷ (1 + pooled change) - 1)",
        "The volume of other weeks: those after old articles are long gone. " + _ALIKE + _ALL,
    ),
    _metric(
        "pooled.detectable", "Smallest pooled reduction that would be seen", "reduction",
        _SEEN,
        "Whether there is a smaller one.",
    ),
    _metric(
        "pooled.with_neighbours", "Pooled change with neighbouring topics", "change with 95 % interval",
        "the pooled change of the topics together with those that ask nearly the same",
        "Tickets that went over to topics that are not known as neighbours.",
    ),
    _metric(
        "pooled.randomised", "Topics whose article's date was drawn by lot", "topics",
        "topics whose article came out in the week that kbtool publish --staggered drew for it",
        "Why the others came out when they did.",
    ),
    _metric(
        "pooled.chance", "Chance of as large a reduction by the lot alone", "p-value",
        "share of 4,999 other ways to deal the drawn dates to the drawn topics with as low a mean "
        "effect, counting the real one", "How large the effect is; it only says whether there is one.",
    ),
    _metric(
        "saved", "Money saved a month", "money with 95 % interval",
        "tickets avoided a month × metrics.ticket_cost",
        "What writing and reading cost. Never from views.",
    ),
    _metric(
        "topics.weeks_before", "Weeks before the article", "weeks",
        "complete weeks with tickets before the article's week, at most 78",
        "What happened before the oldest ticket.",
    ),
    _metric(
        "topics.weeks_after", "Weeks after the article", "weeks",
        "complete weeks from the 9th after the article on, at most 23",
        "Effects that come later.",
    ),
    _metric(
        "topics.per_week", "Tickets a week before the article", "tickets a week",
        "mean of the weeks before the article that are fitted, so without the last 8",
        "Tickets without a date.",
    ),
    _metric(
        "topics.change", "Change of a topic's tickets through its article",
        "change with 95 % interval", f"{_METHOD}; {_SURE}", _ELSE,
    ),
    _metric(
        "topics.avoided", "A topic's tickets avoided", "tickets with 95 % interval",
        "the topic's tickets in these weeks × (1 ÷ (1 + change) - 1); never to be added up over topics",
        _ELSE,
    ),
    _metric(
        "topics.detectable", "Smallest reduction that would be seen in a topic", "reduction",
        _SEEN,
        "Whether there is a smaller one.",
    ),
    _metric(
        "topics.with_neighbours", "Change with neighbouring topics", "change with 95 % interval",
        "the change of the topic together with the topics that ask nearly the same",
        "Tickets that went over to topics that are not known as neighbours.",
    ),
    _metric(
        "topics.randomised", "Whether its date was drawn by lot", "yes or no",
        "the article came out in the week that kbtool publish --staggered drew for it",
        "Why it came out when it did, where it was not.",
    ),
)  # fmt: skip
