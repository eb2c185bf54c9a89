"""Files for a web server in front of the built site: headers, redirects, an example for nginx.

They stand beside the site (``.kbtool/current/hosting/``), so a new build renews them with it, and
nginx reads them when it is told to reload. Paths and settings are in them, nothing of a ticket.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from kbtool.addresses import guide_number
from kbtool.config import Settings
from kbtool.policy import (
    ASK_AGAIN,
    FOR_A_DAY,
    FOR_EVER,
    IMMUTABLE,
    MEDIA_TYPES,
    UNKNOWN_TYPE,
    folders_elsewhere,
    is_text,
    security_headers,
)
from kbtool.site.beside.nginx import (
    DOLLAR,
    address_keys,
    included,
    map_block,
    quoted,
    regex,
    value,
)
from kbtool.site.plan.manifest import Manifest

HIT = "api/hit"
"""The address below the site that pages send an event to, in its query."""
GONE = "410"
"""What the map of redirects says of an address whose article was withdrawn."""
_KEY_ROOM = 2048
"""Bytes of a bucket of nginx's hash: the longest address (300 signs of four bytes) fits."""


def hosting_files(manifest: Manifest, settings: Settings) -> dict[str, str]:
    """The files by name: ``nginx.conf`` includes the others."""
    return {
        "nginx.conf": nginx_conf(settings),
        "nginx-headers.conf": headers_conf(settings),
        "nginx-maps.conf": maps_conf(manifest, settings),
        "nginx-redirects.map": redirects_map(manifest, settings),
    }


def write_hosting(manifest: Manifest, settings: Settings, folder: Path) -> None:
    """Write the files into the new ``folder``. Raises OSError."""
    folder.mkdir()
    for name, text in hosting_files(manifest, settings).items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def redirects_map(manifest: Manifest, settings: Settings) -> str:
    """Entries of a map from a request's path to ``301 <where>``, ``302 <where>`` or ``410``.

    Permanent addresses move with their article, so nobody may remember where they led (302). Of
    an address such as Zendesk Guide's only the article's number counts.
    """
    base = _base(settings)
    leads: dict[str, str] = {}
    for link in manifest.redirects:
        status = "302" if link.address.startswith("a/") else "301"
        lead = GONE if link.target is None else f"{status} {quote(base + link.target)}"
        leads[base + link.address] = lead
        if number := guide_number(link.address):
            leads.setdefault(f"guide {number}", lead)
    pages = [base + page.address for page in manifest.pages]
    for page in manifest.pages:
        leads.pop(f"guide {guide_number(page.address)}", None)
    keys = address_keys(leads, pages)
    return "".join(f"{key} {quoted(lead)};\n" for key, lead in keys)


def maps_conf(manifest: Manifest, settings: Settings) -> str:
    """What the headers and redirects are chosen by; to be included at the level of ``http``."""
    return "\n".join(_maps(manifest, settings))


def headers_conf(settings: Settings) -> str:
    """The headers, types and compression of the site's ``location``."""
    types = {media for media in MEDIA_TYPES.values() if is_text(media)}
    packed = " ".join(sorted(types - {"text/html"}))  # nginx always compresses that
    listed = "".join(
        f"    {media} {ending[1:]};\n" for ending, media in sorted(MEDIA_TYPES.items())
    )
    headers = security_headers(settings.contact)
    lines = [f"add_header {name} {value(text)} always;" for name, text in headers.items()]
    lines.append("add_header Cache-Control $kbtool_cache always;")
    if settings.widget.origins:
        lines += [
            "add_header Access-Control-Allow-Origin $kbtool_allowed always;",
            "add_header Cross-Origin-Resource-Policy $kbtool_embeds always;",
            "add_header Vary $kbtool_vary always;",
        ]
    return (
        "\n".join(lines)
        + f"\n\ntypes {{\n{listed}}}\ndefault_type {UNKNOWN_TYPE};\n"
        + f"charset utf-8;\ncharset_types {packed};\n"
        + "gzip on;\ngzip_vary on;\ngzip_proxied any;\ngzip_comp_level 6;\ngzip_min_length 512;\n"
        + f"gzip_types {packed};\n"
    )


def nginx_conf(settings: Settings) -> str:
    """An example to include at the level of ``http``, or to copy: a server of this site alone."""
    hosting = settings.current_release / "hosting"
    site = settings.current_release / "site"
    host = urlsplit(settings.site_url).hostname or "_"
    base = _base(settings)
    languages = "|".join(regex(lang) for lang in settings.languages)
    return _SERVER.format(
        maps=included(str(hosting / "nginx-maps.conf")),
        headers=included(str(hosting / "nginx-headers.conf")),
        host=quoted(host),
        base=quoted(base),
        served=quoted(
            f"^{regex(base)}(?:(?:api|agent|report|(?:{languages})/search)/|(?:agent|report)$)"
        ),
        upstream=f"http://{settings.server.host}:{settings.server.port}",
        alias=value(f"{site}/"),
        site=value(str(site)),
        gone=quoted(f"^{regex(base)}(?<kbtool_file>.*)$"),
        bare=_bare(base),
        hits=_hits(settings, base),
    )


_SERVER = """\
# The help centre with nginx. Include this file from http {{ }}, or copy it and add your certificate
# (listen 443 ssl). kbtool writes it anew with each build; after one that moved an article, or after
# other settings, run: nginx -s reload
include {maps};

server {{
    listen 80;
    server_name {host};
    absolute_redirect off;
    server_tokens off;
{bare}{hits}
    location {base} {{
        alias {alias};
        index index.html;
        include {headers};
        error_page 404 $kbtool_missing;
        error_page 403 =404 $kbtool_missing;  # a folder without a page of its own
        error_page 410 @kbtool_gone;
        if ($kbtool_lead ~ "^301 (.+)$") {{ return 301 $1; }}
        if ($kbtool_lead ~ "^302 (.+)$") {{ return 302 $1; }}
        if ($kbtool_lead = 410) {{ return 410; }}
    }}

    location @kbtool_gone {{
        root {site};
        include {headers};
        rewrite {gone} /$kbtool_file break;
        try_files $uri ${{uri}}index.html =410;
    }}

    # With "kbtool serve" beside nginx (its setting server.trusted_proxies: [127.0.0.1]), votes,
    # events, the agent page, the report and the search of readers without JavaScript go there:
    # location ~ {served} {{
    #     proxy_pass {upstream};
    #     proxy_set_header Host $host;
    #     proxy_set_header X-Forwarded-For $remote_addr;
    # }}
}}
"""


_LOG_FORMAT = """\
# As "combined", and whether a page was loaded ahead and a reader asks not to be followed.
log_format kbtool '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent'
    ' "$http_referer" "$http_user_agent" "$http_sec_purpose" "$http_sec_gpc" "$http_dnt"';
"""


def _maps(manifest: Manifest, settings: Settings) -> Iterator[str]:
    base, root = _base(settings), regex(_base(settings))
    redirects = settings.current_release / "hosting" / "nginx-redirects.map"
    room = 2048
    while room < 2 * len(manifest.redirects):
        room *= 2
    if settings.metrics.log_hits:
        yield _LOG_FORMAT
    yield f"map_hash_bucket_size {_KEY_ROOM};\nmap_hash_max_size {room};\n"
    yield f'geo ${DOLLAR} {{\n    default "$";\n}}\n'
    guide = r"/articles/(?<kbtool_number>\d{3,20})(?:-[^/]*)?/?$"
    yield map_block("$uri", "kbtool_key", "$uri", [(quoted(f"~{guide}"), '"guide $kbtool_number"')])
    yield map_block("$kbtool_key", "kbtool_lead", '""', [("include", included(str(redirects)))])
    yield map_block("$arg_v", "kbtool_versioned", f'"{FOR_A_DAY}"', [('""', ASK_AGAIN)])
    rules = [(IMMUTABLE, f'"{FOR_EVER}"'), (r"(?:\.html|/)$", ASK_AGAIN)]
    cache = [(quoted(f"~{pattern}"), rule) for pattern, rule in rules]
    yield map_block("$uri", "kbtool_cache", "$kbtool_versioned", cache)
    langs = manifest.languages
    wished = [(quoted(f"~*^{regex(lang.partition('-')[0])}\\b"), quoted(lang)) for lang in langs]
    yield map_block("$http_accept_language", "kbtool_wish", quoted(langs[0]), wished)
    missing = [
        (quoted(f"~^{root}{regex(lang)}(?:/|$)"), value(f"{base}{lang}/404.html")) for lang in langs
    ]
    wish = f'{value(base)[:-1]}${{kbtool_wish}}/404.html"'
    yield map_block("$uri", "kbtool_missing", wish, missing)
    if settings.widget.origins:
        yield from _crossing(settings, root)


def _crossing(settings: Settings, root: str) -> Iterator[str]:
    """Who else may read what: as ``kbtool serve`` allows it."""
    folders = "|".join(map(regex, folders_elsewhere(settings.languages)))
    files, search = f"~^{root}(?:{folders})/", f"~^{root}api/search$"
    here = [(quoted(files), "$http_origin"), (quoted(search), "$http_origin")]
    origins = [(quoted(origin), "$kbtool_asking") for origin in sorted(settings.widget.origins)]
    yield map_block("$uri", "kbtool_asking", '""', here)
    yield map_block("$http_origin", "kbtool_allowed", '""', origins)
    yield map_block("$uri", "kbtool_embeds", '""', [(quoted(files), "cross-origin")])
    yield map_block(
        "$uri", "kbtool_vary", '""', [(quoted(key), "Origin") for key in (files, search)]
    )


def _base(settings: Settings) -> str:
    """The site's path, decoded as nginx compares it; ``/`` or ``/help/``."""
    return unquote(urlsplit(settings.site_url).path) or "/"


def _bare(base: str) -> str:
    """Below a sub-path: its address without the last slash leads on."""
    if base == "/":
        return ""
    return f"    location = {quoted(base.rstrip('/'))} {{ return 301 {quoted(quote(base))}; }}\n"


def _hits(settings: Settings, base: str) -> str:
    """Where pages tell the log what happened (``metrics.log_hits``), and the log."""
    if not settings.metrics.log_hits:
        return ""
    log = value(str(settings.state_dir / "hits.log"))
    return (
        f"    # kbtool hits import reads it; rotate it as any other log\n    access_log {log} kbtool;\n"
        f"    location = {quoted(base + HIT)} {{ return 204; }}\n"
    )
