"""Two records of one account beside each other: what each says, and whose word would stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst

from channels.account_page import names
from channels.models import Account
from channels.services.merging import LISTS, OWNER, WORDS, owners, usual

SAID = {"departments": "Owner", "says": "Says what", "why_care": "Why people care", "objectives": "Because"}
LONG_LIST = 6


@dataclass(frozen=True)
class Row:
    """One word of both records."""

    name: str
    label: str
    kept: str
    other: str
    chosen: str
    both: bool = False
    """Whether both can stand together."""

    @property
    def differs(self) -> bool:
        return self.kept != self.other

    @property
    def is_empty(self) -> bool:
        return not self.kept and not self.other


def rows(kept: Account, other: Account, chosen: Mapping[str, str]) -> list[Row]:
    """Every word that at least one of the two says, in the order of the sentence."""
    found = []
    for name in (OWNER, "says", "audiences", "markets", "objectives", *WORDS[3:], WORDS[0], WORDS[1], "tags"):
        label = SAID.get(name) or capfirst(str(Account._meta.get_field(name).verbose_name))  # type: ignore[union-attr]
        mine, theirs = text(kept, name), text(other, name)
        both = name == "markets" or (name in {*LISTS, "notes"} and bool(mine and theirs))
        side: str = chosen.get(name) or usual(kept, other, name)
        if side == "both" and not both:
            side = "kept" if mine else "other"
        row = Row(name, label, mine, theirs, side, both)
        if not row.is_empty:
            found.append(row)
    return found


def text(account: Account, name: str) -> str:
    """What a record says there, as it reads; empty when it says nothing."""
    if name == OWNER:
        sides = owners(account)
        return sides[0].name if sides else ""
    if name in {"audiences", "markets"}:
        return ", ".join(names(getattr(account, name)))
    if name == "objectives":
        statements = list(account.objectives.order_by("pk").values_list("statement", flat=True))
        return "; ".join(statements[:LONG_LIST]) + ("; …" if len(statements) > LONG_LIST else "")
    if name == "status":
        return str(account.get_status_display())
    value: Any = getattr(account, name)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return date_format(value, "j F Y")
    return ", ".join(value) if isinstance(value, list) else str(value or "")
