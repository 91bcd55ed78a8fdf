"""Finding the records that a program or a list names by code."""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import TypeVar

from django.db.models import Model, QuerySet

from orgmap.core.errors import DomainError

R = TypeVar("R", bound=Model)


class UnknownReference(DomainError):
    """A code that names nothing."""


def named(records: QuerySet[R], codes: Sequence[str], *, by: str = "code") -> list[R]:
    """The records of these codes, in their order. Raises UnknownReference with the nearest known codes."""
    found = {getattr(record, by): record for record in records.filter(**{f"{by}__in": list(codes)})}
    for code in codes:
        if code not in found:
            near = get_close_matches(code, list(records.values_list(by, flat=True)[:5000]), n=3)
            noun = records.model._meta.verbose_name
            hint = f"Did you mean {' or '.join(near)}?" if near else f"GET the list of {noun}s for the known ones."
            raise UnknownReference(f"'{code}' is no {noun} here. {hint}")
    return [found[code] for code in codes]
