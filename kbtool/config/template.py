"""The ``mkdocs.yml`` of a new knowledge base: every setting with its meaning and default.

It is written from the settings' own declarations, so it cannot name one that does not exist.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from inspect import getdoc
from typing import Any, get_type_hints

from kbtool.config.convert import SECTIONS
from kbtool.config.settings import Settings

_HEAD = """\
# The settings of your help centre. Lines that begin with "# " are settings with their defaults:
# take the "# " away to change one. kbtool names every mistake with its line.

site_name: {name}

# The full address, with a sub-path when there is one. Permanent links begin with it.
site_url: {url}

theme:
  name: material
  # Pictures in content/, for the page head and the browser tab
  # logo: logo.svg
  # favicon: favicon.svg

# Your own colour: a file in content/ with, for example,  :root {{ --kb-brand: #0b7a5c; }}
# extra_css: [brand.css]

# A line at the foot of every page
# copyright: © 2026 Example Ltd

extra:
  kbtool:
    # Language codes; the first is shown when nothing better is known
    languages: {languages}

    # Folders below content/<language>/ and what readers see: title and description by language,
    # and an icon of Material Design (https://pictogrammers.com/library/mdi/)
    categories:
      getting-started:
        icon: rocket
        title: {titles}
        description: {descriptions}
        # Groups of its articles (section: first-steps in their front matter)
        # sections:
        #   first-steps: {sections}

    # Whether readers get articles without a translation in the default language: show or hide
    # untranslated: show
"""


def mkdocs_template(
    name: str,
    url: str,
    languages: Sequence[str],
    titles: Mapping[str, str],
    descriptions: Mapping[str, str],
) -> str:
    """The file's text; ``titles`` and ``descriptions`` (by language) are the first category's."""
    head = _HEAD.format(
        name=_yaml(name),
        url=_yaml(url),
        languages=_yaml(list(languages)),
        titles=_yaml(dict(titles)),
        descriptions=_yaml(dict(descriptions)),
        sections=_yaml({languages[0]: "First steps"}),
    )
    return head + "".join(f"{line}\n" for line in _sections())


def _sections() -> Iterator[str]:
    """Each section with its settings, all commented out."""
    kinds = get_type_hints(Settings)
    for section in SECTIONS:
        meaning = (getdoc(kinds[section]) or "").splitlines()[0].replace("``", "")
        yield ""
        yield f"    # {meaning}"
        yield f"    # {section}:"
        for field in fields(kinds[section]):
            default = list(field.default) if isinstance(field.default, tuple) else field.default
            yield f"    #   # {field.metadata['doc']}"
            yield f"    #   {field.name}: {_yaml(default)}"


def _yaml(value: Any) -> str:
    """A value on one line; JSON is YAML."""
    return json.dumps(value, ensure_ascii=False)
