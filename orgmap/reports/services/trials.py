"""Trying steps on a copy of a report's facts: here and now, or of many departments by a worker."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from departments.models import Department, TieSide
from departments.models.department import DefaultAudience
from orgmap.reports import stored
from orgmap.reports.models import Snapshot, Trial
from orgmap.reports.whatif import steps as writing
from orgmap.reports.whatif.outcome import moved, outcome
from orgmap.reports.whatif.steps import Step
from orgmap.reports.whatif.trying import CannotTry, Usual

if TYPE_CHECKING:
    from orgmap.users.models import User

LIVE_UP_TO = 700
"""Of so many departments the page computes itself, in less than a second."""
SILENT = timedelta(seconds=40)
"""A trial of which nothing was heard for so long is sent again."""


def is_live() -> bool:
    """Whether the organisation is small enough to be computed with the page."""
    return not Department.objects.active().order_by()[LIVE_UP_TO : LIVE_UP_TO + 1].exists()


def usual() -> Usual:
    """What the registry says beside the facts."""

    def audiences(slug: str) -> list[str]:
        rows = DefaultAudience.objects.filter(department__slug=slug).order_by("audience__code")
        return list(rows.values_list("audience__code", flat=True))

    def waiting(tie: str) -> list[str]:
        rows = TieSide.objects.filter(tie=int(tie)).exclude(answer=TieSide.Answer.ACCEPTED)
        return list(rows.order_by("pk").values_list("department__slug", flat=True))

    return Usual(audiences, waiting)


def try_now(*, snapshot: Snapshot, steps: Sequence[Step], level: int | None) -> dict[str, Any]:
    """The outcome, computed here. Raises CannotTry."""
    return outcome(stored.kept_facts(snapshot), steps, level, usual())


def why_now(*, before: Snapshot, after: Snapshot, level: int | None) -> dict[str, Any]:
    """Why alignment moved between two reports, computed here. Under the policy of the later one."""
    return moved(stored.kept_facts(before), stored.kept_facts(after), level)


@transaction.atomic
def ask_for_trial(
    *, by: User, snapshot: Snapshot, steps: Sequence[Step], level: int | None, against: Snapshot | None = None
) -> tuple[Trial, bool]:
    """The trial of these steps, or of what moved since another report, and whether a worker is to be told: it is new,
    or nothing was heard of it for long."""
    written, now = [step.written for step in steps], timezone.now()
    key = key_of(snapshot.pk, level, [*written, f"since {against.pk}"] if against else written)
    asked = {"snapshot": snapshot, "against": against, "level": level, "steps": written, "key": key, "heard_at": now}
    Trial.objects.get_or_create(user=by, defaults=asked)
    trial = Trial.objects.select_for_update().get(user=by)
    if trial.key != key:
        fresh = {"state": Trial.State.WAITING, "done": 0, "parts": 0, "outcome": None, "error": ""}
        for name, value in (asked | fresh).items():
            setattr(trial, name, value)
        trial.save()
        return trial, True
    if trial.is_working and now - trial.heard_at > SILENT:
        Trial.objects.filter(pk=trial.pk).update(state=Trial.State.WAITING, heard_at=now)
        return trial, True
    return trial, trial.state == Trial.State.WAITING and trial.heard_at == now


def key_of(snapshot: int, level: int | None, written: Sequence[str]) -> str:
    return sha256(json.dumps([snapshot, level, list(written)]).encode()).hexdigest()


def run_trial(*, trial_id: int, now: datetime) -> None:
    """Compute a trial, unless it is computed already or something else is tried meanwhile."""
    waiting = Trial.objects.filter(pk=trial_id, state=Trial.State.WAITING)
    if not waiting.update(state=Trial.State.RUNNING, heard_at=now):
        return
    trial = Trial.objects.select_related("snapshot", "against").get(pk=trial_id)
    mine = Trial.objects.filter(pk=trial_id, key=trial.key)

    def told(done: int, parts: int) -> None:
        mine.update(done=done, parts=parts, heard_at=timezone.now())

    try:
        facts = stored.kept_facts(trial.snapshot)
        if trial.against is not None:
            found = moved(stored.kept_facts(trial.against), facts, trial.level, told)
        else:
            found = outcome(facts, writing.read_all(trial.steps), trial.level, usual(), told)
    except CannotTry as refusal:
        mine.update(state=Trial.State.FAILED, error=str(refusal))
    except Exception as error:
        mine.update(state=Trial.State.FAILED, error=f"It could not be computed: {type(error).__name__}: {error}")
        raise
    else:
        mine.update(state=Trial.State.DONE, outcome=found, heard_at=timezone.now())
