"""Documents and indexes that the tests of the search share."""

from __future__ import annotations

from pathlib import Path

from kbtool.addresses import page_address
from kbtool.articles.files.store import read_articles
from kbtool.model import Document
from kbtool.permalink import permalink_address
from kbtool.search.documents import to_document
from kbtool.search.index import Index, build_index

CONTENT = Path(__file__).parent.parent.parent / "content"


def document(
    id_: str,
    lang: str,
    title: str,
    body: str = "",
    *,
    questions: tuple[str, ...] = (),
    headings: tuple[str, ...] = (),
    tags: tuple[str, ...] = (),
    category: str | None = None,
) -> Document:
    """A document with the addresses that its id gives it."""
    return Document(
        id=id_,
        lang=lang,
        title=title,
        questions=questions,
        headings=headings,
        body=body,
        tags=tags,
        category=category,
        url=f"{lang}/{id_}/",
        permalink=f"a/{id_}/",
        summary="",
    )


def sample_documents() -> list[Document]:
    """The published articles of content/ as the build indexes them."""
    articles, _ = read_articles(CONTENT)
    return [
        to_document(article, page_address(article), permalink_address(article.id))
        for article in articles
        if article.status == "published"
    ]


def open_index(documents: list[Document], folder: Path) -> Index:
    """An index of ``documents``, built in ``folder`` and opened."""
    build_index(documents, folder)
    return Index.open(folder)


def ids(index: Index, query: str, **options: object) -> list[str]:
    """The ids that a query finds, best first."""
    return [hit.id for hit in index.search(query, **options).hits]  # type: ignore[arg-type] # as given
