"""Ask for a new account, decide about it, open it, or join one that exists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from channels.letters import Letter, filled, letter_for, send_letter
from channels.models import Account, AccountRequest, RequestStep, Stage
from channels.policies import asking_departments
from channels.services.join import Joined, join_account
from channels.services.register import AlreadyOnTheMap, NotYours, register_account
from departments.answering import Answering
from departments.models import Audience, Department, Market
from departments.services.lists import set_list
from orgmap.core.editing import set_fields, take
from orgmap.core.errors import DomainError
from orgmap.history.services import because
from orgmap.users.models import Role, User
from orgmap.users.policies import is_lead
from orgmap.users.posting import still

if TYPE_CHECKING:
    from channels.registering import Reading

NEXT: dict[str, frozenset[str]] = {
    Stage.REQUESTED: frozenset(
        {Stage.IN_REVIEW, Stage.CHANGES_ASKED, Stage.APPROVED, Stage.DECLINED, Stage.JOINED, Stage.WITHDRAWN}
    ),
    Stage.IN_REVIEW: frozenset({Stage.CHANGES_ASKED, Stage.APPROVED, Stage.DECLINED, Stage.JOINED, Stage.WITHDRAWN}),
    Stage.CHANGES_ASKED: frozenset({Stage.REQUESTED, Stage.APPROVED, Stage.DECLINED, Stage.JOINED, Stage.WITHDRAWN}),
    Stage.APPROVED: frozenset({Stage.OPENED, Stage.CHANGES_ASKED, Stage.DECLINED, Stage.JOINED, Stage.WITHDRAWN}),
    Stage.DECLINED: frozenset({Stage.IN_REVIEW}),
    Stage.WITHDRAWN: frozenset({Stage.REQUESTED}),
}
"""To which stages a request can go from each. What is opened or joined is at its end."""
DECIDED = (Stage.IN_REVIEW, Stage.CHANGES_ASKED, Stage.APPROVED, Stage.DECLINED)
"""What the lead decides."""
CHANGEABLE = (Stage.REQUESTED, Stage.IN_REVIEW, Stage.CHANGES_ASKED)


class NotNow(DomainError):
    """The request stands where this cannot follow, or somebody was quicker."""


@transaction.atomic
def ask_for_account(
    *,
    by: User,
    department: Department,
    now: datetime,
    audiences: Iterable[Audience] = (),
    markets: Iterable[Market] = (),
    **fields: object,
) -> AccountRequest:
    """Ask for a new account; the leads are told."""
    refuse_foreign(by, department)
    with because(by=by):
        asked = AccountRequest(by=by, department=department, **fields)
        asked.process = asked.process or department.process
        refuse_known(asked)
        asked.full_clean()
        asked.save()
        set_list(asked.audiences, audiences)
        set_list(asked.markets, markets)
        step(asked, by=by, now=now, stage=Stage.REQUESTED, reason=asked.why_none)
    return asked


@transaction.atomic
def change_request(
    *,
    by: User,
    asked: AccountRequest,
    audiences: Iterable[Audience] | None = None,
    markets: Iterable[Market] | None = None,
    **fields: object,
) -> AccountRequest:
    """Say a request in other words, as long as nothing is decided."""
    with because(by=by):
        asked = take(AccountRequest.objects.all(), asked.pk, None)
        if asked.stage not in CHANGEABLE:
            raise NotNow(f"The request for {asked} is {asked.get_stage_display().lower()}: it stays as it was decided.")
        department = fields.get("department")
        if isinstance(department, Department) and department.pk != asked.department_id:
            refuse_foreign(by, department)
        set_fields(asked, fields)
        refuse_known(asked)
        for manager, wanted in ((asked.audiences, audiences), (asked.markets, markets)):
            if wanted is not None:
                set_list(manager, wanted)
    return asked


@transaction.atomic
def ask_again(*, by: User, asked: AccountRequest, now: datetime, reason: str = "") -> AccountRequest:
    """Ask again after a change, or after it was withdrawn."""
    with because(by=by, reason=reason[:200]):
        asked = at_stage(asked, Stage.REQUESTED)
        step(asked, by=by, now=now, stage=Stage.REQUESTED, reason=reason)
    return asked


@transaction.atomic
def decide_request(
    *, by: User, asked: AccountRequest, stage: str, reason: str, letter: Letter | None, now: datetime
) -> AccountRequest:
    """Take a request in review, ask for changes, approve or decline it. ``letter`` goes instead of the kept one."""
    if stage not in DECIDED:
        raise NotNow(f"“{stage}” is nothing that is decided about a request. Reload the page and choose again.")
    with because(by=by, reason=reason[:200]):
        asked = at_stage(asked, stage)
        step(asked, by=by, now=now, stage=stage, reason=reason, letter=letter)
    return asked


@transaction.atomic
def withdraw_request(*, by: User, asked: AccountRequest, now: datetime, reason: str = "") -> AccountRequest:
    """Say that the account is no longer wanted."""
    with because(by=by, reason=reason[:200]):
        asked = at_stage(asked, Stage.WITHDRAWN)
        step(asked, by=by, now=now, stage=Stage.WITHDRAWN, reason=reason)
    return asked


@transaction.atomic
def join_instead(
    *, by: User, asked: AccountRequest, account: Account, now: datetime, reason: str = ""
) -> tuple[AccountRequest, Joined]:
    """Run an account that exists together instead of opening the one that was asked for."""
    with because(by=by, reason=reason[:200]):
        asked = at_stage(asked, Stage.JOINED)
        how = join_account(by=by, account=account, department=asked.department, note=reason[:300])
        set_fields(asked, {"account": account})
        where = f"{asked.department} joins {account} on {account.platform}."
        step(asked, by=by, now=now, stage=Stage.JOINED, reason=f"{where} {reason}".strip())
    return asked, how


@transaction.atomic
def open_request(
    *, by: User, asked: AccountRequest, reading: Reading, address: str, status: str, now: datetime
) -> Account:
    """Put the approved account on the map with all that the request says; ``reading`` is its address in the end."""
    with because(by=by, reason=f"the request of {asked.created_at:%-d %B %Y}"):
        asked = at_stage(asked, Stage.OPENED)
        account = register_account(
            by=by,
            platform=reading.platform,
            handle=reading.handle,
            handle_key=reading.key,
            kind=reading.kind,
            address=address,
            departments=[asked.department],
            audiences=asked.audiences.all(),
            markets=asked.markets.all(),
            objectives=[asked.objective] if asked.objective else [],
            holders=[asked.primary_admin, asked.backup_admin],
            says=asked.says,
            why_care=asked.why_care,
            rhythm=asked.rhythm,
            language=asked.language,
            contact=asked.contact,
            notes=notes_of(asked),
            status=status,
            opened_on=localdate(now) if status == Account.Status.ACTIVE else None,
        )
        set_fields(asked, {"account": account})
        step(asked, by=by, now=now, stage=Stage.OPENED)
    return account


def notes_of(asked: AccountRequest) -> str:
    """What the request says that no field of an account holds."""
    return (
        f"Looked after: {asked.hours}. Success is measured by: {asked.measure}; enough would be: {asked.target}. "
        f"To be looked at again on {asked.review_on:%-d %B %Y}."
    )


def refuse_foreign(by: User, department: Department) -> None:
    if not is_lead(by) and department.pk not in asking_departments(by):
        raise NotYours(f"You have no seat in {department}. Ask for a department of yours.")


def refuse_known(asked: AccountRequest) -> None:
    """Nobody asks for what is there, or for what is asked for already."""
    known = Account.objects.filter(platform=asked.platform_id, handle__iexact=asked.handle).first()
    if known is not None:
        raise AlreadyOnTheMap(f"{known} on {known.platform} is on the map. Join it there, or choose another handle.")
    others = AccountRequest.objects.running().filter(platform=asked.platform_id, handle__iexact=asked.handle)
    other = others.exclude(pk=asked.pk).select_related("department").first()
    if other is not None:
        raise AlreadyOnTheMap(f"{other.department} asks for {other} already. Talk to them, or choose another handle.")


def at_stage(asked: AccountRequest, stage: str) -> AccountRequest:
    """The request, locked and moved to a stage, if it may go there from where it stands."""
    rows = AccountRequest.objects.select_related("platform", "department", "by", "objective")
    asked = take(rows, asked.pk, None)
    if stage not in NEXT.get(asked.stage, frozenset()):
        raise NotNow(
            f"The request for {asked} stands at “{asked.get_stage_display()}” now, so it cannot become "
            f"{Stage(stage).label.lower()}. Reload the page to see who was there first."
        )
    set_fields(asked, {"stage": stage})
    return asked


def step(
    asked: AccountRequest, *, by: User, now: datetime, stage: str, reason: str = "", letter: Letter | None = None
) -> RequestStep:
    """Keep the step, and write to whom it concerns."""
    gone = filled(letter or letter_for(f"request-{stage}"), names_for(asked, by, reason))
    told = send_letter(
        gone,
        to=[person for person in concerned(asked, stage) if person.pk != by.pk],
        kind=f"request-{stage}",
        link=path_of(asked),
        now=now,
        about=asked.pk,
    )
    return RequestStep.objects.create(
        request=asked,
        stage=stage,
        by=by,
        at=now,
        reason=reason[:500],
        subject=gone.subject if told else "",
        letter=gone.text if told else "",
        told=told,
    )


def names_for(asked: AccountRequest, by: User, reason: str) -> dict[str, str]:
    """What stands for the names in a letter about a request."""
    return {
        "account": f"{asked.handle} on {asked.platform}",
        "department": asked.department.name,
        "who": str(by),
        "reason": reason,
    }


def path_of(asked: AccountRequest) -> str:
    if asked.stage == Stage.OPENED and asked.account_id:
        return reverse("channels:account_detail", args=[asked.account_id])
    return reverse("reports:request_detail", args=[asked.pk])


def concerned(asked: AccountRequest, stage: str) -> list[User]:
    """To whom a step is told: whoever asked and answers for the department, the leads, or both."""
    theirs = [] if asked.by is None else [asked.by]
    theirs += Answering.now().people(asked.department_id)
    leads = list(User.objects.filter(role=Role.LEAD, is_active=True).order_by("pk"))
    people: Sequence[User] = {
        Stage.REQUESTED: leads,
        Stage.WITHDRAWN: leads,
        Stage.OPENED: [*theirs, *leads],
        Stage.JOINED: [*theirs, *leads],
    }.get(Stage(stage), theirs)
    return list({person.pk: person for person in people}.values())


def still_at(stage: Stage) -> Callable[[User, set[int]], set[int]]:
    """A letter that waits to be gathered goes only if the request still stands where it says."""

    def check(person: User, keys: set[int]) -> set[int]:
        return set(AccountRequest.objects.filter(pk__in=keys, stage=stage).values_list("pk", flat=True))

    return check


for each in (Stage.REQUESTED, Stage.IN_REVIEW, Stage.CHANGES_ASKED, Stage.APPROVED):
    still(f"request-{each}", still_at(each))
