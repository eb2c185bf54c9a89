"""The labels of the sample tickets."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from tests.eval.drafts.labels import Labelled, labelled

_HERE = Path(__file__).parents[3]


def demo_labels() -> Labelled:
    """Labels of kbtool/demo's tickets. Raises OSError."""
    labels = json.loads((_HERE / "tests/data/demo-labels.json").read_text("utf-8"))
    exports = [_HERE / "kbtool/demo/tickets.jsonl", _HERE / "kbtool/demo/piletid.csv"]
    found = labelled("demo", exports, {"lang": {"en": "en", "tr": "tr", "et": "et"}, **labels})
    return replace(found, is_sample=True)
