"""Topics that must not become an article: what agents do in their answers says what is needed.

One that agents answer by doing something for one customer needs a form, one that only engineers
can end is a bug, one about the law or somebody's safety is for a person, and one whose answers
help nobody else needs a text for the agents. Where agents also explain, an article is needed:
below a clear margin a topic is to be written about.
"""

from kbtool.suggest.kinds.judge import MOST_READ, judge_topic

__all__ = ["MOST_READ", "judge_topic"]
