"""Cut what stands below a message: closing, signature, and what follows from them."""

from __future__ import annotations

from dataclasses import dataclass

from kbtool.tickets.cleaning.closings import WORD, after_closing, says_thanks
from kbtool.tickets.cleaning.footers import cut_legal, cut_phone_lines, is_postscript
from kbtool.tickets.cleaning.greetings import cut_greeting
from kbtool.tickets.cleaning.lines import SIGNATURE_DASHES, Line, is_rule, kept
from kbtool.tickets.cleaning.signs import (
    POINTING,
    is_contact,
    is_logo,
    is_name,
    is_own_name,
    is_signature_line,
    is_signed,
)

_SIGNATURE_LINES = 24
_CLOSINGS_READ = 40
"""Last lines in which a closing is looked for."""
_SLOGANS = 2
"""Lines of a signature that may be sentences when it also holds addresses."""
_DASHES = frozenset({"--", "__", "—", "- -", "––", "-- --"})
_CONTACTS = 2
"""So many lines with addresses make a signature also without closing or known name."""
_WORDS_BEFORE = 4
_INITIAL = 2
"""Characters of "R.", which may end a name."""
_POINTING_WORDS = 20
_SENTENCE_ENDS = (".", "?", "!", "…", ")", ":)", ";)", "\U0001f642", "*", '"', "”")


def cut_endings(lines: list[Line], known: frozenset[str]) -> None:
    """Take out closing, signature and what programs put below. ``known`` are keys of names."""
    for line in lines:
        if line.tag == "signature":
            line.cut = "signature"
    _delimited(kept(lines), known)
    left = len(kept(lines))
    for rule in (_closing, _named, _contacts):
        rule(kept(lines), known)
    if len(kept(lines)) == left:
        _last_name(kept(lines))


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a forwarder's own words; ``known`` are keys of names."""

    known: frozenset[str]

    def cut(self, lines: list[Line]) -> None:
        """Take out greeting, closing and signature, even when nothing else is there."""
        cut_phone_lines(kept(lines))
        cut_legal(kept(lines))
        first = next((line for line in lines if not line.blank and line.cut is None), None)
        cut_endings(kept(lines), self.known)
        if first is None or first.cut is not None:
            return
        if _closes(first.text, self.known):
            first.cut = "closing"

    def is_letter(self, lines: list[Line]) -> bool:
        """Whether the lines greet or close, as a whole mail does."""
        copy = [Line(line.text) for line in lines]
        cut_greeting(copy, self.known)
        cut_endings(kept(copy), self.known)
        return any(line.cut in ("greeting", "closing") for line in copy)

    def words(self, lines: list[Line], thanks: bool = True) -> int:
        """How many words are neither greeting nor signature; none when they only point below.

        Words of thanks are an answer to a mail that is quoted, not to one that is forwarded: with
        ``thanks`` they count.
        """
        if thanks and any(says_thanks(line.text) for line in lines):
            return 1
        copy = [Line(line.text, line.tag, line.cut) for line in lines]
        self.cut(copy)
        cut_greeting(copy, self.known)
        text = " ".join(line.text for line in kept(copy) if line.tag not in ("quote", "intro"))
        words = len(WORD.findall(text))
        most = _POINTING_WORDS // 2 if "?" in text else _POINTING_WORDS
        return 0 if words <= most and POINTING.search(text) else words


def _cut(lines: list[Line]) -> None:
    for line in lines:
        line.cut = "signature"


def _written(lines: list[Line]) -> list[int]:
    """Where the lines are that are not blank."""
    return [index for index, line in enumerate(lines) if line.text]


def _delimited(lines: list[Line], known: frozenset[str]) -> None:
    """``-- `` on a line of its own begins the signature; so does a rule above a name."""
    written = _written(lines)
    for place in range(max(1, len(written) - _SIGNATURE_LINES - 1), len(written)):
        index = written[place]
        text = lines[index].text.strip()
        if text not in _DASHES and not is_rule(text):
            continue
        tail = [lines[i].text for i in written[place + 1 :]]
        if not tail or len(tail) > _SIGNATURE_LINES or lines[index].tag == "code":
            continue
        first = tail[0]
        if lines[index].text == SIGNATURE_DASHES:
            signed = not any(t.rstrip().endswith("?") or is_postscript(t) for t in tail)
        elif text in _DASHES:
            signed = all(map(is_signature_line, tail)) or (
                _opens_signature(first, tail, known) and _is_signature(tail, known)
            )
        else:
            signed = (is_name(first, known) or is_contact(first)) and _is_signature(tail, known)
        if signed:
            _cut(lines[index:])
            return


def _closes(text: str, known: frozenset[str]) -> bool:
    """Whether a line is a closing, perhaps with a name behind it."""
    rest = after_closing(text)
    return rest is not None and is_signed(rest, known)


def _is_signature(texts: list[str], known: frozenset[str]) -> bool:
    """Whether lines make a signature; one with addresses may hold a slogan."""
    others = [text for text in texts if not (is_signature_line(text) or _closes(text, known))]
    if not others:
        return True
    return (
        len(others) <= _SLOGANS
        and not any("?" in text or is_postscript(text) or len(text) > 160 for text in others)
        and sum(map(is_contact, texts)) >= _CONTACTS
    )


def _closing(lines: list[Line], known: frozenset[str]) -> None:
    """From a closing ("Best regards") to the end; text after the signature, as a P.S., stays."""
    written = _written(lines)
    for place in range(max(1, len(written) - _CLOSINGS_READ), len(written)):
        index = written[place]
        line = lines[index]
        if line.tag == "code" or line.cut is not None:
            continue
        rest = after_closing(line.text)
        if rest is None or not is_signed(rest, known):
            continue
        tail = written[place + 1 : place + 2 + _SIGNATURE_LINES]
        stop = _signature_end(lines, index, tail, bool(rest), known)
        if stop is None:
            continue
        line.cut = "closing"
        _cut(lines[index + 1 : stop])
        if stop == len(lines):
            return


def _signature_end(
    lines: list[Line], closing: int, tail: list[int], named: bool, known: frozenset[str]
) -> int | None:
    """The line after the signature that follows a closing; ``None`` when none follows."""
    texts = [lines[i].text for i in tail]
    if not texts:
        return len(lines)
    first = texts[0]
    if not (named or _opens_signature(first, texts, known)):
        return None
    whole = len(texts) <= _SIGNATURE_LINES
    if whole and not any(map(is_postscript, texts)) and _is_signature(texts, known):
        return len(lines)
    end = 0
    while end < len(texts) and is_signature_line(texts[end]) and not is_postscript(texts[end]):
        end += 1
    if end == len(texts):
        return None
    if is_postscript(texts[end]):
        return tail[end]
    while end and not lines[tail[end] - 1].blank:  # back to where the text's paragraph begins
        end -= 1
    if end == 0:
        return closing + 1 if named and lines[tail[0] - 1].blank else None
    return (
        tail[end]
        if (is_name(first, known) and tail[0] == closing + 1) or is_own_name(first, known)
        else None
    )


def _opens_signature(first: str, texts: list[str], known: frozenset[str]) -> bool:
    """Whether a line after a closing is a name, an address, another closing or a lone short word."""
    if is_name(first, known) or is_contact(first) or is_own_name(first, known) or is_logo(first):
        return True
    if _closes(first, known):
        return True
    words = WORD.findall(first)
    return len(texts) == 1 and len(words) <= 2 and not any(c.isdigit() or c in "?.:" for c in first)


def _named(lines: list[Line], known: frozenset[str]) -> None:
    """Last lines that open with the sender's own name and hold no sentence."""
    written = _written(lines)
    for place in range(max(1, len(written) - _SIGNATURE_LINES), len(written)):
        index = written[place]
        if lines[index].tag == "code" or _is_listed(lines, index):
            continue
        tail = [lines[i].text for i in written[place:]]
        more = next((n for n, text in enumerate(tail) if is_postscript(text)), len(tail))
        if is_own_name(tail[0], known) and _is_signature(tail[1:more], known):
            _cut(lines[index : written[place + more] if more < len(tail) else len(lines)])
            return


def _is_listed(lines: list[Line], index: int) -> bool:
    """Whether a line is in the paragraph below a colon: "The account has new owners:"."""
    above = index - 1
    while above >= 0 and index - above <= _SIGNATURE_LINES and not lines[above].blank:
        if lines[above].text.endswith(":"):
            return True
        above -= 1
    while above >= 0 and lines[above].blank:
        above -= 1
    return above >= 0 and lines[above].text.endswith(":")


def _contacts(lines: list[Line], known: frozenset[str]) -> None:
    """A last block with several addresses and numbers below a name, without any closing."""
    written = _written(lines)
    start = len(written)
    while (
        start > 1
        and start > len(written) - _SIGNATURE_LINES
        and is_signature_line(lines[written[start - 1]].text)
    ):
        start -= 1
    for place in range(max(1, start), len(written)):
        index = written[place]
        above = lines[written[place - 1]]
        if not lines[index - 1].blank or above.text.endswith(":"):
            continue
        tail = [lines[i].text for i in written[place:]]
        if is_name(tail[0], known) and sum(map(is_contact, tail)) >= _CONTACTS:
            _cut(lines[index:])
            return


def _last_name(lines: list[Line]) -> None:
    """A last line that is only a name nobody told us, below a text that has come to its end."""
    written = _written(lines)
    if len(written) < 2:
        return
    index, above = written[-1], lines[written[-2]].text
    text = lines[index].text
    dashed = text[:1] in "-–—~/" and lines[written[-2]].text[:1] != text[:1]
    bare = text.strip(" -–—~/,")
    words = bare.split()
    if not 0 < len(words) <= 3 or not all(
        w[0].isupper() and w.replace(".", "").replace("-", "").isalpha() for w in words
    ):
        return
    if text.endswith(".") and len(words[-1]) > _INITIAL:
        return  # "Monday." answers something
    if lines[index].tag == "code" or not (
        above.endswith(_SENTENCE_ENDS) or (dashed and not above.endswith((":", ",")))
    ):
        return
    if (not dashed and not lines[index - 1].blank) or any(
        w.isupper() and len(w) > 3 for w in words
    ):
        return
    if sum(len(WORD.findall(lines[i].text)) for i in written[:-1][-20:]) >= _WORDS_BEFORE:
        _cut(lines[index:])


def cut_rules(lines: list[Line]) -> None:
    """Take out a rule or dash with what it stood above."""
    below: Line | None = None
    for line in reversed(lines):
        if line.blank:
            continue
        if line.cut is not None:
            below = line
            continue
        text = line.text.strip()
        if below is None or not (is_rule(text) or text in _DASHES or text in (">", "*", ".", "|")):
            return
        line.cut = below.cut
