"""A row of the directory and how each of its cells is written. Five hundred of them make a page, so they are plain
strings; whatever a person typed goes through ``escape``."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from django.utils.safestring import SafeString

from channels.sentence import Facts, markup, sentence

NOBODY = '<span class="missing">nobody yet</span>'
NO_OWNER = '<span class="missing">no owner</span>'
NONE_YET = '<span class="missing">none yet</span>'
UNKNOWN = '<td class="num"><span class="muted">unknown</span></td>'
NEVER = '<td class="num"><span class="muted">never</span></td>'
SILENT = ' <span class="tag partly">silent</span>'
BY_DEFAULT = ' <span class="muted">by default</span>'


@dataclass(slots=True)
class Named:
    """A department as a row names it."""

    pk: int
    name: str
    acronym: str
    slug: str


@dataclass(slots=True)
class Row:
    """One account as the directory shows it."""

    pk: int
    address: str
    """Of its page."""
    link: str
    """Where it is on its platform."""
    platform: str
    handle: str
    name: str
    departments: Sequence[Named]
    audiences: Sequence[str]
    audiences_by_default: bool
    markets: Sequence[str]
    markets_by_default: bool
    objectives: Sequence[str]
    status: str
    last_post_on: date | None
    is_silent: bool
    last_attested_on: date | None
    language: str
    has_contact: bool
    rhythm: str
    tags: Sequence[str]
    facts: Facts
    form: str
    """The address of its form, to which missing words lead; empty for readers."""

    @property
    def sentence(self) -> SafeString:
        return markup(sentence(self.facts), self.form)


Cell = Callable[[Row], str]


def plain(name: str) -> Cell:
    """A cell that shows a text as it is."""

    def cell(row: Row) -> str:
        return f"<td>{escape(getattr(row, name))}</td>"

    return cell


def tick(row: Row) -> str:
    return (
        f'<td class="choose"><input class="form-check-input" type="checkbox" name="account" value="{row.pk}"'
        f' aria-label="Choose {escape(row.handle)} on {escape(row.platform)}"></td>'
    )


def account(row: Row) -> str:
    name = f' <span class="muted">{escape(row.name)}</span>' if row.name else ""
    return f'<th scope="row" class="account"><a href="{row.address}">{escape(row.handle)}</a>{name}</th>'


def link(row: Row) -> str:
    """The account's own address; what is no web address stands as text."""
    shown = escape(row.link)
    if not row.link.startswith(("https://", "http://")):
        return f"<td>{shown}</td>"
    return f'<td><a href="{shown}" rel="noopener noreferrer">{shown}</a></td>'


def department(row: Row) -> str:
    links = [
        f'<a href="/departments/{side.slug}/" title="{escape(side.name)}">{escape(side.acronym or side.name)}</a>'
        for side in row.departments
    ]
    return f"<td>{', '.join(links) or NO_OWNER}</td>"


def audience(row: Row) -> str:
    return _names(row.audiences, row.audiences_by_default, NOBODY)


def market(row: Row) -> str:
    return _names(row.markets, row.markets_by_default, "everywhere")


def objective(row: Row) -> str:
    if not row.objectives:
        return f"<td>{NONE_YET}</td>"
    more = len(row.objectives) - 1
    also = f' <span class="muted">and {more} more</span>' if more else ""
    return f'<td class="objective">{escape(row.objectives[0])}{also}</td>'


def last_post(row: Row) -> str:
    if row.last_post_on is None:
        return UNKNOWN
    return f'<td class="num">{row.last_post_on:%-d %b %Y}{SILENT if row.is_silent else ""}</td>'


def attested(row: Row) -> str:
    return f'<td class="num">{row.last_attested_on:%-d %b %Y}</td>' if row.last_attested_on else NEVER


def contact(row: Row) -> str:
    """Whether there is one. Who it is stands on the account's page, for those who may know."""
    return f"<td>{'named' if row.has_contact else NOBODY}</td>"


def tags(row: Row) -> str:
    return "<td>" + " ".join(f'<span class="tag quiet">{escape(tag)}</span>' for tag in row.tags) + "</td>"


def _names(names: Sequence[str], by_default: bool, otherwise: str) -> str:
    if not names:
        return f"<td>{otherwise}</td>"
    return f"<td>{escape(', '.join(names))}{BY_DEFAULT if by_default else ''}</td>"
