"""Where the page of a record is, for lists that hold records of every kind."""

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.db import models
from django.urls import reverse

from orgmap.history.done import Done

KINDS = {
    "account": "channels.account",
    "department": "departments.department",
    "objective": "departments.objective",
    "tie": "departments.tie",
    "user": "users.user",
    "audience": "departments.audience",
    "market": "departments.market",
    "platform": "channels.platform",
    "campaign": "channels.campaign",
}
"""Kinds of records by the name that addresses and forms use: account:12."""
NAMES = {"tie": "agreements and groups", "user": "people"}
"""What kinds are called in filters, where the model's own word is not that of the pages."""
PAGES = {
    "channels.account": "channels:account_detail",
    "departments.objective": "reports:objective_detail",
    "departments.tie": "departments:tie_detail",
    "channels.finding": "channels:finding_detail",
    "channels.campaign": "channels:campaign_detail",
}
"""Pages that are found by the record's number."""


def address_of(model: type[models.Model], pk: int) -> str:
    """The page of a record by its number; empty when it has none. A department's is by its slug: see addressed."""
    page = PAGES.get(model._meta.label_lower)
    return reverse(page, args=[pk]) if page else ""


def record_named(text: str) -> models.Model | None:
    """The record that account:12 names, if it is there."""
    word, _, number = text.partition(":")
    if word not in KINDS or not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    return apps.get_model(KINDS[word])._default_manager.filter(pk=int(number)).first()


def addressed(found: Sequence[Done]) -> Sequence[Done]:
    """Give each changed record the address of its page, if it is still there: one query a kind."""
    pks: dict[type[models.Model], set[int]] = {}
    for done in found:
        for touched in done.touched:
            pks.setdefault(touched.model, set()).add(touched.pk)
    known: dict[tuple[type[models.Model], int], str] = {}
    for model, wanted in pks.items():
        records: Any = model._default_manager.filter(pk__in=wanted)
        if model._meta.label_lower == "departments.department":
            for pk, slug in records.values_list("pk", "slug"):
                known[model, pk] = reverse("reports:department_detail", args=[slug])
        elif model._meta.label_lower in PAGES:
            known |= {(model, pk): address_of(model, pk) for pk in records.values_list("pk", flat=True)}
    for done in found:
        for touched in done.touched:
            touched.url = known.get((touched.model, touched.pk), "")
    return found
