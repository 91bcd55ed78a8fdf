"""A row of the directory and how each of its cells is written. Five hundred of them make a page, so they are plain."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

NOBODY = SafeString('<span class="missing">nobody yet</span>')
NO_OWNER = SafeString('<span class="missing">no owner</span>')
NONE_YET = SafeString('<span class="missing">none yet</span>')
UNKNOWN = SafeString('<td class="num"><span class="muted">unknown</span></td>')
NEVER = SafeString('<td class="num"><span class="muted">never</span></td>')
SILENT = SafeString(' <span class="tag partly">silent</span>')
BY_DEFAULT = SafeString(' <span class="muted">by default</span>')


@dataclass(frozen=True, slots=True)
class Named:
    """A department as a row names it."""

    pk: int
    name: str
    acronym: str
    slug: str


@dataclass(frozen=True, slots=True)
class Row:
    """One account as the directory shows it."""

    pk: int
    address: str
    """Of its page."""
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
    sentence: SafeString


Cell = Callable[[Row], SafeString]


def plain(name: str) -> Cell:
    """A cell that shows a text as it is."""

    def cell(row: Row) -> SafeString:
        return format_html("<td>{}</td>", getattr(row, name))

    return cell


def account(row: Row) -> SafeString:
    name = format_html(' <span class="muted">{}</span>', row.name) if row.name else ""
    return format_html('<th scope="row" class="account"><a href="{}">{}</a>{}</th>', row.address, row.handle, name)


def department(row: Row) -> SafeString:
    links = format_html_join(
        ", ",
        '<a href="/departments/{}/" title="{}">{}</a>',
        ((side.slug, side.name, side.acronym or side.name) for side in row.departments),
    )
    return format_html("<td>{}</td>", links or NO_OWNER)


def audience(row: Row) -> SafeString:
    return _names(row.audiences, row.audiences_by_default, NOBODY)


def market(row: Row) -> SafeString:
    return _names(row.markets, row.markets_by_default, SafeString("everywhere"))


def objective(row: Row) -> SafeString:
    if not row.objectives:
        return format_html("<td>{}</td>", NONE_YET)
    more = len(row.objectives) - 1
    also = format_html(' <span class="muted">and {} more</span>', more) if more else ""
    return format_html('<td class="objective">{}{}</td>', row.objectives[0], also)


def last_post(row: Row) -> SafeString:
    if row.last_post_on is None:
        return UNKNOWN
    return format_html('<td class="num">{}{}</td>', f"{row.last_post_on:%-d %b %Y}", SILENT if row.is_silent else "")


def attested(row: Row) -> SafeString:
    if row.last_attested_on is None:
        return NEVER
    return format_html('<td class="num">{}</td>', f"{row.last_attested_on:%-d %b %Y}")


def contact(row: Row) -> SafeString:
    """Whether there is one. Who it is stands on the account's page, for those who may know."""
    return format_html("<td>{}</td>", "named" if row.has_contact else NOBODY)


def tags(row: Row) -> SafeString:
    return format_html(
        "<td>{}</td>", format_html_join(" ", '<span class="tag quiet">{}</span>', ((tag,) for tag in row.tags))
    )


def _names(names: Sequence[str], by_default: bool, otherwise: SafeString) -> SafeString:
    if not names:
        return format_html("<td>{}</td>", otherwise)
    return format_html("<td>{}{}</td>", conditional_escape(", ".join(names)), BY_DEFAULT if by_default else "")
