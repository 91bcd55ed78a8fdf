"""The facts of one moment: small enough to keep with every report, quick to read for the engine."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import cached_property
from hashlib import sha256
from io import BytesIO
from typing import Any

import numpy as np

from orgmap.core.squeezed import squeezed, unsqueezed
from orgmap.reports.engine import Organisation
from orgmap.reports.engine.arrays import Flags, Ragged
from orgmap.reports.facts.columns import AccountFacts, ObjectiveFacts, Records, as_text, columns, picked, restored
from orgmap.reports.facts.plain import plain_accounts, plain_objectives
from orgmap.reports.facts.reading import organisation_of

METHOD = "3"
"""Counted up when the same facts come to give other figures, so that the next roll-up is not taken for unchanged."""


@dataclass(frozen=True)
class Facts:
    """The organisation of one moment.

    head: as_of, policy, catalogue, departments and ties in the plain layout of the method. ``seen`` is the database's
    own snapshot in which they were read, ``collected_at`` its clock just after.
    """

    head: Mapping[str, Any]
    accounts: AccountFacts
    objectives: ObjectiveFacts
    collected_at: datetime
    seen: str

    @property
    def as_of(self) -> date:
        """The day that the facts are looked at."""
        return date.fromisoformat(self.head["as_of"])

    @cached_property
    def input_hash(self) -> str:
        """SHA-256 of everything that figures are made of: the same facts on the same day have the same."""
        digest = sha256(f"{METHOD}\n{json.dumps(self.head, sort_keys=True)}".encode())
        for name, column in self._columns.items():
            digest.update(f"{name}\n{len(column)}\n".encode())
            digest.update(column.astype(column.dtype.newbyteorder("<")).tobytes())
        return digest.hexdigest()

    @cached_property
    def catalogue_version(self) -> str:
        """SHA-256 of the catalogue."""
        return sha256(json.dumps(self.head["catalogue"], sort_keys=True).encode()).hexdigest()

    def read(self, policy: object = None) -> Organisation:
        """For the engine; under another policy, where one is given."""
        head = self.head if policy is None else {**self.head, "policy": policy}
        return organisation_of(head, self.accounts, self.objectives)

    def without_ties(self) -> "Facts":
        """The map alone, whatever was agreed."""
        return replace(self, head={**self.head, "ties": []})

    @cached_property
    def organisation(self) -> dict[str, Any]:
        """In the plain layout of the method."""
        return {
            **{key: self.head[key] for key in ("as_of", "policy", "catalogue", "departments")},
            "accounts": list(plain_accounts(self.head, self.accounts, self.objectives)),
            "objectives": list(plain_objectives(self.head, self.objectives)),
            "ties": self.head["ties"],
        }

    def part(self, departments: Iterable[str]) -> "Facts":
        """The facts as far as some departments are concerned: their records, and what is linked to these."""
        wanted = set(departments)
        mine = np.array([row["id"] in wanted for row in self.head["departments"]], dtype=bool)
        accounts, objectives = (_owned(records, mine) for records in (self.accounts, self.objectives))
        links = self.accounts.objectives
        served, serving = objectives.copy(), accounts.copy()
        served[links.values[accounts[links.rows]]] = True
        serving[links.rows[objectives[links.values]]] = True
        about = {key for tie in self.head["ties"] for key in tie.get("objectives", ())}
        named = np.isin(self.objectives.id, np.array(sorted(about), dtype=np.int64))
        kept = np.flatnonzero(served | named)
        number = np.full(len(self.objectives), -1, dtype=np.int64)
        number[kept] = np.arange(len(kept))
        chosen = picked(self.accounts, np.flatnonzero(serving))
        known = chosen.objectives.kept(number[chosen.objectives.values] >= 0)
        return replace(
            self,
            accounts=replace(chosen, objectives=Ragged(known.starts, number[known.values])),
            objectives=picked(self.objectives, kept),
        )

    def to_bytes(self, *, timeless: bool = False) -> bytes:
        """Everything, compressed; the same for the same facts seen at the same moment; timeless: on the same day."""
        stream = BytesIO()
        moment = datetime.combine(self.as_of, time(), UTC) if timeless else self.collected_at
        head = {"facts": self.head, "collected_at": moment.isoformat(), "seen": "" if timeless else self.seen}
        np.savez(stream, head=as_text(head), **self._columns)
        return squeezed(stream.getbuffer())

    @cached_property
    def _columns(self) -> dict[str, Any]:
        return {**dict(columns("accounts", self.accounts)), **dict(columns("objectives", self.objectives))}

    @classmethod
    def from_bytes(cls, packed: bytes) -> "Facts":
        """The facts back from `to_bytes`."""
        with np.load(BytesIO(unsqueezed(packed)), allow_pickle=False) as stored:
            kept = {name: stored[name] for name in stored.files}
        head = json.loads(kept.pop("head").tobytes())
        found = cls(
            head=head["facts"],
            accounts=restored(AccountFacts, "accounts", kept),
            objectives=restored(ObjectiveFacts, "objectives", kept),
            collected_at=datetime.fromisoformat(head["collected_at"]),
            seen=head["seen"],
        )
        vars(found)["_columns"] = kept
        return found


def _owned(records: Records, departments: Flags) -> Flags:
    """Which records some of the departments own."""
    found = np.zeros(len(records), dtype=bool)
    found[records.departments.rows[departments[records.departments.values]]] = True
    return found
