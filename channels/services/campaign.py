"""Rounds of questions to owners: they begin, and they end with results that no longer change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When

from channels.models import Account, AccountDepartment, Campaign, CampaignItem, Outcome
from departments.answering import Answering
from orgmap.core.errors import DomainError
from orgmap.history.services import because

if TYPE_CHECKING:
    from departments.models import Department
    from orgmap.users.models import User

NAMED = 100
"""So many departments without a head are named at once."""


class NobodyToAsk(DomainError):
    """A campaign needs accounts."""


class AlreadyEnded(DomainError):
    """Somebody ended the campaign first."""


@transaction.atomic
def begin_campaign(
    *,
    by: User | None,
    name: str,
    scope: str,
    accounts: Sequence[int],
    due_on: date,
    today: date,
    now: datetime,
    department: Department | None = None,
    filters: str = "",
    note: str = "",
) -> Campaign:
    """Ask the owners of these accounts, as far as they run. Owners and names are kept as they are now."""
    campaign = Campaign(
        name=name, scope=scope, department=department, filters=filters, note=note, due_on=due_on, begun_at=now,
        begun_on=today, begun_by=by,
    )  # fmt: skip
    campaign.full_clean()
    asked = f"{len(accounts):,} account{'' if len(accounts) == 1 else 's'}"
    with because(by=by, reason=f"The owners of {asked} are asked, until {due_on:%-d %B %Y}"):
        campaign.save()
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO channels_campaignitem
                (campaign_id, account_id, label, department_id, department_name, state, note, answered_name)
            SELECT %s, account.id, left(account.handle || ' on ' || platform.name, 300), department.id,
                coalesce(department.name, ''), %s, '', ''
            FROM channels_account account JOIN channels_platform platform ON platform.id = account.platform_id
            LEFT JOIN channels_accountdepartment side ON side.account_id = account.id AND side.position = 0
            LEFT JOIN departments_department department ON department.id = side.department_id
            WHERE account.id = ANY(%s) AND account.status IN ('active', 'dormant')
            """,
            [campaign.pk, Outcome.WAITING, list(accounts)],
        )
        found = cursor.rowcount
    if not found:
        raise NobodyToAsk("No running account is among those that you chose, so there is nobody to ask. Choose others.")
    return campaign


@dataclass(frozen=True)
class Unheard:
    """Accounts for which nobody can be asked, and the departments that lack a head, those with most of them first."""

    accounts: int
    departments: list[dict[str, Any]]
    more: int
    orphans: int
    """Accounts among them that have no owner."""


def unheard(chosen: Sequence[int]) -> Unheard:
    """For which of these accounts no head or deputy is named, at their owner or above it; also those without owner."""
    among = Account.objects.among(chosen).values("pk")
    owners: Any = AccountDepartment.objects.filter(position=0, account__in=among)
    rows = list(
        owners.values(
            "department_id",
            name=F("department__name"),
            slug=F("department__slug"),
            is_closed=Q(department__status="closed"),
        )
        .annotate(count=Count("pk"))
        .order_by("-count", "name", "department_id")
    )
    answering = Answering.now()
    lacking = [row for row in rows if answering.head(row["department_id"]) is None]
    orphans = len(chosen) - sum(row["count"] for row in rows)
    accounts = orphans + sum(row["count"] for row in lacking)
    return Unheard(accounts, lacking[:NAMED], max(len(lacking) - NAMED, 0), orphans)


def as_they_stand(campaign: Campaign) -> QuerySet[CampaignItem]:
    """Its accounts with what is to be told of each: while it runs, one that left the map waits for no answer."""
    if campaign.ended_at is not None:
        return campaign.items.annotate(told=F("state"))
    running = Account.objects.running().filter(pk=OuterRef("account"))
    gone = When(Q(state=Outcome.WAITING) & ~Exists(running), then=Value(Outcome.GONE.value))
    return campaign.items.annotate(told=Case(gone, default=F("state"), output_field=CharField()))


@transaction.atomic
def end_campaign(*, campaign: Campaign, by: User | None, now: datetime) -> Campaign:
    """Freeze the results. What was retired or deleted meanwhile is told apart from what nobody answered."""
    campaign = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    if campaign.ended_at is not None:
        raise AlreadyEnded(f"“{campaign}” was ended already. Its results stand below.")
    running = Account.objects.running().values("pk")
    campaign.items.filter(state=Outcome.WAITING).exclude(account__in=running).update(state=Outcome.GONE)
    campaign.ended_at, campaign.ended_by = now, by
    with because(by=by):
        campaign.save(update_fields=["ended_at", "ended_by"])
    return campaign


def end_overdue(*, today: date, now: datetime, after: int) -> None:
    """End the campaigns whose day passed longer than so many days ago."""
    for campaign in Campaign.objects.filter(ended_at=None).order_by("pk"):
        if (today - campaign.due_on).days > after:
            end_campaign(campaign=campaign, by=None, now=now)
