"""Pieces of the report on paper: texts as long as there is room for, and figures that lead to their evidence."""

from typing import Any

from django.conf import settings
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils.http import urlencode

from orgmap.core.templatetags.figures import percent, state
from orgmap.reports.page import Room, Some
from orgmap.reports.templatetags.reports import weighed

Run = str | dict[str, Any]
"""A piece of a sentence: text, or a figure with the address of its evidence."""


class Evidence:
    """Where the evidence of a figure is: addresses that work from paper and from a file."""

    def __init__(self, pk: int, at: str) -> None:
        self.pk, self.at = pk, at

    def page(self, name: str, *args: str | int, **query: str) -> str:
        """A page of this report at its level."""
        address = reverse(f"reports:{name}", args=[self.pk, *args])
        return f"{settings.SITE_ADDRESS}{address}?{urlencode({'level': self.at, **query})}"

    def known(self, row: dict[str, Any]) -> str:
        """Where what the map knows, or does not, is listed."""
        return f"{settings.SITE_ADDRESS}{row['url']}"


def short(text: str, room: Room) -> str:
    """A name as long as there is room for."""
    return text if len(text) <= room.letters else f"{text[: room.letters - 1].rstrip()}…"


def listed(some: Some[str], room: Room, between: str = ", ") -> str:
    """Names, and how many more there are."""
    more = f" and {weighed(some.more)} more" if some.more else ""
    return between.join(short(name, room) for name in some.shown) + more


def fig(text: str, url: str, **more: Any) -> dict[str, Any]:
    """A figure that leads to its evidence."""
    return {"text": text, "url": url, **more}


def share(value: float | None, url: str) -> dict[str, Any] | None:
    """A share with its bar."""
    return None if value is None else fig(percent(value), url, share=value, state=state(value))


def called(some: Some[tuple[str, str]]) -> Some[str]:
    """Units by their names alone."""
    return Some([name for _, name in some.shown], some.more)


def more(count: int, noun: str, to: Evidence) -> list[Run]:
    """What of a list stands in the report only."""
    if count <= 0:
        return []
    return ["And ", fig(f"{weighed(count)} more {noun}{pluralize(count)}", to.page("report_detail")), " in the report."]
