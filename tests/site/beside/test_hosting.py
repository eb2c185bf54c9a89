"""Files for web servers, read by a real nginx: it answers as ``kbtool serve`` does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import httpx
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from kbtool.addresses import Redirect, former_problem
from kbtool.articles.files.store import write_article
from kbtool.config import Contact, Settings, load_settings
from kbtool.config.settings import WidgetSettings
from kbtool.policy import ASK_AGAIN, FOR_EVER, security_headers
from kbtool.site.beside.hosting import hosting_files, redirects_map, write_hosting
from kbtool.site.plan.manifest import Manifest, Page
from kbtool.urls import tidy
from kbtool.workflows.build import build
from tests.nginx import checked, needs_nginx, nginx
from tests.server.conftest import BROWSER, running
from tests.site.conftest import CONFIG, NOW, SAMPLE, article, make_knowledge_base, make_settings

HELP = "/help/"
ORIGIN = "https://app.example"


@dataclass(frozen=True)
class Served:
    """One release behind nginx and behind ``kbtool serve``."""

    settings: Settings
    nginx: httpx.Client
    kbtool: httpx.Client

    def both(self, address: str, **headers: str) -> tuple[httpx.Response, httpx.Response]:
        """What the two say to the same request below the site's path."""
        return tuple(one.get(HELP + address, headers=headers) for one in (self.nginx, self.kbtool))  # type: ignore[return-value]  # there are two


def grown(root: Path) -> Settings:
    """A knowledge base below /help/ whose articles moved, merged and went in three builds."""
    make_knowledge_base(root)
    conf = CONFIG.replace("velmo.example/\n", "velmo.example/help/\n", 1)
    conf += f"    widget: {{origins: ['{ORIGIN}']}}\n"
    (root / "mkdocs.yml").write_text(conf, encoding="utf-8")
    content, settings = root / "content", load_settings(root)
    for slug in ("merged", "archived", "deleted", "renamed"):
        write_article(content, article(f"kb-{slug}", f"en/bike/{slug}.md"))
    build(settings, strict=False, now=NOW)
    (content / "en/bike/renamed.md").rename(content / "en/bike/renamed-1.md")
    heir = {"status": "archived", "replaced_by": "kb-1"}
    write_article(content, article("kb-merged", "en/bike/merged.md", **heir))
    write_article(content, article("kb-archived", "en/bike/archived.md", status="archived"))
    (content / "en/bike/deleted.md").unlink()
    build(settings, strict=False, now=NOW)
    (content / "en/bike/renamed-1.md").rename(content / "en/bike/çok güzel.md")
    former = (
        "EN/Bike/Tyre/",
        "hc/en-us/articles/360001234567-Tyre/",
        "old/a $uri (1)/",
        "en/tyre.html",
    )
    write_article(content, replace(SAMPLE[0], former=former))
    build(settings, strict=False, now=NOW)
    return settings


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The grown knowledge base, served twice."""
    settings = grown(tmp_path_factory.mktemp("kb"))
    with (
        nginx(settings, tmp_path_factory.mktemp("nginx")) as base,
        running(settings) as kbtool,
        httpx.Client(base_url=base, headers={"User-Agent": BROWSER}) as client,
    ):
        yield Served(settings, client, kbtool.http)


@needs_nginx
@pytest.mark.parametrize(
    "address",
    [
        "en/", "en/bike/tyre/", "en/bike/tyre/index.md", "articles.json", "sitemap.xml", "robots.txt",
        "llms.txt", "assets/kb.css", "assets/kb.css?v=1", "assets/kb.js?v=1", "assets/favicon.svg",
        "en/bike/tyre/?v=1", "en/nowhere/", "en/nowhere/?v=1", "nowhere.png",
    ],
)  # fmt: skip
def test_nginx_answers_as_the_server_does(served: Served, address: str) -> None:
    """The same status, body, security headers, type and cache rule."""
    there, here = served.both(address)
    assert there.status_code == here.status_code
    assert there.content == here.content
    names = (*security_headers(served.settings.contact), "Cache-Control", "Content-Type")
    for name in (*names, "Content-Encoding"):
        assert there.headers.get(name) == here.headers.get(name), name


@needs_nginx
def test_files_named_by_their_content_are_kept_for_ever(served: Served) -> None:
    """Those of the search index; what leads to them is asked for again."""
    shard, font = "search/en.0123456789ab/w7", "assets/font.0123abcd.woff2"
    for name in (shard, font):
        path = served.settings.site_dir / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"shard")
    for name, rule in ((shard, FOR_EVER), (font, FOR_EVER), ("search/en.kb", ASK_AGAIN)):
        for answer in served.both(name):
            assert (answer.status_code, answer.headers["cache-control"]) == (200, rule)


MOVED = {
    "a/kb-1/": "en/bike/tyre/",
    "en/bike/renamed/": "en/bike/çok güzel/",
    "en/bike/renamed-1/": "en/bike/çok güzel/",
    "a/kb-renamed/": "en/bike/çok güzel/",
    "en/bike/merged/": "en/bike/tyre/",
    "a/kb-merged/": "en/bike/tyre/",
    "EN/Bike/Tyre/": "en/bike/tyre/",
    "hc/en-us/articles/360001234567-Tyre/": "en/bike/tyre/",
    "old/a $uri (1)/": "en/bike/tyre/",
    "en/tyre.html": "en/bike/tyre/",
}
GONE = ("en/bike/archived/", "a/kb-archived/", "en/bike/deleted/", "a/kb-deleted/", "a/kb-old/")


@needs_nginx
@pytest.mark.parametrize(("address", "target"), MOVED.items())
def test_every_old_address_leads_on(served: Served, address: str, target: str) -> None:
    """After a rename, a second one and a merge: by nginx, and by the page that any host serves."""
    answer = served.nginx.get(HELP + quote(address))
    assert answer.status_code == (302 if address.startswith("a/") else 301)
    assert answer.headers["location"] == HELP + quote(target)
    assert answer.headers["cache-control"] == "no-cache"
    assert served.nginx.get(answer.headers["location"]).status_code == 200
    page = served.kbtool.get(HELP + quote(address), follow_redirects=True)
    to_go = page.text.partition('content="0; url=')[2].partition('"')[0]
    assert page.status_code == 200
    assert urlsplit(urljoin(str(page.url), to_go)).path == HELP + quote(target)


@needs_nginx
@pytest.mark.parametrize("address", GONE)
def test_a_withdrawn_article_says_so(served: Served, address: str) -> None:
    """After archiving and deleting: nginx says 410 with the page that tells it."""
    answer = served.nginx.get(HELP + address)
    assert answer.status_code == 410
    assert "no longer available" in answer.text
    assert answer.headers["content-security-policy"]
    assert "no longer available" in served.kbtool.get(HELP + address).text


@needs_nginx
def test_an_address_of_zendesk_guide_counts_by_its_number(served: Served) -> None:
    """Its title may have changed; a number that is nobody's is missing."""
    for title in ("", "-Another-Title", "-Tyre/"):
        answer = served.nginx.get(f"{HELP}hc/de/articles/360001234567{title}")
        assert answer.headers["location"] == f"{HELP}en/bike/tyre/"
    assert served.nginx.get(f"{HELP}hc/de/articles/360009999999-X").status_code == 404


@needs_nginx
@pytest.mark.parametrize(
    ("address", "wish", "lang"),
    [
        ("tr/yok/", "en", "tr"),
        ("en/no/", "tr", "en"),
        ("no/", "tr-TR,en", "tr"),
        ("no/", "fi", "en"),
        ("assets/", "tr-TR,en", "tr"),  # a folder without a page
    ],
)
def test_a_missing_page_speaks_the_readers_language(
    served: Served, address: str, wish: str, lang: str
) -> None:
    """That of the address, else the browser's, else the default; styles load from anywhere."""
    for answer in served.both(address, **{"Accept-Language": wish}):
        assert answer.status_code == 404
        assert f'<html lang="{lang}"' in answer.text
        assert f'href="{HELP}assets/kb.css' in answer.text


@needs_nginx
def test_the_slash_at_the_end_and_the_bare_path(served: Served) -> None:
    """Redirects name no host: a proxy in front of nginx has another."""
    for address, target in (("/help/en/bike", "/help/en/bike/"), ("/help", "/help/")):
        answer = served.nginx.get(address)
        assert (answer.status_code, answer.headers["location"]) == (301, target)


@needs_nginx
def test_the_api_goes_to_the_server_beside_nginx(served: Served, tmp_path: Path) -> None:
    """With the example's last lines: search answers, also without JavaScript, and a vote comes back
    to its page.
    """
    port = served.kbtool.base_url.port
    with (
        nginx(served.settings, tmp_path, api=port) as base,
        httpx.Client(base_url=base, headers={"User-Agent": BROWSER}) as client,
    ):
        found = client.get("/help/api/search?q=refund&lang=en").json()
        assert [hit["id"] for hit in found["results"]] == ["kb-3"]
        page = client.get("/help/en/search/?q=refund")
        assert "data-kb-event" in page.text, "only the server knows the search's event"
        assert 'href="../../en/' in page.text
        headers = {"Origin": base.rstrip("/"), "Sec-Fetch-Site": "same-origin"}
        voted = client.post(
            "/help/api/vote", data={"article": "kb-1", "value": "yes"}, headers=headers
        )
        assert voted.status_code == 303
        back = urljoin(str(voted.url), voted.headers["location"])
        assert urlsplit(back).path == "/help/en/bike/tyre/"
        assert client.get("/help/en/").status_code == 200


@needs_nginx
def test_a_site_at_the_root(served: Served, tmp_path: Path) -> None:
    """Without a sub-path: pages, redirects and the page of missing addresses."""
    settings = replace(served.settings, root=tmp_path, site_url="https://help.velmo.example/")
    release = settings.current_release
    release.mkdir(parents=True)
    (release / "site").symlink_to(served.settings.site_dir.resolve())
    moved = manifest_of(lead("a/kb-1/", "en/bike/tyre/"), lead("en/bike/archived/", None))
    write_hosting(moved, settings, release / "hosting")
    with nginx(settings, tmp_path) as base:
        assert httpx.get(base + "en/bike/tyre/").status_code == 200
        assert httpx.get(base + "a/kb-1/").headers["location"] == "/en/bike/tyre/"
        assert httpx.get(base + "en/bike/archived/").status_code == 410
        assert '<html lang="tr"' not in httpx.get(base + "en/no/").text


@needs_nginx
@pytest.mark.parametrize(
    "address", ["en/", "assets/kb.css", "search/en.kb", "api/search", "articles.json"]
)
@pytest.mark.parametrize("origin", [ORIGIN, "https://evil.example"])
def test_the_widget_may_read_what_the_server_lets_it_read(
    served: Served, address: str, origin: str
) -> None:
    """The same permission for the same origin, and none for another."""
    there, here = served.both(address, Origin=origin)
    for name in ("Access-Control-Allow-Origin", "Cross-Origin-Resource-Policy"):
        assert there.headers.get(name) == here.headers.get(name), name
    assert ("Origin" in there.headers.get("vary", "")) == ("Origin" in here.headers.get("vary", ""))


def lead(address: str, target: str | None) -> Redirect:
    return Redirect(tidy(address), "kb-1", "en", target, "Title")


def manifest_of(*redirects: Redirect) -> Manifest:
    page = Page("article", "en", "en/bike/tyre/")
    return Manifest(("en",), (page,), tuple(sorted(redirects, key=lambda r: r.address)))


NASTY = st.lists(
    st.tuples(
        st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from('"\\$;{}#~*\n\'ÇçAa/')), min_size=1, max_size=30)
        .map(tidy).filter(bool),
        st.none() | st.just("en/bike/tyre/"),
    ),
    max_size=8,
)  # fmt: skip


@needs_nginx
@how(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(NASTY)
def test_nginx_reads_the_redirects_of_any_addresses(
    tmp_path: Path, given: list[tuple[str, str | None]]
) -> None:
    """Nothing in an address ends its line, names a variable or meets another entry."""
    redirects = {one[0]: lead(*one) for one in given if one[0] != "en/bike/tyre/"}
    text = redirects_map(manifest_of(*redirects.values()), make_settings(tmp_path))
    (tmp_path / "some.map").write_text(text, encoding="utf-8", newline="\n")
    conf = "map_hash_bucket_size 2048;\nmap $uri $lead {\ninclude some.map;\n}"
    assert checked(conf, tmp_path) == ""


@needs_nginx
def test_nginx_reads_files_of_odd_settings(tmp_path: Path) -> None:
    """A folder, a sub-path and a contact address with the signs that nginx obeys."""
    root = tmp_path / 'a "b" [c] $uri {d}; #é'
    settings = make_settings(
        root,
        site_url="https://help.velmo.example/h%20e$lp%22;%7B/",
        contact=Contact("https://de$sk.example/new"),
        widget=WidgetSettings((ORIGIN,)),
    )
    folder = settings.current_release / "hosting"
    folder.parent.mkdir(parents=True)
    write_hosting(manifest_of(lead("old/$x/", None)), settings, folder)
    conf = (folder / "nginx.conf").read_text(encoding="utf-8")
    assert checked(conf.replace("listen 80;", "listen 127.0.0.1:8;"), tmp_path) == ""


def test_the_longest_address_fits_into_the_map(tmp_path: Path) -> None:
    """300 signs of four bytes each are within what nginx is told to expect."""
    longest = ("𝒜" * 40 + "/") * 7
    assert former_problem(longest) is None
    text = redirects_map(manifest_of(lead(longest, None)), make_settings(tmp_path))
    assert len(text.encode()) < 2048


def test_what_is_written_names_nothing_but_addresses_and_settings(tmp_path: Path) -> None:
    """The same for the same site; four files; without widget.origins no other site is named."""
    settings = make_settings(tmp_path)
    files = hosting_files(manifest_of(lead("old/", "en/bike/tyre/")), settings)
    assert files == hosting_files(manifest_of(lead("old/", "en/bike/tyre/")), settings)
    assert files.keys() == {
        "nginx.conf", "nginx-headers.conf", "nginx-maps.conf", "nginx-redirects.map",
    }  # fmt: skip
    assert files["nginx-redirects.map"] == '"/old/" "301 /en/bike/tyre/";\n'
    assert "origin" not in "".join(files.values()).lower().replace(
        "cross-origin-opener-policy", ""
    ).replace("same-origin", "")
