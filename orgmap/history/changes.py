"""What one event says: the record it tells of, its states before and after, and all of it in words."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db import models
from django.utils.text import capfirst

LEFT_OUT = frozenset({"channels.metric", "channels.requeststep", "channels.suggestion", "reports.intendedoverlap"})
"""Parts of a record that have a page of their own, or come in thousands."""
INNER = frozenset({"channels.importbatch"})
"""Bookkeeping of our own, which has a page of its own; the activity tells what it did to the map."""
PRIVATE_PARTS = frozenset({"channels.holder"})
OWN = frozenset({"channels.finding", "channels.findingnote"})
"""What the activity lists for whoever did it, besides those who may read of it from anybody."""
PRIVATE_FIELDS = frozenset({"backup_admin", "contact", "custody", "primary_admin"})
"""What only those may read who may read the record's contacts."""
KEPT_BY_US = frozenset({"id", "version", "handle_key", "created_at", "updated_at", "search_text"})
LONGEST = 160


@dataclass(frozen=True)
class Change:
    """One thing that became another; without ``before`` something that came or went."""

    what: str
    before: str | None = None
    after: str | None = None

    def __str__(self) -> str:
        return self.what if self.before is None else f"{self.what}: {self.before} → {self.after}"


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


class Events:
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
        self.now = {
            row["pgh_id"]: row for row in now.values("pgh_id", "pgh_label", "pgh_obj_id", "earlier", source.key, *names)
        }
        before = {row["earlier"] for row in self.now.values() if row["pgh_label"] == "update" and row["earlier"]}
        self.before = {row["pgh_id"]: row for row in rows.filter(pgh_id__in=before).values("pgh_id", *names)}

    def pair(self, pk: int) -> tuple[dict[str, Any], dict[str, Any] | None]:
        """An event and the state before it."""
        row = self.now[pk]
        return row, self.before.get(row["earlier"])


def standing_names(model: type[models.Model], pks: Collection[Any]) -> dict[Any, str]:
    """What records that stand are called, in one query; a model says in ``named_with`` what its name needs."""
    rows: Any = model._default_manager.select_related(*getattr(model, "named_with", ()))
    return {pk: str(record) for pk, record in rows.in_bulk(pks).items()}


def last_names(model: type[models.Model], pks: Collection[Any]) -> dict[Any, str]:
    """What records that are gone were called, by their latest event."""
    table = event_models().get(model._meta.label_lower)
    if table is None or not pks:
        return {}
    kept = {each.name for each in table._meta.fields}
    names = [each.attname for each in model._meta.local_concrete_fields if each.name in kept]
    rows: Any = table._default_manager.filter(pgh_obj_id__in=pks)
    latest = rows.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id").values("pgh_obj_id", *names)
    return {row.pop("pgh_obj_id"): str(model(**row)) for row in latest}


class Names:
    """Names of the records that events point to, one query a model; of those that are gone, one more."""

    def __init__(self) -> None:
        self.wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
        self.known: dict[tuple[type[models.Model], Any], str] = {}

    def want(self, events: Events) -> None:
        for link in events.source.links:
            for row in (*events.now.values(), *events.before.values()):
                if row[link.attname] is not None:
                    self.wanted[link.related_model].add(row[link.attname])

    def fetch(self) -> None:
        for model, pks in self.wanted.items():
            found = standing_names(model, pks)
            found |= last_names(model, pks - set(found))
            self.known.update({(model, pk): name for pk, name in found.items()})

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


def lines_of(
    source: Source, row: Mapping[str, Any], before: Mapping[str, Any] | None, names: Names, private: bool
) -> Iterable[Change]:
    """What one event says, a line for each change."""
    label = row["pgh_label"]
    if label == "update" and before is not None:
        prefix = "" if source.own else f"{source.label} {_called(source, row, names)}, "
        for each in source.fields:
            if row[each.attname] != before[each.attname] and (private or each.name not in PRIVATE_FIELDS):
                yield _difference(prefix, each, before[each.attname], row[each.attname], names)
    elif source.own:
        yield Change("Put on the map" if label == "insert" else "Taken off the map" if label == "delete" else "Changed")
    else:
        yield Change(capfirst(f"{source.label}: {'−' if label == 'delete' else '+'} {_called(source, row, names)}"))


def _called(source: Source, row: Mapping[str, Any], names: Names) -> str:
    """A part by what it points to and what it is called."""
    told = [names.of(each, row[each.attname]) for each in (*source.links, *source.texts) if row[each.attname]]
    known = dict.fromkeys(text for text in told if text not in {"yes", "no", "nothing"})
    return ", ".join(list(known)[:3]) or source.label


def _difference(prefix: str, each: Any, before: Any, after: Any, names: Names) -> Change:
    what = capfirst(f"{prefix}{each.verbose_name}")
    if isinstance(before, list) and isinstance(after, list):
        added = [f"+ {value}" for value in after if value not in before]
        gone = [f"− {value}" for value in before if value not in after]
        return Change(f"{what}: {' '.join(added + gone) or 'in another order'}")
    return Change(what, names.of(each, before), names.of(each, after))
