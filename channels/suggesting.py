"""Suggestions between their records and their forms: the form of a field says what may be suggested, and writes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from channels import services
from channels.forms import AccountForm, DepartmentWordForm
from channels.models import Account, Suggestion
from channels.words import SUGGESTED, SUGGESTED_OF_DEPARTMENT
from departments.models import Department
from departments.services import change_department
from orgmap.core import edit_form
from orgmap.core.edit_form import EditForm, mark, seal
from orgmap.core.errors import DomainError
from orgmap.users.models import User

LABELS = {
    name: str(field.label or name.replace("_", " ").capitalize())
    for form in (AccountForm, DepartmentWordForm)
    for name, field in form.base_fields.items()
}


class NothingNew(DomainError):
    """The map says so already."""


class CannotAccept(DomainError):
    """What was suggested can't be written as it is."""


@dataclass(frozen=True)
class Shown:
    """A suggestion with what the field says now and, for those who answer it, the mark of that."""

    suggestion: Suggestion
    label: str
    now: str
    opened: str
    may_answer: bool


def fields_of(record: Account | Department) -> tuple[str, ...]:
    return SUGGESTED if isinstance(record, Account) else SUGGESTED_OF_DEPARTMENT


def labels_of(record: Account | Department) -> list[tuple[str, str]]:
    return [(name, LABELS[name]) for name in fields_of(record)]


def form_for(record: Any, field: str, data: Any = None, *, by: User | None = None) -> EditForm:
    """The form of one field. Without ``by`` it is for suggesting, so nobody's own side is asked for."""
    if isinstance(record, Account):
        return AccountForm(data, instance=record, by=by, only=(field,))
    return DepartmentWordForm(data, instance=record, only=field)


def send(*, by: User, record: Any, field: str, form: EditForm) -> Suggestion:
    """Suggest what the form says. Refuses what the map says already."""
    stands = type(record)._default_manager.get(pk=record.pk)  # the form has written on the one that it was given
    wanted, now = form.cleaned_data[field], form.stored_value(stands, field)
    if mark(wanted) == mark(now):
        raise NothingNew(f"That is what the map says already: {form.spoken(field, now)}. Write what it should say.")
    return services.suggest(
        by=by,
        field=field,
        typed=form.as_typed(field, wanted),
        said=form.spoken(field, wanted),
        before=form.spoken(field, now),
        note=form.cleaned_data["reason"],
        **about(record),
    )


def about(record: Account | Department) -> dict[str, Any]:
    return {"account": record} if isinstance(record, Account) else {"department": record}


def accept(*, by: User, suggestion: Suggestion, opened: str) -> None:
    """Write what was suggested, as the one who accepts it. ``opened`` marks what they saw stand there."""
    record: Any = suggestion.account or suggestion.department
    data = QueryDict(mutable=True)
    data.setlist(suggestion.field, suggestion.typed)
    data["opened"] = opened
    form = form_for(record, suggestion.field, data, by=by)

    def apply(reason: str) -> None:
        def write(locked: Any, changes: dict[str, Any]) -> None:
            if isinstance(record, Account):
                services.change_account(by=by, account=locked, version=None, reason=reason, **changes)
            else:
                change_department(by=by, department=locked, version=None, reason=reason, **changes)

        if not edit_form.save(form, type(record).objects.all(), write):
            if form.clashes:
                raise CannotAccept(
                    f"“{form.clashes[0].label}” was changed while you were reading: it says "
                    f"“{form.clashes[0].theirs}” now. Look at the suggestion again."
                )
            raise CannotAccept(" ".join(str(error) for errors in form.errors.values() for error in errors))

    services.accept_suggestion(by=by, suggestion=suggestion, now=timezone.now(), apply=apply)


def shown(suggestions: Iterable[Suggestion], user: User) -> list[Shown]:
    """Suggestions as a page shows them."""
    found = []
    for each in suggestions:
        record: Any = each.account or each.department
        form = form_for(record, each.field)
        now = form.stored_value(record, each.field)
        right = "channels.change_account" if each.account else "departments.change_department"
        found.append(
            Shown(
                each,
                LABELS.get(each.field, each.field),
                form.spoken(each.field, now),
                seal({each.field: now}),
                user.has_perm(right, record),
            )
        )
    return found
