"""URLs as people paste them: wrapped by mail filters, decorated by trackers, cut out of sentences.

``address_below`` brings any of these forms to one: the address below the help centre.
"""

from __future__ import annotations

import re
import unicodedata
from base64 import urlsafe_b64decode
from functools import lru_cache
from urllib.parse import SplitResult, parse_qs, quote, unquote, urlsplit

MAX_URL = 4000
"""Characters; a longer URL is no link to an article."""
_LAYERS = 5
"""Wrappers inside wrappers: a forwarded mail may have gone through several filters."""
_OPENING = "<([{\"'“„«‘*_"
_TRAILING = ".,;:!?…>)]}\"'”“»’*_~|\\"
"""Signs that end the sentence, the bracket or the emphasis around a URL; no address ends so."""
_AMPERSAND = re.compile(r"&(?:amp|#38|#x26);", re.IGNORECASE)
_WEB = re.compile(r"https?://", re.IGNORECASE)
_SCHEME = re.compile(r"https?:/{0,3}", re.IGNORECASE)
_DEFAULT_PORTS = frozenset({None, 80, 443})
_URL_IN_TEXT = re.compile(r"https?://[^\s<>\"'`)\]}|\\]{3,4000}", re.IGNORECASE)
_SAFE_IN_TEXT = "%/:?#@!$&'*+,;=-._~"
"""Characters of a URL that Markdown leaves alone."""


def unwrapped(url: str) -> str:
    """The URL that ``url`` leads to when it is one of a known redirector, else ``url`` itself.

    Known are those that carry their target in the open: Google, Outlook's Safe Links, Proofpoint's
    URL Defense (v1 to v3), Barracuda, Facebook, Slack, LinkedIn and YouTube.
    """
    for _ in range(_LAYERS):
        inner = _inner(url)
        if inner is None or len(inner) > MAX_URL or not _WEB.match(inner):
            return url
        url = inner
    return url


def unwrap_links(text: str) -> str:
    """``text`` with each wrapped URL replaced by the one it leads to."""

    def replaced(match: re.Match[str]) -> str:
        if not _WRAPPER_HINT.search(match[0]):
            return match[0]
        inner = unwrapped(_AMPERSAND.sub("&", match[0]))
        return match[0] if _WRAPPER_HINT.search(inner) else quote(inner, safe=_SAFE_IN_TEXT)

    return _URL_IN_TEXT.sub(replaced, text) if _WRAPPER_HINT.search(text) else text


def address_below(url: str, base: str) -> str | None:
    """The part of ``url`` below ``base``, or None when it leads anywhere else.

    Without leading slash, decoded, with a trailing slash unless it names a file. Redirectors,
    scheme, ``www.``, default ports, letter case of the host, query, fragment, ``index.html``,
    doubled slashes and the punctuation of the sentence around it do not matter.
    """
    given, (ours, root) = _split(url), _place_of(base)
    if given is None or ours is None or _place(given) != ours:
        return None
    path = tidy(given.path)
    return path.removeprefix(root) if path.startswith(root) else None


@lru_cache(maxsize=1 << 15)
def tidy(path: str) -> str:
    """An address in its one form: decoded (NFC), no leading or double slash, no ``index.html``,
    dots resolved, a slash at the end unless it names an ``.html`` file.
    """
    for _ in range(3):  # mail gateways encode what is encoded already
        decoded = unquote(path)
        if decoded == path:
            break
        path = decoded
    parts: list[str] = []
    for part in unicodedata.normalize("NFC", _printable(path)).strip().split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in ("", "."):
            parts.append(part)
    if parts and parts[-1] == "index.html":
        del parts[-1]
    joined = "/".join(parts)
    return joined if not joined or joined.endswith(".html") else joined + "/"


def host_pattern(base: str) -> str:
    """A regular expression for ``base`` written without its scheme; empty when it has no host."""
    ours = _split(base)
    if ours is None or not ours.hostname:
        return ""
    port = f":{ours.port}" if ours.port not in _DEFAULT_PORTS else ""
    root = ours.path.strip("/")
    return re.escape(ours.hostname.removeprefix("www.") + port + (f"/{root}" if root else ""))


def _split(url: str) -> SplitResult | None:
    url = url[: MAX_URL + 1].strip()
    if len(url) > MAX_URL:
        return None
    url = _AMPERSAND.sub("&", _printable(url)).lstrip(_OPENING).rstrip(_TRAILING)
    url = unwrapped(url)
    if not url.startswith("//"):
        url = "//" + _SCHEME.sub("", url, count=1)
    try:
        found = urlsplit(url.rstrip(_TRAILING))
        found.port  # noqa: B018 - it is read here because it raises when it is no number
    except ValueError:
        return None
    return None if "@" in found.netloc else found


@lru_cache(maxsize=64)
def _place_of(base: str) -> tuple[tuple[str, int | None] | None, str]:
    """Place and path of one's own base; the place is None when it is no URL."""
    ours = _split(base)
    return (None, "") if ours is None else (_place(ours), tidy(ours.path))


def _place(parts: SplitResult) -> tuple[str, int | None]:
    """Host and port, so that two ways of writing the same place are equal."""
    host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            host = ""
    return host, None if parts.port in _DEFAULT_PORTS else parts.port


def _printable(text: str) -> str:
    """Without the invisible characters that editors and mail programs put into long words."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf"))


# --- redirectors ---------------------------------------------------------------------------------


def _inner(url: str) -> str | None:
    """The target inside a redirector's URL, or None when ``url`` is not one."""
    if not _WRAPPER_HINT.search(url):
        return None
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    if host.startswith("urldefense."):
        return _proofpoint(url, parts)
    for pattern, path, names in _REDIRECTORS:
        if pattern.fullmatch(host) and parts.path.rstrip("/").endswith(path):
            query = parse_qs(parts.query)
            return next((query[name][0] for name in names if name in query), None)
    return None


_REDIRECTORS: tuple[tuple[re.Pattern[str], str, tuple[str, ...]], ...] = (
    (re.compile(r"google(?:\.[a-z]{2,3}){1,2}"), "/url", ("q", "url")),
    (re.compile(r"[\w.-]+\.safelinks\.protection\.outlook\.com"), "", ("url",)),
    (re.compile(r"linkprotect\.cudasvc\.com"), "/url", ("a",)),
    (re.compile(r"lm?\.facebook\.com"), "/l.php", ("u",)),
    (re.compile(r"slack-redir\.net"), "/link", ("url",)),
    (re.compile(r"linkedin\.com"), "/safety/go", ("url",)),
    (re.compile(r"youtube\.com"), "/redirect", ("q",)),
)
"""Host, end of the path, parameters that hold the target."""
_WRAPPER_HINT = re.compile(
    r"//(?:www\.)?(?:google\.[a-z.]{2,7}/url|[\w.-]{1,60}safelinks\.protection\.outlook\.com|urldefense\."
    r"|linkprotect\.cudasvc\.com|lm?\.facebook\.com/l\.php|slack-redir\.net|linkedin\.com/safety"
    r"|youtube\.com/redirect)",
    re.IGNORECASE,
)
_V3 = re.compile(r"/v3/__(.+?)__;([\w+/=-]*)!", re.DOTALL)
_V3_TOKEN = re.compile(r"\*(\*.)?")
_V3_RUN = {
    c: length
    for length, c in enumerate(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", start=2
    )
}


def _proofpoint(url: str, parts: SplitResult) -> str | None:
    """URL Defense: v1 and v2 hold the target in ``u``, v3 between two pairs of underscores.

    As in Proofpoint's own decoder (help.proofpoint.com, "URL Defense URI decoder").
    """
    if found := _V3.search(url):
        return _v3(found[1], found[2])
    wrapped = parse_qs(parts.query).get("u", [""])[0]
    if parts.path.startswith("/v2/"):
        wrapped = wrapped.translate(str.maketrans("-_", "%/"))
    return unquote(wrapped) or None


def _v3(url: str, encoded: str) -> str | None:
    """``*`` stands for the next of the characters kept aside, ``**`` and a letter for a run."""
    try:
        kept = urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode("utf-8")
    except ValueError:
        return None
    rest = iter(kept)
    url = re.sub(r"^(https?:/)(?=[^/])", r"\1/", url)

    def taken(match: re.Match[str]) -> str:
        run = _V3_RUN.get(match[1][1], 1) if match[1] else 1
        return "".join(next(rest, "") for _ in range(run))

    return _V3_TOKEN.sub(taken, url)
