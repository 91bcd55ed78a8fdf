"""What is not known yet about a department, each with the place where it can be said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from channels.models import Account
from channels.querysets import LACKS
from departments.models import Department

ACCOUNTS = {
    "objective": ("account serves no objective that runs", "accounts serve no objective that runs"),
    "audience": ("account does not say whom it is for", "accounts do not say whom they are for"),
    "confirmation": ("account was not confirmed within half a year", "accounts were not confirmed within half a year"),
}


@dataclass(frozen=True)
class Unknown:
    """One thing that nobody has said."""

    says: str
    url: str


@dataclass(frozen=True)
class Record:
    """How much of a department's record is there."""

    known: int
    asked: int
    unknown: list[Unknown]


def record_of(department: Department, profile: dict[str, Any], today: date) -> Record:
    """``profile`` is what the page shows already; only the accounts are asked for anew, with those below."""
    edit = reverse("departments:department_edit", args=[department.slug])
    roles = {membership.role for membership in profile["people"]}
    has_account = bool(profile["account_count"] or department.no_account_reason)
    questions = [
        (bool(department.purpose), "what it is there for", f"{edit}#id_purpose"),
        (bool(department.process), "what kind of work it does", f"{edit}#id_process"),
        ("head" in roles, "who heads it", f"{edit}#id_head"),
        ("deputy" in roles, "who deputises", f"{edit}#id_deputy"),
        (bool(profile["default_audiences"]), "to whom it usually speaks", f"{edit}#id_default_audiences"),
        (has_account, "an account, or why it runs none", f"{edit}#id_no_account_reason"),
        (bool(profile["objectives"]), "an objective", reverse("departments:objective_new")),
    ]
    unknown = [Unknown(says, url) for known, says, url in questions if not known]
    return Record(len(questions) - len(unknown), len(questions), unknown + lacking(department, today))


def lacking(department: Department, today: date) -> list[Unknown]:
    """What accounts of this department, and of those below, do not say."""
    below = list(Department.objects.below(department.pk).values_list("pk", flat=True))
    accounts = Account.objects.running().run_by(below)
    found = []
    for key, says in ACCOUNTS.items():
        count = LACKS[key](accounts, today).count()
        if count:
            directory = f"{reverse('channels:account_list')}?department={department.slug}"
            address = f"{directory}&missing={key}&status=active&status=dormant"
            found.append(Unknown(f"{count} {says[count != 1]}", address))
    return found
