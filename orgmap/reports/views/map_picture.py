"""A picture of the map as a file."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.safestring import SafeString

from orgmap.reports.map import chart, lettering, standalone
from orgmap.users.requests import Request

ABOVE = 106
"""So much room, in pixels, such a picture has for its words: what it shows, of when, and how to read it."""
LEGENDS = {
    "network": "A dot is as large as the places where it meets people. Red: they meet the same people and have agreed "
    "too little, the wider the more of it. Green: they have agreed. Dashed: proposed.",
    "flow": "Each band is accounts, in the colour of the division that most of it comes from. Hatched: what they do "
    "not say.",
    "matrix": "Each square is as large as what it shares. Red: little or nothing of it is agreed; brown: a part; "
    "green: at least half. Hatched: they do not meet.",
}


SMALL, LINE = 13, 900
"""The legend's letters and the room of its two lines: fonts differ from program to program."""


def download(request: Request, context: dict[str, Any]) -> HttpResponse:
    """The picture as a file of its own, in the colours of paper, with its words; its links lead to us from anywhere."""
    choice, snapshot = context["choice"], context["snapshot"]
    inside = f", inside {context['inside'].name}" if context["inside"] else ""
    title = "Who says it where, to whom, and why" if choice.lens == "flow" else "Who meets the same people"
    said = [settings.ORGANISATION_NAME, date_format(snapshot.as_of, "j F Y"), context["level_name"]]
    said += [f"{chip['label']}: {chip['value']}" for chip in context["chips"]]
    drawn = {
        "style": SafeString(standalone.style()),
        "caption": {
            "title": title + inside,
            "said": " · ".join(part for part in said if part),
            "legend": lettering.lines(LEGENDS[choice.lens], SMALL, LINE),
        },
        "above": -ABOVE,
        "room": ABOVE,
        "chart": charted(context),
    }
    answer = render(request, "reports/map_picture.svg", context | drawn, content_type="image/svg+xml")
    answer.content = standalone.absolute(answer.content, settings.SITE_ADDRESS, request.path)
    answer["Content-Disposition"] = f'attachment; filename="orgmap-{choice.lens}.svg"'
    return answer


def charted(context: dict[str, Any]) -> chart.Chart | None:
    """The Matrix lens as a picture: on the page it is a table."""
    if context.get("against"):
        return chart.of_against(context["against"], [name for _, name in context["columns"]])
    return chart.of_matrix(context["matrix"]) if context.get("matrix") else None
