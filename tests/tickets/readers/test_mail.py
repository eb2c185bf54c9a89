"""Mail into records: letters out of mbox files and Maildirs, threads, charsets, bodies."""

from __future__ import annotations

import gzip
import zipfile
from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.errors import InputError
from kbtool.model import Rejected
from kbtool.tickets.raw import Record
from kbtool.tickets.readers import mbox as mbox_module
from kbtool.tickets.readers.inputs import Input, open_inputs
from kbtool.tickets.readers.letter import headers_of, read_letter
from kbtool.tickets.readers.letter_body import unflow
from kbtool.tickets.readers.mbox import Letter, is_mail
from kbtool.tickets.readers.threads import Threads, reference_ids

LANGUAGES = ("en", "tr", "et", "de", "ru")
STAMP = b"From eva@kunde.example Fri Jan  2 10:00:00 2026\n"


def letter(body: str | bytes = "Where is my bike?\n", **headers: str) -> bytes:
    """A message; ``message_id="a@x.example"`` gives a Message-ID header."""
    known = {
        "From": "Eva Holm <eva@kunde.example>",
        "To": "help@velmo.example",
        "Subject": "Bike",
        "Date": "Fri, 2 Jan 2026 11:00:00 +0100",
    }
    known |= {name.replace("_", "-").title(): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\n" for name, value in known.items() if value)
    return head.encode() + b"\n" + (body.encode() if isinstance(body, str) else body)


def mbox(*messages: bytes) -> bytes:
    """Messages as one mbox file, as most programs write it."""
    return b"\n".join(STAMP + message for message in messages)


def opened(folder: Path, data: bytes, name: str = "inbox.mbox") -> Input:
    """A mail file with these bytes, opened."""
    path = folder / name
    path.write_bytes(data)
    (found,) = open_inputs([path], LANGUAGES)
    return found


def records(item: Input) -> list[dict[str, Any]]:
    """All records of an input; none may be rejected."""
    found = list(item.records())
    assert not [r for r in found if isinstance(r, Rejected)]
    return [r.data for r in found if isinstance(r, Record)]


def read(raw: bytes) -> dict[str, Any]:
    """What one message says."""
    one = Letter(1, raw)
    return read_letter(one, headers_of(one), LANGUAGES)


# -- mbox files ---------------------------------------------------------------------------------


def test_an_mbox_is_cut_at_its_own_lines_only(tmp_path: Path) -> None:
    """``From `` sentences and quoted ``>From `` stay in the text; a missing blank line parts."""
    one = letter("From now on it is broken.\n\n>From my side\n>>From his\nFrom 10:30 in 2026 on\n")
    data = STAMP + one + STAMP + letter("second\n", subject="Two")
    found = records(opened(tmp_path, data))
    assert [r["subject"] for r in found] == ["Bike", "Two"]
    assert found[0]["text"] == (
        "From now on it is broken.\n\nFrom my side\n>From his\nFrom 10:30 in 2026 on\n"
    )


@pytest.mark.parametrize(
    "stamp",
    [
        b"From - Mon Jan 05 10:00:00 2026\n",
        b"From 1850000000@xxx Mon Jan 05 10:00:00 +0000 2026\n",
        b"From MAILER-DAEMON Mon Jan  5 10:00:00 2026\n",
        b'From "eva h"@kunde.example Mon, 5 Jan 2026 10:00:00 +0100\n',
        b"From eva@kunde.example 2026-01-05 10:00:00\n",
    ],
)
def test_stamps_of_many_programs(tmp_path: Path, stamp: bytes) -> None:
    """Thunderbird, Gmail, Postfix and others write the parting line each their own way."""
    data = b"\n".join([stamp + letter("one\n"), stamp + letter("two\n", subject="Two")])
    assert [r["text"].strip() for r in records(opened(tmp_path, data))] == ["one", "two"]


def test_crlf_and_no_last_line_end(tmp_path: Path) -> None:
    """Windows line ends, a mark at the beginning, nothing at the end."""
    data = b"\xef\xbb\xbf" + mbox(letter("one\n"), letter("two", subject="Two"))
    found = records(opened(tmp_path, data.replace(b"\n", b"\r\n")))
    assert [r["text"] for r in found] == ["one\n\n", "two"]


def test_a_last_message_cut_in_half(tmp_path: Path) -> None:
    """What is there of it is read."""
    whole = letter(
        "--b\nContent-Type: text/plain\n\nIt is bro",
        content_type='multipart/mixed; boundary="b"',
    )
    assert records(opened(tmp_path, mbox(letter(), whole)))[1]["text"] == "It is bro"
    headers = b"From: eva@kunde.example\nSubject: cut\nDate: Fri, 2 Jan 20"
    assert records(opened(tmp_path, mbox(letter(), headers)))[1]["subject"] == "cut"


def test_a_huge_attachment_costs_no_memory_and_no_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The base64 in the middle is dropped, the text before and after it is kept."""
    monkeypatch.setattr(mbox_module, "_MAX_RUN", 10_000)
    file = b64encode(bytes(range(256)) * 4000)
    lines = b"\n".join(file[i : i + 76] for i in range(0, len(file), 76))
    boundary = b"-" * 60 + b"1234"
    body = b"\n".join([
        b"--" + boundary, b"Content-Type: text/plain", b"", b"before",
        b"--" + boundary, b"Content-Type: image/png", b"Content-Transfer-Encoding: base64",
        b"Content-Disposition: attachment; filename=a.png", b"", lines,
        b"--" + boundary, b"Content-Type: text/plain", b"", b"after", b"--" + boundary + b"--", b"",
    ])  # fmt: skip
    raw = letter(body, content_type=f'multipart/mixed; boundary="{boundary.decode()}"')
    path = tmp_path / "big.mbox"
    path.write_bytes(mbox(raw, letter("next\n", subject="Next")))
    with path.open("rb") as stream:
        first, second = mbox_module.letters(stream)
    assert len(first.raw) < 20_000
    assert not first.cut
    assert b"next" in second.raw
    assert read(first.raw)["text"].split() == ["before", "after"]


def test_a_letter_beyond_all_bounds_is_cut_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line of any length, and a text of any length."""
    monkeypatch.setattr(mbox_module, "MAX_LETTER", 200_000)
    item = opened(tmp_path, mbox(letter("word " * 100_000), letter("next\n", subject="Next")))
    assert [len(r["text"]) < 200_001 for r in records(item)] == [True, True]
    assert any("longer than" in note for note in item.notes)


def test_deleted_and_unsent_messages_are_left_out_and_counted(tmp_path: Path) -> None:
    """Thunderbird's expunged ones, mutt's deleted ones, drafts, the mail program's own."""
    item = opened(
        tmp_path,
        mbox(
            letter(x_mozilla_status="0009"),
            letter(x_mozilla_status="0001", message_id="<kept@x.example>"),
            letter(x_status="D"),
            letter(subject="DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA"),
            letter(x_gmail_labels="Drafts"),
            letter(x_gmail_labels="=?UTF-8?Q?=C3=87=C3=B6p_kutusu?="),
        ),
    )
    assert len(records(item)) == 1
    assert item.notes == [
        "mail: 3 messages deleted: left out",
        "mail: 1 message drafts: left out",
        "mail: 1 message the mail program's own: left out",
    ]


def test_gzip_zip_eml_and_folders(tmp_path: Path) -> None:
    """Packed or not, one letter or many: all of it is one box."""
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "a.mbox.gz").write_bytes(gzip.compress(mbox(letter("one\n"))))
    (tmp_path / "mail" / "b.eml").write_bytes(letter("two\n", subject="Two"))
    with zipfile.ZipFile(tmp_path / "mail.zip", "w") as archive:
        archive.write(tmp_path / "mail" / "a.mbox.gz", "export/Resolved.mbox.gz")
        archive.write(tmp_path / "mail" / "b.eml", "export/Vana/b.eml")
    for path in (tmp_path / "mail", tmp_path / "mail.zip"):
        (item,) = open_inputs([path], LANGUAGES)
        assert item.format == "mail"
        assert sorted(r["text"] for r in records(item)) == ["one\n", "two\n"]
    assert [r["folder"] for r in records(item)] == ["Resolved", "Vana"]


def test_a_maildir(tmp_path: Path) -> None:
    """Its hidden folders are read, flags tell trash and drafts, what is being written is not read."""
    for name in (
        "cur/1.host:2,S",
        "new/2.host",
        ".Resolved/cur/3.host:2,RS",
        "cur/4.host:2,T",
        "cur/5.host:2,D",
        "tmp/6.host",
        ".Trash/cur/7.host:2,S",
    ):
        path = tmp_path / "Maildir" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(letter(f"text {name}\n", message_id=f"<{name[-9:-4]}@x.example>"))
    (item,) = open_inputs([tmp_path / "Maildir"], LANGUAGES)
    found = {r["text"].split()[1]: r["folder"] for r in records(item)}
    assert found == {
        "cur/1.host:2,S": "Maildir",
        "new/2.host": "Maildir",
        ".Resolved/cur/3.host:2,RS": "Resolved",
    }


def test_a_table_about_mail_is_no_mail(tmp_path: Path) -> None:
    """Only two headers or more make a message of a file."""
    assert not is_mail(b"From: what people ask,Subject\n1,2\n")
    assert not is_mail(b"id,subject\n1,From: x\nSubject: y\n")
    assert is_mail(b"Return-Path: <>\nReceived: x\n\n")
    path = tmp_path / "t.csv"
    path.write_bytes(b"id,subject\n1,From eva\n")
    assert open_inputs([path], LANGUAGES)[0].format == "csv"


def test_a_box_without_a_sent_message(tmp_path: Path) -> None:
    """It is an error that says so."""
    with pytest.raises(InputError, match="no message in it that was sent"):
        opened(tmp_path, mbox(letter(x_mozilla_status="0008")))


# -- threads --------------------------------------------------------------------------------------


def threads_of(*letters: tuple[str, Sequence[str]]) -> list[str]:
    """The thread of each letter, given as (own id, answered ids)."""
    found = Threads()
    for own, answered in letters:
        found.add(own, answered)
    found.close()
    return [found.of(own) for own, _ in letters]


def test_threads_by_references() -> None:
    """A letter that is missing still ties its answers; a strange one stays alone."""
    one, two, three, four = threads_of(
        ("a", []), ("c", ["a", "b"]), ("d", ["b"]), ("e", ["a different one"])
    )
    assert one == two == three != four


def test_a_thread_keeps_its_name_when_it_grows() -> None:
    """A later export has more letters of it and the same ticket."""
    short = threads_of(("b", ["a"]))
    long = threads_of(("z", ["b", "y"]), ("a", []), ("b", ["a"]), ("y", ["a", "b"]))
    assert {*short, *long} == {threads_of(("a", []))[0]}


def test_circles_and_doubles_end() -> None:
    """Letters that answer each other or themselves, and ids used twice."""
    assert len(set(threads_of(("a", ["b"]), ("b", ["a"]), ("a", ["a"]), ("a", [])))) == 1


names = st.sampled_from("abcdefghij")


@given(
    st.lists(st.tuples(names, st.lists(names, max_size=4)), max_size=12).flatmap(
        lambda given: st.tuples(st.just(given), st.permutations(given))
    )
)
def test_the_order_of_letters_does_not_matter(
    case: tuple[list[tuple[str, list[str]]], list[tuple[str, list[str]]]],
) -> None:
    """Any letters in any order give the same threads."""
    given_order, other = case
    mine = {own: t for (own, _), t in zip(given_order, threads_of(*given_order), strict=True)}
    theirs = {own: t for (own, _), t in zip(other, threads_of(*other), strict=True)}
    assert mine == theirs


def test_reference_ids() -> None:
    """Folded in the middle, with words around them, without brackets, too many."""
    assert reference_ids("<a@x>\r\n <b\r\n @x> <a@x>") == ["a@x", "b@x"]
    assert reference_ids('Message of "Eva" of Friday <c@x>') == ["c@x"]
    assert reference_ids("d@x") == ["d@x"]
    many = reference_ids("".join(f"<{n}@x>" for n in range(500)))
    assert (len(many), many[0], many[-1]) == (100, "0@x", "499@x")


def test_a_letter_in_two_folders_counts_once(tmp_path: Path) -> None:
    """Its second record has the labels of the other folder and no text."""
    (tmp_path / "mail").mkdir()
    asked = letter(message_id="<a@x.example>")
    reply = letter("Press it.\n", message_id="<b@x.example>", in_reply_to="<a@x.example>")
    (tmp_path / "mail" / "Inbox").write_bytes(mbox(asked, letter("other\n", subject="Bike")))
    (tmp_path / "mail" / "Lahendatud").write_bytes(mbox(asked))
    (tmp_path / "mail" / "Sent").write_bytes(mbox(reply))
    (item,) = open_inputs([tmp_path / "mail"], LANGUAGES)
    found = records(item)
    thread = found[0]["thread"]
    assert [(r["folder"], r["labels"], bool(r["text"]), r["thread"] == thread) for r in found] == [
        ("Inbox", [], True, True),
        ("Inbox", [], True, False),
        ("Lahendatud", ["Lahendatud"], False, True),
        ("Sent", [], True, True),
    ]
    assert item.notes == ["mail: 1 message copies in another folder: counted once"]


def test_letters_without_an_id_are_told_apart_by_what_they_say(tmp_path: Path) -> None:
    """The same text twice is one letter, two texts are two; one used id does not hide another."""
    item = opened(
        tmp_path,
        mbox(
            letter("one\n"),
            letter("one\n"),
            letter("two\n"),
            letter("three\n", message_id="<used@x.example>"),
            letter("four\n", message_id="<used@x.example>", date="Sat, 3 Jan 2026 11:00:00 +0100"),
        ),
    )
    texts = [r["text"].strip() for r in records(item) if r["text"]]
    assert texts == ["one", "two", "three", "four"]


# -- one letter -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sent_in", "declared"),
    [
        ("Kuidas ma žürii täpitähti õigesti näen?", "cp1257", "windows-1257"),
        ("Şifremi değiştirmek istiyorum, kargom gelmedi", "iso8859-9", "ISO-8859-9"),
        ("Şifremi değiştirmek istiyorum, kargom gelmedi", "cp1254", '"windows-1254"'),
        ("Где мой заказ? Пароль не подходит", "koi8-r", "KOI8-R"),
        ("Kuidas ma šokolaadi õigesti näen?", "utf-8", "us-ascii"),
        ("Kuidas ma šokolaadi õigesti näen?", "utf-8", "iso-8859-1"),
        ("Kuidas ma šokolaadi õigesti näen?", "utf-8", "x-unknown"),
        ("Kuidas ma õigesti näen?", "cp1252", ""),
        ("Kuidas ma õigesti näen?", "cp1252", "utf-8"),
        ("Kuidas ma õigesti näen?", "cp1252", "8bit"),
        ("“Smart” quotes – as Outlook sends them", "cp1252", "iso-8859-1"),
        ("自転車はどこですか", "iso-2022-jp", "iso-2022-jp"),
        ("自行车在哪里", "gb18030", "gb2312"),
        ("联通", "gbk", "gbk"),
        ("Plain", "utf-16", "utf-16"),
    ],
)
def test_charsets(text: str, sent_in: str, declared: str) -> None:
    """As declared; where that is wrong or unknown, as it must be."""
    kind = f"text/plain; charset={declared}" if declared else "text/plain"
    body = b64encode(text.encode(sent_in))
    raw = letter(body, content_type=kind, content_transfer_encoding="base64")
    assert read(raw)["text"] == text


def test_a_page_that_names_its_charset_itself() -> None:
    """Where the header is silent the page's own word counts."""
    page = '<html><head><meta http-equiv=x content="text/html; charset=koi8-r"></head>Где заказ?'
    raw = letter(page.encode("koi8-r"), content_type="text/html")
    assert read(raw)["html"] == page


def test_quoted_printable() -> None:
    """Soft line breaks are none; a broken escape is left as it stands."""
    body = "Jalgratas on kadunud ja ma ei tea kus ta v=C3=B5i=\nb olla =\n=3D?=ZZ\n"
    raw = letter(
        body,
        content_type="text/plain; charset=utf-8",
        content_transfer_encoding="quoted-printable",
    )
    assert read(raw)["text"] == "Jalgratas on kadunud ja ma ei tea kus ta võib olla =?=ZZ\n"


@pytest.mark.parametrize(
    ("header", "shown"),
    [
        ("=?utf-8?B?xZ5pZnJlbSBuZXJlZGU/?=", "Şifrem nerede?"),
        ("=?iso-8859-9?Q?=DEifrem?= nerede =?utf-8?Q?=F0=9F=9A=B2?=", "Şifrem nerede 🚲"),
        ("=?utf-8?Q?Kus_on_mu_v=C3?=\n =?utf-8?Q?=B5ti?=", "Kus on mu võti"),
        ("=?utf-8?Q?a?= =?utf-8?Q?b?= c", "ab c"),
        ("=?utf-8*et?Q?v=C3=B5ti?=", "võti"),
        ("=?utf-8?B?eHg?=", "xx"),
        ("=?unheard-of?Q?v=C3=B5ti?=", "võti"),
        ("võti", "võti"),
        ("=?utf-8?Q?", "=?utf-8?Q?"),
        ("a\n b\n\tc", "a b c"),
    ],
)
def test_subjects(header: str, shown: str) -> None:
    """RFC 2047 words, cut, mixed and bare, as people read them."""
    assert read(letter(subject=header))["subject"] == shown


def test_names_and_addresses() -> None:
    """Quoted, encoded, in brackets, bare; recipients as a list."""
    given = {
        '"Holm, Eva" <Eva@Kunde.example>': ("eva@kunde.example", "Holm, Eva"),
        "=?utf-8?Q?Kai_=C3=95un?= <kai@x.example>": ("kai@x.example", "Kai Õun"),
        "kai@x.example (Kai Tamm)": ("kai@x.example", "Kai Tamm"),
        "kai@x.example": ("kai@x.example", None),
        '"kai@x.example" <kai@x.example>': ("kai@x.example", None),
        "undisclosed-recipients:;": (None, "undisclosed-recipients"),
    }
    for header, told in given.items():
        found = read(letter(**{"from": header}))
        assert (found["from"], found["from_name"]) == told
    found = read(letter(to="a@x.example, Kai <B@x.example>", cc="a@x.example"))
    assert (found["to"], found["cc"]) == (["a@x.example", "b@x.example"], ["a@x.example"])


def test_who_wrote_through_a_form_or_a_group() -> None:
    """A web form writes in the shop's name, a Google group in its own: the customer is meant."""
    form = letter(**{"from": "Velmo <help@velmo.example>", "reply_to": "Eva <eva@kunde.example>"})
    assert (read(form)["from"], read(form)["from_name"]) == ("eva@kunde.example", "Eva")
    nobody = letter(**{"from": "wordpress@velmo.example", "reply_to": "eva@kunde.example"})
    assert read(nobody)["from"] == "eva@kunde.example"
    group = letter(
        **{"from": "'Eva' via Help <help@velmo.example>", "x_original_from": "Eva <eva@k.example>"}
    )
    assert read(group)["from"] == "eva@k.example"
    agent = letter(
        **{"from": "hannah@velmo.example", "to": "eva@k.example", "reply_to": "help@velmo.example"}
    )
    assert read(agent)["from"] == "hannah@velmo.example"


@pytest.mark.parametrize(
    ("date", "found"),
    [
        ("Fri, 2 Jan 2026 11:00:00 +0100", "2026-01-02T10:00:00+00:00"),
        ("Fri, 2 Jan 2026 11:00:00 -0000", "2026-01-02T11:00:00+00:00"),
        ("2 Jan 2026 11:00 EST", "2026-01-02T16:00:00+00:00"),
        ("some day", "2026-01-02T10:00:00+00:00"),
        ("Fri, 2 Jan 0026 99:00:00 +9999", "2026-01-02T10:00:00+00:00"),
    ],
)
def test_dates(tmp_path: Path, date: str, found: str) -> None:
    """The sender's own; when it is none, that of the mbox."""
    assert records(opened(tmp_path, mbox(letter(date=date))))[0]["date"] == found


def multipart(kind: str, *parts: tuple[str, str]) -> bytes:
    """A message of several parts: (headers, text) each."""
    body = "".join(f"--xx\n{head}\n\n{text}\n" for head, text in parts) + "--xx--\n"
    return letter(body, content_type=f'multipart/{kind}; boundary="xx"')


PLAIN = ("Content-Type: text/plain", "plain words")
PAGE = ("Content-Type: text/html", "<p>page words</p>")


def test_html_is_preferred_when_it_shows_words() -> None:
    """A page of styles and pictures only gives way to the plain text."""
    found = read(multipart("alternative", PLAIN, PAGE))
    assert (found["html"].strip(), found["text"].strip()) == ("<p>page words</p>", "plain words")
    empty = (
        "Content-Type: text/html",
        "<head><style>p {}</style><title>İ</title></head><p>&nbsp;<img src=x></p>",
    )
    found = read(multipart("alternative", PLAIN, empty))
    assert (found["html"], found["text"].strip()) == (None, "plain words")


def test_what_is_attached_is_not_read() -> None:
    """Files, forwarded messages and calendar entries are no words of the sender."""
    found = read(
        multipart(
            "mixed",
            PLAIN,
            ("Content-Type: text/plain; name=log.txt", "a log"),
            ("Content-Type: text/plain\nContent-Disposition: attachment", "a file"),
            ("Content-Type: text/plain; name*=utf-8''l%C3%B5g.txt", "another log"),
            ("Content-Type: message/rfc822", "Subject: inner\n\nforwarded words"),
            ("Content-Type: text/calendar", "BEGIN:VCALENDAR"),
            ("Content-Type: text/plain", "a footer"),
        )
    )
    assert (found["html"], found["text"].split("\n")) == (None, ["plain words", "a footer"])


def test_pages_and_plain_parts_together() -> None:
    """Apple Mail puts pictures between texts: all of them are read, in order."""
    found = read(multipart("mixed", PAGE, ("Content-Type: image/png", "x"), PLAIN))
    assert found["html"] == "<p>page words</p>\n<p>plain words</p>"
    assert found["text"] is None


def test_parts_that_never_come() -> None:
    """A multipart message without its parts is read as the text it is."""
    raw = letter("just words\n", content_type='multipart/mixed; boundary="nowhere"')
    assert read(raw)["text"] == "just words\n"


def test_parts_in_parts_have_an_end(tmp_path: Path) -> None:
    """A thousand boxes in each other are rejected; a few dozen are read."""
    body = "".join(f'Content-Type: multipart/mixed; boundary="{n}"\n\n--{n}\n' for n in range(1000))
    raw = b"From: a@x.example\nSubject: b\n" + body.encode()
    item = opened(tmp_path, mbox(raw, letter()))
    assert [r.reason for r in item.records() if isinstance(r, Rejected)] == [
        "too many parts in parts"
    ]
    assert read(b"\n".join(raw.split(b"\n")[:100]))["text"] is None


def test_flowed_text_is_joined() -> None:
    """RFC 3676: soft breaks join, quotes and the signature stand, DelSp drops the space."""
    assert unflow("a \nb\n\n> q \n> r\n>> s\n-- \nEva") == "a b\n\n> q r\n>> s\n-- \nEva"
    assert unflow("wo \nrd", delete_space=True) == "word"
    assert unflow(" From here \non") == "From here on"
    raw = letter("turn it \non\n", content_type="text/plain; format=flowed; delsp=no")
    assert read(raw)["text"] == "turn it on"


@pytest.mark.parametrize(
    ("headers", "automatic"),
    [
        ({"auto_submitted": "auto-replied"}, True),
        ({"auto_submitted": "no"}, False),
        ({"x_autoreply": "yes"}, True),
        ({"precedence": "bulk"}, True),
        ({"precedence": "list", "list_id": "<help.velmo.example>"}, False),
        ({"list_unsubscribe": "<https://news.example>"}, True),
        ({"list_unsubscribe": "<mailto:x>", "x_google_group_id": "12"}, False),
        ({"list_unsubscribe": "<mailto:x>", "list_post": "<mailto:help@velmo.example>"}, False),
        ({"return_path": "<>"}, True),
        ({"from": "MAILER-DAEMON@mx.example"}, True),
        ({"content_type": 'multipart/report; report-type=delivery-status; boundary="x"'}, True),
        ({}, False),
    ],
)
def test_what_a_program_sent(headers: dict[str, str], automatic: bool) -> None:
    """Replies by machine, bounces and newsletters; not what came through a shared mailbox."""
    assert read(letter(**headers))["auto"] is automatic


def test_a_bounce_says_only_its_own_words() -> None:
    """The letter that came back is not read again."""
    found = read(
        multipart(
            "report",
            ("Content-Type: text/plain", "could not be delivered"),
            ("Content-Type: message/delivery-status", "Action: failed"),
            ("Content-Type: text/rfc822-headers", "Subject: mine"),
            ("Content-Type: text/plain", "My old question"),
        )
    )
    assert (found["auto"], found["text"].strip()) == (True, "could not be delivered")


def test_labels_and_spam() -> None:
    """Gmail's, Thunderbird's and others'; what every program calls its folders is none."""
    found = read(letter(x_gmail_labels='Inbox,"Resolved",=?UTF-8?Q?=C3=95li?=', x_spam_flag="YES"))
    assert (found["labels"], found["spam"]) == (["Inbox", "Resolved", "Õli"], True)
    found = read(letter(x_mozilla_keys="$label1 done   ", keywords="a, b"))
    assert found["labels"] == ["a", "b", "$label1", "done"]


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "raw",
    [
        b"Content-Type: text/plain" + b";" * 3_000_000,
        b"Content-Type: text/plain; format=flowed\n\n" + b"a \n" * 2_000_000,
        b"Content-Type: text/html\n\n" + b"<style>" * 1_000_000,
        b"Content-Type: text/html\n\n" + b"<" * 7_000_000,
        b"Subject: " + b"=?utf-8?q?a?=  " * 200_000 + b"\n\n",
        b"From: " + b"a@" * 2_000_000,
        b"\n" + b"\xe4\xf5 " * 2_000_000,
    ],
    ids=["parameters", "flowed", "styles", "tags", "subject", "addresses", "bytes"],
)
def test_no_letter_is_made_to_be_slow(raw: bytes) -> None:
    """Each of these takes seconds, not hours: nothing grows with the square of its length."""
    assert read(b"Date: Mon, 5 Jan 2026 10:00:00 +0000\n" + raw)["date"]


def test_boxes_in_boxes_of_many_lines_are_not_read(tmp_path: Path) -> None:
    """The parser would ask at every line for the end of each box."""
    boxes = "".join(f'Content-Type: multipart/mixed; boundary="{n}"\n\n--{n}\n' for n in range(99))
    forwards = "Content-Type: message/rfc822\n\n" * 2000
    raw = [b"From: a@x.example\nSubject: b\n" + boxes.encode() + b"\nline\n" * 60_000]
    raw.append(b"From: a@x.example\nSubject: b\n" + forwards.encode())
    item = opened(tmp_path, mbox(*raw, letter()))
    assert len([r for r in item.records() if isinstance(r, Rejected)]) == 2


# -- anything at all ------------------------------------------------------------------------------

_PIECES = st.sampled_from(
    [b"From a@b Fri Jan  2 10:00:00 2026\n", b"Content-Type: multipart/mixed; boundary=x\n",
     b"Content-Type: text/html; charset=\xff\n", b"Content-Transfer-Encoding: base64\n", b"--x\n",
     b"--x--\n", b"\n", b"\r\n", b"From: \"a\" <a@b>\n", b"Subject: =?utf-8?B?/w?=\n", b"=?x?Q?=\n",
     b"References: <a> <b\n c>\n", b"Date: Fri, 32 Foo -1 99:99 +9999999\n", b">From x\n", b"<style><p>",
     b"Content-Disposition: attachment; filename*0*=x''%\n", b"\x00\xff\xfe", b"Message-ID: <>\n",
     b"Content-Type: message/rfc822\n", b"format=flowed; delsp=yes\n"]
)  # fmt: skip


@given(st.one_of(st.binary(max_size=300), st.lists(_PIECES, max_size=14).map(b"".join)))
def test_any_bytes_are_read_without_a_crash(tmp_path_factory: Any, data: bytes) -> None:
    """Whatever stands in an mbox, letters come out of it, as plain text and numbers."""
    folder: Path = tmp_path_factory.mktemp("any")
    try:
        item = opened(folder, STAMP + b"From: a@b.example\nSubject: x\n" + data)
    except InputError:
        return
    for record in item.records():
        if isinstance(record, Record):
            repr(record.data).encode()
            for value in record.data.values():
                assert not isinstance(value, str) or value.encode() is not None
