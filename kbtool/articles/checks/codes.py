"""Every code that a finding can have: how grave it is and what it means.

README's table of checks is this one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from kbtool.model import Finding

Level: TypeAlias = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A code's level and meaning."""

    level: Level
    meaning: str


def _errors(**meanings: str) -> dict[str, Rule]:
    return {code.replace("_", "-"): Rule("error", text) for code, text in meanings.items()}


def _warnings(**meanings: str) -> dict[str, Rule]:
    return {code.replace("_", "-"): Rule("warning", text) for code, text in meanings.items()}


RULES: Mapping[str, Rule] = {
    **_errors(
        unreadable="the file cannot be read",
        not_utf8="the file is not UTF-8 text",
        too_large="the file is over 8 MB, or its front matter over 1 MB",
        outside_content="a symbolic link leads out of content/",
        no_front_matter="the file has no front matter, or it has no end",
        bad_yaml="the front matter is not plain YAML",
        yaml_alias="the front matter uses YAML anchors or aliases",
        duplicate_key="a key stands twice in the front matter",
        wrong_type="a value has the wrong form (text, list, mapping)",
        missing_id="there is no id",
        missing_title="there is no title",
        missing_lang="there is no language",
        missing_status="there is no status",
        bad_id="the id holds more than letters, digits and hyphens",
        bad_lang="the language is not a language code",
        unknown_status="the status is none of the six",
        bad_date="a date is not one",
        bad_section="the section's name holds more than a-z, 0-9 and hyphens",
        bad_former="a former address cannot be one",
        bad_wake="the wake-up rule is not understood",
        bad_evidence="the evidence is damaged",
        duplicate_id="two articles have one id",
        unknown_language="the language is not configured",
        unknown_category="the category is not configured: no reader would find the shelf",
        misplaced="a draft stands outside content/drafts/, or a published article inside",
        bad_name="the file's name holds what no address can",
        no_original="the translated article does not exist",
        two_translations="an article has two translations in one language",
        no_reviewer="readers see it, but nobody is named who reviewed it",
        conflict="a published article shows agents' contradiction, undecided",
        personal_data="a published article holds what looks like personal data",
        broken_link="a link leads to nothing, or from a published article to a draft",
        place_taken="two articles would get one file",
        same_address="two pages would get one address",
        bad_synonyms="a file of content/synonyms/ cannot be read: no plain YAML, no list, too large",
    ),
    **_warnings(
        unknown_pin="home.pinned in mkdocs.yml names an article that cannot be shown",
        bad_strings="a word of theme/strings/ of your own cannot be used",
        unknown_word="a word of theme/strings/ of your own is none that the interface has",
        maybe_name="an article that was not drafted from tickets holds what may be a person's name",
        former_in_use="a former address belongs to another page today",
        no_successor="an archived article leads readers to one that they cannot see",
        overdue_review="the day of its next review has passed",
        broken_anchor="a link leads to a heading that is not there",
        duplicate_article="two articles ask the same, or say the same in most of their steps",
        contradiction="two articles say the same with another number, a not, or another menu path",
        stale_translation="a section of the original changed since it was translated",
        hard_to_read="it is harder to read than checks.reading_ease or checks.lix allows",
        no_alt="an image has no alternative text",
        empty_link="a link has no words, or leads nowhere at all",
        vague_link="a link's words do not say where it leads (click here)",
        heading_skip="a heading is more than one level below the one before it",
        orphaned_draft="a draft's topic is gone, is part of another, or is answered by an article",
        old_draft="a draft has waited for more than checks.draft_days days",
        placeholder="a draft leaves something for the reader to fill in, such as {order_number}",
        remote_image="an image stands on another host and is left out",
        bad_synonym="an entry of content/synonyms/ cannot be used and is left out",
        lost_rank="search finds it further down than before for what customers ask",
        engine="the engine that renders complains about a page",
        setting_not_used="mkdocs.yml sets what kbtool does not use",
    ),
}


def finding(code: str, file: str, line: int, message: str, hint: str) -> Finding:
    """A finding with the level of its code."""
    return Finding(RULES[code].level, code, file, line, message, hint)
