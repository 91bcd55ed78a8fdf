"""What a rule finds in all accounts, or nearly all: said once, with the way to put all of them right."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.urls import reverse
from django.utils.http import urlencode

from channels.models import BulkChange
from channels.worklist.fixing import IN_BULK
from channels.worklist.rules import title
from departments.policies import answered_departments
from orgmap.users.models import User
from orgmap.users.policies import is_lead

LEAST = 10
"""Of fewer accounts each stands for itself."""
NEARLY = 0.9
LACKS = {
    "no-owner": ("has an owner", "have no owner"),
    "no-contact": ("has a contact", "have no contact"),
    "few-holders": ("names enough people who hold its keys", "name too few people who hold their keys"),
    "never-attested": ("was ever confirmed", "were never confirmed"),
    "no-objective": ("has or had an objective", "have no objective"),
    "no-audience": ("says whom it is for", "do not say whom they are for"),
    "no-market": ("says where it speaks", "do not say where they speak"),
    "activity-unknown": ("shows when it posted last", "do not show when they posted last"),
}
"""Rules about what nobody entered yet: what one account has that keeps the rule, and what many lack that do not."""
LABELS = {
    BulkChange.What.OWNER: "Set the owner of all",
    BulkChange.What.AUDIENCE: "Set an audience for all",
    BulkChange.What.MARKET: "Set a market for all",
    BulkChange.What.OBJECTIVE: "Link all to an objective",
    BulkChange.What.CONTACT: "Name a contact for all",
    BulkChange.What.HOLDER: "Name a holder for all",
}
IMPORTED = {"no-contact": "Import a list with contacts", "activity-unknown": "Import a list of figures"}
"""What a list can say of all."""


PAST = """
    SELECT account.id FROM channels_platform platform CROSS JOIN LATERAL (
        SELECT id FROM channels_account WHERE platform_id = platform.id AND status IN ('active', 'dormant') OFFSET 0
    ) account WHERE platform.is_past
"""
RUNNING = f"""
    SELECT (SELECT count(*) FROM channels_account WHERE status IN ('active', 'dormant'))
        - (SELECT count(*) FROM ({PAST}) past)
"""  # noqa: S608 - texts of ours
RUN_BY = f"""
    SELECT count(*) FROM (
        SELECT account_id FROM channels_accountdepartment WHERE department_id = ANY(%(departments)s::bigint[])
        AND account_id NOT IN (
            SELECT id FROM channels_account WHERE status IN ('planned', 'retired') UNION ALL {PAST}
        )
        GROUP BY account_id
    ) run
"""  # noqa: S608 - texts of ours
"""Few accounts run no more: to take them away costs less than to look each of the others up."""


@dataclass(frozen=True)
class Fold:
    """One rule about nearly every account that is looked at: so many of so many."""

    code: str
    count: int
    accounts: int
    asked: str
    """The query string of its own list."""
    user: User

    @property
    def says(self) -> str:
        has, lack = LACKS[self.code]
        if self.count >= self.accounts:
            return f"None of the {self.accounts:,} accounts {has}."
        return f"{self.count:,} of the {self.accounts:,} accounts {lack}."

    @property
    def title(self) -> str:
        return title(self.code)

    @property
    def url(self) -> str:
        """Each of its findings."""
        return f"{reverse('channels:audit_list')}?{self.asked}"

    @property
    def bulk(self) -> tuple[str, str] | None:
        """What is set on all these accounts at once, and how that is called."""
        what = IN_BULK.get(self.code)
        return (str(what), LABELS[what]) if what and self.user.has_perm("channels.change_many") else None

    @property
    def page(self) -> tuple[str, str] | None:
        """The page on which all are put right, and what is done there."""
        if self.code in IMPORTED and self.user.has_perm("channels.import_lists"):
            return reverse("channels:import_list"), IMPORTED[self.code]
        if self.code == "never-attested" and self.user.has_perm("channels.add_campaign"):
            return reverse("channels:campaign_new"), "Ask all owners to confirm"
        return None


def folds(user: User, counts: dict[str, int], below: list[int] | None = None, slug: str = "") -> list[Fold]:
    """The rules that find nearly every account. below: the department that is looked at, and all under it."""
    found = {code: counts[code] for code in LACKS if code in counts}
    accounts = looked_at(user, below) if found else 0
    return [
        Fold(code, count, accounts, urlencode({"rule": code, **({"department": slug} if slug else {})}), user)
        for code, count in found.items()
        if accounts >= LEAST and count >= NEARLY * accounts
    ]


def looked_at(user: User, below: list[int] | None) -> int:
    """How many accounts run there. On a platform that is gone none of these rules asks for anything."""
    if not is_lead(user):
        mine = answered_departments(user)
        below = sorted(mine if below is None else mine.intersection(below))
    with connection.cursor() as cursor:
        cursor.execute(RUNNING if below is None else RUN_BY, {"departments": below})
        return int(cursor.fetchone()[0])
