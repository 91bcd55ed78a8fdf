"""Because of what a pair changed between two reports: the activity about its departments, agreements, accounts and
objectives, as far as figures are made of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, models
from pghistory.models import Context

from channels.models import Account, AccountAudience, AccountDepartment, AccountMarket, AccountObjective
from departments.models import Department, Objective, ObjectiveDepartment, Tie, TieSide
from departments.models.department import DefaultAudience, DefaultMarket
from departments.models.objective import ObjectiveAudience, ObjectiveMarket
from departments.models.tie import TieObjective
from orgmap.history.changes import event_models
from orgmap.reports.models import Snapshot
from orgmap.users.models import User

MOST = 3
"""So many actions are named for one pair, the latest first."""
WATCHED: Mapping[str, tuple[tuple[type[models.Model], str, tuple[str, ...]], ...]] = {
    "account": (
        (Account, "pgh_obj_id", ("status", "platform_id")),
        (AccountDepartment, "account_id", ("department_id",)),
        (AccountAudience, "account_id", ("audience_id",)),
        (AccountMarket, "account_id", ("market_id",)),
        (AccountObjective, "account_id", ("objective_id",)),
    ),
    "objective": (
        (Objective, "pgh_obj_id", ("status", "benefit_id", "starts_on", "ends_on")),
        (ObjectiveDepartment, "objective_id", ("department_id",)),
        (ObjectiveAudience, "objective_id", ("audience_id",)),
        (ObjectiveMarket, "objective_id", ("market_id",)),
    ),
    "tie": (
        (Tie, "pgh_obj_id", ("status", "starts_on", "ends_on", "audiences", "markets", "platforms", "benefits")),
        (TieSide, "tie_id", ("department_id",)),
        (TieObjective, "tie_id", ("objective_id",)),
    ),
    "department": (
        (Department, "pgh_obj_id", ("status", "parent_id")),
        (DefaultAudience, "department_id", ("audience_id",)),
        (DefaultMarket, "department_id", ("market_id",)),
    ),
}
"""Where changes of each kind of record are written: table, the column of the record, and what figures are made of."""


@dataclass(frozen=True)
class Cause:
    """One action: by whom, when, and which of the pair's records it changed. context: its page; None where nobody's."""

    at: datetime
    who: str
    context: UUID | None
    records: tuple[str, ...]


def causes(first: Snapshot, second: Snapshot, about: Mapping[Any, Iterable[str]]) -> dict[Any, list[Cause]]:
    """For each key of ``about`` the latest actions between two reports on its records. Three queries.

    Records are written `account:7`, `objective:3`, `tie:5` and `department:2`.
    """
    wanted: dict[str, set[int]] = defaultdict(set)
    for records in about.values():
        for record in records:
            kind, _, pk = record.partition(":")
            wanted[kind].add(int(pk))
    rows = events(first, second, wanted)
    contexts = Context.objects.in_bulk({context for _, _, context in rows if context})
    people = User.objects.in_bulk({found.metadata.get("user") for found in contexts.values()} - {None})
    by_record: dict[str, list[tuple[datetime, UUID | None]]] = defaultdict(list)
    for record, at, context in rows:
        by_record[record].append((at, context))
    return {
        key: [
            Cause(at, called(contexts.get(context), people), context if context in contexts else None, tuple(touched))
            for context, (at, touched) in grouped(records, by_record)[:MOST]
        ]
        for key, records in about.items()
    }


def grouped(
    records: Iterable[str], by_record: Mapping[str, Sequence[tuple[datetime, UUID | None]]]
) -> list[tuple[UUID | None, tuple[datetime, list[str]]]]:
    """The actions on some records, the latest first, each with the records that it changed."""
    found: dict[UUID | None, tuple[datetime, list[str]]] = {}
    for record in sorted(set(records)):
        for at, context in by_record.get(record, ()):
            latest, touched = found.get(context, (at, []))
            found[context] = (max(latest, at), touched if record in touched else [*touched, record])
    return sorted(found.items(), key=lambda item: (item[1][0], str(item[0])), reverse=True)


def called(context: Any, people: Mapping[Any, User]) -> str:
    """Who did it."""
    told = context.metadata.get("user") if context is not None else None
    person = people.get(told)
    return str(person) if person else "somebody who is gone" if told else "the system"


def events(
    first: Snapshot, second: Snapshot, wanted: Mapping[str, set[int]]
) -> list[tuple[str, datetime, UUID | None]]:
    """What changed about some records between two reports: the record, when, and the action."""
    tables, parts = event_models(), list[str]()
    values: list[Any] = []
    for kind, keys in wanted.items():
        for model, column, told in WATCHED[kind]:
            table = tables[model._meta.label_lower]._meta.db_table
            now, before = (", ".join(f"{side}.{name}" for name in told) for side in ("e", "p"))
            parts.append(
                f"SELECT '{kind}:' || e.{column}, e.pgh_created_at, e.pgh_context_id FROM {table} e"  # noqa: S608 - ours
                f" WHERE e.{column} = ANY(%s) AND e.pgh_created_at > %s AND e.pgh_created_at <= %s"
                f" AND (e.pgh_label <> 'update' OR ROW({now}) IS DISTINCT FROM (SELECT ROW({before}) FROM {table} p"
                " WHERE p.pgh_obj_id = e.pgh_obj_id AND p.pgh_id < e.pgh_id ORDER BY p.pgh_id DESC LIMIT 1))"
            )
            values += [sorted(keys), first.collected_at, second.collected_at]
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return [(record, at, context) for record, at, context in cursor.fetchall()]
