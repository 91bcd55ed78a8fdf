"""What codes are called: reports keep codes, pages show names as they are today.

What is no longer on the map is called as the report saw it, or as it was last called; no page of it is left to lead to.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.db import connection

from channels.models import Account
from departments.models import Department, Objective, Tie
from orgmap.reports import gone
from orgmap.reports.models import Snapshot

CATALOGUE = """
    SELECT 'audience', code, name FROM departments_audience
    UNION ALL SELECT 'market', code, name FROM departments_market
    UNION ALL SELECT 'platform', code, name FROM channels_platform
    UNION ALL SELECT 'benefit', code, name FROM departments_benefit
"""


@dataclass
class Names:
    """Names by code."""

    catalogue: dict[tuple[str, str], str] = field(default_factory=dict)
    departments: dict[str, str] = field(default_factory=dict)
    accounts: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Handle and platform."""
    objectives: dict[str, str] = field(default_factory=dict)
    ties: dict[str, Tie] = field(default_factory=dict)
    gone: dict[str, str] = field(default_factory=dict)
    """What is no longer on the map, by kind and code (`account:7`, `tie:3`, `department:care`), and whose it was."""
    ended: dict[str, str] = field(default_factory=dict)
    """Titles of agreements that are no longer on the map."""

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
        return self.ties[key].title if key in self.ties else self.ended.get(key, f"agreement {key}")

    def is_there(self, kind: str, code: str) -> bool:
        """Whether a record has a page: a name of something that is gone leads nowhere."""
        known: dict[str, Collection[str]] = {
            "account": self.accounts,
            "objective": self.objectives,
            "department": self.departments,
            "tie": self.ties,
        }
        return code in known[kind] and f"{kind}:{code}" not in self.gone

    def whose(self, kind: str, code: str) -> str:
        """Of a record that is gone the department that answered for it, where the report knows."""
        slug = self.gone.get(f"{kind}:{code}", "")
        return self.department(slug) if slug else ""

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
    seen_by: Snapshot | None = None,
) -> Names:
    """The names that a page needs, in at most five queries. records: `account:7`, `objective:3`; ties: their ids.

    seen_by: the report whose page it is; what is gone since is called as that report saw it, for a few queries more.
    """
    wanted: dict[str, set[int]] = {"account": set(), "objective": set(), "tie": set()}
    for key in (*records, *ties):
        kind, _, pk = key.rpartition(":")
        wanted[kind or "tie"].add(int(pk))
    found = Names()
    if catalogue:
        with connection.cursor() as cursor:
            cursor.execute(CATALOGUE)
            found.catalogue = {(kind, code): name for kind, code, name in cursor.fetchall()}
    slugs = set(departments) - {""}
    if slugs:
        found.departments = dict(Department.objects.filter(slug__in=slugs).values_list("slug", "name"))
    if wanted["account"]:
        rows = Account.objects.filter(pk__in=wanted["account"]).values_list("pk", "handle", "platform__name")
        found.accounts = {str(pk): (handle, platform) for pk, handle, platform in rows}
    if wanted["objective"]:
        statements = Objective.objects.filter(pk__in=wanted["objective"]).values_list("pk", "statement")
        found.objectives = {str(pk): statement for pk, statement in statements}
    if wanted["tie"]:
        found.ties = {str(tie.pk): tie for tie in Tie.objects.filter(pk__in=wanted["tie"])}
    if seen_by is not None:
        _call_what_is_gone(found, wanted, slugs, seen_by)
    return found


def _call_what_is_gone(found: Names, wanted: Mapping[str, set[int]], slugs: set[str], seen_by: Snapshot) -> None:
    owners: set[str] = set()
    if accounts := [pk for pk in wanted["account"] if str(pk) not in found.accounts]:
        for pk, (handle, platform, owner) in gone.accounts(seen_by, accounts).items():
            found.accounts[pk] = (handle, found.of("platform", platform))
            found.gone[f"account:{pk}"] = owner
            owners.add(owner)
    if objectives := [pk for pk in wanted["objective"] if str(pk) not in found.objectives]:
        for pk, (statement, owner) in gone.objectives(seen_by, objectives).items():
            found.objectives[pk] = statement
            found.gone[f"objective:{pk}"] = owner
            owners.add(owner)
    if ties := [pk for pk in wanted["tie"] if str(pk) not in found.ties]:
        found.ended = gone.ties(ties)
    if more := owners - slugs - {""}:
        found.departments |= dict(Department.objects.filter(slug__in=more).values_list("slug", "name"))
    if missing := (slugs | owners) - found.departments.keys() - {""}:
        called = gone.departments(missing)
        found.departments |= called
        found.gone |= {f"department:{slug}": "" for slug in called}
