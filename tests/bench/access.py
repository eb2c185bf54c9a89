"""Access logs to measure with: 45 % articles, 35 % assets, 8 % searches, the rest other pages."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

BEGIN = datetime(2026, 10, 1, tzinfo=UTC)
BROWSERS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/{}.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/{}.1 Safari/605.1.15",
    "Mozilla/5.0 (X11; Linux x86_64; rv:{0}.0) Gecko/20100101 Firefox/{0}.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS {}_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/17.4 Mobile/15E148 Safari/604.1",
)
BOTS = (
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
    "curl/8.5.0",
)
WORDS = "bike unlock refund charge battery lost ticket cancel price receipt lock app zone".split()


def lines(
    count: int, articles: Sequence[str], *, seed: int = 1, per_second: int = 2
) -> Iterator[str]:
    """``count`` lines in nginx's combined format, in order of time; 12 % of the visitors are bots,
    15 % have an IPv6 address. ``articles`` are addresses (``/en/bike/unlock/``).
    """
    rng = random.Random(seed)
    visitors = [_visitor(rng) for _ in range(max(count // 50, 1))]
    weights = [1 / (rank + 3) for rank in range(len(articles))]
    picked = iter(rng.choices(articles, weights, k=count))
    for number in range(count):
        address, agent = visitors[int(rng.random() ** 2 * len(visitors))]
        at = BEGIN + timedelta(seconds=number // per_second)
        path, size = _path(rng, picked)
        status = 200 if rng.random() < 0.93 else rng.choice((304, 301, 404, 500))
        yield (
            f"{address} - - [{at:%d/%b/%Y:%H:%M:%S} +0000] "
            f'"GET {path} HTTP/1.1" {status} {size} '
            f'"https://help.example/en/" "{agent}"'
        )


def _visitor(rng: random.Random) -> tuple[str, str]:
    if rng.random() < 0.15:
        address = ":".join(f"{rng.randrange(1, 1 << 16):x}" for _ in range(8))
    else:
        address = ".".join(str(rng.randrange(1, 255)) for _ in range(4))
    agent = rng.choice(BOTS if rng.random() < 0.12 else BROWSERS)
    return address, agent.format(rng.randrange(100, 140))


def _path(rng: random.Random, articles: Iterator[str]) -> tuple[str, int]:
    chance = rng.random()
    if chance < 0.45:
        return next(articles), rng.randrange(5_000, 20_000)
    if chance < 0.80:
        name = rng.choice(("kb.css?v=3f2a91c4", "kb.js?v=3f2a91c4", "favicon.svg", "search.js"))
        return f"/assets/{name}", rng.randrange(500, 40_000)
    if chance < 0.88:
        query = "+".join(rng.choices(WORDS, k=rng.randrange(1, 4)))
        return f"/en/search/?q={query}", 4_000
    return rng.choice(("/", "/en/", "/en/contact/", "/en/bike/")), 3_000
