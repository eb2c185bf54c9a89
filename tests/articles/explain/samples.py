"""Explanations to show: small, hostile and long ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from kbtool.articles.draft.render import CONFLICT, CONFLICT_END, escape
from kbtool.articles.explain import Explanation, Source, Wording
from kbtool.articles.explain.trace import trace
from kbtool.articles.files.frontmatter import draft_sha256
from kbtool.model import Article, Evidence

DAY = date(2026, 11, 21)
HOSTILE = '</style><script>alert(1)</script><b onclick="alert(2)">"\u202eevil\u2028'
LONG = "Donaudampfschifffahrtsgesellschaft" * 12
TEXTS = (
    "Open Account > Boxes",
    "Wait 5 days",
    "Choose another tea and confirm",
    "It costs nothing",
    "You can change it until 5 days before",
    "You can change it until 14 days before",
)
BODY = f"""## Boxes

1. Open **Account > Boxes**.
2. Wait 7 days.

> **Note:** Choose another tea, then confirm it.

Our tea comes from Rize.

```
code
```

| Box | Days |
|---|---|
| small | 2 |

{CONFLICT}
> **Agents disagree.** Keep what is true as plain text, then delete this block with its two markers.
>
> - {TEXTS[4]}. **(newest)** (2 tickets, 1 agent)
> - {TEXTS[5]}. (1 ticket, 1 agent)
{CONFLICT_END}
"""


def explained(
    body: str = BODY,
    texts: tuple[str, ...] = TEXTS,
    *,
    title: str = "How do I change my box?",
    said: str = "Please open Account > Boxes",
    sources: int = 2,
    stored: bool = True,
) -> Explanation:
    """An edited article whose evidence has so many sources each, all of the same words."""
    refs = tuple(f"desk:{n}/m1/s1" for n in range(sources))
    evidence = tuple(
        Evidence(text, refs, len(refs), 2, DAY, DAY - timedelta(days=9)) for text in texts
    )
    article = Article(
        "kb-1", title, "en", "review", None, "As drafted.", "drafts/kb-1.md", also_asked=(title,) * 2,
        evidence=evidence, body_line=20,
    )  # fmt: skip
    article = replace(article, drafted_sha256=draft_sha256(article), body=body)
    heard = tuple(
        Source(ref, ref.split("/")[0], DAY - timedelta(days=n) if stored else None,
               said if stored else None, None if stored else "no tickets are stored here")
        for n, ref in enumerate(refs)
    )  # fmt: skip
    return Explanation(
        site="Tea",
        article=article,
        trace=trace(article),
        sources=(heard,) * len(texts),
        title=Wording(title, tuple(f"desk:{n}" for n in range(5)) if stored else ()),
        also_asked=(Wording(title, ()),),
        stored=stored,
    )


def everywhere(text: str) -> Explanation:
    """One text wherever text can be."""
    return explained(
        f"{escape(text)}\n\n# {escape(text)}\n\n```\n{text}\n```\n\n- {escape(text)} 7\n",
        (text, f"{text} 5", "gone"),
        title=text,
        said=text,
        sources=5,
    )
