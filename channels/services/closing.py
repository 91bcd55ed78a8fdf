"""Close an account by a plan: told beforehand, handed back, its handle kept and looked at from time to time."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from channels.models import Account, Closing, ClosingStep, HandleCheck
from channels.services.account import CannotRetire, retire_account, revive_account
from channels.services.closing_letters import DAYS_BEFORE, left_of, people_of, write, write_of_handle
from channels.services.holder import release_holder
from orgmap.core.editing import set_fields, take
from orgmap.core.errors import DomainError
from orgmap.core.words import sentence_list
from orgmap.history.services import because

if TYPE_CHECKING:
    from orgmap.users.models import User

Code, State = ClosingStep.Code, Closing.State


class CannotClose(DomainError):
    """Something is still to be done, or it is over already."""


@transaction.atomic
def plan_closing(
    *,
    by: User,
    account: Account,
    on: date,
    reason: str,
    today: date,
    now: datetime,
    successor: Account | None = None,
    turn_to: str = "",
) -> Closing:
    """Plan the end of an account, or change the plan. A notice whose day has passed is not asked for any more."""
    with because(by=by, reason=reason):
        account = take(Account.objects.select_related("platform"), account.pk, None)
        if account.status == Account.Status.RETIRED:
            raise CannotClose(f"{account} is retired already. Reload the page to see by whom.")
        if on < today:
            raise CannotClose(f"{on:%-d %B %Y} has passed. Choose today or a later day.")
        refuse_follower(account, successor)
        said: dict[str, object] = {"on": on, "reason": reason, "successor": successor, "turn_to": turn_to}
        closing = Closing.objects.filter(account=account, state=State.PLANNED).first()
        if closing is None:
            closing = Closing(account=account, by=by, **said)
            closing.full_clean()
            closing.save()
            lay_out(closing, by, today)
            write(closing, "planned", by=by, now=now)
        else:
            set_fields(closing, said)
            lay_out(closing, by, today)
    return closing


def refuse_follower(account: Account, successor: Account | None) -> None:
    if successor is not None and successor.pk == account.pk:
        raise CannotRetire(f"{account} cannot follow itself. Name another account, or none.")
    if successor is not None and successor.status == Account.Status.RETIRED:
        raise CannotRetire(f"{successor} is retired itself. Name an account that runs, or none.")


def lay_out(closing: Closing, by: User, today: date) -> None:
    """The steps with the days on which they are due. What is done stays done; a successor that is named is a step."""
    known = {step.code: step for step in closing.steps.all()}
    named = bool(closing.successor_id or closing.turn_to)
    for code in Code:
        due = closing.on - timedelta(DAYS_BEFORE.get(code, 0))
        step = known.get(code)
        if step is None:
            if code in DAYS_BEFORE and due < today:
                continue
            step = ClosingStep(closing=closing, code=code)
        elif code in DAYS_BEFORE and due < today and step.done_on is None:
            step.delete()
            continue
        if code != Code.SUCCESSOR:
            step.due_on = due
        elif step.pk is None:
            step.due_on = today
        if code == Code.SUCCESSOR and named != (step.done_on is not None):
            step.done_on, step.done_by = (today, by) if named else (None, None)
        step.save()


@transaction.atomic
def tick_step(*, by: User, closing: Closing, code: str, on: date, note: str = "") -> ClosingStep:
    """Say that something on the list is done."""
    with because(by=by):
        step = open_step(closing, code)
        if step.done_on is not None:
            raise CannotClose(f"“{step}” was ticked already, by {step.done_by or 'somebody who is gone'}.")
        step.done_on, step.done_by, step.note = on, by, note
        step.full_clean()
        step.save(update_fields=["done_on", "done_by", "note"])
    return step


@transaction.atomic
def untick_step(*, by: User, closing: Closing, code: str) -> ClosingStep:
    """Say that something on the list is not done after all."""
    with because(by=by):
        step = open_step(closing, code)
        step.done_on, step.done_by, step.note = None, None, ""
        step.save(update_fields=["done_on", "done_by", "note"])
    return step


def open_step(closing: Closing, code: str) -> ClosingStep:
    planned(closing)
    step = closing.steps.select_related("done_by").filter(code=code).first()
    if step is None:
        raise CannotClose("That is not on the list of this account. Reload the page to see what is.")
    return step


def planned(closing: Closing) -> Closing:
    """The closing, locked, if it is under way."""
    closing = take(Closing.objects.select_related("account__platform", "successor"), closing.pk, None)
    if closing.state != State.PLANNED:
        raise CannotClose(
            f"It was {closing.get_state_display().lower()} on {closing.ended_on:%-d %B %Y}. Reload the page."
        )
    return closing


@transaction.atomic
def finish_closing(*, by: User, closing: Closing, today: date, now: datetime) -> Account:
    """Close the account: it is retired, and whoever held its keys no longer does. Refused while something is left."""
    with because(by=by, reason=closing.reason):
        closing = planned(closing)
        if today < closing.on:
            raise CannotClose(
                f"{closing.account} closes on {closing.on:%-d %B %Y}, as its readers were told. Choose another day "
                "to close it earlier."
            )
        if missing := [f"“{step}”" for step in left_of(closing)]:
            raise CannotClose(
                f"{closing.account} cannot be closed yet: tick {sentence_list(missing, last='and')} first."
            )
        keepers = people_of(closing.account)
        account = retire_account(
            by=by, account=closing.account, on=today, reason=closing.reason, successor=closing.successor
        )
        for holder in account.holders.filter(left_on=None).order_by("pk"):
            release_holder(by=by, holder=holder, on=today)
        set_fields(closing, {"state": State.CLOSED, "ended_on": today})
        write(closing, "closed", by=by, now=now, to=keepers)
    return account


@transaction.atomic
def cancel_closing(*, by: User, closing: Closing, reason: str, today: date, now: datetime) -> Closing:
    """Call it off; an account that was closed by it runs again. Holders have to be named anew."""
    with because(by=by, reason=reason[:200]):
        closing = take(Closing.objects.select_related("account__platform", "successor"), closing.pk, None)
        if closing.state == State.CANCELLED:
            raise CannotClose("It was called off already. Reload the page.")
        if closing.account.status == Account.Status.RETIRED:
            if closing.state != State.CLOSED:
                raise CannotClose(f"{closing.account} was retired by other means. Bring it back on its own page.")
            revive_account(by=by, account=closing.account, reason=reason[:200])
        elif closing.state == State.CLOSED:
            raise CannotClose(f"{closing.account} runs again already. There is nothing to call off.")
        set_fields(closing, {"state": State.CANCELLED, "ended_on": today})
        write(closing, "cancelled", by=by, now=now, reason=reason)
    return closing


@transaction.atomic
def look_at_handle(
    *, by: User, account: Account, on: date, seen: str, note: str = "", today: date, now: datetime
) -> HandleCheck:
    """Note what somebody saw at the handle of a closed account; when it is no longer ours, people are told."""
    with because(by=by):
        account = take(Account.objects.select_related("platform"), account.pk, None)
        if account.status != Account.Status.RETIRED:
            raise CannotClose(
                f"{account} runs, so its page is looked at every day. Handles of closed accounts are checked."
            )
        if on > today:
            raise CannotClose(f"{on:%-d %B %Y} is still to come. Say on which day you looked.")
        if account.retired_on is not None and on < account.retired_on:
            raise CannotClose(f"It ran until {account.retired_on:%-d %B %Y}. Say what you saw since.")
        check = HandleCheck(account=account, on=on, by=by, seen=seen, note=note)
        check.full_clean()
        check.save()
        if seen in {HandleCheck.Seen.FREE, HandleCheck.Seen.TAKEN}:
            write_of_handle(check, by=by, now=now)
    return check
