"""Builders of records for tests: one function a noun, everything that a test does not name is made up."""

from collections.abc import Sequence
from datetime import date
from itertools import count
from typing import Any

from django.utils import timezone

from channels.models import Account, AccountDepartment, AccountRequest, Closing, ClosingStep, Finding, Platform
from channels.platforms import handle_key
from departments.models import (
    Audience,
    Benefit,
    Department,
    Market,
    Membership,
    Objective,
    ObjectiveDepartment,
    Tie,
    TieSide,
)
from orgmap.users.models import User

number = count(1)
PASSWORD = "a pass phrase for tests"


def user(role: str = "staff", *, head_of: Department | None = None, **fields: Any) -> User:
    """A person who may log in with PASSWORD; with ``head_of`` a department head."""
    person = User.objects.create_user(
        fields.pop("email", f"person{next(number)}@acme.example"),
        PASSWORD,
        role="head" if head_of else role,
        **fields,
    )
    if head_of:
        Membership.objects.create(user=person, department=head_of, role=Membership.Role.HEAD)
    return person


def department(name: str = "", *, parent: Department | None = None, **fields: Any) -> Department:
    n = next(number)
    return Department.objects.create(
        name=name or f"Department {n}", slug=fields.pop("slug", f"department-{n}"), parent=parent, **fields
    )


def platform(code: str = "x", name: str = "") -> Platform:
    return Platform.objects.get_or_create(code=code, defaults={"name": name or code.title()})[0]


def audience(code: str = "customers", **fields: Any) -> Audience:
    return Audience.objects.get_or_create(code=code, defaults={"name": code.title(), **fields})[0]


def market(code: str = "uk", **fields: Any) -> Market:
    return Market.objects.get_or_create(code=code, defaults={"name": code.upper(), **fields})[0]


def account(
    handle: str = "",
    *,
    departments: Sequence[Department] = (),
    platform: Platform | None = None,
    audiences: Sequence[Audience] = (),
    markets: Sequence[Market] = (),
    objectives: Sequence[Objective] = (),
    **fields: Any,
) -> Account:
    place = platform or Platform.objects.get_or_create(code="x", defaults={"name": "X"})[0]
    handle = handle or f"account{next(number)}"
    fields.setdefault("handle_key", handle_key(place.code, handle))
    made = Account.objects.create(platform=place, handle=handle, **fields)
    for position, side in enumerate(departments):
        AccountDepartment.objects.create(account=made, department=side, position=position)
    made.audiences.set(audiences)
    made.markets.set(markets)
    made.objectives.set(objectives)
    return made


def objective(
    statement: str = "",
    *,
    departments: Sequence[Department] = (),
    benefit: str = "B01",
    audiences: Sequence[Audience] = (),
    markets: Sequence[Market] = (),
    **fields: Any,
) -> Objective:
    made = Objective.objects.create(
        statement=statement or f"Objective {next(number)}",
        benefit=Benefit.objects.get(code=benefit),
        **fields,
    )
    for position, side in enumerate(departments):
        ObjectiveDepartment.objects.create(objective=made, department=side, position=position)
    made.audiences.set(audiences)
    made.markets.set(markets)
    return made


def tie(*departments: Department, kind: str = "hand_off", objectives: Sequence[Objective] = (), **fields: Any) -> Tie:
    """An active agreement that all sides have accepted, unless fields say otherwise."""
    status = fields.pop("status", "active")
    made = Tie.objects.create(
        kind=kind,
        title=fields.pop("title", f"Agreement {next(number)}"),
        ends_on=fields.pop("ends_on", date(2100, 1, 1)),
        status=status,
        **fields,
    )
    for position, side in enumerate(departments):
        TieSide.objects.create(
            tie=made, department=side, position=position, answer="accepted" if status == "active" else "waiting"
        )
    made.objectives.set(objectives)
    return made


def account_request(department: Department, **fields: Any) -> AccountRequest:
    """A new account that a department asks for."""
    n = next(number)
    said: dict[str, Any] = {
        "platform": Platform.objects.get_or_create(code="instagram", defaults={"name": "Instagram"})[0],
        "handle": f"wanted{n}",
        "says": "a day at work",
        "why_care": "it shows what we do",
        "language": "English",
        "why_none": "none of them speaks to graduates",
        "primary_admin": "Ann Lee",
        "backup_admin": "Bob Ray",
        "contact": "jobs@acme.example",
        "rhythm": "weekly",
        "hours": "Monday to Friday",
        "measure": "applications",
        "target": "40 a month",
        "starts_on": date(2026, 12, 1),
        "review_on": date(2027, 6, 1),
        "accepted_policy": True,
    }
    return AccountRequest.objects.create(department=department, **said | fields)


def finding(rule: str = "no-contact", *, account: Account | None = None, **fields: Any) -> Finding:
    """Something that the audit found today; of an account it concerns the account's departments."""
    sides = account.sides.order_by("position").values_list("department_id", flat=True) if account else ()
    today = timezone.localdate()
    told = {"concerns": list(sides), "first_seen": today, "since": today, **fields}
    return Finding.objects.create(rule=rule, account=account, **told)


def closing(account: Account, *, on: date = date(2100, 1, 1), **fields: Any) -> Closing:
    """A plan by which an account ends, with the steps that are named in ``steps`` (all)."""
    steps = fields.pop("steps", list(ClosingStep.Code))
    made = Closing.objects.create(account=account, on=on, **{"reason": "nobody reads it"} | fields)
    ClosingStep.objects.bulk_create(ClosingStep(closing=made, code=code, due_on=on) for code in steps)
    return made
