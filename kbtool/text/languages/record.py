"""What kbtool knows about one language."""

from __future__ import annotations

import re
from dataclasses import dataclass

LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")
"""How a language is written in settings and front matter: en, pt-BR."""


@dataclass(frozen=True, slots=True)
class Language:
    """Word lists are in the language's own lower case; multi-word entries are allowed."""

    code: str
    name: str
    """In the language itself."""
    letters: str = ""
    """Lower-case letters beyond a-z; they tell one old encoding from another."""
    stemmer: str | None = None
    """Name of the Snowball algorithm used for index terms; ``None`` = first ``prefix`` letters."""
    prefix: int = 5
    drop_after_apostrophe: bool = False
    """``Outlook'ta`` → ``Outlook`` (Turkish and Estonian attach endings to names that way)."""
    stop_words: frozenset[str] = frozenset()
    question_words: tuple[str, ...] = ()
    """Words that make a sentence a question, also without a question mark."""
    reason_words: tuple[str, ...] = ()
    """Those of the question words that ask why."""
    asks_last: bool = False
    """Its question words also stand at a sentence's end or before its last word (Turkish)."""
    problem_words: tuple[str, ...] = ()
    """Words that make a sentence the statement of a problem ("can't", "not working")."""
    greetings: tuple[str, ...] = ()
    """Beginnings of a line that only greets."""
    closings: tuple[str, ...] = ()
    """Beginnings of a line after which only names and signatures follow."""
    thanks: tuple[str, ...] = ()
    auto_replies: tuple[str, ...] = ()
    """Phrases near the beginning of an automatic reply."""
    courtesies: tuple[str, ...] = ()
    """Pieces of an agent's sentence that carry no fact (apologies, offers of more help)."""
    negations: tuple[str, ...] = ()
    """Words (``-`` = endings) that deny what a sentence says."""
    absences: tuple[str, ...] = ()
    """Words that only say that a thing is not there ("without")."""
    bounds: tuple[str, ...] = ()
    """Phrases with a "not" that only bound a number ("no more than")."""
    case_words: tuple[str, ...] = ()
    """Phrases that speak of one reader's case ("in your case", "this time", "today")."""
    joins: tuple[str, ...] = ()
    """Words that join a clause which may be left out ("but", "so")."""
    conditions: tuple[str, ...] = ()
    """Words (``-`` = endings, ``^`` = first words) that open a condition ("if", "when")."""
    imperatives: tuple[str, ...] = ()
    """Verbs that open a step ("open", "choose", "tap")."""
    first_person: tuple[str, ...] = ()
    """Words (``-`` = endings) with which an agent speaks of what they did in one case ("I")."""
    answers: tuple[str, ...] = ()
    """Words that only answer the person who asked ("yes", "of course")."""
    pointers: tuple[str, ...] = ()
    """First words of a sentence that needs the one before it ("it", "then", "and")."""
    numerals: tuple[str, ...] = ()
    """Words for 2, 3, 4 …, empty where the word means something else too."""
    open_path: str = "Open {}"
    """How a step names the menu path that it opens."""
    placeholders: tuple[tuple[str, str], ...] = ()
    """(kind of what is redacted, what each customer has another of: "order number")."""
    times: tuple[tuple[str, ...], ...] = ()
    """Words (``*`` = beginnings) for a second, minute, hour, day, week, month and year."""
    please: tuple[str, ...] = ()
    """Words of courtesy in a request."""
    prepositions: tuple[str, ...] = ()
    """Words that open a phrase which may be left out at a sentence's end ("from", "since")."""
    calendar: tuple[str, ...] = ()
    """Names of months and days of the week (``*`` = beginnings) that mean nothing else."""
    rude: tuple[str, ...] = ()
    """Swear words."""
    honorifics: tuple[str, ...] = ()
    """Words that stand with a name ("Mr"), before it or after it."""
    link_words: tuple[str, ...] = ()
    """Words with which an agent hands over a link ("article", "guide")."""
    vague_links: tuple[str, ...] = ()
    """Words of a link that do not say where it leads ("here", "read more")."""
    note: str = "Note"
    """Heading of a note in an article."""
    see_also: str = "See also"
    link_phrase: str = "This article in our help centre answers your question:"
    """What an agent writes above a link to an article."""
    irregular: tuple[str, ...] = ()
    """Forms of one word, a line each: whole ones, ``vea-`` = before an ending, ``ostm*`` = before
    anything."""
    ending: str = ""
    """Regular expression of what may follow ``vea-``, folded."""
    endings: tuple[str, ...] = ()
    """The most frequent of them, of which the shortest stems get whole forms; ``A``, ``H`` and
    ``D`` are sounds in harmony with the stem (Turkish)."""
    respelt: tuple[str, ...] = ()
    """Beginnings of words that are written in two ways ("colour color")."""
    verbs: tuple[str, ...] = ()
    """German: strong verbs, infinitive, participle, then finite forms that mean nothing else;
    Turkish: stems of two or three letters."""
    separable: tuple[str, ...] = ()
    """Parts that leave their verb ("ein" in "ich löse es ein"), the longest first."""
    inseparable: tuple[str, ...] = ()
    """Parts that stay, and take the participle's "ge"."""
    lookalikes: frozenset[str] = frozenset()
    """Words that look like forms of another word and are none."""
