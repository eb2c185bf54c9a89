"""Pages over real HTTP: the right file, the right headers, never a file of somebody else."""

from __future__ import annotations

import http.client
from pathlib import Path

import pytest

from kbtool.policy import cache_rule
from tests.server.conftest import Running, make_release, show_release


def raw_get(shared: Running, path: str) -> http.client.HTTPResponse:
    """A request whose path no client library has tidied."""
    connection = http.client.HTTPConnection("127.0.0.1", shared.port, timeout=10)
    connection.putrequest("GET", path, skip_host=False)
    connection.endheaders()
    response = connection.getresponse()
    response.read()
    connection.close()
    return response


def test_pages_and_files_have_types_and_lifetimes(shared: Running) -> None:
    """HTML is asked for again each time, versioned files are kept, all say what they are."""
    page = shared.http.get("/en/bike/flat-tyre/")
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["cache-control"] == "no-cache"
    assert "How do I repair a flat tyre?" in page.text
    script = shared.http.get("/assets/kb.js?v=01234567")
    assert script.headers["content-type"] == "text/javascript; charset=utf-8"
    assert script.headers["cache-control"] == "public, max-age=86400"
    font = shared.http.get("/assets/font.0123abcd.woff2")
    assert font.headers["content-type"] == "font/woff2"
    assert font.headers["cache-control"] == "public, max-age=31536000, immutable"
    part = shared.http.get("/assets/font.0123abcd.woff2", headers={"Range": "bytes=0-3"})
    assert (part.status_code, part.content) == (206, b"wOF2")


def test_the_files_of_search_are_kept_by_what_names_them() -> None:
    """Shards stand in a folder named by their content; the manifest is asked for again each time."""
    shard = cache_rule(Path("search/en.0123456789ab/w7"), versioned=False)
    assert shard == "public, max-age=31536000, immutable"
    assert cache_rule(Path("search/en.kb"), versioned=False) == "no-cache"


@pytest.mark.parametrize("path", ["/en/bike/flat-tyre/", "/assets/font.0123abcd.woff2"])
def test_an_unchanged_file_is_not_sent_again(shared: Running, path: str) -> None:
    """ETag and Last-Modified lead to 304 without a body; another tag to the file."""
    first = shared.http.get(path)
    for headers in (
        {"If-None-Match": first.headers["etag"]},
        {"If-None-Match": f'"x", W/{first.headers["etag"]}'},
        {"If-Modified-Since": first.headers["last-modified"]},
    ):
        again = shared.http.get(path, headers=headers)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
    other = {"If-None-Match": '"x"', "If-Modified-Since": first.headers["last-modified"]}
    assert shared.http.get(path, headers=other).status_code == 200
    assert shared.http.get(path, headers={"If-Modified-Since": "yesterday"}).status_code == 200


def test_text_is_compressed_for_those_who_can(shared: Running) -> None:
    """The compressed page has a tag of its own and says that it varies."""
    plain = shared.http.get("/en/", headers={"Accept-Encoding": "identity"})
    packed = shared.http.get("/en/", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.text == plain.text
    assert packed.headers["etag"] != plain.headers["etag"]
    assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"


def test_head_has_headers_only(shared: Running) -> None:
    """HEAD answers as GET would, without the body."""
    head, get = shared.http.head("/en/"), shared.http.get("/en/")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == get.headers["etag"]


def test_a_folder_without_slash_leads_to_itself(shared: Running) -> None:
    """The redirect is relative and keeps the query."""
    found = shared.http.get("/en/bike/flat-tyre?x=1")
    assert (found.status_code, found.headers["location"]) == (301, "./flat-tyre/?x=1")
    assert str(found.next_request.url).endswith("/en/bike/flat-tyre/?x=1")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "path",
    [
        "/../mkdocs.yml",
        "/..%2fmkdocs.yml",
        "/%2e%2e/%2e%2e/mkdocs.yml",
        "/en/../../../../../../etc/passwd",
        "/en/..%5c..%5cmkdocs.yml",
        "//etc/passwd",
        "/en//contact/",
        "/./en/",
        "/en/%00",
        "/en/index.html%00.png",
        "/.hidden",
        "/en/.git/config",
        "/outside.txt",
        "/outside/mkdocs.yml",
        "/en/index.html/",
        "/" + "x" * 5000,
    ],
)
def test_nothing_outside_the_site_is_found(shared: Running, path: str) -> None:
    """Dots, escapes, odd characters and links out of the release find nothing, never an error."""
    folder = shared.settings.current_release / "site"
    (folder / ".hidden").write_text("secret")
    for name, target in (("outside.txt", "mkdocs.yml"), ("outside", ".")):
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(shared.settings.root / target)
    assert raw_get(shared, path).status == 404


@pytest.mark.parametrize(
    ("path", "accepts", "expected"),
    [
        ("/tr/yok/", "en", "missing tr"),
        ("/nothing", "tr;q=0.9, fr", "missing tr"),
        ("/nothing", "fr", "missing en"),
        ("/api/nothing", "", "missing en"),
    ],
)
def test_the_page_of_missing_addresses_speaks_the_readers_language(
    shared: Running, path: str, accepts: str, expected: str
) -> None:
    """By the address, then by the browser, then the default language; always 404."""
    found = shared.http.get(path, headers={"Accept-Language": accepts})
    assert found.status_code == 404
    assert expected in found.text


@pytest.mark.parametrize(
    ("accepts", "expected"),
    [
        ("tr-TR,tr;q=0.9,en;q=0.8", "./tr/"),
        ("fr-FR,fr;q=0.9,en-GB;q=0.5", "./en/"),
        ("en;q=0.1, tr;q=0.2", "./tr/"),
        ("tr;q=0, en;q=0.1", "./en/"),
    ],
)
def test_the_start_leads_to_the_readers_language(
    shared: Running, accepts: str, expected: str
) -> None:
    """The first configured language by weight."""
    found = shared.http.get("/", headers={"Accept-Language": accepts})
    assert (found.status_code, found.headers["location"]) == (302, expected)
    assert found.headers["vary"] == "Accept-Language"


@pytest.mark.parametrize("accepts", ["", "fr", "*", "x" * 900, "tr;q=9"])
def test_the_start_lets_choose_otherwise(shared: Running, accepts: str) -> None:
    """Without a wish that fits, the chooser is shown."""
    found = shared.http.get("/", headers={"Accept-Language": accepts})
    assert found.status_code == 200
    assert "Choose" in found.text


def test_permalinks_lead_to_the_page(shared: Running) -> None:
    """A known id leads on, a withdrawn one tells, an unknown one is missing."""
    found = shared.http.get("/a/kb-3/")
    assert (found.status_code, found.headers["location"]) == (302, "../../tr/bike/patlak-lastik/")
    assert shared.http.get("/a/kb-1").headers["location"] == "./kb-1/"
    assert "withdrawn" in shared.http.get("/a/kb-9/").text
    assert shared.http.get("/a/kb-8/").status_code == 404


def test_every_answer_has_the_security_headers(shared: Running) -> None:
    """Pages, errors, the API and missing pages all carry the same strict policy."""
    for path in ("/en/", "/nothing", "/api/search?q=x", "/healthz", "/api/view.gif?lang=xx"):
        headers = shared.http.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "form-action 'self' https://desk.velmo.example;" in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["server-timing"] == "kbtool"
        assert "server" not in headers
        assert "set-cookie" not in headers


def test_a_sub_path_and_the_root_both_work(site_below: Running) -> None:
    """Below /help/ as published and at the root for a preview; redirects stay where they are."""
    http = site_below.http
    assert http.get("/help/en/").text == http.get("/en/").text
    assert http.get("/help/", headers={"Accept-Language": "tr"}).headers["location"] == "./tr/"
    found = http.get("/help/a/kb-1/")
    assert str(found.next_request.url).endswith("/help/en/bike/flat-tyre/")  # type: ignore[union-attr]
    assert http.get("/help/api/search?q=tyre").json()["count"] == 1
    assert http.get("/helpless/en/").status_code == 404
    assert str(http.get("/help").next_request.url).endswith("/help/")  # type: ignore[union-attr]
    vote = http.post("/help/api/vote", data={"article": "kb-1", "lang": "en", "value": "yes"})
    assert str(vote.next_request.url).endswith("/help/en/bike/flat-tyre/?again#thanks")  # type: ignore[union-attr]


def test_a_new_release_is_shown_at_once(site: Running, built_index: Path) -> None:
    """Swapping the link changes pages, manifest and search without a restart."""
    assert "<i>one</i>" in site.http.get("/en/").text
    root = site.settings.root
    second = make_release(root, "r2", built_index, mark="two")
    manifest = second / "site" / "articles.json"
    manifest.write_text(manifest.read_text().replace("kb-2", "kb-7"))
    show_release(root, "r2")
    assert "<i>two</i>" in site.http.get("/en/").text
    assert site.http.get("/healthz").json()["release"] == "r2"
    assert site.http.get("/a/kb-7/").status_code == 302
    assert site.http.get("/api/search?q=tyre").json()["count"] == 1


def test_a_damaged_release_leaves_the_last_good_one(
    site: Running, built_index: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A manifest that cannot be read is logged; readers keep the release they had."""
    site.http.get("/en/")
    root = site.settings.root
    (make_release(root, "r2", built_index) / "site" / "articles.json").write_text("[")
    show_release(root, "r2")
    assert "<i>one</i>" in site.http.get("/en/").text
    assert "r2 cannot be read" in caplog.text


def test_without_a_site_everything_says_so(site: Running) -> None:
    """No release: 503 with Retry-After, no trace of our folders."""
    site.settings.current_release.unlink()
    for path in ("/en/", "/", "/api/search?q=tyre", "/en/search/?q=tyre"):
        found = site.http.get(path)
        assert found.status_code == 503
        assert found.headers["retry-after"] == "10"
        assert str(site.settings.root) not in found.text
