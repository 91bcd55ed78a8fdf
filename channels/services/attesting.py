"""Answering whether accounts still hold: ours, needed, and who has the keys. One submit is one action."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection, transaction
from django.db.models.expressions import RawSQL
from django.urls import reverse

from channels.models import Account, Attestation, CampaignItem, Holder, Outcome, Seal
from channels.services.account import AlreadyRetired, change_account
from channels.services.holder import HoldsAlready, add_holder, release_holder
from channels.services.suggestion import suggest
from departments.models import Department, Objective
from orgmap.core.editing import set_fields, take
from orgmap.history.changes import event_models
from orgmap.history.services import because
from orgmap.history.undo.afterwards import when_whole
from orgmap.users.models import Role, User
from orgmap.users.telling import tell

if TYPE_CHECKING:
    from collections.abc import Collection

DISOWNED: Collection[str] = (Outcome.NOT_OURS, Outcome.NOT_NEEDED)
KIND = "disowned"


@dataclass(frozen=True)
class Said:
    """What somebody answered about one account. None and empty: it is as the map says."""

    account: Account
    ours: bool = True
    needed: bool = True
    objectives: Sequence[Objective] | None = None
    left: Sequence[Holder] = ()
    """Holders who no longer have the keys."""
    joined: Sequence[Mapping[str, object]] = ()
    """Fields of holders who do."""
    whose: Department | None = None
    """Whose it is instead, as far as they know."""
    note: str = ""

    @property
    def outcome(self) -> Outcome:
        if not self.ours:
            return Outcome.NOT_OURS
        if not self.needed:
            return Outcome.NOT_NEEDED
        corrected = self.objectives is not None or self.left or self.joined
        return Outcome.CORRECTED if corrected else Outcome.CONFIRMED


@transaction.atomic
def attest(*, by: User, said: Sequence[Said], on: date, now: datetime) -> tuple[Counter[str], UUID]:
    """Write what somebody answered about some accounts. Returns how many of each outcome, and the action."""
    counts = Counter(str(each.outcome) for each in said)
    with because(by=by, reason="still ours" if len(said) == 1 else "answers of the owner") as action:
        for each in said:
            if each.outcome in DISOWNED:
                disown(each, by=by, on=on, now=now)
            else:
                correct(each, by=by, on=on)
                confirm(each.account, by=by, on=on, now=now, outcome=each.outcome, note=each.note)
        tell_of_disowned([each for each in said if each.outcome in DISOWNED], by=by, now=now)
    return counts, action


@transaction.atomic
def attest_account(*, by: User, account: Account, on: date, now: datetime) -> Account:
    """Confirm that an account is still ours and that its sentence still holds."""
    attest(by=by, said=[Said(account)], on=on, now=now)
    account.refresh_from_db()
    return account


def correct(said: Said, *, by: User, on: date) -> None:
    """Write what is different from what the map says."""
    if said.objectives is not None:
        change_account(by=by, account=said.account, version=None, objectives=said.objectives)
    for holder in said.left:
        release_holder(by=by, holder=holder, on=on)
    for fields in said.joined:
        with suppress(HoldsAlready):
            add_holder(by=by, account=said.account, **fields)  # type: ignore[arg-type]  # the form checked them


def confirm(account: Account, *, by: User, on: date, now: datetime, outcome: Outcome, note: str) -> None:
    """Seal an account: its owner says that it holds."""
    account = take(Account.objects.all(), account.pk, None)
    if account.status == Account.Status.RETIRED:
        raise AlreadyRetired(f"{account} is retired, so there is nothing to confirm. Bring it back first.")
    set_fields(account, {"last_attested_on": on})
    here = RawSQL("pg_current_xact_id()::text::bigint", ())
    whole = {"broken_at": None, "broken_by": None, "broken_what": "", "broken_in": None}
    Seal.objects.update_or_create(account_id=account.pk, defaults={"by": by, "at": now, "xact": here, **whole})
    keep(account, by=by, on=on, now=now, outcome=outcome, note=note)


def disown(said: Said, *, by: User, on: date, now: datetime) -> None:
    """An owner says that an account is not theirs or not needed. It stays as it is until somebody decides."""
    account = take(Account.objects.all(), said.account.pk, None)
    if account.status == Account.Status.RETIRED:
        raise AlreadyRetired(f"{account} is retired already, so there is nothing to answer. Reload the page.")
    if said.whose is not None:
        sides = account.sides.select_related("department").order_by("position", "pk")
        suggest(
            by=by,
            account=account,
            field="departments",
            typed=[said.whose.slug],
            said=said.whose.name,
            before=", ".join(side.department.name for side in sides) or "nothing",
            note=said.note or "It is not ours.",
        )
    keep(account, by=by, on=on, now=now, outcome=said.outcome, note=said.note)


def keep(account: Account, *, by: User, on: date, now: datetime, outcome: Outcome, note: str) -> None:
    """Note an answer, and give it to the running campaigns that wait for it."""
    owner = account.sides.filter(position=0).values_list("department", flat=True).first()
    Attestation.objects.create(
        account=account, department_id=owner, outcome=outcome, note=note[:300], by=by, at=now, on=on
    )
    waiting = CampaignItem.objects.filter(account=account, state=Outcome.WAITING, campaign__ended_at=None)
    waiting.update(state=outcome, note=note[:300], answered_at=now, answered_by=by, answered_name=str(by))


def spoken(said: Said) -> str:
    return "not theirs" if said.outcome == Outcome.NOT_OURS else "not needed any more"


def tell_of_disowned(said: Sequence[Said], *, by: User, now: datetime) -> None:
    """Tell the leads: somebody has to decide what becomes of these accounts."""
    if not said:
        return
    leads = User.objects.filter(role=Role.LEAD, is_active=True).exclude(pk=by.pk)
    number = len(said)
    tell(
        people=leads,
        kind=KIND,
        subject=f"{by} says that {said[0].account} is {spoken(said[0])}"
        if number == 1
        else f"{by} says that {number} accounts are not theirs or not needed any more",
        template="channels/disowned.txt",
        context={"by": by, "said": said},
        link=reverse("channels:account_detail", args=[said[0].account.pk])
        if number == 1
        else reverse("channels:attest"),
        about=[each.account.pk for each in said],
        now=now,
    )


def mend_seals(action: UUID, undo: UUID) -> None:
    """What an action, or its undo, broke is whole again when all of the action is taken back: what was confirmed stands
    as it was. Not where somebody else has changed something of it besides, nor what was confirmed in between."""
    others = " ".join(
        f"""AND NOT EXISTS (SELECT FROM {event_models()[label]._meta.db_table} e
            JOIN pghistory_context c ON c.id = e.pgh_context_id
            WHERE e.account_id = s.account_id AND c.id NOT IN (%(action)s, %(undo)s) AND c.created_at > s.at
            AND c.metadata->>'user' IS DISTINCT FROM s.by_id::text)"""  # noqa: S608 - tables of ours
        for label in ("channels.accountdepartment", "channels.holder", "channels.accountobjective")
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"""UPDATE channels_seal s
                SET broken_at = NULL, broken_by_id = NULL, broken_what = '', broken_in = NULL
                WHERE s.broken_in IN (%(action)s, %(undo)s)
                AND (s.broken_in = %(action)s
                    OR s.at < (SELECT created_at FROM pghistory_context WHERE id = %(action)s))
                {others}""",  # noqa: S608 - as above
            {"action": action, "undo": undo},
        )


when_whole(mend_seals)
