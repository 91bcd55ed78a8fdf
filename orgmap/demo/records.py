"""The shape in which the demo organisation is written down.

Lists of codes, slugs and keys are one text with spaces. Days count from the day of loading, so that the story never
looks stale: ``ago`` and ``since`` backwards, ``until`` forwards (a negative ``until`` lies in the past).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Category:
    """An audience or a market."""

    code: str
    name: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Department:
    """A department with its people: head, deputy, and the staff who hold the keys of its accounts."""

    slug: str
    name: str
    parent: str
    process: str
    purpose: str
    head: str = ""
    deputy: str = ""
    staff: tuple[str, ...] = ()
    acronym: str = ""
    aliases: tuple[str, ...] = ()
    mailbox: str = ""
    audiences: str = ""
    markets: str = ""
    no_account_reason: str = ""
    closed_ago: int | None = None
    successor: str = ""


@dataclass(frozen=True, slots=True)
class Objective:
    """What one or several departments pursue; ``key`` is how accounts and agreements of the demo refer to it."""

    key: str
    statement: str
    benefit: str
    owners: str
    to: str = ""
    where: str = ""
    measure: str = ""
    unit: str = ""
    figures: tuple[float, float, float] | None = None
    """Baseline, target, current."""
    since: int = 180
    until: int | None = 180
    status: str = "active"
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """An account by its address; ``owners`` starts with the first department, ``at`` may be closed or nobody."""

    address: str
    owners: str
    name: str
    written: str = ""
    """Its address as somebody wrote it on the map, where that is another one."""
    to: str = ""
    where: str = ""
    serves: str = ""
    says: str = ""
    why: str = ""
    rhythm: str = ""
    reply: str = ""
    followers: int | None = None
    post: int | None = None
    """Days since the last post; None when nobody knows."""
    attested: int | None = None
    opened: int = 1500
    keys: int = 2
    """How many of the owner's staff hold the keys."""
    status: str = "active"
    contact: str | None = None
    """A mailbox; None takes the first department's."""
    agency: str = ""
    contract: int | None = None
    """Days until the agency's contract ends; None where nobody entered it."""
    language: str = "English"
    tags: str = ""
    notes: str = ""
    verified: bool = False
    public: bool = True
    retired_ago: int | None = None
    retired_reason: str = ""
    successor: str = ""
    """Address of the account that took over."""


@dataclass(frozen=True, slots=True)
class Tie:
    """An agreement. ``filters`` are the four lists of the scope; None leaves one open."""

    key: str
    kind: str
    title: str
    terms: str
    sides: str
    objectives: str = ""
    audiences: str | None = None
    markets: str | None = None
    platforms: str | None = None
    benefits: str | None = None
    contact: str = ""
    since: int | None = 120
    until: int = 150
    status: str = "active"
    answers: str = ""
    """Per side: accepted, waiting or declined; all accepted when empty."""
    reason: str = ""
    works_on: str = ""
    lead: str = ""
    sponsor: str = ""


@dataclass(frozen=True, slots=True)
class Intended:
    """An overlap that somebody wants."""

    a: str
    b: str
    reason: str
    until: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A new account that somebody asks for."""

    platform: str
    handle: str
    department: str
    by: str
    to: str = ""
    where: str = ""
    says: str = ""
    serves: str = ""
    why: str = ""
    why_none: str = ""
    partner: str = ""
    admins: str = ""
    """Two names with a comma between."""
    mailbox: str = ""
    rhythm: str = ""
    hours: str = ""
    measure: str = ""
    target: str = ""
    ago: int = 0
    stage: str = "requested"
    reason: str = ""
    """Why the lead moved it on, two days after it was asked for."""


@dataclass(frozen=True, slots=True)
class Ending:
    """An account that ends by a plan."""

    address: str
    by: str
    reason: str
    successor: str
    until: int
    """Days until it closes."""
    done: str
    """Steps that are ticked, each on its day."""
