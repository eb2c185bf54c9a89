"""The settings themselves: each declared once with type, default and meaning.

The meaning (``doc``) is what ``kbtool init`` writes beside the key and what the README must say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias, TypeVar

T = TypeVar("T")
Untranslated: TypeAlias = Literal["show", "hide"]


def setting(default: T, doc: str) -> T:
    """A dataclass field with its default and its one-line meaning in ``metadata["doc"]``."""
    found: T = field(default=default, metadata={"doc": doc})
    return found


@dataclass(frozen=True, slots=True)
class Category:
    """A shelf of the help centre; ``title`` and ``description`` map language to text."""

    slug: str
    title: dict[str, str]
    description: dict[str, str]
    icon: str = "help"
    sections: dict[str, dict[str, str]] = field(default_factory=dict)
    """The groups of its articles, in order: name → title by language."""


@dataclass(frozen=True, slots=True)
class Home:
    """The start page."""

    examples: Mapping[str, tuple[str, ...]] | None = setting(
        None, "Searches shown below the search field, by language (else: what is asked most)"
    )
    pinned: tuple[str, ...] = setting((), "Ids of articles that stand first among the popular ones")


@dataclass(frozen=True, slots=True)
class Contact:
    """Where a reader reaches a person."""

    url: str | None = setting(
        None,
        "Address of your help desk's form; may hold {visit}, {article}, {lang} and {question}",
    )
    email: str | None = setting(None, "Mail address for questions, beside or instead of the form")
    webhook: str | None = setting(
        None, "Address that kbtool serve posts questions to as JSON, instead of url (https)"
    )


@dataclass(frozen=True, slots=True)
class TicketSettings:
    """How tickets are read."""

    timezone: str = setting("UTC", "Zone of dates that come without one, e.g. Europe/Tallinn")
    agent_addresses: tuple[str, ...] = setting(
        (),
        "Mail addresses or domains that agents write from, e.g. support@shop.example, shop.example",
    )
    phone_regions: tuple[str, ...] = setting(
        ("GB", "TR", "EE"), "Countries whose national phone formats are redacted (ISO codes)"
    )
    help_centre_urls: tuple[str, ...] = setting(
        (), "Former addresses of the help centre, beside site_url, that agents may have linked"
    )
    product_words: tuple[str, ...] = setting(
        (), "Words, public mail addresses and phone numbers of yours that are never redacted"
    )


@dataclass(frozen=True, slots=True)
class MiningSettings:
    """How recurring questions are found."""

    min_tickets: int = setting(4, "Smallest number of tickets that make a topic")
    max_suggestions: int = setting(50, "Most suggestions kept")
    minutes_per_reply: float | None = setting(
        None, "Minutes that one reply takes an agent; suggestions then say what they save"
    )
    semantic: str | None = setting(
        None,
        "Compares questions by meaning too: local, or the address of an OpenAI-compatible API",
    )
    semantic_model: str | None = setting(
        None, "Its model: for local a folder or hub name (else a small English one), or the API's"
    )
    semantic_languages: tuple[str, ...] = setting(
        (), "Languages that the model knows (else: what its card says, all when it has none)"
    )


@dataclass(frozen=True, slots=True)
class DraftSettings:
    """When and how drafts are written."""

    min_requesters: int = setting(
        5, "A topic is drafted only from this many different requesters (3 at least)"
    )
    review_days: int = setting(180, "Days after which a published article is to be reviewed again")
    llm: str | None = setting(
        None, "Has drafts rewritten by a language model: the address of an OpenAI-compatible API"
    )
    llm_model: str | None = setting(None, "Its model")


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """What ``kbtool check`` warns about."""

    reading_ease: int = setting(
        30, "Least reading ease of an article (0 hard, 100 easy) by its language's formula; 0: any"
    )
    lix: int = setting(70, "Highest LIX of an article in a language without such a formula; 0: any")
    draft_days: int = setting(90, "Days after which a draft that still waits is told; 0: never")


@dataclass(frozen=True, slots=True)
class MetricSettings:
    """How returned events are counted."""

    window_days: int = setting(7, "Days in which a later contact takes a deflection back")
    min_count: int = setting(20, "Below this denominator a rate says 'not enough data'")
    holdout_percent: int = setting(
        0, "Share of tabs (%) that get no suggestions on the contact page, to measure them; 0: none"
    )
    keep_months: int = setting(25, "Months after which what readers did is deleted")
    log_hits: bool = setting(
        False, "Pages without kbtool serve tell the web server's log instead (kbtool hits import)"
    )
    ticket_cost: float | None = setting(
        None, "What a ticket costs you more than a read article; the report then says what is saved"
    )
    currency: str = setting("", "Its currency, e.g. EUR")
    disturbances: tuple[str, ...] = setting(
        (),
        "What else changed what is asked, with the topics it touched: 2026-05-01 New prices [t-…]",
    )


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """``kbtool serve``."""

    host: str = setting("127.0.0.1", "Address to listen on")
    port: int = setting(8000, "Port to listen on")
    trusted_proxies: tuple[str, ...] = setting(
        (), "Addresses of proxies whose X-Forwarded-For is believed"
    )
    staff_addresses: tuple[str, ...] = setting(
        (), "Client addresses of your own staff; their events are kept apart"
    )
    sidebar_origins: tuple[str, ...] = setting(
        (), "Origins of help desks whose sidebar may ask api/suggest, e.g. https://desk.example"
    )
    agent_token_file: str | None = setting(
        None, "File with the token that agents sign in with at /agent/; without one no such page"
    )


@dataclass(frozen=True, slots=True)
class WidgetSettings:
    """The panel with search and contact that other sites' pages can show."""

    origins: tuple[str, ...] = setting(
        (), "Origins whose pages may show the widget, e.g. https://app.example"
    )


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a workflow needs to know about one knowledge base."""

    root: Path
    config_file: Path
    site_name: str
    site_url: str
    """With a trailing slash; may hold a sub-path."""
    languages: tuple[str, ...] = ("en",)
    """The first is the default language."""
    categories: tuple[Category, ...] = ()
    custom_dir: Path | None = None
    """The knowledge base's own theme folder (``theme.custom_dir``); None when there is none."""
    untranslated: Untranslated = "show"
    """Whether readers get articles without a translation in the default language."""
    home: Home = Home()
    contact: Contact = Contact()
    tickets: TicketSettings = TicketSettings()
    mining: MiningSettings = MiningSettings()
    drafts: DraftSettings = DraftSettings()
    checks: CheckSettings = CheckSettings()
    metrics: MetricSettings = MetricSettings()
    server: ServerSettings = ServerSettings()
    widget: WidgetSettings = WidgetSettings()

    @property
    def own_words(self) -> tuple[str, ...]:
        """What is never personal: the product words and one's own contact address."""
        email = self.contact.email
        return (*self.tickets.product_words, *((email,) if email else ()))

    @property
    def content_dir(self) -> Path:
        """Where articles are."""
        return self.root / "content"

    @property
    def site_dir(self) -> Path:
        """A symbolic link to the current release's site."""
        return self.root / "site"

    @property
    def state_dir(self) -> Path:
        """Everything kbtool makes: database, index, releases, caches."""
        return self.root / ".kbtool"

    @property
    def cache_dir(self) -> Path:
        """What runs keep to save the next one work (kbtool/kept.py); it may be deleted any time."""
        return self.state_dir / "cache"

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.state_dir / "kb.db"

    @property
    def releases_dir(self) -> Path:
        """One folder a build, each with ``site/`` and ``index/``."""
        return self.state_dir / "releases"

    @property
    def current_release(self) -> Path:
        """A symbolic link to the newest good release; replaced in one step."""
        return self.state_dir / "current"

    @property
    def index_dir(self) -> Path:
        """The search index of the current release."""
        return self.current_release / "index"

    @property
    def default_language(self) -> str:
        """The language shown when nothing better is known."""
        return self.languages[0]
