"""What somebody's own list shows: the accounts that are to be confirmed, with what is to be confirmed about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F

from channels.models import Account, Attestation, Campaign, CampaignItem, Holder, Outcome, Seal
from channels.querysets import HALF_A_YEAR, in_campaign
from departments.models import Department, Objective
from departments.policies import answered_departments
from orgmap.users.policies import is_head, is_lead

if TYPE_CHECKING:
    from channels.querysets import AccountQuerySet
    from orgmap.users.models import User

OFFERED = 60
"""So many objectives of its departments an account can be given here."""


@dataclass(frozen=True)
class Row:
    """One account with its answers as the map has them."""

    account: Account
    sides: list[Department]
    objectives: list[Objective]
    holders: list[Holder]
    offered: list[Objective]
    seal: Seal | None
    campaign: Campaign | None
    disowned: Attestation | None
    today: date

    @property
    def owner(self) -> Department | None:
        return next(iter(self.sides), None)

    @property
    def mark(self) -> str:
        """What stands to be confirmed, so that nobody confirms what changed while they read."""
        said = [
            [side.pk for side in self.sides[:1]],
            sorted(objective.pk for objective in self.objectives),
            sorted((holder.pk, holder.name) for holder in self.holders),
        ]
        return sha256(repr(said).encode()).hexdigest()[:16]

    @property
    def overdue(self) -> bool:
        last = self.account.last_attested_on
        return last is None or last < self.today - HALF_A_YEAR


def asked_accounts(user: User, today: date) -> AccountQuerySet:
    """The accounts that wait for this person: of departments about which they are asked first; the lead's, where
    nobody can be asked."""
    accounts = Account.objects.visible_to(user).asked_for(today)
    if is_lead(user):
        return accounts.owned_by(silent_departments()) | accounts.without_owner()
    if not is_head(user):
        return accounts.none()
    return accounts.owned_by(list(Department.objects.asked_of(user).values_list("pk", flat=True)))


def silent_departments() -> list[int]:
    """Those about which nobody can be asked."""
    return list(Department.objects.silent().values_list("pk", flat=True))


def below_accounts(user: User, today: date) -> AccountQuerySet:
    """The accounts that wait in all departments that this person answers for, also where others are asked first."""
    return Account.objects.visible_to(user).asked_for(today).owned_by(answered_departments(user))


def own_accounts(user: User) -> AccountQuerySet:
    """All running accounts that this person may confirm as an owner, waiting or not."""
    accounts = Account.objects.visible_to(user).running()
    if is_lead(user):
        return accounts.owned_by(silent_departments()) | accounts.without_owner()
    return accounts.owned_by(answered_departments(user))


def in_order(accounts: AccountQuerySet) -> list[int]:
    """What a campaign asks first, then what was never confirmed, then the longest ago."""
    ordered = accounts.annotate(asked=Exists(in_campaign())).order_by(
        "-asked", F("last_attested_on").asc(nulls_first=True), "handle_key", "pk"
    )
    return list(ordered.values_list("pk", flat=True))


def rows_of(pks: Sequence[int], today: date) -> list[Row]:
    """These accounts with all that is asked about them, in the order given; as many queries for ten as for one."""
    accounts = Account.objects.among(pks).select_related("platform").prefetch_related("sides__department", "objectives")
    holders: dict[int, list[Holder]] = defaultdict(list)
    for holder in Holder.objects.filter(account__in=pks, left_on=None).order_by("-is_primary", "name", "pk"):
        holders[holder.account_id].append(holder)
    seals = Seal.objects.filter(account__in=pks).select_related("by", "broken_by").in_bulk()
    items = CampaignItem.objects.filter(account__in=pks, state=Outcome.WAITING, campaign__ended_at=None)
    campaigns = {
        item.account_id: item.campaign for item in items.select_related("campaign").order_by("campaign__due_on")
    }
    answers: dict[int, Attestation] = {
        said.account_id: said
        for said in Attestation.objects.filter(account__in=pks).select_related("by").order_by("pk")
    }
    found = {account.pk: account for account in accounts}
    offered = offered_to(list(found.values()))
    return [
        Row(
            account=account,
            sides=sides_of(account),
            objectives=sorted(account.objectives.all(), key=lambda each: (each.statement, each.pk)),
            holders=holders[pk],
            offered=offered[pk],
            seal=seals.get(pk),
            campaign=campaigns.get(pk),
            disowned=disowned(answers.get(pk)),
            today=today,
        )
        for pk in pks
        if (account := found.get(pk)) is not None
    ]


def sides_of(account: Account) -> list[Department]:
    """Its departments, the owner first."""
    return [side.department for side in sorted(account.sides.all(), key=lambda side: side.position)]


def disowned(said: Attestation | None) -> Attestation | None:
    """The last answer, if it was a no."""
    return said if said is not None and said.outcome in {Outcome.NOT_OURS, Outcome.NOT_NEEDED} else None


def offered_to(accounts: Sequence[Account]) -> dict[int, list[Objective]]:
    """For each account the running objectives of its departments that it does not serve yet."""
    departments = {side.pk for account in accounts for side in sides_of(account)}
    theirs: dict[int, list[Objective]] = defaultdict(list)
    rows: Any = Objective.objects.filter(status__in=["draft", "active"], sides__department__in=departments)
    for objective in rows.prefetch_related("sides").distinct().order_by("statement", "pk"):
        for side in objective.sides.all():
            theirs[side.department_id].append(objective)
    return {
        account.pk: list(
            dict.fromkeys(
                objective
                for side in sides_of(account)
                for objective in theirs[side.pk]
                if objective not in account.objectives.all()
            )
        )[:OFFERED]
        for account in accounts
    }
