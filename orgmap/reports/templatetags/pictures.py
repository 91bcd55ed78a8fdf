"""Small pictures beside the sentence that they show: ``{% load pictures %}``."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from orgmap.core.templatetags.figures import percent

register = template.Library()

WIDE, HIGH = 168, 12
SIDE, APART, IN_A_ROW = 22, 5, 5


@register.simple_tag
def steps(now: float | None, groups: Iterable[Mapping[str, Any]]) -> SafeString:
    """The index today, and what each proposed group would add to it."""
    at, parts, label = now or 0.0, [], f"{percent(now)} agreed today"
    for turn, group in enumerate(groups):
        parts.append((round(at * WIDE, 1), round(group["gain"] * WIDE, 1), HIGH, min(turn, 4)))
        at = group["alignment_after"]
    return format_html(
        '<svg class="index-steps" width="{}" height="{}" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        '<rect class="track" width="{}" height="{}"/><rect class="now" width="{}" height="{}"/>{}</svg>',
        *(WIDE, HIGH, WIDE, HIGH, f"{label}, {percent(at)} with these groups"),
        *(WIDE, HIGH, round((now or 0.0) * WIDE, 1), HIGH),
        format_html_join("", '<rect class="more" x="{}" width="{}" height="{}" data-turn="{}"/>', parts),
    )


@register.simple_tag
def squares(staffed: int, declared: int, gap: int) -> SafeString:
    """One square for each benefit: filled where it is staffed, struck where it is only wanted, else empty."""
    kinds = ["staffed"] * staffed + ["declared"] * declared + ["gap"] * gap
    step = SIDE + APART
    drawn = [(kind, at % IN_A_ROW * step + 1, at // IN_A_ROW * step + 1, SIDE) for at, kind in enumerate(kinds)]
    struck = [(x, y + SIDE, x + SIDE, y) for kind, x, y, _ in drawn if kind == "declared"]
    width, height = IN_A_ROW * step, -(-len(kinds) // IN_A_ROW) * step
    return format_html(
        '<svg class="squares" width="{}" height="{}" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}</svg>',
        *(width, height, width, height, f"{staffed} benefits are staffed, {declared} only wanted, {gap} open"),
        format_html_join("", '<rect class="{}" x="{}" y="{}" width="{}" height="22"/>', drawn),
        format_html_join("", '<line x1="{}" y1="{}" x2="{}" y2="{}"/>', struck),
    )
