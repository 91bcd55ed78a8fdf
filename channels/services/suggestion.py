"""Corrections that any reader suggests and the owner accepts or declines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from channels.models import Account, Suggestion
from departments.models import Department
from orgmap.core.editing import set_fields, take
from orgmap.core.errors import DomainError
from orgmap.history.services import because

if TYPE_CHECKING:
    from orgmap.users.models import User


class AlreadyAnswered(DomainError):
    """Somebody answered the suggestion first."""


@transaction.atomic
def suggest(
    *,
    by: User,
    account: Account | None = None,
    department: Department | None = None,
    field: str,
    typed: Sequence[str],
    said: str,
    before: str,
    note: str = "",
) -> Suggestion:
    """Suggest what a field should say. The same suggestion by the same person, still waiting, is kept once."""
    about = {"account": account, "department": department, "field": field, "by": by}
    with because(by=by):
        waiting = Suggestion.objects.filter(**about, state=Suggestion.State.WAITING).first()
        found = waiting or Suggestion(**about)
        found.typed, found.said, found.before, found.note = list(typed), said, before, note
        found.full_clean()
        found.save()
    return found


@transaction.atomic
def accept_suggestion(*, by: User, suggestion: Suggestion, now: datetime, apply: Callable[[str], object]) -> Suggestion:
    """Accept: ``apply`` writes it, with the reason that it is given, in the same transaction."""
    suggestion = waiting(suggestion)
    reason = f"suggested by {suggestion.by or 'somebody who is gone'}"
    if suggestion.note:
        reason += f": {suggestion.note}"
    with because(by=by, reason=reason[:200]):
        apply(reason[:200])
        answer(suggestion, by=by, now=now, state=Suggestion.State.ACCEPTED)
    return suggestion


@transaction.atomic
def decline_suggestion(*, by: User, suggestion: Suggestion, now: datetime, reason: str) -> Suggestion:
    """Decline, and say why."""
    suggestion = waiting(suggestion)
    with because(by=by, reason=reason):
        answer(suggestion, by=by, now=now, state=Suggestion.State.DECLINED, answer=reason)
    return suggestion


def waiting(suggestion: Suggestion) -> Suggestion:
    """The suggestion, locked, if nobody answered it yet."""
    suggestion = take(Suggestion.objects.select_related("by"), suggestion.pk, None)
    if suggestion.state != Suggestion.State.WAITING:
        raise AlreadyAnswered(
            f"This suggestion was {suggestion.get_state_display().lower()} already by {suggestion.answered_by}."
        )
    return suggestion


def answer(suggestion: Suggestion, *, by: User, now: datetime, state: str, answer: str = "") -> None:
    set_fields(suggestion, {"state": state, "answered_by": by, "answered_at": now, "answer": answer})
