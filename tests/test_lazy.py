"""Packages that load a name's module when the name is first asked for."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest


@pytest.mark.parametrize("package", ["kbtool.model", "kbtool.text"])
def test_every_name_is_found(package: str) -> None:
    """Each in a module of the package, and only those that it names."""
    loaded = import_module(package)
    for name in loaded.__all__:
        assert getattr(loaded, name) is not None, name
    with pytest.raises(AttributeError, match=f"'{package}' has no attribute 'import_module'"):
        _ = loaded.import_module


@pytest.mark.parametrize(
    ("package", "name", "loaded", "spared"),
    [
        ("kbtool.model", "SearchHit", "kbtool.model.search", "kbtool.model.articles"),
        ("kbtool.model", "Article", "kbtool.model.articles", "kbtool.model.topics"),
        ("kbtool.text", "words", "kbtool.text.tokens", "kbtool.text.identify"),
        ("kbtool.text", "concepts", "kbtool.text.thesaurus", "kbtool.text.identify"),
    ],
)
def test_a_name_loads_its_module_alone(package: str, name: str, loaded: str, spared: str) -> None:
    """In a fresh interpreter: where the name stands, and no module after it."""
    code = f"import sys; from {package} import {name}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded in done.stdout.split()
    assert spared not in done.stdout.split()
