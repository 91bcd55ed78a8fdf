"""What recognition must know about a platform, as plain data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from re import IGNORECASE, Pattern
from re import compile as compile_pattern
from types import MappingProxyType
from typing import Literal, NamedTuple

POST = "post"
NOT_AN_ACCOUNT = "not_an_account"
WEBSITE = "website"
EMAIL = "email"
UNKNOWN = "unknown"

Case = Literal["fold", "keep"]
NO_ADDRESSES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, eq=False)
class PlatformSpec:
    """A platform: its names, its hosts and how an address of an account on it looks.

    A platform whose accounts live at ``/name`` (or at ``/prefix/name``, or at ``name.host``) needs nothing but this
    data; one with more forms has a rule of its own in ``channels.platforms.hosts``. Specs are compared by identity, so
    that looking one up costs nothing: make those from the database once, not for each address.
    """

    id: str
    name: str
    home: str
    hosts: tuple[str, ...]
    """Registered hosts, current and historical; subdomains belong to them."""
    labels: tuple[str, ...] = ()
    """Further names that sheets use ("Twitter", "FB"); the name and the id count anyway."""
    past: bool = False
    """The service has closed or gave its accounts up."""
    case: Case = "fold"
    """Whether two handles that differ in case alone are one account ("fold") or two ("keep")."""
    handle: str = r"[\w.\-]+"
    """Pattern of a whole handle."""
    addresses: Mapping[str, str] = field(default_factory=lambda: NO_ADDRESSES)
    """Kind of account to its canonical address, with ``{handle}``; the first is the kind of a bare handle."""
    prefixes: tuple[tuple[str, str], ...] = ()
    """Leading path parts and the kind of account that follows: ("company", "company"), ("stories", "profile")."""
    bare: bool = True
    """Whether ``/name`` alone is an account."""
    subdomain: bool = False
    """Whether ``name.host`` is an account."""
    own_domain: bool = False
    """Whether accounts may live at a domain of their own (then only a label tells the platform)."""
    reserved: frozenset[str] = frozenset()
    """First path parts that are the platform's own pages."""
    subs: frozenset[str] = frozenset()
    """Subdomains that show the same pages, beside www, m, mobile and country or language codes."""
    tabs: frozenset[str] = frozenset()
    """Path parts after a handle that are a view of the account; anything else there is a post."""
    posts: frozenset[str] = frozenset()
    """Where given, the only path parts after a handle that mean a post; all others are views."""
    content: bool = True
    """Whether a path after a handle that is no tab is a post (False: it is a view of the account)."""

    @property
    def default_kind(self) -> str:
        """The kind of account that a handle without an address means."""
        return next(iter(self.addresses), "profile")


class Found(NamedTuple):
    """What a rule reads in an address: whose account, of which kind, and whether the address is a post of it."""

    handle: str | None
    kind: str
    post: bool = False
    url: str | None = None
    """Canonical address where handle and kind alone do not make it."""
    namespace_known: bool = True
    """False where the address names an author but not of which kind, so that no address can be made."""


NOTHING = Found(None, NOT_AN_ACCOUNT)


@lru_cache(maxsize=512)
def handle_pattern(source: str) -> Pattern[str]:
    """The compiled pattern of a platform's handles."""
    return compile_pattern(source, IGNORECASE)


def word_set(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())
