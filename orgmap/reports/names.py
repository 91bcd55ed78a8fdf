"""What codes are called: reports keep codes, pages show names as they are today."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection

from channels.models import Account
from departments.models import Department, Objective, Tie

CATALOGUE = """
    SELECT 'audience', code, name FROM departments_audience
    UNION ALL SELECT 'market', code, name FROM departments_market
    UNION ALL SELECT 'platform', code, name FROM channels_platform
    UNION ALL SELECT 'benefit', code, name FROM departments_benefit
"""


@dataclass
class Names:
    """Names by code. What no longer exists goes by its code."""

    catalogue: dict[tuple[str, str], str] = field(default_factory=dict)
    departments: dict[str, str] = field(default_factory=dict)
    accounts: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Handle and platform."""
    objectives: dict[str, str] = field(default_factory=dict)
    ties: dict[str, Tie] = field(default_factory=dict)

    def department(self, slug: str) -> str:
        return self.departments.get(slug, slug)

    def of(self, kind: str, code: str) -> str:
        return self.catalogue.get((kind, code), code)

    def place(self, touchpoint: str) -> str:
        """A meeting place in words: Customers in Leeds on LinkedIn."""
        kind, audience, market, detail = touchpoint.split("|")
        where = f" in {self.of('market', market)}" if market != "*" else ""
        what = {
            "channel": f" on {self.of('platform', detail)}",
            "purpose": f", to {lower_first(self.of('benefit', detail))}" if detail else "",
        }.get(kind, "")
        return f"{self.of('audience', audience)}{where}{what}"

    def tie(self, key: str) -> str:
        """What an agreement is called: its title, or the account or objective that two departments have together."""
        kind, _, pk = key.partition(":")
        if kind == "account":
            return f"they run {self.account(pk)} together"
        if kind == "objective":
            return f"they pursue “{self.objectives.get(pk, pk)}” together"
        return self.ties[key].title if key in self.ties else f"agreement {key}"

    def account(self, pk: str) -> str:
        if pk not in self.accounts:
            return f"account {pk}"
        handle, platform = self.accounts[pk]
        return f"{handle} on {platform}"


def lower_first(text: str) -> str:
    """For the middle of a sentence; acronyms stay."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def names(
    *,
    departments: Iterable[str] = (),
    records: Iterable[str] = (),
    ties: Iterable[str] = (),
    catalogue: bool = True,
) -> Names:
    """The names that a page needs, in at most five queries. records: `account:7`, `objective:3`; ties: their ids."""
    wanted: dict[str, set[int]] = {"account": set(), "objective": set(), "tie": set()}
    for key in (*records, *ties):
        kind, _, pk = key.rpartition(":")
        wanted[kind or "tie"].add(int(pk))
    found = Names()
    if catalogue:
        with connection.cursor() as cursor:
            cursor.execute(CATALOGUE)
            found.catalogue = {(kind, code): name for kind, code, name in cursor.fetchall()}
    if slugs := set(departments):
        found.departments = dict(Department.objects.filter(slug__in=slugs).values_list("slug", "name"))
    if wanted["account"]:
        rows = Account.objects.filter(pk__in=wanted["account"]).values_list("pk", "handle", "platform__name")
        found.accounts = {str(pk): (handle, platform) for pk, handle, platform in rows}
    if wanted["objective"]:
        statements = Objective.objects.filter(pk__in=wanted["objective"]).values_list("pk", "statement")
        found.objectives = {str(pk): statement for pk, statement in statements}
    if wanted["tie"]:
        found.ties = {str(tie.pk): tie for tie in Tie.objects.filter(pk__in=wanted["tie"])}
    return found
