"""The marks of the Flow lens: ``{% load flows %}``. There are hundreds of them, so they are written here."""

from functools import lru_cache
from urllib.parse import quote_plus

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

from orgmap.reports.map.choice import Choice
from orgmap.reports.map.flow import BOX, COLUMNS, UNSAID, Band, Box, count

register = template.Library()

ANCHORS = {"start": "", "end": mark_safe(' text-anchor="end"')}
AGAIN = mark_safe(' tabindex="-1" aria-hidden="true"')
FILTER = ("platform", "audience", "market", "benefit", "status", "of", "level")


def accounts_address(choice: Choice, *boxes: Box) -> str:
    """The accounts behind some boxes, under the same filter."""
    start, end = around(choice)
    said = "&".join([f"{COLUMNS[box.column]}_box={quote_plus(box.key or '-')}" for box in boxes])
    return f"{start}{said}{end}"


@lru_cache(maxsize=64)
def around(choice: Choice) -> tuple[str, str]:
    """What all addresses of a picture begin and end with: asked hundreds of times a picture."""
    said = urlencode([(key, value) for key in FILTER if (value := getattr(choice, key))])
    return f"{reverse('reports:flow_detail')}?", f"&{said}" if said else ""


def noun(value: float) -> str:
    return f"{count(value)} account{'' if count(value) == '1' else 's'}"


@register.simple_tag
def band_link(band: Band, choice: Choice) -> SafeString:
    """A band: opens its accounts."""
    address = accounts_address(choice, band.source, band.target)
    label = f"{band.source.name} to {band.target.name}: {noun(band.value)}"
    return format_html(
        '<a class="band division-{}" href="{}"><title>{}</title><path d="{}"/></a>',
        band.division,
        address,
        label,
        band.path,
    )


@register.simple_tag
def box_link(box: Box, choice: Choice) -> SafeString:
    """A box with its name: opens its accounts."""
    address = accounts_address(choice, box)
    words = format_html_join(
        "", '<text x="{}" y="{}"{}>{}</text>', [(box.label_x, y, ANCHORS[box.anchor], text) for text, y in box.words]
    )
    title = "" if box.is_again else format_html("<title>{}: {}</title>", box.name, noun(box.told))
    return format_html(
        '<a class="box division-{}{}" href="{}"{}>{}<rect x="{}" y="{}" width="{}" height="{}"/>{}</a>',
        box.division,
        " unsaid" if box.key == UNSAID else "",
        address,
        AGAIN if box.is_again else "",
        title,
        box.x,
        box.y,
        BOX,
        box.height,
        words,
    )


@register.simple_tag
def band_address(band: Band, choice: Choice) -> str:
    """The accounts of a band."""
    return accounts_address(choice, band.source, band.target)


@register.filter
def accounts(value: float) -> str:
    """Accounts as a number."""
    return count(value)
