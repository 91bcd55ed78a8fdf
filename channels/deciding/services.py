"""Making and carrying out a decision about many findings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models.expressions import RawSQL
from django.utils import timezone

from channels.bulk.statements import fetched
from channels.deciding.heads import heads_of
from channels.deciding.telling import tell_assignees
from channels.finding_querysets import FindingQuerySet
from channels.models import Decision, Finding
from channels.services import finding as services
from channels.services.audit import tidy
from orgmap.core.alone import alone
from orgmap.core.errors import DomainError
from orgmap.history.services import because, within
from orgmap.users.models import User

BATCH = 2_000
"""So many findings are decided in one transaction."""
AT_ONCE = 200
"""Up to so many are decided while the person waits; more are a worker's."""
LOCK = 0x66696E64
DRAFTS_KEPT = timedelta(days=7)
What, Who, State = Decision.What, Decision.Who, Decision.State


class NothingChosen(DomainError):
    """No finding was chosen, or none that this person may decide about."""


class NotWaiting(DomainError):
    """It was decided already."""


def among(pks: Sequence[int]) -> FindingQuerySet:
    """The findings with these keys: one array, however many there are."""
    return Finding.objects.filter(pk__in=RawSQL("SELECT unnest(%s::bigint[])", (list(pks),)))


def decidable(findings: FindingQuerySet, what: str) -> FindingQuerySet:
    """Those that such a decision can be about."""
    if what == What.ASSIGN:
        return findings.to_do()
    return findings.live() if what == What.WAIVE else findings.exclude(state__in=["open", "assigned"])


@transaction.atomic
def start_decision(*, by: User, what: str, findings: Sequence[int], query: str = "") -> Decision:
    """Note which findings somebody wants to decide about. Of a head's choice only what concerns their departments."""
    rows = decidable(among(findings).decidable_by(by), what)
    pks = list(rows.order_by("pk").values_list("pk", flat=True))
    if not pks:
        raise NothingChosen(
            "None of the chosen findings is yours to decide about, or all of them are decided. Choose others."
            if findings
            else "No finding was chosen. Tick some in the list, then say what to do."
        )
    Decision.objects.filter(state=State.DRAFT, created_at__lt=timezone.now() - DRAFTS_KEPT).delete()
    return Decision.objects.create(
        by=by, what=what, findings=pks, total=len(pks), left_out=len(set(findings)) - len(pks), query=query[:2000]
    )


@transaction.atomic
def decide(*, decision: Decision, **said: Any) -> None:
    """Say what is decided, and let it go ahead."""
    waiting = Decision.objects.filter(pk=decision.pk, state=State.DRAFT)
    if not waiting.update(state=State.WAITING, **said):
        raise NotWaiting("This was decided already. Choose the findings again for another decision.")


def go_on(*, decision_id: int, now: datetime, today: date) -> None:
    """Do what is left to do. One worker at a time does; safe to run again after any interruption."""
    with alone(LOCK, decision_id) as mine:
        if not mine:
            return
        Decision.objects.filter(pk=decision_id, state=State.WAITING).update(state=State.RUNNING)
        while step(decision_id, now, today):
            pass


def step(decision_id: int, now: datetime, today: date) -> bool:
    """Decide about one batch and say so, in one transaction. False when there is no more to do."""
    try:
        with transaction.atomic():
            return batch(decision_id, now, today)
    except DomainError as error:
        failed = {"state": State.FAILED, "error": str(error)[:500], "finished_at": now}
        Decision.objects.filter(pk=decision_id).update(**failed)
        return False


def batch(decision_id: int, now: datetime, today: date) -> bool:
    rows = Decision.objects.select_for_update(of=("self",)).select_related("by", "to").defer("findings")
    decision = rows.get(pk=decision_id)
    if decision.state != State.RUNNING:
        return False
    start, end = decision.position, min(decision.position + BATCH, decision.total)
    if start >= decision.total:
        decision.state, decision.finished_at = State.DONE, now
        decision.save(update_fields=["state", "finished_at"])
        tell_assignees(decision, now=now)
        if decision.total > AT_ONCE:
            tidy(today=today)
        return False
    pks = fetched(
        "SELECT findings[%(start)s:%(end)s] FROM channels_decision WHERE id = %(pk)s",
        {"start": start + 1, "end": end, "pk": decision_id},
    )[0][0]
    with because(by=decision.by, reason=reason_of(decision)), within(decision.action):
        changed, headless = write(decision, among(pks).decidable_by(decision.by), now, today)
    decision.position, decision.changed = end, decision.changed + changed
    decision.headless += headless
    decision.save(update_fields=["position", "changed", "headless"])
    return True


def write(decision: Decision, findings: FindingQuerySet, now: datetime, today: date) -> tuple[int, int]:
    """Carry it out on some findings. How many changed, and how many have nobody to go to."""
    by, reason = decision.by, decision.reason
    if decision.what == What.WAIVE:
        until = decision.until or today
        return services.waive(by=by, findings=findings, until=until, reason=reason, now=now, today=today), 0
    if decision.what == What.REOPEN:
        return services.reopen(by=by, findings=findings, now=now, today=today, reason=reason), 0
    told: dict[str, Any] = {"by": by, "due_on": decision.due_on, "now": now, "reason": reason}
    if decision.who != Who.HEADS:
        if decision.who == Who.PERSON and decision.to is None:
            raise services.CannotAssign("The person who was to have them is gone. Choose somebody else.")
        return services.assign(findings=findings, to=decision.to, **told), 0
    owners = {pk: concerns[0] if concerns else None for pk, concerns in findings.values_list("pk", "concerns")}
    heads = heads_of({owner for owner in owners.values() if owner is not None})
    of_head: dict[User, list[int]] = {}
    for pk, owner in owners.items():
        if owner in heads:
            of_head.setdefault(heads[owner], []).append(pk)
    changed = sum(services.assign(findings=among(pks), to=head, **told) for head, pks in of_head.items())
    return changed, len(owners) - sum(map(len, of_head.values()))


def reason_of(decision: Decision) -> str:
    """What stands beside it in the activity."""
    said = f"{decision}, {decision.total:,} finding{'' if decision.total == 1 else 's'}"
    return f"{said}: {decision.reason}" if decision.reason else said


def unfinished() -> list[int]:
    """Decisions that wait for a worker, or whose worker died."""
    states = [State.WAITING, State.RUNNING]
    return list(Decision.objects.filter(state__in=states).order_by("pk").values_list("pk", flat=True))
