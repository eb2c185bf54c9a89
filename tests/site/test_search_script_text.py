"""What the browser's search says, without a browser: its constants and its size."""

from __future__ import annotations

import ast
import gzip
import re
from pathlib import Path

from kbtool.resources import bundled
from kbtool.search import snippet, terms
from kbtool.search.impacts import layout, near, query, scale
from kbtool.site.beside.assets import write_assets

THEME = bundled("theme")
MOST_BYTES = 6_000


def constants() -> dict[str, object]:
    """Name → value of each number, and list of numbers, that the script gives a name."""
    script = (THEME / "assets" / "search.js").read_text(encoding="utf-8")
    lines = re.findall(r"^const ([A-Z].*);", script, re.MULTILINE)
    found = re.findall(r"([A-Z_]+) = (\[.*?\]|[^,]+)", ", ".join(lines))
    return {
        name: 2 ** int(text[5:]) if text.startswith("2 ** ") else ast.literal_eval(text)
        for name, text in found
        if re.fullmatch(r"[\d *,\[\]]+", text)
    }


def test_the_constants_are_those_of_python() -> None:
    """Every one is also Python's, wherever it stands there."""
    found = constants()
    assert len(found) > 25
    for name, value in found.items():
        homes = (scale, layout, terms, query, near, snippet)
        known = [vars(home).get(name, vars(home).get(f"_{name}")) for home in homes]
        known = [one for one in known if one is not None]
        wanted = tuple(value) if isinstance(value, list) else value
        assert known, name
        assert known == [wanted] * len(known), name


def test_the_script_stays_small(tmp_path: Path) -> None:
    """As the site has it: it is loaded when somebody searches, on a phone, too."""
    write_assets(THEME, tmp_path)
    written = (tmp_path / "assets" / "search.js").read_bytes()
    assert len(gzip.compress(written, mtime=0)) <= MOST_BYTES


def test_the_site_has_the_script_without_our_comments(tmp_path: Path) -> None:
    """Comments on lines of their own stay behind; every line of code is there, as it was."""
    write_assets(THEME, tmp_path)
    ours = (THEME / "assets" / "search.js").read_text(encoding="utf-8")
    written = (tmp_path / "assets" / "search.js").read_text(encoding="utf-8").splitlines()
    assert not [line for line in written if line.lstrip().startswith("/*")]
    left, comment = [], False
    for line in ours.splitlines():
        comment = comment or line.lstrip().startswith("/*")
        left += [] if comment else [line]
        comment = comment and not line.endswith("*/")
    assert [line for line in written if line] == [line for line in left if line]
