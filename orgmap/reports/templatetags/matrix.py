"""The squares of the Matrix lens: ``{% load matrix %}``. There are hundreds of them, so they are written here."""

from collections.abc import Sequence

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from orgmap.core.templatetags.figures import THIN, percent, state
from orgmap.reports.map.matrix import Cell, Place, Spot
from orgmap.reports.map.matrix_narrow import Line
from orgmap.reports.templatetags.reports import weighed

register = template.Library()


@register.filter
def tight(share: float | None) -> str:
    """A share in as little room as a square has."""
    return percent(share).replace(f"under{THIN}", "<").replace(f"over{THIN}", ">")


NONE = '<td class="none"><span class="visually-hidden">do not meet</span></td>'
RELATED = (
    '<td class="related"><span aria-hidden="true">·</span>'
    '<span class="visually-hidden">one is part of the other</span></td>'
)
BLANK = '<td class="blank"><span class="visually-hidden">nothing</span></td>'


@register.simple_tag
def squares_of(cells: Sequence[Cell], report: int, at: str) -> SafeString:
    """The squares of a unit with those before it, each leading to the pair. Their sides are classes: s7 to s30."""
    pairs = reverse("reports:pair_list", args=[report])
    told = [
        RELATED
        if cell.kind == "related"
        else NONE
        if cell.kind != "pair"
        else format_html(
            '<td class="{}"><a href="{}{}/{}/?level={}" aria-label="{}"><b class="s{}"></b>{}</a></td>',
            state(cell.coverage), pairs, cell.a, cell.b, at, cell.label, round(cell.side), tight(cell.coverage),
        )
        for cell in cells
    ]  # fmt: skip
    return mark_safe("".join(told))  # noqa: S308 - every cell is escaped


@register.simple_tag
def spots(row: Place, found: Sequence[Spot | None], columns: Sequence[tuple[str, str]], address: str) -> SafeString:
    """The squares of a unit, each leading to the places behind it. address: ends where the code of the word follows."""
    cells = [
        BLANK
        if spot is None
        else format_html(
            '<td class="{}"><a href="{}{}" aria-label="{}, {}: {} places, {} agreed"><svg viewBox="0 0 30 30">'
            '<rect class="fill" x="{}" y="{}" width="{}" height="{}"/></svg>'
            "<span>{}</span></a></td>",
            state(spot.coverage),
            address,
            spot.code,
            row.name,
            name,
            weighed(spot.held),
            percent(spot.coverage),
            spot.offset,
            spot.offset,
            spot.side,
            spot.side,
            weighed(spot.held) if spot.coverage is None else tight(spot.coverage),
        )
        for spot, (_, name) in zip(found, columns, strict=True)
    ]
    return mark_safe("".join(cells))  # noqa: S308 - every cell is escaped


@register.simple_tag
def squares_beside(line: Line) -> SafeString:
    """The largest squares of a unit, side by side."""
    return format_html_join(
        "", '<b class="{} s{}"></b>', ((state(one.coverage), round(one.side)) for one in line.squares)
    )


@register.simple_tag
def squares_below(line: Line, start: str, end: str = "") -> SafeString:
    """The same as rows: what each is, how much of it is agreed, each leading to it. start, end: of its address."""
    rows = [
        format_html(
            '<li><a href="{}{}{}"><b class="{} s{}"></b>{}</a><small>{} place{}</small><span>{}</span></li>',
            start, one.path, end, state(one.coverage), round(one.side), one.name,
            weighed(one.weight), "" if one.weight == 1 else "s", percent(one.coverage),
        )
        for one in line.squares
    ]  # fmt: skip
    return mark_safe("".join(rows))  # noqa: S308 - every row is escaped
