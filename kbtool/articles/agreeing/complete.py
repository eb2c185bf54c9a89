"""What a draft loses when a sentence moves into a conflict block is said by another sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kbtool.articles.agreeing.choose import MOST
from kbtool.articles.agreeing.conflicts import Conflict, is_part
from kbtool.articles.agreeing.order import in_order
from kbtool.articles.agreeing.support import Group, Replies, support_needed


def completed(
    kept: Sequence[Group], conflicts: Mapping[str, Conflict], read: Replies
) -> tuple[Group, ...]:
    """``kept`` with sentences for those facts that agents agree on and that stand neither in the
    sentences outside the blocks nor in the sides that are shown, in order.
    """
    needed = support_needed(sum(any(s.lang == read.lang for s in one) for one in read.said))
    blocks = list({id(conflict): conflict for conflict in conflicts.values()}.values())
    shown = [group for group in kept if group.said.ref not in conflicts]
    shown += [side for conflict in blocks for side in conflict.sides]
    covered = 0
    for group in shown:
        covered |= read.vocabulary.meaning(group.said.text, read.lang).mask
    found = list(kept)
    for fact in read.facts(needed):
        stating = None if fact & covered else read.stating(fact, needed, covered)
        if stating is None or len(found) >= MOST:
            continue
        if not any(is_part(stating.group, conflict, read.lang) for conflict in blocks):
            found.append(stating.group)
            covered |= stating.meaning.mask
    return in_order(found)
