"""How each finding is put right: by a small form at its place, or on the page that does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.urls import reverse
from django.utils.http import urlencode

from channels.models import BulkChange, Finding

What = BulkChange.What
Kind = Literal["word", "holder", "retire", "attest", "address", "page"]


@dataclass(frozen=True)
class Fix:
    """What is done about a finding. ``word`` is a word of the account's sentence; ``url`` the page that does it."""

    label: str
    kind: Kind
    word: str = ""
    url: str = ""
    returns: bool = False
    """Its page leads back to the list that it was opened from."""

    @property
    def in_place(self) -> bool:
        return self.kind != "page"

    def address(self, asked: str) -> str:
        """Where it is done, opened from this list."""
        return f"{self.url}&{urlencode({'list': asked})}" if self.returns and asked else self.url


def word(label: str, name: str) -> Callable[[Finding], Fix]:
    return lambda finding: Fix(label, "word", name)


def same(label: str, kind: Kind) -> Callable[[Finding], Fix]:
    return lambda finding: Fix(label, kind)


def page(label: str, name: str, key: str) -> Callable[[Finding], Fix]:
    """A page about the subject; ``key`` says by what it is called."""

    def fix(finding: Finding) -> Fix:
        value = finding.department.slug if key == "slug" and finding.department else getattr(finding, key, None)
        return Fix(label, "page", url=reverse(name, args=[value]))

    return fix


def merging(finding: Finding) -> Fix:
    """The page on which this record becomes part of the other one."""
    others = finding.detail.get("others") or []
    kept = {"kept": others[0]["id"], "better": 1} if others else {}  # the page looks which of the two is the better one
    asked = urlencode({**kept, "finding": finding.pk})
    address = reverse("channels:account_merge", args=[finding.account_id])
    label = "Merge the two" if finding.rule == "duplicate" else "Compare the two"
    return Fix(label, "page", url=f"{address}?{asked}", returns=True)


def registering(finding: Finding) -> Fix:
    asked = urlencode({"department": finding.department.slug}) if finding.department else ""
    return Fix("Register an account", "page", url=f"{reverse('reports:account_new')}?{asked}")


def looking(finding: Finding) -> Fix:
    """A place or a benefit is looked at on the map."""
    asked = {"benefit": finding.benefit.code} if finding.benefit else of_place(finding.place)
    return Fix("Look at the map", "page", url=f"{reverse('reports:map')}?{urlencode(asked)}")


def of_place(place: str) -> dict[str, str]:
    """The map's filter for a written meeting place: channel|audience|market|platform."""
    parts = [*place.split("|"), "", "", "", ""]
    return {
        name: value
        for name, value in zip(("audience", "market", "platform"), parts[1:4], strict=True)
        if value and value != "*"
    }


FIXES: dict[str, Callable[[Finding], Fix]] = {
    "no-owner": word("Set the owner", "departments"),
    "owner-closed": word("Set the owner", "departments"),
    "no-contact": word("Name a contact", "contact"),
    "head-left": page("Open the department", "reports:department_detail", "slug"),
    "few-holders": same("Name a holder", "holder"),
    "no-staff-holder": same("Name a holder", "holder"),
    "holder-left": page("Open the account", "channels:account_detail", "account_id"),
    "contract-ended": word("Change the contract", "agency"),
    "contract-ending": word("Change the contract", "agency"),
    "contract-without-end": word("Enter the contract's end", "agency"),
    "never-attested": same("Confirm it", "attest"),
    "attestation-overdue": same("Confirm it", "attest"),
    "platform-gone": same("Retire it", "retire"),
    "retired-not-closed": page("Open the account", "channels:account_detail", "account_id"),
    "no-objective": word("Link an objective", "objectives"),
    "objective-ended": word("Link an objective", "objectives"),
    "no-audience": word("Say whom it is for", "audiences"),
    "no-market": word("Say where it speaks", "markets"),
    "silent": same("Retire it", "retire"),
    "quiet": word("Enter the last post", "last_post_on"),
    "activity-unknown": word("Enter the last post", "last_post_on"),
    "duplicate": merging,
    "look-alike": merging,
    "label-contradicts": same("Correct the address", "address"),
    "address-not-canonical": same("Correct the address", "address"),
    "crowded": looking,
    "removable": same("Retire it", "retire"),
    "tie-overdue": page("Renew or end it", "departments:tie_detail", "tie_id"),
    "group-too-large": page("Open the group", "departments:tie_detail", "tie_id"),
    "group-without-objective": page("Open the group", "departments:tie_detail", "tie_id"),
    "objective-without-account": page("Link accounts", "reports:objective_accounts", "objective_id"),
    "department-without-account": registering,
    "benefit-not-staffed": looking,
}
IN_BULK = {
    "no-contact": What.CONTACT,
    "few-holders": What.HOLDER,
    "no-staff-holder": What.HOLDER,
    "no-owner": What.OWNER,
    "owner-closed": What.OWNER,
    "no-objective": What.OBJECTIVE,
    "objective-ended": What.OBJECTIVE,
    "no-audience": What.AUDIENCE,
    "no-market": What.MARKET,
    "platform-gone": What.STATUS,
    "silent": What.STATUS,
    "removable": What.STATUS,
}
"""What of many accounts is set at once to put findings of a rule right."""


def fix_of(finding: Finding) -> Fix | None:
    """What is done about it; None where its rule is not known any more."""
    known = FIXES.get(finding.rule)
    return known(finding) if known else None


def successor_of(finding: Finding) -> int | None:
    """The account that takes the place of one that goes, as far as the finding names it."""
    takers = finding.detail.get("takers") or []
    return int(takers[0]["id"]) if takers else None
