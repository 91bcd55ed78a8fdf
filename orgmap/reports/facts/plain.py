"""Facts in the plain layout of the method: dicts, in which what says nothing is left out."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from orgmap.reports.facts.columns import STATUSES, AccountFacts, ObjectiveFacts, Records

Head = Mapping[str, Any]


def plain_accounts(head: Head, accounts: AccountFacts, objectives: ObjectiveFacts) -> Iterator[dict[str, Any]]:
    """Accounts in the plain layout; what says nothing is left out."""
    platforms, ids = _codes(head, "platforms"), objectives.id.astype(str).tolist()
    own = zip(
        accounts.platform.tolist(), accounts.handle, accounts.status.tolist(), accounts.last_post.tolist(),
        accounts.contact, accounts.gets, accounts.objectives.lists(), plain_places(head, accounts), strict=True,
    )  # fmt: skip
    for platform, handle, status, posted, contact, gets, served, places in own:
        yield said(
            id=places["id"],
            platform=platforms[platform],
            handle=handle,
            departments=places["departments"],
            status=STATUSES[status] if STATUSES[status] != "active" else None,
            audiences=places["audiences"],
            markets=places["markets"],
            placed_by=places["placed_by"],
            objectives=[ids[at] for at in served],
            last_post=_day(posted),
            contact=contact,
            audience_gets=gets,
        )


def plain_objectives(head: Head, objectives: ObjectiveFacts) -> Iterator[dict[str, Any]]:
    """Objectives in the plain layout; what says nothing is left out."""
    benefits = _codes(head, "benefits")
    own = zip(
        objectives.benefit.tolist(), objectives.active.tolist(), objectives.starts.tolist(), objectives.ends.tolist(),
        plain_places(head, objectives), strict=True,
    )  # fmt: skip
    for benefit, active, starts, ends, places in own:
        yield said(
            id=places["id"],
            benefit=benefits[benefit],
            departments=places["departments"],
            audiences=places["audiences"],
            markets=places["markets"],
            placed_by=places["placed_by"],
            starts=_day(starts),
            ends=_day(ends),
            status=None if active else "ended",
        )


def plain_places(head: Head, records: Records) -> Iterator[dict[str, Any]]:
    """What all records have, in words."""
    departments = [row["id"] for row in head["departments"]]
    audiences, markets = _codes(head, "audiences"), _codes(head, "markets")
    for key, owners, some, where, by_default in zip(
        records.id.tolist(),
        records.departments.lists(),
        records.audiences.lists(),
        records.markets.lists(),
        records.by_default.tolist(),
        strict=True,
    ):
        yield {
            "id": str(key),
            "departments": [departments[at] for at in owners],
            "audiences": [audiences[at] for at in some],
            "markets": [markets[at] for at in where],
            "placed_by": departments[owners[0]] if by_default else None,
        }


def said(**row: Any) -> dict[str, Any]:
    """A record without what it leaves open."""
    return {key: value for key, value in row.items() if value not in (None, "", [])}


def _codes(head: Head, part: str) -> list[str]:
    return [row["id"] for row in head["catalogue"][part]]


def _day(number: int) -> str | None:
    return date.fromordinal(number).isoformat() if number else None
