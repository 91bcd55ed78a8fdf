"""Small words of the report: ``{% load reports %}``."""

from collections.abc import Mapping
from datetime import date

from django import template
from django.urls import reverse
from django.utils.formats import date_format, number_format

from orgmap.core.templatetags.figures import THIN
from orgmap.reports import words
from orgmap.reports.map.choice import Choice

register = template.Library()

MINUS = "\u2212"


@register.filter
def points(share: float | None) -> str:
    """A difference of two shares in points and tenths, with its sign, so that parts add up to their whole."""
    if share is None:
        return "–"
    tenths = round(share * 1000)
    if not tenths:
        return "±0"
    sign = "+" if tenths > 0 else MINUS
    return sign + number_format(abs(tenths) / 10, decimal_pos=1 if tenths % 10 else 0)


@register.filter
def stands_still(trend: Mapping[str, float | None]) -> bool:
    """Whether neither an index nor one of the two parts of its change moved by a tenth of a point."""
    return {points(trend[part]) for part in ("change", "agreements", "map_changed")} == {points(0)}


@register.filter
def percent_fine(share: float | None) -> str:
    """A share in percent with one decimal, for comparing two that are near each other."""
    return "–" if share is None else f"{number_format(share * 100, decimal_pos=1)}{THIN}%"


@register.filter
def points_fine(share: float | None) -> str:
    """A difference of two such shares in points."""
    if share is None:
        return "–"
    tenths = round(share * 1000)
    if not tenths:
        return "±0" if not share else f"{'up' if share > 0 else 'down'} by under 0.1\u00a0points"
    sign = "+" if tenths > 0 else MINUS
    return f"{sign}{number_format(abs(tenths) / 10, decimal_pos=1)}\u00a0points"


@register.filter
def several(level_name: str) -> str:
    """The units of a level as a sentence has them."""
    return words.several(level_name)


@register.filter
def weighed(value: float) -> str:
    """A sum of weights: whole where it is, else with one decimal."""
    return number_format(value, decimal_pos=0 if float(value).is_integer() else 1, use_l10n=True, force_grouping=True)


@register.filter
def lookup(table: dict[str, object], key: str) -> object:
    """The value of a key that a variable holds."""
    return table.get(key, "")


@register.filter
def iso_day(day: str) -> str:
    """A day that a row keeps as text, as people write it."""
    return date_format(date.fromisoformat(day))


@register.simple_tag
def map_address(choice: Choice, **changes: str) -> str:
    """The address of the map with a part of the choice changed."""
    return reverse("reports:map") + choice.address(**changes)
