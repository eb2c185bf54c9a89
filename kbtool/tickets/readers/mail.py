"""Mail as records: mbox and message files, Maildirs, folders of them; one record a letter.

All mail that is given together is one input, for a question lies in one folder and its answer
in another. A first pass over the headers finds the threads, a second reads the letters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from kbtool.model import Rejected
from kbtool.text import match_key
from kbtool.tickets.raw import Record
from kbtool.tickets.readers.base import How, Input, sampled
from kbtool.tickets.readers.files import Advance, Blob, NothingInItError, further, note_once
from kbtool.tickets.readers.letter import (
    Headers,
    NestedError,
    answered_ids,
    headers_of,
    left_out,
    own_id,
    read_letter,
)
from kbtool.tickets.readers.mbox import MAX_LETTER, Letter, is_mail, letters
from kbtool.tickets.readers.threads import Threads, short_hash

_NAMED = 3
"""So many files are named; of more their number."""
_NO_FOLDERS = frozenset({"cur", "new", "mbox", "mail", "messages"})
_UNSENT = {
    "drafts": "drafts,draft,entwurfe,brouillons,borradores,taslaklar,mustandid,черновики",
    "deleted": "trash,bin,deleted,deleted items,deleted messages,papierkorb,geloschte elemente,"
    "corbeille,elements supprimes,papelera,cop kutusu,silinmis ogeler,prugikast,"
    "kustutatud uksused,корзина",
}
_UNSENT_WORDS = {word: reason for reason, words in _UNSENT.items() for word in words.split(",")}
"""Folders and labels of what nobody sent or kept, in seven languages, folded."""
_NO_LABELS = frozenset(
    "inbox,sent,sent mail,sent items,sent messages,all mail,archive,archived,important,opened,"
    "unread,starred,posteingang,gesendet,boite de reception,envoyes,bandeja de entrada,enviados,"
    "gelen kutusu,gonderilmis,sisendkaust,saadetud,входящие,отправленные".split(",")
)
"""What every mail program calls its own folders; they say nothing about a ticket."""


def mail_file(blob: Blob, how: How) -> list[Input] | None:
    """The mail of one file, or ``None`` when it is no mail. ``together`` makes one input of all."""
    in_maildir = _maildir_folder(blob) is not None
    if not in_maildir and not is_mail(blob.head()):
        return None
    read = Mailbox([blob], how.languages)
    return [Input(blob.name, "mail", blob.folder, "as declared", blob.size, read)]


def together(inputs: Sequence[Input], how: How) -> list[Input]:
    """The inputs with all mail among them as one, in the place of the first, its threads known.

    Raises InputError when a file cannot be read.
    """
    mails = [(item, item.read) for item in inputs if isinstance(item.read, Mailbox)]
    if not mails:
        return list(inputs)
    first_one, _ = mails[0]
    name = ", ".join(item.name for item, _ in mails[:_NAMED])
    name += f" and {len(mails) - _NAMED:,} more" if len(mails) > _NAMED else ""
    box = Mailbox([blob for _, read in mails for blob in read.blobs], how.languages)
    size = sum(blob.size for blob in box.blobs)
    notes = [note for item, _ in mails for note in item.notes]
    merged = replace(first_one, name=name, size=size, read=box, notes=notes)
    box.find_threads(how.watch(replace(box.blobs[0], name=name, size=size)))
    box.notes = merged.notes
    _look(merged)
    others = {id(item) for item, _ in mails[1:]}
    return [merged if item is first_one else item for item in inputs if id(item) not in others]


class Mailbox:
    """Letters of several files as records; a letter that lies in two of them counts once."""

    def __init__(self, blobs: Sequence[Blob], languages: Sequence[str]) -> None:
        self.blobs = list(blobs)
        self.notes: list[str] = []
        self._languages = languages
        self._threads = Threads()

    def find_threads(self, advance: Advance | None = None) -> None:
        """Look at all headers. Raises InputError when a file cannot be read to its end."""
        for _, letter in self._letters(advance):
            headers = headers_of(letter)
            if not left_out(headers):
                self._threads.add(own_id(headers, letter), answered_ids(headers))
        self._threads.close()

    def __call__(self, advance: Advance | None) -> Iterator[Record | Rejected]:
        """A record for every letter: ``thread``, ``id``, ``folder`` and what ``read_letter`` says.

        Of a letter that lies in two folders the second record has its labels and no text.
        """
        seen: set[int] = set()
        counts: Counter[str] = Counter()
        for blob, letter in self._letters(advance):
            headers = headers_of(letter)
            folder = folder_of(blob)
            reason = left_out(headers) or _unsent(blob, folder)
            if reason:
                counts[f"{reason}: left out"] += 1
                continue
            if not {"from", "date", "subject", "message-id", "received"} & headers.keys():
                yield Rejected(blob.name, letter.line, "no message: it has no headers")
                continue
            try:
                data = self._record(letter, headers, folder)
            except NestedError:
                yield Rejected(blob.name, letter.line, "too many parts in parts")
                continue
            told = _UNSENT_WORDS.keys() & {match_key(str(label)) for label in _list(data["labels"])}
            if told:
                counts[f"{_UNSENT_WORDS[min(told)]}: left out"] += 1
                continue
            key = hash((data["id"], data["date"], data["from"]))
            if key in seen:
                counts["copies in another folder: counted once"] += 1
                data |= {"html": None, "text": None}
            seen.add(key)
            if letter.cut:
                counts[f"longer than {MAX_LETTER // 1_000_000} MB: read up to there"] += 1
            yield Record(letter.line, data)
        self._note(counts)

    def _record(self, letter: Letter, headers: Headers, folder: str) -> dict[str, object]:
        own = own_id(headers, letter)
        data = read_letter(letter, headers, self._languages)
        labels = [
            label
            for label in dict.fromkeys([*map(str, _list(data["labels"])), folder])
            if match_key(label) not in _NO_LABELS
        ]
        return {
            "thread": self._threads.of(own),
            "id": short_hash(own),
            **data,
            "labels": labels,
            "folder": folder,
        }

    def _letters(self, advance: Advance | None) -> Iterator[tuple[Blob, Letter]]:
        before = 0
        for blob in self.blobs:
            with blob.open(further(advance, before)) as stream:
                for letter in letters(stream):
                    yield blob, letter
            before += blob.size

    def _note(self, counts: Counter[str]) -> None:
        for what, count in sorted(counts.items()):
            note_once(
                self.notes, f"mail: {count:,} {'message' if count == 1 else 'messages'} {what}"
            )


def folder_of(blob: Blob) -> str:
    """The mail folder a file is or lies in: ``Resolved`` for Resolved.mbox and .Resolved/cur/1."""
    maildir = _maildir_folder(blob)
    if maildir is not None:
        return maildir
    name = blob.own_path.name.removesuffix(".gz")
    stem = PurePosixPath(name).stem if PurePosixPath(name).suffix else name
    if name.lower().endswith(".eml") or stem.lower() in _NO_FOLDERS:
        return blob.own_path.parent.name.removesuffix(".mbox")
    return stem


def _maildir_folder(blob: Blob) -> str | None:
    """The folder's name when the file lies in a Maildir, else ``None``."""
    path = blob.own_path
    if path.parent.name not in ("cur", "new"):
        return None
    return path.parent.parent.name.lstrip(".").rpartition(".")[2]


def _unsent(blob: Blob, folder: str) -> str | None:
    """Why nothing in this file was sent or kept: a Maildir's flags, or the folder's name."""
    flags = PurePosixPath(blob.name).name.rpartition(":2,")
    if flags[1] and _maildir_folder(blob) is not None:
        if "T" in flags[2]:
            return "deleted"
        if "D" in flags[2]:
            return "drafts"
    return _UNSENT_WORDS.get(match_key(folder))


def _look(item: Input) -> None:
    try:
        sampled(item)
    except NothingInItError:
        raise NothingInItError(
            item.place, "no message in it that was sent", hint="export the folder again"
        ) from None


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
