"""Figures as words and small pictures: ``{% load figures %}``."""

from collections.abc import Sequence

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

THIN = "\u202f"
"""A narrow space that keeps figure and sign together."""

AGREED_FROM = 0.5
"""METHOD 1.4: from half on a pair counts as coordinated."""


@register.filter
def percent(share: float | None) -> str:
    """A share between 0 and 1 as whole percent; a dash when there is nothing to have a share of.

    Only nothing is 0 % and only everything is 100 %.
    """
    if share is None:
        return "–"
    whole = round(share * 100)
    if share > 0 and whole == 0:
        return f"under{THIN}1{THIN}%"
    if share < 1 and whole == 100:
        return f"over{THIN}99{THIN}%"
    return f"{whole}{THIN}%"


@register.filter
def state(share: float | None) -> str:
    """The word and class for a coverage: uncovered, partly or covered; nothing when there is nothing to cover."""
    if share is None:
        return "nothing"
    if share >= AGREED_FROM:
        return "covered"
    return "partly" if share >= AGREED_FROM / 2 else "uncovered"


@register.simple_tag
def figure(value: float | None, one: str = "", many: str = "", decimals: int = 0) -> SafeString:
    """A figure with thousands set apart and its unit; a dash when it isn't known."""
    if value is None:
        return SafeString('<span class="figure">– <span class="visually-hidden">not known</span></span>')
    unit = one if abs(value) == 1 else (many or one)
    number = number_format(value, decimal_pos=decimals, use_l10n=True, force_grouping=True)
    if not unit:
        return format_html('<span class="figure">{}</span>', number)
    return format_html('<span class="figure">{} <span class="unit">{}</span></span>', number, unit)


@register.simple_tag
def coverage(share: float | None, label: str = "covered by an agreement", width: int = 96) -> SafeString:
    """A bar with its covered part filled and the percentage beside it, so that it reads without colour."""
    if share is None:
        return SafeString('<span class="coverage nothing">nothing shared</span>')
    filled = round(min(max(share, 0), 1) * width, 1)
    return format_html(
        '<span class="coverage {state}"><svg width="{width}" height="10" viewBox="0 0 {width} 10" aria-hidden="true"'
        ' preserveAspectRatio="none"><rect class="track" width="{width}" height="10" rx="1"/>'
        '<rect class="fill" width="{filled}" height="10" rx="1"/>'
        '</svg><span class="percent">{percent}</span><span class="visually-hidden"> {label}</span></span>',
        state=state(share),
        width=width,
        filled=filled,
        percent=percent(share),
        label=label,
    )


@register.simple_tag
def sparkline(values: Sequence[float | None], label: str, width: int = 96, height: int = 24) -> SafeString:
    """A small line over time. ``label`` says in words what it shows; gaps stay gaps; the last point has a dot."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return format_html('<span class="muted small">{}</span>', label)
    low, high = min(known), max(known)
    span = (high - low) or 1
    step = width / (len(values) - 1)
    runs: list[list[str]] = [[]]
    last = (0.0, 0.0)
    for position, value in enumerate(values):
        if value is None:
            runs.append([])
            continue
        last = (round(position * step, 1), round(height - 3 - (value - low) / span * (height - 6), 1))
        runs[-1].append(f"{last[0]},{last[1]}")
    lines = format_html_join("", '<polyline points="{}"/>', ((" ".join(run),) for run in runs if run))
    return format_html(
        '<svg class="sparkline" width="{}" height="{}" viewBox="0 0 {} {}" role="img" aria-label="{}">{}'
        '<circle cx="{}" cy="{}" r="2.5"/></svg>',
        width,
        height,
        width,
        height,
        label,
        lines,
        *last,
    )
