"""Which requests are not people reading: rules over nothing but what the request itself says.

An event that a rule catches is stored with the rule's name and never counted, so that the report
can say how many there were.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Literal, TypeAlias

from kbtool.errors import ConfigError

Network: TypeAlias = IPv4Network | IPv6Network
Exclusion: TypeAlias = Literal["head", "prefetch", "staff", "preview", "assistant", "bot"]
"""What a request says of itself."""
AGENT = "agent"
"""Beside these: whoever is signed in at the agent page is no customer. Whether a program steers the
browser, the page's script knows (``automated``, kbtool/events/parse.py)."""

PREVIEWS = re.compile(
    r"""
    slackbot | slack-imgproxy | skypeuripreview | microsoftpreview | teamsbot | discordbot
    | telegrambot | twitterbot | linkedinbot | facebookexternalhit | facebot | facebookcatalog
    | ^whatsapp/ | ^viber | kakaotalk-scrap | line-poker | snap\ url\ preview | pinterestbot
    | redditbot | vkshare | mastodon/ | cardyb | mattermost-bot
    | google-pagerenderer | embedly | iframely | opengraph | link-?preview | urlpreview | unfurl
    """,
    re.VERBOSE,
)
"""Words in a user agent (in lower case) of programs that show a link in a chat or a post before
anybody follows it. The same apps' own browsers, in which people read, are not among them."""
ASSISTANTS = re.compile(
    r"""
    chatgpt-user | oai-searchbot | claude-(?:user|searchbot) | perplexity-user | mistralai-user
    | duckassistbot | gemini-deep-research | google-agent | meta-externalfetcher
    | amzn-user | cohere-ai | you\.?bot | phindbot
    """,
    re.VERBOSE,
)
"""Words in a user agent (in lower case) of AI assistants that read a page to answer somebody."""
BOTS = re.compile(
    r"""
    (?<!cu)bot            # Googlebot, UptimeRobot …; not the CUBOT phones
    | crawl | spider | slurp | scrap(?:e|y) | archiver | fetcher | heritrix | nutch | wappalyzer
    | google-(?:extended|inspectiontool|read-aloud|safety|site-verification) | googleother
    | mediapartners | apis-google | feedly | newsblur | feedburner | validator | netcraft | censys
    | headless | phantomjs | puppeteer | playwright | selenium | jsdom | lighthouse | pagespeed
    | gtmetrix | ptst/ | prerender | preview | meta-external | chatgpt | gptbot | claude-
    | anthropic | perplexity | bytedance
    | monitor | pingdom | statuscake | site24x7 | kube-probe | googlehc | uptime | nagios | checkly
    | datadog | newrelic | zabbix | blackbox-exporter | zgrab | masscan | nmap | nuclei | nikto
    | curl/ | wget | python | httpx | aiohttp | libwww | perl | ruby | php/ | java/ | jakarta
    | okhttp | go-http | node-fetch | node\.js | axios | undici | httpclient | postman | insomnia
    | apachebench | guzzle | faraday | winhttp | powershell | dart[:/] | reqwest | hackney | rest-client
    """,
    re.VERBOSE,
)
"""Words in a user agent (in lower case) of crawlers, monitors, scanners and HTTP libraries."""


def exclusion(
    headers: Mapping[str, str], *, method: str, address: str, staff: Sequence[Network] = ()
) -> Exclusion | None:
    """Why an event of this request is not counted, or None when it is.

    ``headers`` has lower-case names. The first rule that fits names the reason: ``head`` (asked
    for headers only), ``prefetch`` (loaded before anybody looked), ``staff`` (one of our own
    addresses); by the user agent ``preview`` (a chat shows the link), ``assistant`` (an AI reads it
    for somebody), ``bot`` (any other program, or no user agent at all).
    """
    if method == "HEAD":
        return "head"
    if _is_prefetch(headers):
        return "prefetch"
    if is_within(address, staff):
        return "staff"
    return _program(headers.get("user-agent", "").strip().lower())


def _program(agent: str) -> Exclusion | None:
    """What program a user agent (in lower case) belongs to; None for a browser."""
    if PREVIEWS.search(agent):
        return "preview"
    if ASSISTANTS.search(agent):
        return "assistant"
    return "bot" if not agent or BOTS.search(agent) else None


def asks_not_to_be_followed(headers: Mapping[str, str]) -> bool:
    """Whether the reader sent Global Privacy Control or Do Not Track."""
    return headers.get("sec-gpc", "").strip() == "1" or headers.get("dnt", "").strip() == "1"


def networks(addresses: Sequence[str], setting: str) -> tuple[Network, ...]:
    """Addresses (``192.0.2.7``) and networks (``10.0.0.0/8``) of a setting.

    Raises ConfigError naming the setting and the entry that is neither.
    """
    found = []
    for text in addresses:
        try:
            found.append(ip_network(text.strip(), strict=False))
        except ValueError:
            raise ConfigError(
                f"{setting}: {text!r} is no IP address or network",
                hint="write for example 192.0.2.7 or 10.0.0.0/8",
            ) from None
    return tuple(found)


def is_within(address: str, nets: Sequence[Network]) -> bool:
    """Whether a client address lies in one of the networks; text that is no address does not."""
    found = parse_address(address)
    return found is not None and any(found in net for net in nets if net.version == found.version)


def parse_address(text: str) -> IPv4Address | IPv6Address | None:
    """An address, with IPv4 written as IPv6 (``::ffff:192.0.2.7``) as IPv4; None when it is none."""
    try:
        found = ip_address(text.strip())
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found


def _is_prefetch(headers: Mapping[str, str]) -> bool:
    purposes = (headers.get(name, "").lower() for name in ("sec-purpose", "purpose", "x-purpose"))
    early = any(word in said for said in purposes for word in ("prefetch", "prerender", "preview"))
    return early or "prefetch" in headers.get("x-moz", "").lower()
