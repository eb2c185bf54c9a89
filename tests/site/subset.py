"""What Jinja2 and MiniJinja read alike: the part of the language that templates may use.

Each filter, test and tag stands with an example, which both engines must print alike
(test_zensical.py). What is missing was measured to differ or to fail: methods (``.items()``),
``truncate``, ``wordcount``, ``wordwrap``, ``center``, ``random``, ``forceescape``, ``xmlattr``,
``filesizeformat``, ``dictsort``, ``break``, ``do``, printing true and none; a map keeps its order
in one of them only, so that no loop may go over one.
"""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import Environment, nodes

FILTERS = {
    "batch": "{% for row in page.meta.kb.list | batch(2) %}{{ row | join }};{% endfor %}",
    "capitalize": "{{ page.meta.kb.text | capitalize }}",
    "default": "{{ gone | default('<') }}{{ '' | default('x', true) }}",
    "escape": "{{ page.meta.kb.text | escape }}",
    "first": "{{ page.meta.kb.list | first }}",
    "int": "{{ '4' | int + 1 }}",
    "join": "{{ page.meta.kb.list | join(', ') }}",
    "last": "{{ page.meta.kb.list | last }}",
    "length": "{{ page.meta.kb.list | length }}",
    "list": "{{ page.toc | list | length }}",
    "lower": "{{ page.meta.kb.text | lower }}",
    "map": "{{ page.meta.kb.links | map(attribute='title') | join }}",
    "rejectattr": "{{ page.meta.kb.links | rejectattr('on') | list | length }}",
    "replace": "{{ page.meta.kb.text | replace('A', 'b') }}",
    "reverse": "{{ page.meta.kb.list | reverse | join }}",
    "safe": "{{ page.content | safe }}",
    "selectattr": "{{ page.meta.kb.links | selectattr('on') | list | length }}",
    "slice": "{% for row in page.meta.kb.list | slice(2) %}{{ row | join }};{% endfor %}",
    "sort": "{{ page.meta.kb.list | sort | join }}",
    "string": "{{ 4 | string ~ 'x' }}",
    "striptags": "{% for item in page.toc %}{{ item.title | striptags }}{{ item.url }}{% endfor %}",
    "title": "{{ page.meta.kb.text | title }}",
    "tojson": "{{ page.meta.kb | tojson }}",
    "trim": "[{{ ' x ' | trim }}]",
    "unique": "{{ page.meta.kb.list | unique | join }}",
    "upper": "{{ page.meta.kb.text | upper }}",
    "urlencode": "{{ page.meta.kb.text | urlencode }}{{ 'a/b' | urlencode }}",
}
TESTS = {
    "defined": "{% if gone is defined %}y{% else %}n{% endif %}",
    "divisibleby": "{% if 4 is divisibleby(2) %}y{% endif %}",
    "even": "{% if 4 is even %}y{% endif %}",
    "mapping": "{% if page.meta.kb is mapping %}y{% endif %}",
    "none": "{% if page.meta.kb.empty is none %}y{% endif %}",
    "number": "{% if 4 is number %}y{% endif %}",
    "odd": "{% if 4 is odd %}y{% else %}n{% endif %}",
    "string": "{% if page.meta.kb.text is string %}y{% endif %}",
}
OTHERS = (
    "{% set one = 1 %}{% for x in page.meta.kb.list %}{% set one = x %}{% endfor %}{{ one }}",
    "{% set two %}<b>{% endset %}{{ two }}",
    "{% for x in page.meta.kb.list if x > 1 %}{{ loop.index }}{{ x }}{% else %}none{% endfor %}",
    "{% for x in page.meta.kb.list %}{{ x }}{% if not loop.last %}, {% endif %}{% endfor %}",
    "{% for x in page.meta.kb.none_of_it %}x{% else %}none{% endfor %}",
    "{% for x in range(3) %}{{ x }}{% endfor %}",
    "{% with x = 2 %}{{ x }}{% endwith %}{% filter upper %}abc{% endfilter %}",
    "{% macro f(x, y=2) %}{{ x }}{{ y }}{% endmacro %}{{ f(page.meta.kb.text) }}",
    "{% raw %}{{ x }}{% endraw %}{#- left out -#}",
    "{% include ['gone.html', 'parts/one.html'] %}{% include 'gone.html' ignore missing %}",
    "{{ page.meta.kb.list[0] }}{{ page.meta.kb['text'] }}{{ page.meta.kb.list[1:] | join }}",
    "{{ 'a' ~ 1 ~ 'b' }}{{ 7 // 2 + 7 % 2 * 2 - 1 }}{{ 'y' if 1 in page.meta.kb.list else 'n' }}",
    "{% if 1 < 2 and not 2 <= 1 or 3 != 3 %}y{% elif gone %}e{% endif %}{{ 'x' if gone }}",
    "{{ page.title }}{{ config.extra.kb.name }}{{ gone }}{{ page.meta.kb.gone }}",
)
ALIASES = {"count": "length", "d": "default", "e": "escape"}
FUNCTIONS = frozenset({"range", "super"})
OF_PAGE = frozenset({"content", "meta", "title", "toc"})
GIVEN = frozenset({"page", "config", "loop"})
NODES = (
    nodes.Add, nodes.And, nodes.Assign, nodes.AssignBlock, nodes.Block, nodes.Call, nodes.Compare,
    nodes.Concat, nodes.CondExpr, nodes.Const, nodes.Extends, nodes.Filter, nodes.FilterBlock,
    nodes.FloorDiv, nodes.For, nodes.FromImport, nodes.Getattr, nodes.Getitem, nodes.If,
    nodes.Import, nodes.Include, nodes.Keyword, nodes.List, nodes.Macro, nodes.Mod, nodes.Mul,
    nodes.Name, nodes.Not, nodes.Operand, nodes.Or, nodes.Output, nodes.Slice, nodes.Sub,
    nodes.Template, nodes.TemplateData, nodes.Test, nodes.Tuple, nodes.With,
)  # fmt: skip


def outside(text: str, shared: frozenset[str] = frozenset()) -> list[str]:
    """What a template says beyond the common part, as ``line: what``; empty when it keeps to it.

    ``shared`` are names that other templates set for it.
    """
    tree = Environment(autoescape=True).parse(text)
    known = GIVEN | FUNCTIONS | shared | names_set(text)
    return [
        f"{node.lineno}: {told}"
        for node in (tree, *tree.find_all(nodes.Node))
        if (told := _trouble(node, known))
    ]


def names_set(text: str) -> frozenset[str]:
    """The names that a template gives a value."""
    tree = Environment(autoescape=True).parse(text)
    stored = {one.name for one in tree.find_all(nodes.Name) if one.ctx in ("store", "param")}
    return frozenset(stored | {one.name for one in tree.find_all(nodes.Macro)} | set(_taken(tree)))


def _taken(tree: nodes.Template) -> Iterator[str]:
    for one in tree.find_all(nodes.FromImport):
        yield from (name if isinstance(name, str) else name[1] for name in one.names)
    yield from (one.target for one in tree.find_all(nodes.Import))


def _trouble(node: nodes.Node, known: frozenset[str]) -> str | None:
    match node:
        case nodes.Filter(name=name) if ALIASES.get(name, name) not in FILTERS:
            return f"filter {name}"
        case nodes.Test(name=name) if name not in TESTS:
            return f"test {name}"
        case nodes.Call(node=nodes.Name()):
            return None
        case nodes.Call():
            return "a method call"
        case nodes.Name(name=name) if name not in known:
            return f"name {name}"
        case nodes.Getattr(node=nodes.Name(name="page"), attr=attr) if attr not in OF_PAGE:
            return f"page.{attr}"
        case nodes.Getattr(node=nodes.Name(name="config"), attr=attr) if attr != "extra":
            return f"config.{attr}"
    return None if isinstance(node, NODES) else type(node).__name__
