"""What the page of one account shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from channels.models import Account, Holder, Metric
from channels.sentence import Facts

POINTS = 60
"""So many figures of a kind are drawn and listed; older ones are left out."""


@dataclass(frozen=True)
class Series:
    """One figure over time, oldest first."""

    name: str
    points: list[tuple[date, int]]

    @property
    def values(self) -> list[int]:
        return [value for _, value in self.points]

    @property
    def newest_first(self) -> list[tuple[date, int]]:
        return self.points[::-1]

    @property
    def latest(self) -> int:
        return self.points[-1][1]

    @property
    def words(self) -> str:
        """What the line shows, for those who don't see it."""
        (first_on, first), (last_on, last) = self.points[0], self.points[-1]
        return f"{self.name.capitalize()}: {first:,} on {first_on:%-d %B %Y}, {last:,} on {last_on:%-d %B %Y}"


def facts_of(account: Account, holders: Iterable[Holder] | None) -> Facts:
    """The sentence's facts. Holders only for readers who may know of them."""
    sides = sorted(account.sides.all(), key=lambda side: side.position)
    owner = sides[0].department if sides else None
    return Facts(
        platform=account.platform.name,
        handle=account.handle,
        departments=[side.department.name for side in sides],
        says=account.says,
        audiences=names(account.audiences),
        default_audiences=names(owner.default_audiences) if owner else (),
        markets=names(account.markets),
        default_markets=names(owner.default_markets) if owner else (),
        objectives=list(account.objectives.order_by("pk").values_list("statement", flat=True)),
        why_care=account.why_care,
        rhythm=account.rhythm,
        reply_promise=account.reply_promise,
        holders=None if holders is None else sum(holder.employer == Holder.Employer.STAFF for holder in holders),
    )


def names(categories: object) -> list[str]:
    """Names of a list of audiences or markets, in the catalogue's order."""
    return list(categories.order_by("position", "name", "pk").values_list("name", flat=True))  # type: ignore[attr-defined]


def figures_of(account: Account) -> list[Series]:
    """The account's figures by name."""
    latest: dict[str, list[tuple[date, int]]] = {}
    rows = Metric.objects.filter(account=account).order_by("name", "-on", "pk").values_list("name", "on", "value")
    for name, on, value in rows[: POINTS * 20]:
        points = latest.setdefault(name, [])
        if len(points) < POINTS:
            points.append((on, value))
    return [Series(name, points[::-1]) for name, points in latest.items()]
