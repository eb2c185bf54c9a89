"""Articles that a language lacks although it is searched in."""

from __future__ import annotations

from dataclasses import replace

from kbtool.model import ArticleFigures, LanguageFigures, Suggestion
from kbtool.suggest.feedback import Known, suggestions_from_feedback
from tests.suggest.feedback.test_feedback import NONE, article, report

SHELF = [
    article("kb-1"), article("kb-2"), article("kb-3"), article("kb-4"), article("kb-5"),
    article("kb-9", "et", original="kb-5"),
]  # fmt: skip
VIEWS = {"kb-1": 10, "kb-2": 40, "kb-3": 30, "kb-4": 20, "kb-5": 900}
ESTONIAN = LanguageFigures("et", 8, 20, 12, 30, 1, 4)


def wanted(figures: LanguageFigures, known: Known | None = None) -> list[Suggestion]:
    """What is to be translated."""
    read = tuple(
        ArticleFigures(id_, "", "en", n, n, 0, NONE, NONE, 0, NONE) for id_, n in VIEWS.items()
    )
    counted = replace(report(articles=read), languages=(figures,))
    found = suggestions_from_feedback(counted, SHELF, known=known or Known())
    return [one for one in found if one.kind == "translate"]


def test_the_most_read_ones_that_it_lacks_come_first() -> None:
    """Three at a time; what exists in the language is not among them, however much it is read."""
    found = wanted(ESTONIAN)
    assert [one.article for one in found] == ["kb-2", "kb-3", "kb-4"]
    assert found[0].reasons == (
        "in Eesti 12 of 20 searches found nothing; 4 of 5 articles are not in it",
        "kb-2 “About kb-2” is read most of these: 40 of 100 views in other languages",
    )
    assert (found[0].worth, found[0].langs, found[0].weight) == (2.4, ("et",), 12)  # 12 × 40 % × ½
    low, high = found[0].parts.interval or (1, 0)
    assert (low, round(high, 1)) == (0.0, 8.4)  # of 12 searches up to 21, each a ticket


def test_few_searches_and_other_languages_want_nothing() -> None:
    """Four searches in vain may be one reader's; a language that the help centre has not is none."""
    assert wanted(replace(ESTONIAN, without_result=4)) == []
    assert wanted(ESTONIAN, Known(languages=("en", "tr"))) == []
    assert len(wanted(ESTONIAN, Known(languages=("en", "et")))) == 3
