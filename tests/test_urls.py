"""URLs as people paste them: one place, whatever a filter, a tracker or a sentence did to them."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.urls import address_below, tidy, unwrap_links, unwrapped

BASE = "https://help.example.com/"
URL = "https://help.example.com/a/kb-1/"
SAFE_LINK = (
    "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fhelp.example.com%2Fa%2Fkb-1%2F"
    "&data=05%7C02%7Cjo%40shop.example%7Cab12&sdata=Zz9%3D&reserved=0"
)
WRAPPED = [
    "https://www.google.com/url?q=https://help.example.com/a/kb-1/&sa=D&source=docs",
    "https://www.google.com.tr/url?sa=t&url=https%3A%2F%2Fhelp.example.com%2Fa%2Fkb-1%2F&usg=AOv",
    SAFE_LINK,
    "https://urldefense.com/v3/__https://help.example.com/a/kb-1/__;!!OToaGQ!abc$",
    "https://urldefense.com/v3/__https:/help.example.com/a/kb-1/__;!!OToaGQ!abc$",
    "https://urldefense.com/v3/__https://help.example.com/a/kb*1/__;LQ!!OToaGQ!abc$",
    "https://urldefense.proofpoint.com/v2/url?u=https-3A__help.example.com_a_kb-2D1_&d=DwMF&e=",
    "https://urldefense.proofpoint.com/v1/url?u=https://help.example.com/a/kb-1/&k=x",
    "https://l.facebook.com/l.php?u=https%3A%2F%2Fhelp.example.com%2Fa%2Fkb-1%2F&h=AT0",
    "https://slack-redir.net/link?url=https%3A%2F%2Fhelp.example.com%2Fa%2Fkb-1%2F",
    "https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fhelp.example.com%2fa%2fkb-1%2f&c=E,1",
    "https://www.google.com/url?q=" + quote(SAFE_LINK, safe=""),
]


@pytest.mark.parametrize("url", WRAPPED)
def test_redirectors_are_seen_through(url: str) -> None:
    """Those that carry their target in the open, one inside another too."""
    assert unwrapped(url) == URL
    assert address_below(url, BASE) == "a/kb-1/"


@pytest.mark.parametrize(
    "url",
    [
        "https://www.google.com/search?q=https://help.example.com/a/kb-1/",
        "https://google.com.evil.example/url?q=https://help.example.com/a/kb-1/",
        "https://safelinks.protection.outlook.com.evil.example/?url=https://help.example.com/a/kb-1/",
        "https://www.google.com/url?q=javascript:alert(1)",
        "https://urldefense.com/v3/__no end",
        "https://evil.example/?url=https://help.example.com/a/kb-1/",
    ],
)
def test_only_known_redirectors_are(url: str) -> None:
    """A parameter that happens to hold an address is no link to it."""
    assert unwrapped(url) == url
    assert address_below(url, BASE) is None


def test_redirectors_leave_the_text_before_it_is_stored() -> None:
    """With the recipient's address in their parameters; all else stays as it is."""
    text = f"See [here]({SAFE_LINK.replace('&', '&amp;')}) or https://else.example/?a=1&b=2."
    assert unwrap_links(text) == f"See [here]({URL}) or https://else.example/?a=1&b=2."
    hostile = "https://www.google.com/url?q=https%3A%2F%2Fx.example%2F%29%20%3Cb%3E%5Bc"
    assert unwrap_links(hostile) == "https://x.example/%29%20%3Cb%3E%5Bc"


@pytest.mark.parametrize(
    "url",
    [
        "http://help.example.com/a/kb-1",
        "HTTPS://WWW.Help.Example.COM/a/kb-1/",
        "https://help.example.com:443/a/kb-1/",
        "https://help.example.com./a/kb-1/",
        "//help.example.com/a/kb-1/",
        "help.example.com/a/kb-1",
        "https://help.example.com//a/./x/../kb-1/",
        "https://help.example.com/a/kb%2D1/",
        "https://help.example.com/a/kb%252D1/",
        "https://help.example.com/a/kb-1/index.html#step-2",
        "https://help.example.com/a/kb-1/?utm_source=zendesk&amp;gclid=Cj0&mc_cid=1#top",
        "<https://help.example.com/a/kb-1/>.",
        "(https://help.example.com/a/kb-1/),",
        "**https://help.example.com/a/kb-1/**",
        "_https://help.example.com/a/kb-1/_",
        "https://help.example.com/a/\u200bkb-1/\u200b",
        " https://help.example.com/a/kb-1/%20",
    ],
)
def test_every_way_of_writing_an_address_is_the_same(url: str) -> None:
    """Case of the host, ports, slashes, encoding, trackers, and the sentence around it."""
    assert address_below(url, BASE) == "a/kb-1/"


@pytest.mark.parametrize(
    "url",
    [
        "https://help.example.com.evil.example/a/kb-1/",
        "https://help-example.com/a/kb-1/",
        "https://xhelp.example.com/a/kb-1/",
        "https://help.example.com@evil.example/a/kb-1/",
        "https://evil.example@help.example.com/a/kb-1/",
        "https://help.example.com:8443/a/kb-1/",
        "https://hеlp.example.com/a/kb-1/",
        "https://evil.example/#https://help.example.com/a/kb-1/",
        "mailto:hi@help.example.com",
        "https://help.example.com:port/a/kb-1/",
        "https://[::1/a/kb-1/",
        "https://help.example.com/" + "a" * 5000,
    ],
)
def test_hosts_that_only_look_alike_are_others(url: str) -> None:
    """Neither a longer host, nor a user name, nor a look-alike letter, nor another port."""
    assert address_below(url, BASE) is None


def test_bases_may_have_a_path_a_port_and_letters_of_their_own() -> None:
    """Only what is below the path counts; international hosts are the same in both spellings."""
    assert address_below("https://shop.example/help/en/x", "https://shop.example/help/") == "en/x/"
    assert address_below("https://shop.example/help", "https://shop.example/help/") == ""
    assert address_below("https://shop.example/helper/en/x", "https://shop.example/help/") is None
    assert address_below("http://localhost:8000/en/", "http://localhost:8000/") == "en/"
    assert address_below("https://xn--mk-xkaa.example/a/x/", "https://müük.example/") == "a/x/"


def test_files_keep_their_form() -> None:
    """Only an ``.html`` file has no slash at its end; letters are composed."""
    assert tidy("en/old.html") == "en/old.html"
    assert tidy("/en/lastig\u0306im") == "en/lastiğim/"
    assert tidy("index.html") == tidy("/") == ""


@given(st.text(max_size=300))
def test_any_text_is_judged_without_error(text: str) -> None:
    """A customer's or agent's odd link never stops a run."""
    address_below(text, BASE)
    address_below("https://help.example.com/" + text, BASE)
    unwrap_links("https://urldefense.com/v3/" + text)
    unwrapped("https://www.google.com/url?" + text)


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_tidy_is_settled_at_once(path: str) -> None:
    """The form of a form is itself, as long as nothing in it is encoded."""
    once = tidy(path.replace("%", ""))
    assert tidy(once) == once
