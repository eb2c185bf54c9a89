"""How charts look: colours are the page's, and nothing is told by colour alone."""

from __future__ import annotations

CSS = """
.chart { display: block; width: 100%; height: auto; overflow: visible; }
.chart text { fill: var(--muted); font-size: 14px; }
.chart .strong { fill: var(--text); font-weight: 600; }
.chart .plain { fill: var(--text); }
.chart .halo { paint-order: stroke; stroke: var(--page); stroke-width: 5px; stroke-linejoin: round; }
.chart .grid { stroke: var(--line); stroke-width: 1; }
.chart .axis { stroke: var(--edge); stroke-width: 1; }
.chart .bar { stroke: var(--bar); stroke-width: 1; }
.chart .solid { fill: var(--bar); }
.chart .hollow { fill: var(--page); }
.chart .stripe { stroke: var(--bar); stroke-width: 2; }
.chart .ground { fill: var(--page); }
.chart .line { fill: none; stroke: var(--accent); stroke-width: 2.5; stroke-linejoin: round; }
.chart .line.first { stroke: var(--bar); }
.chart .line.second { stroke: var(--text); stroke-width: 2; stroke-dasharray: 7 4; }
.chart .line.third { stroke: var(--muted); stroke-width: 2.5; stroke-dasharray: 1 5; stroke-linecap: round; }
.chart .point { fill: var(--bar); }
.chart .open { fill: var(--page); stroke: var(--text); stroke-width: 1.5; }
.chart .dot { fill: var(--accent); stroke: var(--page); stroke-width: 1.5; }
.chart .goal { stroke: var(--accent); stroke-width: 1.5; stroke-dasharray: 6 4; }
.chart .event { stroke: var(--accent); stroke-width: 1; stroke-dasharray: 2 4; }
.chart .flag { fill: var(--accent); }
.chart .whisker { stroke: var(--bar); stroke-width: 2; }
.chart .nought { stroke: var(--text); stroke-width: 1.5; }
"""
"""For a page that defines --text, --muted, --line, --edge, --page, --bar and --accent."""
