"""Which requests are counted, from their headers alone."""

from __future__ import annotations

import pytest

from kbtool.errors import ConfigError
from kbtool.events.rules import asks_not_to_be_followed, exclusion, networks

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0"
PEOPLE = [
    FIREFOX,
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/142.0.0.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 13; CUBOT P80) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/141.0.0.0 Mobile Safari/537.36",
]
PROGRAMS = [
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; ChatGPT-User/1.0; +https://openai.com/bot",
    "Mozilla/5.0 (compatible; Claude-User/1.0; +Claude-User@anthropic.com)",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "WhatsApp/2.23.20.0",
    "Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "HeadlessChrome/142.0.0.0 Safari/537.36",
    "curl/8.9.1",
    "python-requests/2.32.3",
    "Go-http-client/1.1",
    "",
    "   ",
]


@pytest.mark.parametrize("agent", PEOPLE)
def test_people_are_counted(agent: str) -> None:
    """A browser's event is counted, also on a phone whose name holds 'bot'."""
    assert exclusion({"user-agent": agent}, method="POST", address="192.0.2.1") is None


@pytest.mark.parametrize("agent", PROGRAMS)
def test_programs_are_kept_apart(agent: str) -> None:
    """Crawlers, previews, monitors, libraries and requests without an agent are bots."""
    assert exclusion({"user-agent": agent}, method="POST", address="192.0.2.1") == "bot"


@pytest.mark.parametrize(
    "header",
    [
        ("sec-purpose", "prefetch;prerender"),
        ("purpose", "prefetch"),
        ("x-purpose", "preview"),
        ("x-moz", "prefetch"),
    ],
)
def test_what_nobody_looked_at_is_prefetch(header: tuple[str, str]) -> None:
    """Each header by which browsers announce loading ahead excludes the event."""
    headers = {"user-agent": FIREFOX, header[0]: header[1]}
    assert exclusion(headers, method="GET", address="192.0.2.1") == "prefetch"


def test_head_and_staff_are_named() -> None:
    """HEAD requests and our own addresses (IPv4, IPv6, IPv4 written as IPv6) are told apart."""
    headers = {"user-agent": FIREFOX}
    staff = networks(("198.51.100.0/24", "2001:db8::/32"), "staff_addresses")
    assert exclusion(headers, method="HEAD", address="192.0.2.1") == "head"
    for address in ("198.51.100.7", "2001:db8::9", "::ffff:198.51.100.7"):
        assert exclusion(headers, method="GET", address=address, staff=staff) == "staff"
    for address in ("198.51.101.7", "2001:db9::9", "", "unix"):
        assert exclusion(headers, method="GET", address=address, staff=staff) is None


def test_a_wrong_network_names_its_setting() -> None:
    """An entry that is no address is an error that says where it stands."""
    with pytest.raises(ConfigError, match=r"server\.staff_addresses: 'office'"):
        networks(("192.0.2.1", "office"), "server.staff_addresses")


def test_privacy_signals_are_heard() -> None:
    """Only the value 1 of Sec-GPC or DNT asks not to be followed."""
    assert asks_not_to_be_followed({"sec-gpc": "1"})
    assert asks_not_to_be_followed({"dnt": "1"})
    assert not asks_not_to_be_followed({"dnt": "0"})
    assert not asks_not_to_be_followed({})
