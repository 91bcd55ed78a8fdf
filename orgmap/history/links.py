"""The way back, beside the sentence that says what was done."""

from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString


def with_way_back(told: str, action: UUID) -> SafeString:
    """A sentence for the message after an action, with the link to the page that shows and undoes all of it."""
    return format_html(
        '{} <a class="link" href="{}">See all of it, or undo it</a>',
        told,
        reverse("reports:action_detail", args=[action]),
    )
