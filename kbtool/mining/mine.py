"""Questions to topics: per language, then joined across languages, then named.

Built for a million questions in one process, and so that many could share the work: every stage is
a pure function of a batch, and only two joins see everything. In order:

1. questions → rows of numbers (``columns.row_of``), a batch at a time; done at import.
2. a few thousand questions → topics, by comparing each with each (``linkage``); and what tells
   these topics apart (``classifier.count``): small enough to be sent anywhere.
3. rows → topics with a posterior (``Classifier.place``), a batch at a time.
4. *first join*, of rows with how usual each word and pair of words is: groups of questions that
   keep company (``crowds``). Those that hold together (``rounds.together``, on a few examples of
   each) are topics too, and 3 follows once more.
5. *second join*, of rows with their topics: the counts of each topic (``members``) and its most
   typical questions.
6. typical questions → topics with names (``Labels.topic``), a topic at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

import numpy as np

from kbtool.mining.assign import Model
from kbtool.mining.describing.labels import Labels
from kbtool.mining.describing.members import calendar, members
from kbtool.mining.describing.trend import with_trends
from kbtool.mining.encoding.encoder import Encoder
from kbtool.mining.grouping.answers import answered_in, split_by_answers
from kbtool.mining.grouping.classifier import Counts
from kbtool.mining.grouping.group import SAMPLE, STAGES, first_of_each, group
from kbtool.mining.grouping.languages import Group, join_languages
from kbtool.mining.grouping.linkage import cluster
from kbtool.mining.grouping.twins import twins
from kbtool.mining.memory.identity import keep_ids
from kbtool.mining.questions.chatter import without_chatter
from kbtool.mining.questions.columns import Columns, Given, Row, Source, gather
from kbtool.mining.questions.question import Question
from kbtool.model import Topic, Twin
from kbtool.progress import Progress

SEED = 2
"""Smallest group kept in one language until the languages are joined."""
TYPICAL = 100
"""Questions from which a topic gets its name."""
ANSWERS = 24
"""Questions of a group whose answers are compared with those of other languages."""
COMPARED = 24
"""Questions of a topic and language that are compared with those of other topics."""
AT_HAND = 20_000
ENOUGH = 12
"""Where all these questions were more than so many, a topic shows fewer of its own, but enough."""
USUAL = 20_000
"""Questions that show how usual each word is."""


@dataclass(frozen=True, slots=True)
class How:
    """What a mining is asked for."""

    smallest: int = 4
    """Tickets that make a topic."""
    previous: Sequence[Topic] = ()
    """The topics of the last run, whose ids are kept."""
    gone: Sequence[Topic] = ()
    """Those of runs before it, which may come back."""
    link_name: Callable[[str], str] = str
    """Names what a URL in a reply points at."""
    first_language: str | None = None
    """Topics with enough tickets in it are shown in it."""
    progress: Progress | None = None
    encoder: Encoder | None = None
    """Gives vectors by meaning; without it words alone are compared."""

    @property
    def basis(self) -> str:
        """The settings: a mining with others is another one."""
        compared = self.encoder.basis if self.encoder is not None else "words"
        return f"{self.smallest} {self.first_language} {compared}"

    def tell(self, stage: str, done: int, total: int | None) -> None:
        """Pass on how far it is."""
        if self.progress is not None:
            self.progress(stage, done, total)


@dataclass(frozen=True, slots=True)
class Mined:
    """What a mining gives."""

    topics: tuple[Topic, ...]
    """Those with most tickets first."""
    model: Model
    """Places questions to come."""
    questions: int
    """How many there were."""


def mine(
    questions: Sequence[Question],
    *,
    smallest: int = 4,
    previous: Sequence[Topic] = (),
    gone: Sequence[Topic] = (),
    link_name: Callable[[str], str] = str,
    first_language: str | None = None,
    progress: Progress | None = None,
    encoder: Encoder | None = None,
) -> tuple[Topic, ...]:
    """The recurring questions, those with most tickets first; see ``How`` and ``mine_source``."""
    how = How(smallest, previous, gone, link_name, first_language, progress, encoder)
    return mine_source(Given(questions), how).topics


def mine_source(source: Source, how: How) -> Mined:
    """The recurring questions of a source, and what places others among them.

    The order of the questions does not matter and the same questions give the same topics.
    """
    columns = gather(_told(source, how))
    found = _grouped(columns, source, how)
    homes = _joined(columns, source, found, how.link_name)
    labels, kept = _large(np.append(homes, -1)[found.labels], how.smallest)
    topics = _named(columns, source, labels, found.compared, how)
    order = sorted(range(len(topics)), key=lambda i: (-len(topics[i].tickets), topics[i].id))
    timed = with_trends([topics[i] for i in order], calendar(columns))
    known = keep_ids(timed, how.previous, how.gone)
    number = np.append(np.argsort(np.array(order, dtype=np.int64)), -1)
    known = _with_twins(known, columns, source, number[labels], found.compared, how.encoder)
    names = {int(kept[i]): topic.id for i, topic in zip(order, known, strict=True)}
    model = found.model(columns.langs, [names.get(home) for home in homes.tolist()])
    return Mined(known, model, len(columns))


@dataclass(frozen=True, slots=True)
class _Groups:
    """The groups of all languages, numbered through."""

    labels: np.ndarray
    """Group of each row, −1 for none."""
    compared: np.ndarray
    counts: tuple[Counts, ...]
    """What tells the groups of each language apart; languages as in the columns."""
    main: int
    """The language of most questions; those without one are read as if they were in it."""

    @property
    def sizes(self) -> list[int]:
        """How many groups each language has."""
        return [len(counts.sizes) for counts in self.counts]

    def model(self, langs: Sequence[str | None], names: Sequence[str | None]) -> Model:
        """What places others, given the topic id of each group."""
        ends = np.cumsum([0, *self.sizes]).tolist()
        known = {
            lang: (tuple(names[begin:end]), counts)
            for lang, counts, begin, end in zip(
                langs, self.counts, ends[:-1], ends[1:], strict=False
            )
        }
        if len(self.counts) < len(langs):  # those without a language were read as the main one
            known[None] = known[langs[self.main]]
        return Model(known)


def _told(source: Source, how: How) -> Iterator[Sequence[Row]]:
    done, total = 0, len(source)
    for batch in source.batches():
        done += len(batch)
        how.tell("Reading questions", done, total)
        yield batch


def _grouped(columns: Columns, source: Source, how: How) -> _Groups:
    """The groups of each language."""
    labels = np.full(len(columns), -1, dtype=np.int32)
    compared = np.zeros(len(columns), dtype=bool)
    counts: list[Counts] = []
    spoken, main = _spoken(columns)
    languages = int(spoken.max(initial=-1)) + 1
    known, stages = 0, STAGES * languages
    for number in range(languages):
        rows = np.flatnonzero(spoken == number)
        alone = languages == 1 or len(rows) > SAMPLE
        smallest = how.smallest if alone else SEED

        def told(done: int, before: int = STAGES * number) -> None:
            how.tell("Comparing questions", before + done, stages)

        def compare(
            some: np.ndarray, smallest: int = smallest, lang: str | None = columns.langs[number]
        ) -> np.ndarray:
            found = source.fetch([columns.tickets[row] for row in some.tolist()])
            return _compare([_in(q, lang) for q in found], smallest, how.encoder)

        found = group(columns, rows, compare, smallest, told)
        labels[rows] = np.where(found.labels >= 0, found.labels + known, -1)
        compared[rows] = found.compared
        counts.append(found.counts)
        known += len(found.counts.sizes)
    return _Groups(labels, compared, tuple(counts), main)


def _spoken(columns: Columns) -> tuple[np.ndarray, int]:
    """(the language number as which each question is read, the number of the main language).

    A text too short to tell its language is most likely in the one that most are in.
    """
    named = [number for number, lang in enumerate(columns.langs) if lang is not None]
    sizes = np.bincount(columns.lang, minlength=len(columns.langs))
    main = max(named, key=lambda number: (sizes[number], -number), default=0)
    nameless = [number for number, lang in enumerate(columns.langs) if lang is None]
    return np.where(np.isin(columns.lang, nameless), main, columns.lang), main


def _in(question: Question, lang: str | None) -> Question:
    return question if question.lang == lang else replace(question, lang=lang)


def _compare(questions: Sequence[Question], smallest: int, encoder: Encoder | None) -> np.ndarray:
    """The topic number of each question of a sample, −1 for none."""
    sample = without_chatter(questions)
    vectors = encoder.of(sample) if encoder is not None else None
    return split_by_answers(sample, cluster(sample, smallest, vectors), smallest)


def _joined(
    columns: Columns, source: Source, found: _Groups, link_name: Callable[[str], str]
) -> np.ndarray:
    """The topic number of each group: that of the first group with the same answers."""
    numbers = np.arange(sum(found.sizes))
    if np.count_nonzero(found.sizes) < 2:
        return numbers
    places = _typical(found.labels, ANSWERS, found.compared)
    homes = found.labels[places].tolist()
    fetched = source.fetch([columns.tickets[place] for place in places.tolist()])
    groups: dict[str, list[Group]] = {}
    home = {q.ticket: number for q, number in zip(fetched, homes, strict=True)}
    for own in _runs(fetched, homes):
        lang = next((question.lang for question in own if question.lang), "")
        groups.setdefault(lang, []).append(own)
    for joined in join_languages(groups, link_name):
        same = sorted({home[question.ticket] for question in joined})
        numbers[same] = same[0]
    return numbers


def _typical(labels: np.ndarray, most: int, surest: np.ndarray) -> np.ndarray:
    """Places of the surest questions of each label, by label: ``most``, or fewer of many labels."""
    labelled = max(int(labels.max(initial=-1)) + 1, 1)
    return first_of_each(labels, min(most, max(ENOUGH, AT_HAND // labelled)), surest)


def _runs(questions: Iterable[Question], homes: Iterable[int]) -> Iterator[Group]:
    """The questions of each home in a list of its own; equal homes stand together."""
    pairs = zip(homes, questions, strict=True)
    for _, run in groupby(pairs, key=itemgetter(0)):
        yield [question for _, question in run]


def _large(labels: np.ndarray, smallest: int) -> tuple[np.ndarray, np.ndarray]:
    """(labels numbered from 0 without gaps and without topics below ``smallest``, old numbers)."""
    names, sizes = np.unique(labels[labels >= 0], return_counts=True)
    kept = names[sizes >= smallest]
    number = np.full(int(labels.max(initial=-1)) + 2, -1, dtype=np.int64)  # the last is for −1
    number[kept] = np.arange(len(kept))
    return number[labels], kept


def _with_twins(
    topics: Sequence[Topic],
    columns: Columns,
    source: Source,
    labels: np.ndarray,
    surest: np.ndarray,
    encoder: Encoder | None,
) -> tuple[Topic, ...]:
    """``topics`` with their twins, told by some questions of each in one language after another.

    ``labels`` is the place in ``topics`` of each row, −1 for none.
    """
    chances: list[dict[int, float]] = [{} for _ in topics]
    for number in range(len(columns.langs)):
        own = np.where(columns.lang == number, labels, -1)
        places = _typical(own, COMPARED, surest)
        asked = without_chatter(source.fetch([columns.tickets[i] for i in places.tolist()]))
        vectors = encoder.of(asked) if encoder is not None else None
        for topic, found in twins(asked, own[places].tolist(), vectors).items():
            for other, chance in found:
                chances[topic][other] = max(chance, chances[topic].get(other, 0.0))
    return tuple(
        replace(
            topic,
            twins=tuple(
                Twin(topics[other].id, chance)
                for other, chance in sorted(known.items(), key=lambda item: (-item[1], item[0]))
            ),
        )
        for topic, known in zip(topics, chances, strict=True)
    )


def _named(
    columns: Columns,
    source: Source,
    labels: np.ndarray,
    surest: np.ndarray,
    how: How,
) -> list[Topic]:
    """Topics 0, 1 … of ``labels`` without their trends."""
    usual = source.fetch(columns.tickets[:USUAL])
    names = Labels(usual, how.first_language, sampled=len(usual) / max(len(columns), 1))
    topics: list[Topic] = []
    total = int(labels.max(initial=-1)) + 1
    places = _typical(labels, TYPICAL, surest)
    bounds = np.searchsorted(labels[places], np.arange(total + 1))
    for number, whole in enumerate(members(columns, labels, total)):
        own = places[bounds[number] : bounds[number + 1]]
        typical = source.fetch([columns.tickets[place] for place in own.tolist()])
        topics.append(replace(names.topic(typical, whole), ways=answered_in(typical)))
        how.tell("Naming topics", len(topics), total)
    return topics
