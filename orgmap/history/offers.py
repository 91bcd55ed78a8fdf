"""Beside what this person sees an undo. The undo itself asks again, for every record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import rules
from django.db import models

from orgmap.history.undo.rights import NEEDED, right_to
from orgmap.history.undo.traces import whole_of

if TYPE_CHECKING:
    from orgmap.history.activity import Entry
    from orgmap.history.changes import Source
    from orgmap.history.done import Done
    from orgmap.users.models import User


@dataclass(frozen=True)
class Need:
    """A right on one record that taking a change back asks for."""

    right: str
    model: type[models.Model]
    pk: int
    of_others: bool = False
    """Only of those who did not do it themselves."""


def needs_of(source: Source, row: Mapping[str, Any], before: Mapping[str, Any] | None) -> set[Need]:
    """What taking one event back asks for, as the undo does."""
    whole = whole_of(source.model)
    model = whole.related_model if whole else source.model
    pk = row[source.key]
    found = {Need(right_to("change", model), model, pk)}
    if source.own and row["pgh_label"] != "update":
        found.add(Need(right_to("delete", model), model, pk, of_others=True))
    for (label, column), right in NEEDED.items():
        if label == source.model._meta.label_lower and (not column or moved(source, column, before, row)):
            found.add(Need(right, source.model, row["pgh_obj_id"]))
    return found


def moved(source: Source, column: str, before: Mapping[str, Any] | None, row: Mapping[str, Any]) -> bool:
    return before is not None and any(
        each.column == column and row[each.attname] != before[each.attname] for each in source.fields
    )


def mark_undoable(user: User, found: Sequence[Done]) -> None:
    """Offer undo where the person may take the shown changes back; of what is not shown, only where it is their own
    action, or where they have the right on everything. One query a kind."""
    allowed = Allowed(user, (need for done in found for need in done.needed))
    for done in found:
        own = done.user == user.pk
        done.may_undo = (
            not done.batch
            and allowed.all_of(done.needed, own=own)
            and (own or not done.more or all(has_on_all(user, right_to("change", model)) for model in done.counts))
        )


def mark_entries(user: User, record: models.Model, found: Sequence[Entry]) -> None:
    """Offer undo beside the entries of a record. What belongs to a larger action leads to the page of the action."""
    allowed = Allowed(user, (need for entry in found for need in entry.needed))
    on_all = has_on_all(user, right_to("change", type(record)))
    for entry in found:
        own = entry.user == user.pk
        entry.may_undo = allowed.all_of(entry.needed, own=own) and (
            not entry.is_larger or own or on_all or not entry.is_whole
        )


def has_on_all(user: User, right: str) -> bool:
    """Whether somebody has a right on every record; where there is no right, the lead has it."""
    return user.has_perm(right if rules.perm_exists(right) else "users")


class Allowed:
    """Which of many rights somebody has, one query a kind."""

    def __init__(self, user: User, needs: Iterable[Need]) -> None:
        wanted: dict[type[models.Model], dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        for need in needs:
            wanted[need.model][need.right].add(need.pk)
        self.refused: set[tuple[str, type[models.Model], int]] = set()
        self.gone: set[tuple[str, type[models.Model], int]] = set()
        for model, asked in wanted.items():
            limited = {right: pks for right, pks in asked.items() if not has_on_all(user, right)}
            found = standing(model, set().union(*limited.values())) if limited else {}
            for right, pks in limited.items():
                for pk in pks:
                    if pk not in found:
                        self.gone.add((right, model, pk))
                    elif not user.has_perm(right, found[pk]):
                        self.refused.add((right, model, pk))

    def all_of(self, needs: Iterable[Need], *, own: bool) -> bool:
        """Whether all of these are there. Of what is gone only those who did it themselves are asked nothing."""
        for need in needs:
            if own and need.of_others:
                continue
            key = need.right, need.model, need.pk
            if key in self.refused or (key in self.gone and not own):
                return False
        return True


def standing(model: type[models.Model], pks: set[int]) -> dict[int, models.Model]:
    records: Any = model._default_manager.filter(pk__in=pks)
    if "sides" in {each.name for each in model._meta.related_objects}:
        records = records.prefetch_related("sides")
    return {record.pk: record for record in records}
