"""Parts of the look that a template asks for by name: ``{% load look %}``."""

from datetime import datetime
from functools import cache

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select, Textarea
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@cache
def icon_names() -> frozenset[str]:
    """The names in the sprite."""
    sprite = (settings.BASE_DIR / "static" / "icons.svg").read_text()
    return frozenset(part.split('"', 1)[0] for part in sprite.split('<symbol id="')[1:])


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A small picture beside words; with ``label`` it stands alone and has that name for screen readers."""
    if name not in icon_names():
        raise template.TemplateSyntaxError(
            f"'{name}' is not in static/icons.svg. Add it to static/icons.mjs and run npm run icons."
        )
    spoken = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="icon" width="20" height="20" viewBox="0 0 24 24" fill="none" stroke="currentColor"'
        ' stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" focusable="false" {}>'
        '<use href="{}#{}"/></svg>',
        spoken,
        static("icons.svg"),
        name,
    )


@register.filter
def control(field: BoundField) -> SafeString:
    """A form field's input, dressed. Forms need no classes of their own."""
    widget = field.field.widget
    if isinstance(widget, CheckboxSelectMultiple | RadioSelect):
        return field.as_widget()
    if isinstance(widget, CheckboxInput):
        dress = "form-check-input"
    elif isinstance(widget, Select):
        dress = "form-select"
    else:
        dress = "form-control"
    attrs: dict[str, str | bool] = {"class": f"{dress} {widget.attrs.get('class', '')}".strip()}
    if isinstance(widget, Textarea) and widget.attrs.get("rows") == "10":
        attrs["rows"] = "4"  # Django's own ten are more than anybody writes here
    return field.as_widget(attrs=attrs)


@register.filter
def unprompted(field: BoundField) -> BoundField:
    """The field without the grey words that only repeat its label."""
    field.field.widget.attrs.pop("placeholder", None)
    return field


@register.filter
def is_check(field: BoundField) -> bool:
    """One box to tick, whose label stands behind it."""
    return isinstance(field.field.widget, CheckboxInput)


@register.inclusion_tag("core/_as_of.html")
def as_of(at: datetime | None, changes: int | None = None) -> dict[str, object]:
    """When the figures were computed and how much has changed since."""
    return {"at": at, "changes": changes}


@register.inclusion_tag("core/_pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page, target: str = "", noun: str = "rows") -> dict[str, object]:
    """Which part of a list this is, and the way to the others. ``target`` is the fragment that HTMX replaces."""
    return {
        "request": context["request"],
        "page": page,
        "numbers": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        "target": target,
        "noun": noun,
    }


@register.inclusion_tag("core/_sort_header.html", takes_context=True)
def sort_header(
    context: template.Context, label: str, key: str, target: str = "", numeric: bool = False, parameter: str = "sort"
) -> dict[str, object]:
    """A column's head that sorts by it: ``?sort=name``, and ``?sort=-name`` the second time."""
    request = context["request"]
    now = str(request.GET.get(parameter) or context.get("sort", ""))
    query = request.GET.copy()
    query.pop("page", None)
    query[parameter] = f"-{key}" if now == key else key
    direction = {key: "ascending", f"-{key}": "descending"}.get(now, "")
    return {
        "label": label,
        "href": f"?{query.urlencode()}",
        "direction": direction,
        "target": target,
        "numeric": numeric,
    }


@register.filter
def by_parts(address: str) -> SafeString:
    """An address that breaks after its slashes, not in the middle of a word."""
    parts = [f"{part}/" for part in address.split("/")]
    return format_html_join(SafeString("<wbr>"), "{}", [(part,) for part in [*parts[:-1], parts[-1][:-1]]])
