"""Steps that somebody tries, as they stand in an address: `hand_off~customers~uk~x~~care~brand`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.http import urlencode

MOST = 12
"""So many steps are tried at once; more than anybody can hold in mind."""
MOST_MEMBERS = 40
BETWEEN = "~"
"""Stands between the parts of a step: no slug and no code has it, and addresses carry it as it is."""
LONGEST = 4_000
CODE = re.compile(r"[-\w]{0,80}", re.ASCII)
FILTERS = ("audiences", "markets", "platforms", "benefits")


@dataclass(frozen=True)
class Agree:
    """An agreement that everybody has accepted. kind: working_group, hand_off or liaison; a filter that is empty lets
    everything through."""

    kind: str
    departments: tuple[str, ...]
    audience: str = ""
    market: str = ""
    platform: str = ""
    benefit: str = ""

    @property
    def filters(self) -> dict[str, list[str] | None]:
        """The four filters as an agreement keeps them."""
        chosen = (self.audience, self.market, self.platform, self.benefit)
        return {name: [code] if code else None for name, code in zip(FILTERS, chosen, strict=True)}

    @property
    def written(self) -> str:
        return BETWEEN.join(
            (self.kind, self.audience, self.market, self.platform, self.benefit, *self.departments),
        )


@dataclass(frozen=True)
class Merge:
    """One account takes over what another one does, which is retired. By number."""

    gone: int
    kept: int
    kind = "merge"

    @property
    def written(self) -> str:
        return BETWEEN.join(("merge", str(self.gone), str(self.kept)))


@dataclass(frozen=True)
class Close:
    """A department closes; its successor takes over what is open, or nobody does."""

    department: str
    successor: str = ""
    kind = "close"

    @property
    def written(self) -> str:
        return BETWEEN.join(("close", self.department, self.successor))


Step = Agree | Merge | Close
AGREEMENTS = ("working_group", "hand_off", "liaison")


def read(written: str) -> Step | None:
    """A step back from an address; None for what is none."""
    kind, *parts = written[:LONGEST].split(BETWEEN)
    if not all(CODE.fullmatch(part) for part in parts):
        return None
    if kind in AGREEMENTS and 6 <= len(parts) <= 4 + MOST_MEMBERS:
        members = tuple(dict.fromkeys(part for part in parts[4:] if part))
        return Agree(kind, members, *parts[:4]) if len(members) > 1 else None
    if kind == "merge" and len(parts) == 2 and all(is_number(part) for part in parts) and parts[0] != parts[1]:
        return Merge(int(parts[0]), int(parts[1]))
    if kind == "close" and len(parts) == 2 and parts[0] and parts[0] != parts[1]:
        return Close(*parts)
    return None


def is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 18


def read_all(written: Iterable[str]) -> list[Step]:
    """The steps of an address, each once, in their order."""
    found = [step for text in written if (step := read(text)) is not None]
    return list(dict.fromkeys(found))[:MOST]


def query(steps: Sequence[Step], **more: Any) -> str:
    """The part of an address that holds steps, and what else is asked."""
    pairs = [("step", step.written) for step in steps] + [(key, value) for key, value in more.items() if value]
    return f"?{urlencode(pairs)}" if pairs else "?"


def of_proposal(group: Mapping[str, Any]) -> Agree:
    """A group that the report proposes, about its topic."""
    return Agree("working_group", tuple(group["members"]), audience=group["audience"], benefit=group["benefit"])
