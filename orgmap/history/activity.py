"""The activity of a record in words: who changed what, when, from where and why."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from itertools import groupby
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection, models
from django.utils.text import capfirst
from pghistory.models import Context

LEFT_OUT = frozenset({"channels.metric", "channels.suggestion", "reports.intendedoverlap"})
"""Parts of a record that have a page of their own, or come in thousands."""
PRIVATE_PARTS = frozenset({"channels.holder"})
PRIVATE_FIELDS = frozenset({"contact", "custody"})
"""What only those may read who may read the record's contacts."""
KEPT_BY_US = frozenset({"id", "version", "handle_key", "created_at", "updated_at", "search_text"})
LONGEST = 160


@dataclass(frozen=True)
class Entry:
    """What one person did to the record at one moment."""

    at: datetime
    who: str
    where: str
    """The page that it was done on; empty for a command."""
    address: str
    """The network address; only for those who may read contacts."""
    reason: str
    batch: int | None
    """The import that it was part of."""
    changes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Source:
    """A table of events that tells of a record: its own, or one of its parts'."""

    model: type[models.Model]
    events: type[models.Model]
    column: str
    """The field of the event that names the record."""
    own: bool = False

    @property
    def label(self) -> str:
        """What a part is called: the other end of a list (audience), else the part's own name (holder)."""
        others = self.links
        if len(others) == 1 and not self.texts:
            return str(others[0].related_model._meta.verbose_name)
        return str(self.model._meta.verbose_name)

    @property
    def key(self) -> str:
        """The column that names the record."""
        return f"{self.column}_id"

    @property
    def links(self) -> list[Any]:
        """What the part points to besides the record."""
        return [each for each in self.fields if each.is_relation]

    @property
    def texts(self) -> list[Any]:
        return [each for each in self.fields if not each.is_relation and each.name != "position"]

    @property
    def fields(self) -> list[Any]:
        kept = {each.name for each in self.events._meta.fields}
        return [
            each
            for each in self.model._meta.fields
            if each.name in kept and each.name not in KEPT_BY_US and (self.own or each.name != self.column)
        ]


@cache
def event_models() -> dict[str, type[models.Model]]:
    """The event table of every tracked model, by the model's label."""
    from django.apps import apps

    found = {}
    for model in apps.get_models():
        tracked = getattr(model, "pgh_tracked_model", None)
        if tracked is not None and tracked is not model:
            found[tracked._meta.label_lower] = model
    return found


def sources(model: type[models.Model], *, private: bool) -> list[Source]:
    """Where a record's activity is written: its own events, and those of the lists that hang on it."""
    events = event_models()
    found = [Source(model, events[model._meta.label_lower], "pgh_obj", own=True)]
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel) or relation.on_delete is not models.CASCADE:
            continue
        label = relation.related_model._meta.label_lower
        if label in events and label not in LEFT_OUT and (private or label not in PRIVATE_PARTS):
            found.append(Source(relation.related_model, events[label], relation.field.name))
    return sorted(found, key=lambda source: (not source.own, source.events._meta.db_table))


def activity_of(record: models.Model, limit: int, *, start: int = 0, private: bool = False) -> tuple[list[Entry], bool]:
    """The latest entries, newest first, and whether there are older ones.

    What one request or import did is one entry. ``private`` lets contacts, holders and network addresses through:
    ask for the right first. The number of queries depends on the kind of record, not on the number of entries.
    """
    told = sources(type(record), private=private)
    rows = _latest(record, told, limit + 1, start)
    wanted: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        wanted[row.source].append(row.event)
    events = {index: _Events(told[index], pks) for index, pks in wanted.items()}
    names = Names()
    for index in events:
        names.want(events[index])
    contexts = Context.objects.in_bulk({row.context for row in rows if row.context})
    people = get_user_model().objects.in_bulk(
        {context.metadata["user"] for context in contexts.values() if context.metadata.get("user")}
    )
    names.fetch()
    entries = []
    groups = [list(group) for _, group in groupby(rows, key=lambda row: row.key)]
    for group in groups[:limit]:
        changes = [
            line
            for row in sorted(group, key=lambda row: (row.source, row.event))
            for line in _lines(told[row.source], *events[row.source].pair(row.event), names, private)
        ]
        if changes:
            context = contexts.get(group[0].context)
            entries.append(_entry(group[0].at, context.metadata if context else {}, people, changes, private))
    return entries, len(groups) > limit


@dataclass(frozen=True)
class _Row:
    key: str
    at: datetime
    source: int
    event: int
    context: Any


def _latest(record: models.Model, told: list[Source], limit: int, start: int) -> list[_Row]:
    """The events behind the latest entries, in one query."""
    parts = [
        f"SELECT {index} AS source, pgh_id, pgh_created_at, pgh_context_id FROM {source.events._meta.db_table}"  # noqa: S608 - tables of ours
        f" WHERE {source.key} = %s"
        for index, source in enumerate(told)
    ]
    query = f"""
        WITH event AS (
            SELECT *, coalesce(pgh_context_id::text, date_trunc('second', pgh_created_at)::text) AS key
            FROM ({" UNION ALL ".join(parts)}) every
        ), latest AS (
            SELECT key, max(pgh_created_at) AS at FROM event GROUP BY key ORDER BY at DESC, key LIMIT %s OFFSET %s
        )
        SELECT key, at, source, pgh_id, pgh_context_id FROM latest JOIN event USING (key) ORDER BY at DESC, key, pgh_id
    """  # noqa: S608 - tables of ours
    with connection.cursor() as cursor:
        cursor.execute(query, [record.pk] * len(told) + [limit, start])
        return [_Row(*row) for row in cursor.fetchall()]


class _Events:
    """Events of one table with the state before each, in two queries."""

    def __init__(self, source: Source, pks: list[int]) -> None:
        rows = source.events._default_manager
        earlier = (
            rows.filter(pgh_obj_id=models.OuterRef("pgh_obj_id"), pgh_id__lt=models.OuterRef("pgh_id"))
            .order_by("-pgh_id")
            .values("pgh_id")[:1]
        )
        names = [each.attname for each in source.fields]
        now = rows.filter(pgh_id__in=pks).annotate(earlier=models.Subquery(earlier))
        self.source = source
        self.now = {row["pgh_id"]: row for row in now.values("pgh_id", "pgh_label", "earlier", *names)}
        before = {row["earlier"] for row in self.now.values() if row["pgh_label"] == "update" and row["earlier"]}
        self.before = {row["pgh_id"]: row for row in rows.filter(pgh_id__in=before).values("pgh_id", *names)}

    def pair(self, pk: int) -> tuple[dict[str, Any], dict[str, Any] | None]:
        """An event and the state before it."""
        row = self.now[pk]
        return row, self.before.get(row["earlier"])


class Names:
    """Names of the records that events point to, one query a model."""

    def __init__(self) -> None:
        self.wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
        self.known: dict[tuple[type[models.Model], Any], str] = {}

    def want(self, events: _Events) -> None:
        for link in events.source.links:
            for row in (*events.now.values(), *events.before.values()):
                if row[link.attname] is not None:
                    self.wanted[link.related_model].add(row[link.attname])

    def fetch(self) -> None:
        for model, pks in self.wanted.items():
            self.known.update({(model, pk): str(record) for pk, record in model._default_manager.in_bulk(pks).items()})

    def of(self, each: Any, value: Any) -> str:
        """A value in words."""
        if value is None or value == "" or value == []:
            return "nothing"
        if each.is_relation:
            return self.known.get((each.related_model, value), "one that is gone")
        if each.choices:
            return str(dict(each.flatchoices).get(value, value))
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, date):
            return f"{value:%-d %B %Y}"
        text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _lines(
    source: Source, row: Mapping[str, Any], before: Mapping[str, Any] | None, names: Names, private: bool
) -> Iterable[str]:
    """What one event says, a line for each change."""
    label = row["pgh_label"]
    if label == "update" and before is not None:
        prefix = "" if source.own else f"{source.label} {_called(source, row, names)}, "
        for each in source.fields:
            if row[each.attname] != before[each.attname] and (private or each.name not in PRIVATE_FIELDS):
                yield prefix + _difference(each, before[each.attname], row[each.attname], names)
    elif source.own:
        yield "Put on the map" if label == "insert" else "Taken off the map" if label == "delete" else "Changed"
    else:
        yield f"{source.label}: {'−' if label == 'delete' else '+'} {_called(source, row, names)}"


def _called(source: Source, row: Mapping[str, Any], names: Names) -> str:
    """A part by what it points to and what it is called."""
    told = [names.of(each, row[each.attname]) for each in (*source.links, *source.texts) if row[each.attname]]
    known = dict.fromkeys(text for text in told if text not in {"yes", "no", "nothing"})
    return ", ".join(list(known)[:3]) or source.label


def _difference(each: Any, before: Any, after: Any, names: Names) -> str:
    label = str(each.verbose_name)
    if isinstance(before, list) and isinstance(after, list):
        added = [f"+ {value}" for value in after if value not in before]
        gone = [f"− {value}" for value in before if value not in after]
        return f"{label}: {' '.join(added + gone) or 'in another order'}"
    return f"{label}: {names.of(each, before)} → {names.of(each, after)}"


def _entry(
    at: datetime, told: Mapping[str, Any], people: Mapping[Any, Any], changes: list[str], private: bool
) -> Entry:
    person = people.get(told.get("user"))
    batch = told.get("batch")
    return Entry(
        at=at,
        who=str(person) if person else ("Somebody who is gone" if told.get("user") else "The system"),
        where=str(told.get("url") or ""),
        address=str(told.get("address") or "") if private else "",
        reason=str(told.get("reason") or ""),
        batch=batch if isinstance(batch, int) else None,
        changes=[capfirst(line) for line in changes],
    )
