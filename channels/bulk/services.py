"""Making, applying and taking back a change of many accounts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from channels.bulk import holders
from channels.bulk.standing import as_the_activity_says
from channels.bulk.statements import differing, fetched, is_number, statements
from channels.models import Account, BulkChange
from departments.policies import answered_departments
from orgmap.core.alone import alone
from orgmap.core.errors import DomainError
from orgmap.history.services import because, undo_action, within
from orgmap.users.models import User
from orgmap.users.policies import is_lead

BATCH = 2_000
"""So many accounts are looked at in one transaction: nobody who edits one of them waits longer than that takes."""
AT_ONCE = 200
"""Up to so many accounts are changed while the person waits; more are a worker's."""
LOCK = 0x6D616E79
DRAFTS_KEPT = timedelta(days=7)
State = BulkChange.State


class NothingChosen(DomainError):
    """No account was chosen, or none that this person may change."""


class NotWaiting(DomainError):
    """It was applied or taken back already."""


@transaction.atomic
def start_bulk(*, by: User, what: str, accounts: Sequence[int]) -> BulkChange:
    """Note which accounts somebody wants to change. Of a head's choice only what their departments run is taken."""
    mine = Account.objects.filter(pk__in=Account.objects.among(accounts).values("pk"))
    if not is_lead(by):
        mine = mine.run_by(list(answered_departments(by)))
    pks = list(mine.order_by("pk").values_list("pk", flat=True))
    if not pks:
        raise NothingChosen(
            "None of the chosen accounts is run by a department that you answer for. Choose others."
            if accounts
            else "No account was chosen. Tick some in the list, then say what to set."
        )
    BulkChange.objects.filter(state=State.DRAFT, created_at__lt=timezone.now() - DRAFTS_KEPT).delete()
    return BulkChange.objects.create(
        by=by, what=what, accounts=pks, total=len(pks), left_out=len(set(accounts)) - len(pks)
    )


@transaction.atomic
def describe_bulk(
    *, change: BulkChange, how: str, value: str, label: str, reason: str, person: dict[str, Any] | None = None
) -> None:
    """Say what is to be set, and why. Until it is applied it can be said anew. person: of a holder, who it is."""
    said = BulkChange.objects.filter(pk=change.pk, state=State.DRAFT)
    if not said.update(how=how, value=value, label=label[:300], reason=reason, person=person or {}):
        raise NotWaiting("This change was applied already. Choose the accounts again for another one.")


@transaction.atomic
def ask_to_apply(*, change: BulkChange) -> None:
    """Let the change go ahead. Nobody is named as a holder who may not sign in any more."""
    if change.person.get("user") and not User.objects.filter(pk=change.person["user"], is_active=True).exists():
        raise NotWaiting(f"{change.label} may no longer sign in here. Name somebody else, then apply it.")
    if not BulkChange.objects.filter(pk=change.pk, state=State.DRAFT).exclude(value="").update(state=State.WAITING):
        raise NotWaiting("There is nothing to apply: say first what to set, or see below what became of it.")


@transaction.atomic
def ask_to_undo(*, change: BulkChange, by: User, rest: bool) -> None:
    """Let the change be taken back; with ``rest`` what was changed since stays and everything else goes back."""
    now = BulkChange.objects.select_for_update(of=("self",)).defer("accounts").get(pk=change.pk)
    as_the_activity_says([now])
    if now.state not in {State.DONE, State.FAILED}:
        raise NotWaiting("There is nothing to take back. See below what became of it.")
    BulkChange.objects.filter(pk=change.pk).update(state=State.UNDOING, undone_by=by, rest=rest, error="")


def go_on(*, change_id: int, today: date) -> None:
    """Do what is left to do. One worker at a time does; safe to run again after any interruption."""
    with alone(LOCK, change_id) as mine:
        if not mine:
            return
        BulkChange.objects.filter(pk=change_id, state=State.WAITING).update(state=State.RUNNING)
        while step(change_id, today):
            pass
        if BulkChange.objects.filter(pk=change_id, state=State.UNDOING).exists():
            take_back(change_id)


def step(change_id: int, today: date) -> bool:
    """Change one batch and say so, in one transaction. False when there is no more to do."""
    try:
        with transaction.atomic():
            return batch(change_id, today)
    except (DomainError, IntegrityError) as error:
        stop(change_id, State.FAILED, str(error).partition("\n")[0])
        return False


def batch(change_id: int, today: date) -> bool:
    changes = BulkChange.objects.select_for_update(of=("self",)).select_related("by").defer("accounts")
    change = changes.get(pk=change_id)
    if change.state != State.RUNNING:
        return False
    start, end = change.position, min(change.position + BATCH, change.total)
    if start >= change.total:
        change.state, change.finished_at = State.DONE, timezone.now()
        change.save(update_fields=["state", "finished_at"])
        return False
    ids = fetched(
        "SELECT accounts[%(start)s:%(end)s] FROM channels_bulkchange WHERE id = %(pk)s",
        {"start": start + 1, "end": end, "pk": change_id},
    )[0][0]
    chosen = len(ids)
    own = Account.objects.filter(pk__in=ids)
    if not is_lead(change.by):
        own = own.run_by(list(answered_departments(change.by)))
    ids = list(own.values_list("pk", flat=True))
    retired = number_of_retired(change, ids)
    changed = write(change, ids, today)
    change.position, change.changed = end, change.changed + changed
    for why, count in (("away", chosen - len(ids)), ("retired", retired)):
        change.left[why] = change.left.get(why, 0) + count
    change.save(update_fields=["position", "changed", "left"])
    return True


def number_of_retired(change: BulkChange, ids: list[int]) -> int:
    """How many of these get no holder because they are retired."""
    if change.what != BulkChange.What.HOLDER:
        return 0
    return int(fetched(holders.retired(change.how), {**holders.told(change.person), "ids": ids})[0][0])


def write(change: BulkChange, ids: list[int], today: date) -> int:
    """Set the word on those of these accounts that have it otherwise. How many they were."""
    told = {
        **holders.told(change.person),
        "value": int(change.value) if is_number(change.what) else change.value,
        "today": today,
        "reason": change.reason,
    }
    ids = [pk for (pk,) in fetched(differing(change.what, change.how), {**told, "ids": ids})]
    if ids:
        with because(by=change.by, reason=reason_of(change)), within(change.action), connection.cursor() as cursor:
            for statement in statements(change.what, change.how):
                cursor.execute(statement, {**told, "ids": ids})
    return len(ids)


def reason_of(change: BulkChange) -> str:
    """What stands beside each account's entry in the activity. Not all who read that may know people and contacts."""
    kept = {BulkChange.What.CONTACT: "Set the contact", BulkChange.What.HOLDER: "Name a holder"}
    what = kept.get(BulkChange.What(change.what), change)
    return f"{what} on {change.total:,} account{'' if change.total == 1 else 's'}" + (
        f": {change.reason}" if change.reason else ""
    )


def take_back(change_id: int) -> None:
    """Undo the whole action; what stands in the way is told."""
    change = BulkChange.objects.defer("accounts").select_related("undone_by").get(pk=change_id)
    try:
        with transaction.atomic():
            undo_action(by=change.undone_by, context=change.action, rest=change.rest)
            BulkChange.objects.filter(pk=change_id).update(state=State.UNDONE, finished_at=timezone.now())
    except DomainError as refusal:
        stop(change_id, State.DONE, str(refusal))


def stop(change_id: int, state: str, error: str) -> None:
    BulkChange.objects.filter(pk=change_id).update(state=state, error=error[:500], finished_at=timezone.now())


def unfinished() -> list[int]:
    """Changes that wait for a worker, or whose worker died."""
    states = [State.WAITING, State.RUNNING, State.UNDOING]
    return list(BulkChange.objects.filter(state__in=states).order_by("pk").values_list("pk", flat=True))
