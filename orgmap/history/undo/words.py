"""What stands in the way of an undo, in words: which record, who changed it, when, and what that means."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.utils.text import capfirst
from django.utils.timezone import localtime
from pghistory.models import Context

from orgmap.history.changes import Names, event_models, last_names, standing_names
from orgmap.history.undo.traces import Trace, run, whole_of

MOST_LISTED = 100


@dataclass(frozen=True)
class Kept:
    """A record, or some of its fields, that was not set back."""

    what: str
    why: str
    who: str = ""
    at: datetime | None = None
    model: type[models.Model] | None = None
    pk: int | None = None
    by: int | None = None
    """Who stands in the way, as a number."""

    def __str__(self) -> str:
        since = f" ({self.who}, {localtime(self.at):%-d %B %Y, %H:%M})" if self.at else ""
        return f"{self.what}: {self.why}{since}."


def kept_in(traces: list[Trace]) -> tuple[list[Kept], int]:
    """What stands in the way, in words for the first of each table, and how many there are in all."""
    told: list[Kept] = []
    count = 0
    for trace in traces:
        count += trace.count("u.kept IS NOT NULL OR u.newer <> '{}'")
        told += list(of_trace(trace))
    return told[:MOST_LISTED], count


def of_trace(trace: Trace) -> Iterable[Kept]:
    found = run(
        f"""
        SELECT u.pk, u.kept, u.newer, since.pgh_created_at, since.pgh_context_id
        FROM (SELECT * FROM {trace.name} u WHERE u.kept IS NOT NULL OR u.newer <> '{{}}' ORDER BY pk LIMIT %s) u
        LEFT JOIN {trace.events} since ON since.pgh_id = (
            SELECT max(e.pgh_id) FROM {trace.events} e WHERE e.pgh_obj_id = u.pk AND e.pgh_id > u.last)
        ORDER BY u.pk
        """,
        [MOST_LISTED],
    )
    names = called(trace.model, [pk for pk, *_ in found])
    people = people_of({context for *_, context in found if context})
    for pk, kept, newer, at, context in found:
        since = kept in {None, "gone", "changed", "again"}
        name, person = people.get(context, ("the system", None)) if at and since else ("", None)
        yield Kept(names[pk], why(trace, kept, newer), name, at if since else None, trace.model, pk, person)


@dataclass(frozen=True)
class Stay:
    """How many records of one kind stay, and why."""

    model: type[models.Model]
    count: int
    because: str
    is_value: bool = False
    """Whether only a value stays: the record was there before."""

    def __str__(self) -> str:
        many = self.count != 1
        names = self.model._meta.verbose_name_plural if many else self.model._meta.verbose_name
        stays = "stay" if many else "stays"
        if self.is_value:
            stays += " as they are" if many else " as it is"
        because = self.because
        if because.startswith(("was ", "were ")):
            because = f"{'they' if many else 'it'} {because}"
        return f"{self.count:,} {names} {stays} because {because}"


def stays_in(traces: list[Trace]) -> list[Stay]:
    """What stands in the way, counted by reason, the most frequent first."""
    found: list[Stay] = []
    for trace in traces:
        groups = run(
            f"SELECT u.kept, u.newer, count(*) FROM {trace.name} u"
            " WHERE u.kept IS NOT NULL OR u.newer <> '{}' GROUP BY 1, 2"
        )
        found += [
            Stay(trace.model, count, why(trace, kept, newer, many=count != 1), is_value=kept is None)
            for kept, newer, count in groups
        ]
    return sorted(found, key=lambda stay: (-stay.count, str(stay)))


def why(trace: Trace, kept: str | None, newer: list[str], *, many: bool = False) -> str:
    """Why a record, or several of them, was not set back."""
    was = "were" if many else "was"
    if kept is None:
        words = [str(each.verbose_name) for each in trace.fields if each.column in newer]
        return f"{' and '.join(words)} {'was' if len(words) == 1 else 'were'} changed since"
    kind, _, detail = kept.partition(":")
    if kind == "used":
        user: type[models.Model] = apps.get_model(detail)
        whole = whole_of(user)
        if whole is not None and whole.related_model is trace.model:
            return f"{'their' if many else 'its'} {part_nouns(user)} were added or changed since"
        if whole is not None:
            user = whole.related_model  # people know the account, not the row between it and its department
        return f"{user._meta.verbose_name_plural} that stay need {'them' if many else 'it'}"
    if kind == "target":
        link = next(each for each in trace.links if each.column == detail)
        return f"the {link.verbose_name} that {'they' if many else 'it'} had is gone"
    if kind == "refused":
        return detail.rstrip(".")
    return {
        "unknown": "the history does not say what was there before",
        "gone": f"{was} taken off the map since",
        "changed": f"{was} changed since",
        "again": f"{was} put on the map again since",
    }[kind]


def other_of(model: type[models.Model], whole: Any) -> Any | None:
    """The record that a part joins to its whole: the department that runs an account."""
    others: list[Any] = [each for each in model._meta.fields if each.is_relation and each is not whole]
    needed = [each for each in others if not each.null]
    return needed[0] if len(needed) == 1 else None


def part_nouns(model: type[models.Model]) -> str:
    """What people call the parts of a record: the departments of an account, its figures."""
    other = other_of(model, whole_of(model))
    named: type[models.Model] = other.related_model if other is not None else model
    return str(named._meta.verbose_name_plural)


def called(model: type[models.Model], pks: list[int]) -> dict[int, str]:
    """Names of records, gone ones too, as their latest event has them; a part with the record that it belongs to."""
    noun = capfirst(str(model._meta.verbose_name))
    whole = whole_of(model)
    if whole is None:
        known = last_names(model, pks) | (standing_names(model, pks) if hasattr(model, "named_with") else {})
        return {pk: f"{noun} {name}" for pk, name in known.items()}
    events: Any = event_models()[model._meta.label_lower]._default_manager
    other = other_of(model, whole)
    others = [other] if other is not None else []
    latest = events.filter(pgh_obj_id__in=pks).order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")
    rows = list(latest.values("pgh_obj_id", whole.attname, *(each.attname for each in others)))
    wholes = called(whole.related_model, list({row[whole.attname] for row in rows}))
    names = Names()
    if other is not None:
        noun = capfirst(str(other.related_model._meta.verbose_name))
        names.wanted[other.related_model] = {row[other.attname] for row in rows} - {None}
        names.fetch()
        noun_of = {row["pgh_obj_id"]: f"{noun} {names.of(other, row[other.attname])}" for row in rows}
    else:
        noun_of = {row["pgh_obj_id"]: noun for row in rows}
    return {row["pgh_obj_id"]: f"{noun_of[row['pgh_obj_id']]} of {wholes[row[whole.attname]]}" for row in rows}


def people_of(contexts: Iterable[UUID]) -> dict[UUID, tuple[str, int | None]]:
    """Who acted in each context, by name and number."""
    told = {pk: each.metadata.get("user") for pk, each in Context.objects.in_bulk(list(contexts)).items()}
    people = get_user_model().objects.in_bulk({user for user in told.values() if user})
    return {
        pk: (str(people.get(user, "somebody who is gone")) if user else "the system", user) for pk, user in told.items()
    }
