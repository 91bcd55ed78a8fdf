"""Asking for a right."""

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest


def demand(request: HttpRequest, right: str, record: Model | None = None) -> None:
    """403 with a sentence unless this person has the right."""
    if not request.user.has_perm(right, record):
        raise PermissionDenied("Your role does not allow this. Ask the social media lead.")
