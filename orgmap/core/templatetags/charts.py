"""Small charts drawn by the server: ``{% load charts %}``. Each stands beside a table that says the same."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

WIDTH, HEIGHT = 360, 150
LEFT, RIGHT, TOP, BOTTOM = 8, 64, 16, 24
"""The room around the drawing: to the right for the names of its lines, below for the days."""


@register.simple_tag
def check_in_chart(entries: Sequence[Any], baseline: float | None, target: float | None, unit: str = "") -> SafeString:
    """Values over time between where they began and where they should go. entries: with `on` and `value`, by day."""
    values = [float(entry.value) for entry in entries]
    levels = [(name, float(level)) for name, level in (("target", target), ("began", baseline)) if level is not None]
    known = [*values, *(level for _, level in levels)]
    low, span = min(known), (max(known) - min(known)) or 1.0
    first, days = entries[0].on, max((entries[-1].on - entries[0].on).days, 1)

    def across(day: Any) -> float:
        return round(LEFT + (day - first).days / days * (WIDTH - LEFT - RIGHT), 1)

    def down(value: float) -> float:
        return round(HEIGHT - BOTTOM - (value - low) / span * (HEIGHT - TOP - BOTTOM), 1)

    points = [(across(entry.on), down(float(entry.value)), entry) for entry in entries]
    return format_html(
        '<svg class="chart" viewBox="0 0 {width} {height}" role="img" aria-label="{label}">{levels}'
        '<polyline class="line" points="{line}"/>{dots}{days}</svg>',
        width=WIDTH,
        height=HEIGHT,
        label=in_words(entries, levels, unit),
        levels=format_html_join("", LEVEL, ((*drawn, name) for drawn, name in placed(levels, down))),
        line=" ".join(f"{x},{y}" for x, y, _ in points),
        dots=format_html_join(
            "",
            '<circle cx="{}" cy="{}" r="3"><title>{}: {}</title></circle>',
            ((x, y, date_format(entry.on), plain(float(entry.value))) for x, y, entry in points),
        ),
        days=format_html_join("", '<text x="{}" y="{}" text-anchor="{}">{}</text>', days_below(entries, WIDTH - RIGHT)),
    )


LEVEL = '<line class="level {3}" x1="{0}" x2="{1}" y1="{2}" y2="{2}"/><text class="{3}" x="{4}" y="{5}">{6}</text>'


def placed(levels: Sequence[tuple[str, float]], down: Any) -> list[tuple[tuple[Any, ...], str]]:
    """The lines of target and beginning with their names at the right edge, kept apart where they would touch."""
    found, taken = [], -100.0
    for name, level in sorted(levels, key=lambda each: -each[1]):
        y = down(level)
        text = max(y + 4, taken + 13)
        taken = text
        found.append(((LEFT, WIDTH - RIGHT, y, name, WIDTH - RIGHT + 6, text), f"{name} {plain(level)}"))
    return found


def days_below(entries: Sequence[Any], right: int) -> list[tuple[int, int, str, str]]:
    """The first and the last day under the line."""
    first = (LEFT, HEIGHT - 6, "start", date_format(entries[0].on, "j M Y"))
    last = (right, HEIGHT - 6, "end", date_format(entries[-1].on, "j M Y"))
    return [first] if len(entries) < 2 else [first, last]


def in_words(entries: Sequence[Any], levels: Sequence[tuple[str, float]], unit: str) -> str:
    """What the chart shows, for those who do not see it."""
    behind = f" {unit}" if unit else ""
    first, last = entries[0], entries[-1]
    told = f"{plain(float(first.value))}{behind} on {date_format(first.on)}"
    if len(entries) > 1:
        told = f"From {told} to {plain(float(last.value))} on {date_format(last.on)}"
    aim = "".join(f"; {name} {plain(level)}" for name, level in levels)
    return f"{told}{aim}. The table below has every value."


def plain(value: float) -> str:
    """A number as short as it is."""
    places = 0 if value == int(value) else 1 if round(value, 1) == round(value, 4) else 2
    return number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)
