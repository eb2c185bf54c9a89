"""Which topic a question belongs to, told by the words of the questions mined before."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

import numpy as np
import scipy.sparse as sp

from kbtool.db import Connection
from kbtool.mining.grouping.classifier import SURE, Classifier, Counts, with_topics
from kbtool.mining.questions.columns import Row, row_of
from kbtool.mining.questions.hashed import VERSION
from kbtool.mining.questions.question import Question
from kbtool.mining.questions.store import drop_state, read_state, write_state

_NAME = "model"


@dataclass(frozen=True, slots=True)
class Assignment:
    """The topic of one question, and how surely (0..1)."""

    topic: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Model:
    """What a mining learnt."""

    languages: Mapping[str | None, tuple[tuple[str | None, ...], Counts]]
    """For each language the topic ids of its groups (None: too small to be a topic) and counts."""

    @property
    def knows_any(self) -> bool:
        """Whether there is a topic at all."""
        return any(name for names, _ in self.languages.values() for name in names)

    @classmethod
    def load(cls, connection: Connection) -> Model | None:
        """That of the last mining; None when there is none that this kbtool can use."""
        stored = read_state(connection, _NAME)
        return None if stored is None else _from_bytes(stored)

    def save(self, connection: Connection) -> None:
        """Keep it in the database, instead of the one before."""
        write_state(connection, _NAME, _to_bytes(self))

    @staticmethod
    def drop(connection: Connection) -> None:
        """Forget that of the last mining; until the next one nothing can be placed."""
        drop_state(connection, _NAME)

    def renamed(self, names: Mapping[str, str]) -> Model:
        """The same for topics with other ids; a topic that ``names`` lacks is none any more."""
        return Model(
            {
                lang: (tuple(names.get(topic or "") for topic in topics), counts)
                for lang, (topics, counts) in self.languages.items()
            }
        )

    def extended(self, more: Model) -> Model:
        """With the topics of ``more`` beside its own."""
        languages = dict(self.languages)
        for lang, (topics, counts) in more.languages.items():
            own = languages.get(lang)
            languages[lang] = (
                ((*own[0], *topics), with_topics(own[1], counts)) if own else (topics, counts)
            )
        return Model(languages)


class Assigner:
    """Knows the topics of the last mining; places single questions without mining again."""

    def __init__(self, model: Model) -> None:
        self._known = {
            lang: (names, Classifier(counts)) for lang, (names, counts) in model.languages.items()
        }

    @classmethod
    def load(cls, connection: Connection) -> Assigner | None:
        """What the last mining of the knowledge base learnt; None when it knows no topic yet."""
        model = Model.load(connection)
        return cls(model) if model is not None and model.knows_any else None

    def assign(self, questions: Sequence[Question]) -> list[Assignment | None]:
        """The topic of each question, None where it is not sure enough."""
        return self.assign_rows([row_of(question) for question in questions])

    def assign_rows(self, rows: Sequence[Row]) -> list[Assignment | None]:
        """The same for questions that are rows already."""
        found: list[Assignment | None] = [None] * len(rows)
        by_language: dict[str | None, list[int]] = defaultdict(list)
        for place, row in enumerate(rows):
            if row.lang in self._known:
                by_language[row.lang].append(place)
        for lang, places in by_language.items():
            names, classifier = self._known[lang]
            features = [np.frombuffer(rows[place].features, dtype="<u4") for place in places]
            starts = np.cumsum([0, *map(len, features)])
            best, posterior = classifier.place(starts, np.concatenate(features))
            for place, number, sure in zip(places, best.tolist(), posterior.tolist(), strict=True):
                name = names[number] if sure >= SURE else None
                if name is not None:
                    found[place] = Assignment(name, round(sure, 4))
        return found


def _to_bytes(model: Model) -> bytes:
    """One archive of arrays; the same model gives the same bytes."""
    arrays: dict[str, np.ndarray] = {}
    names: list[tuple[str | None, tuple[str | None, ...], int]] = []
    for number, (lang, (topics, counts)) in enumerate(model.languages.items()):
        names.append((lang, topics, counts.others))
        for name in ("features", "usual", "sizes"):
            arrays[f"{number} {name}"] = getattr(counts, name)
        for name in ("data", "indices", "indptr"):
            arrays[f"{number} {name}"] = getattr(counts.topics, name)
    told = json.dumps({"version": VERSION, "languages": names})
    arrays["names"] = np.frombuffer(told.encode(), dtype=np.uint8)
    file = BytesIO()
    np.savez(file, allow_pickle=False, **arrays)
    return file.getvalue()


def _from_bytes(stored: bytes) -> Model | None:
    """The model that ``_to_bytes`` wrote; None when it is of another version."""
    with np.load(BytesIO(stored), allow_pickle=False) as arrays:
        told = json.loads(arrays["names"].tobytes())
        if told["version"] != VERSION:
            return None
        languages = {}
        for number, (lang, topics, others) in enumerate(told["languages"]):
            own = {
                name.split()[1]: arrays[name]
                for name in arrays.files
                if name.startswith(f"{number} ")
            }
            shape = (len(topics), len(own["features"]))
            matrix = sp.csr_matrix((own["data"], own["indices"], own["indptr"]), shape=shape)
            counts = Counts(own["features"], own["usual"], matrix, own["sizes"], others)
            languages[lang] = (tuple(topics), counts)
    return Model(languages)
