"""Which requests are counted, from their headers alone."""

from __future__ import annotations

import pytest

from kbtool.errors import ConfigError
from kbtool.events.rules import asks_not_to_be_followed, exclusion, networks

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1"
)
ANDROID = (
    "Mozilla/5.0 (Linux; Android 13; CUBOT P80) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/141.0.0.0 Mobile Safari/537.36"
)
PEOPLE = [
    FIREFOX,
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
    IPHONE,
    ANDROID,
    f"{IPHONE} [FBAN/FBIOS;FBAV/520.0.0.38.101;FBBV/0;FBDV/iPhone16,2]",
    f"{IPHONE} Instagram 390.0.0.28.85",
    f"{IPHONE} Safari Line/15.7.1",
    f"{IPHONE} Snapchat/13.40.0.41",
    f"{IPHONE} [Pinterest/iOS]",
    f"{ANDROID} Telegram-Android/11.9.0 (Cubot P80; Android 13; SDK 33; HIGH)",
    f"{ANDROID};KAKAOTALK 25.8.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Slack/4.46.0 Chrome/138.0.7204.100 Electron/37.2.1 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) "
    "discord/0.0.350 Chrome/134.0.6998.205 Electron/35.3.0 Safari/537.36",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Rocket.Chat/4.8.1 Chrome/134.0.6998.205 Electron/35.3.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36 Teams/25241.203.3947.4411/49",
    "Mozilla/5.0 (Linux; arm_64; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/138.0.7204.0 YaBrowser/25.8.0 Mobile Safari/537.36",
    "Mozilla/5.0 (SMART-TV; Linux; Tizen 8.0) AppleWebKit/537.36 (KHTML, like Gecko) "
    "SamsungBrowser/6.0 Chrome/120.0.6099.5 TV Safari/537.36",
    "Opera/9.80 (J2ME/MIDP; Opera Mini/8.0.35158/191.361; U; en) Presto/2.12.423 Version/12.16",
]
PREVIEWS = [
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Slack-ImgProxy (+https://api.slack.com/robots)",
    "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com",
    "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
    "TelegramBot (like TwitterBot)",
    "WhatsApp/2.23.20.0",
    "Viber/16.0.0.0",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "facebookexternalhit/1.1;line-poker/1.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) "
    "Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0",
    "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
    "http.rb/5.1.1 (Mastodon/4.4.0; +https://mastodon.example/) Bot",
    "Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; +mailto:support@bsky.app)",
    "Mattermost-Bot/1.1",
    "Mozilla/5.0 (compatible; Snap URL Preview Service; bot)",
    "facebookexternalhit/1.1; kakaotalk-scrap/1.0; +https://devtalk.kakao.com/t/scrap/33984",
]
ASSISTANTS = [
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; ChatGPT-User/1.0; +https://openai.com/bot",
    "Mozilla/5.0 (compatible; Claude-User/1.0; +Claude-User@anthropic.com)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Perplexity-User/1.0)",
    "Mozilla/5.0 (compatible; MistralAI-User/1.0; +https://docs.mistral.ai/robots)",
    "DuckAssistBot/1.2; (+http://duckduckgo.com/duckassistbot.html)",
]
PROGRAMS = [
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
    "Mozilla/5.0 (compatible; ClaudeBot/1.0; +claudebot@anthropic.com)",
    "Mozilla/5.0 (Linux; Android 6.0.1) AppleWebKit/537.36 (KHTML, like Gecko; compatible; "
    "GoogleOther) Chrome/141.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (compatible; Google-InspectionTool/1.0;)",
    "Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "HeadlessChrome/142.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.26100.1",
    "curl/8.9.1",
    "Wget/1.25.0",
    "python-requests/2.32.3",
    "Go-http-client/1.1",
    "Dart/3.9 (dart:io)",
    "GuzzleHttp/7",
    "",
    "   ",
]


@pytest.mark.parametrize("agent", PEOPLE)
def test_people_are_counted(agent: str) -> None:
    """A browser's event is counted: also on a phone whose name holds 'bot', on a television, and in
    the browser inside an app whose previews are not.
    """
    assert exclusion({"user-agent": agent}, method="POST", address="192.0.2.1") is None


@pytest.mark.parametrize(
    ("agent", "reason"),
    [
        *((agent, "preview") for agent in PREVIEWS),
        *((agent, "assistant") for agent in ASSISTANTS),
        *((agent, "bot") for agent in PROGRAMS),
    ],
)
def test_programs_are_kept_apart(agent: str, reason: str) -> None:
    """Previews in chats, AI assistants, and all others: crawlers, monitors, libraries, no agent."""
    assert exclusion({"user-agent": agent}, method="POST", address="192.0.2.1") == reason


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
