"""Beside which actions this person sees an undo. The undo itself asks again, for every record."""

from collections.abc import Sequence
from typing import Any

import rules
from django.db import models

from orgmap.history.done import Done
from orgmap.users.models import User


def mark_undoable(user: User, found: Sequence[Done]) -> None:
    """Offer undo where the person may change the records that are shown; one query a kind."""
    pks: dict[type[models.Model], set[int]] = {}
    for done in found:
        for touched in done.touched:
            pks.setdefault(touched.model, set()).add(touched.pk)
    allowed = {model: changeable(user, model, wanted) for model, wanted in pks.items()}
    for done in found:
        own = done.user == user.pk
        done.may_undo = not done.batch and all(
            touched.pk in allowed[touched.model][0] or (own and touched.pk not in allowed[touched.model][1])
            for touched in done.touched
        )


def changeable(user: User, model: type[models.Model], pks: set[int]) -> tuple[set[int], set[int]]:
    """Which of these records the person may change, and which of them stand."""
    right = f"{model._meta.app_label}.change_{model._meta.model_name}"
    if user.has_perm(right if rules.perm_exists(right) else "users"):
        return pks, pks
    records: Any = model._default_manager.filter(pk__in=pks)
    if "sides" in {each.name for each in model._meta.related_objects}:
        records = records.prefetch_related("sides")
    found = list(records)
    return {record.pk for record in found if user.has_perm(right, record)}, {record.pk for record in found}
