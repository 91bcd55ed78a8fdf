"""Looking at the map: all of it, or what changed. Findings open and close with the facts; decisions stay."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db import connection, transaction

from channels.audit import RULES
from channels.audit.facts import Other, Place, Takers
from channels.auditing import partners
from channels.auditing.asking import ask
from channels.auditing.changed import changed_since
from channels.auditing.collect import collect
from channels.auditing.keep import Kept, keep
from channels.auditing.reading import run
from channels.auditing.scope import EVERYTHING, Scope
from channels.auditing.tally import fold
from channels.models import AuditRun, Finding
from channels.services.finding import end_waivers
from channels.services.rule import Values, values
from orgmap.core.uncollected import uncollected
from orgmap.history.pulse import Look

LOCK = 0x4155_4449_54
PAIRS = ("duplicate", "look-alike")
PLACES = ("crowded", "removable")
LOOKALIKE_MIN_LEN = 6
KEPT_RUNS = 500
FEW = 200
"""So many records are asked about while somebody waits."""


@dataclass(frozen=True)
class Handed:
    """What only the report's engine knows of all accounts at once (METHOD 1.7), by numbers of accounts."""

    places: Sequence[Place] = ()
    takers: Mapping[int, Takers] = field(default_factory=dict)
    others: Mapping[int, Sequence[Other]] = field(default_factory=dict)
    """Of each account the earlier ones that it could be mistaken for."""
    lookalike_min_len: int = LOOKALIKE_MIN_LEN

    def as_json(self) -> dict[str, object]:
        """What later looks and previews need of it: how handles were compared, and how many there are of each size."""
        crowds = Counter(place.accounts for place in self.places)
        letters = Counter(max((each.letters for each in others), default=0) for others in self.others.values())
        return {
            "lookalike_min_len": self.lookalike_min_len,
            "crowds": {str(size): number for size, number in sorted(crowds.items())},
            "letters": {str(length): number for length, number in sorted(letters.items()) if length},
        }


def audit_all(*, now: datetime, today: date, handed: Handed | None = None) -> AuditRun:
    """Ask every rule about everything. Without what a roll-up hands down, places and pairs stay as they are."""
    with transaction.atomic():
        alone(wait=True)
        return everything(now=now, today=today, handed=handed)


def audit_changed(*, now: datetime, today: date, wait: bool = True, only_few: bool = False) -> AuditRun | None:
    """Ask again about what was changed since the last look; everything on a new day. None: there was nothing to ask.

    With ``wait`` False nobody is waited for who is at it already; with ``only_few`` much is left to the worker. A page
    that put something right asks so, and shows the finding closed.
    """
    with transaction.atomic():
        if not alone(wait=wait):
            return None
        last = AuditRun.objects.order_by("-pk").first()
        is_current = last is not None and last.as_of == today
        scope = changed_since(Look(last.looked_at, last.seen)) if last is not None and is_current else EVERYTHING
        if scope is None or (only_few and (scope.is_everything or len(scope) > FEW)):
            return None
        if scope.is_everything:
            return everything(now=now, today=today, handed=None)
        return some(scope, now=now, today=today)


def tidy(*, today: date) -> None:
    """After many decisions: put the numbers of findings together, unless an audit is at it, which does so itself."""
    with transaction.atomic():
        if alone(wait=False):
            fold(today=today)


def lacks_handed(*, since: datetime) -> bool:
    """Whether there is something to hand down: nothing was since this moment, or a rule was set afterwards."""
    query = """
        WITH last AS (SELECT looked_at FROM channels_auditrun WHERE handed IS NOT NULL ORDER BY id DESC LIMIT 1)
        SELECT NOT EXISTS (SELECT FROM last WHERE looked_at >= %s) OR EXISTS (
            SELECT FROM channels_rulesetting, last WHERE updated_at > last.looked_at)
    """
    return bool(run(query, [since])[0][0])


def everything(*, now: datetime, today: date, handed: Handed | None) -> AuditRun:
    began, look = time.monotonic(), looked()
    end_waivers(now=now, today=today)
    settings = values()
    asked = set(settings.on) | set(settings.off)
    if handed is None:
        asked -= {*PAIRS, *PLACES}
    with uncollected():  # the facts are gone before it ends: nothing is left to collect
        kept, subjects = all_asked(asked, settings, handed, now=now, today=today)
    if handed is None:
        let_go(kept, now=now, today=today)
    found = AuditRun.objects.create(
        as_of=today,
        **look,
        is_full=True,
        handed=handed.as_json() if handed else None,
        subjects=subjects,
        **totals(kept),
        seconds=time.monotonic() - began,
    )
    count(kept, today=today)
    if kept.added < found.opened + found.closed or not AuditRun.objects.filter(as_of=today, pk__lt=found.pk).exists():
        fold(today=today)
    prune()
    return found


def all_asked(
    asked: Collection[str], settings: Values, handed: Handed | None, *, now: datetime, today: date
) -> tuple[Kept, int]:
    """Ask about all records, and keep what is found. About how many it was."""
    facts = collect(
        EVERYTHING,
        today=today,
        values=settings.values,
        others=handed.others if handed else None,
        takers=handed.takers if handed else None,
        places=handed.places if handed else (),
    )
    seen = ask(facts, set(asked) & settings.on)
    kept = keep(seen, replace(EVERYTHING, places=handed is not None), by_kind(asked), now=now, today=today)
    return kept, sum(len(getattr(facts, kind)) for kind in by_kind(asked))


def some(scope: Scope, *, now: datetime, today: date) -> AuditRun:
    """Ask about the records of a scope, and about accounts whose handles are like theirs now or were before."""
    began, look = time.monotonic(), looked()
    settings = values()
    known = partners.names(min_len())
    changed = scope.account or frozenset()
    similar = partners.partners(changed, known)
    paired = {other.id for others in similar.values() for other in others} | once_similar(changed)
    if added := paired - changed:
        scope = replace(scope, account=changed | added)
        similar |= partners.partners(added, known)
    facts = collect(
        scope,
        today=today,
        values=settings.values,
        others={pk: [other for other in others if other.id < pk] for pk, others in similar.items()},
    )
    asked = (set(settings.on) | set(settings.off)) - set(PLACES)
    kept = keep(ask(facts, asked & set(settings.on)), scope, by_kind(asked), now=now, today=today)
    if idle := [each.id for each in facts.account if not each.is_running]:
        let_go(kept, now=now, today=today, among=idle)
    found = AuditRun.objects.create(
        as_of=today, **look, is_full=False, subjects=len(scope), **totals(kept), seconds=time.monotonic() - began
    )
    count(kept, today=today)
    return found


def alone(*, wait: bool) -> bool:
    """Be the only one who writes findings, until the transaction ends."""
    function = "pg_advisory_xact_lock" if wait else "pg_try_advisory_xact_lock"
    return run(f"SELECT {function}(%s)", [LOCK])[0][0] is not False


def looked() -> dict[str, object]:
    """The moment of a look, before anything is read: what is written later is seen next time."""
    looked_at, seen = run("SELECT clock_timestamp(), pg_current_snapshot()::text")[0]
    return {"looked_at": looked_at, "seen": seen}


def by_kind(rules: Collection[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code in sorted(rules):
        found.setdefault(RULES[code].subject, []).append(code)
    return found


def min_len() -> int:
    """From how many letters on the last roll-up compared handles."""
    handed = AuditRun.objects.filter(handed__isnull=False).order_by("-pk").values_list("handed", flat=True).first()
    return int(handed["lookalike_min_len"]) if handed else LOOKALIKE_MIN_LEN


def once_similar(changed: Collection[int]) -> set[int]:
    """Accounts whose findings name one of these."""
    if not changed:
        return set()
    query = """
        SELECT DISTINCT f.account_id FROM unnest(%s::bigint[]) AS w (id)
        JOIN channels_finding f ON f.rule IN ('duplicate', 'look-alike')
            AND f.detail -> 'ids' @> jsonb_build_array(w.id)
        WHERE f.state IN ('open', 'assigned', 'waived')
    """
    return {pk for (pk,) in run(query, [sorted(changed)])}


def let_go(kept: Kept, *, now: datetime, today: date, among: Collection[int] | None = None) -> None:
    """What doesn't run any more is neither too much nor mistaken for anything: no roll-up is needed to know that."""
    idle = Finding.objects.live().filter(rule__in=[*PAIRS, "removable"], account__status__in=["planned", "retired"])
    if among is not None:
        idle = idle.filter(account__in=among)
    closed = list(idle.values_list("pk", "rule"))
    Finding.objects.filter(pk__in=[pk for pk, _ in closed]).update(
        state=Finding.State.RESOLVED, resolved_at=now, last_seen=today, waived_reason="", waived_until=None
    )
    for _, rule in closed:
        kept.closed[rule] = kept.closed.get(rule, 0) + 1


def totals(kept: Kept) -> dict[str, int]:
    return {"opened": sum(kept.opened.values()), "closed": sum(kept.closed.values())}


def count(kept: Kept, *, today: date) -> None:
    """Note for each rule how many stand at the end of the day, and how many opened and closed on it.

    What went with its subject since the last look is closed, too: the days before, what opened and what closed make
    what stands.
    """
    query = """
        INSERT INTO channels_findingcount AS c (rule, day, open, waived, opened, closed)
        SELECT told.rule, %(today)s, told.open, told.waived,
            told.opened + greatest(-told.gone, 0), told.closed + greatest(told.gone, 0)
        FROM (
            SELECT r.rule, r.opened, r.closed, coalesce(t.open, 0) AS open, coalesce(t.waived, 0) AS waived,
                coalesce(last.live, 0) + r.opened - r.closed - coalesce(t.open + t.waived, 0) AS gone,
                last.day IS DISTINCT FROM %(today)s AS is_first
            FROM unnest(%(rules)s::text[], %(opened)s::int[], %(closed)s::int[]) AS r (rule, opened, closed)
            LEFT JOIN (
                SELECT rule, coalesce(sum(number) FILTER (WHERE state IN ('open', 'assigned')), 0) AS open,
                    coalesce(sum(number) FILTER (WHERE state = 'waived'), 0) AS waived
                FROM channels_findingtally WHERE concerns IS NULL GROUP BY rule
            ) t USING (rule)
            LEFT JOIN LATERAL (
                SELECT day, open + waived AS live FROM channels_findingcount
                WHERE rule = r.rule ORDER BY day DESC LIMIT 1
            ) last ON true
        ) told
        WHERE told.is_first OR told.opened <> 0 OR told.closed <> 0 OR told.gone <> 0
        ON CONFLICT (rule, day) DO UPDATE SET open = EXCLUDED.open, waived = EXCLUDED.waived,
            opened = c.opened + EXCLUDED.opened, closed = c.closed + EXCLUDED.closed
    """
    rules = sorted({*kept.opened, *kept.closed, *RULES})
    with connection.cursor() as cursor:
        cursor.execute(
            query,
            {
                "today": today,
                "rules": rules,
                "opened": [kept.opened.get(rule, 0) for rule in rules],
                "closed": [kept.closed.get(rule, 0) for rule in rules],
            },
        )


def prune() -> None:
    """Old looks say nothing any more."""
    with suppress(IndexError):
        oldest = AuditRun.objects.order_by("-pk").values_list("pk", flat=True)[KEPT_RUNS]
        AuditRun.objects.filter(pk__lte=oldest).exclude(pk__in=AuditRun.objects.filter(handed__isnull=False)).delete()
