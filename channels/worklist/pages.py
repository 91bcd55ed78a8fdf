"""A page of the worklist: the rules with their counts, and the findings of the one that is chosen."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page
from django.http import QueryDict
from django.urls import reverse

from channels.bulk.staying import LABELS
from channels.filters import as_named, chips
from channels.finding_querysets import FindingQuerySet
from channels.listing import PAGE, cut, pager_of
from channels.models import Decision, Finding
from channels.worklist import counting
from channels.worklist.counting import COUNTED, Trend
from channels.worklist.filters import NARROWING, FindingFilter
from channels.worklist.fixing import IN_BULK
from channels.worklist.folding import Fold, folds
from channels.worklist.lines import Line, lines
from channels.worklist.markup import Rows
from channels.worklist.rules import HOW_SEVERE, RULES, SEVERITY_CHOICES, title
from orgmap.users.models import User
from orgmap.users.policies import is_lead

KEPT = (*NARROWING, "all", "but")
"""What of a query string makes the list; the page and what was typed elsewhere do not."""
EVERYWHERE = "Nearly every account"
FIXES = {what: label for what, label in LABELS.items() if what in IN_BULK.values()}


@dataclass(frozen=True)
class RuleLine:
    """A rule with so many findings."""

    code: str
    title: str
    count: int
    url: str
    here: bool = False
    trend: Trend | None = None


def asked_of(query: QueryDict, but: Collection[str] | None = None) -> str:
    """The part of a query string that says which list it is; ``but``: and which rules it leaves out."""
    kept = QueryDict(mutable=True)
    for name in KEPT:
        values = [value for value in query.getlist(name) if value]
        if values:
            kept.setlist(name, values[:1])
    if but is not None:
        kept.pop("but", None)
        if but:
            kept["but"] = ",".join(but)
    return kept.urlencode()


def without(query: QueryDict, names: Collection[str]) -> QueryDict:
    """The query without what could not be read."""
    kept = query.copy()
    for name in names:
        kept.pop(name, None)
    return kept


def leading_to(query: QueryDict) -> Callable[[str], str]:
    """Addresses of the list of a rule, otherwise as it is."""
    kept = QueryDict(asked_of(query), mutable=True)
    for name in ("rule", "all", "but"):
        kept.pop(name, None)
    page, rest = reverse("channels:audit_list"), f"&{kept.urlencode()}" if kept else ""
    return lambda rule: f"{page}?rule={rule}{rest}"


def rule_groups(
    query: QueryDict, counts: dict[str, int], trends: dict[str, Trend], folded: Collection[str] = ()
) -> tuple[list[tuple[str, list[RuleLine]]], list[RuleLine]]:
    """The rules that found something, the serious ones first and the largest first among them; and the others.

    folded: those that are true of nearly every account stand last, together.
    """
    here, address = query.get("rule", ""), leading_to(query)
    told = [
        RuleLine(code, title(code), counts.get(code, 0), address(code), code == here, trends.get(code))
        for code in {**RULES, **dict.fromkeys(counts)}
    ]
    groups: dict[str, list[RuleLine]] = {HOW_SEVERE[severity]: [] for severity, _ in SEVERITY_CHOICES}
    groups[EVERYWHERE] = []
    for line in told:
        if line.count and line.code in RULES:
            groups[EVERYWHERE if line.code in folded else HOW_SEVERE[RULES[line.code].severity]].append(line)
    found = [
        (name, sorted(group, key=lambda line: (-line.count, line.title))) for name, group in groups.items() if group
    ]
    if gone := [line for line in told if line.code not in RULES]:
        found.append(("Not asked any more", gone))
    return found, [line for line in told if not line.count and line.code in RULES]


@dataclass(frozen=True)
class Listing:
    """The findings of one page, and where it stands among the pages."""

    lines: list[Line]
    pager: Page[int]
    more: bool


def listing(findings: FindingQuerySet, total: int, page: int, user: User, today: date) -> Listing:
    """A page of these findings, the oldest first."""
    more = total > COUNTED
    pager = pager_of(min(total, COUNTED), page)
    rows = findings.part(cut(pager)) if total else Finding.objects.none()
    return Listing(lines(rows, user, today), pager, more)


def rules_beside(user: User, query: QueryDict, chosen: FindingFilter, today: date) -> dict[str, Any]:
    """The left pane, and what is said once about nearly every account."""
    counts, progress = chosen.counts(today)
    trends = counting.trends(today) if is_lead(user) and chosen.only_rules else {}
    folded = folds_of(user, chosen, counts)
    readable = without(query, chosen.form.errors)
    groups, clean = rule_groups(readable, counts, trends, {fold.code for fold in folded})
    rule = chosen.value("rule") or ""
    total = sum(counts.values())
    if chosen.form.errors:
        shown = listed = 0
        folded = []
    else:
        shown = counts.get(rule, 0) if rule else total
        listed = shown if rule else total - sum(fold.count for fold in folded)
    return {
        "groups": groups,
        "clean": clean,
        "rule": RULES.get(rule),
        "total": total,
        "progress": progress,
        "shown": shown,
        "folds": folded if not rule else [],
        "listed": listed,
        "is_chosen": any(query.get(name) for name in KEPT),
    }


def folds_of(user: User, chosen: FindingFilter, counts: dict[str, int]) -> list[Fold]:
    """What is said once, where the list is one of all accounts of the organisation or of a department."""
    if not chosen.may_fold:
        return []
    department = chosen.value("department")
    return folds(user, counts, chosen.below(department.pk), department.slug) if department else folds(user, counts)


def panes(user: User, query: QueryDict, page: int, today: date) -> dict[str, Any]:
    """Both panes."""
    chosen = FindingFilter(query, user=user)
    beside = rules_beside(user, query, chosen, today)
    rule = chosen.value("rule") or ""
    chosen.but = [fold.code for fold in beside["folds"]]
    total = beside["listed"]
    listed = listing(chosen.found(), total, page, user, today)
    asked, decides = asked_of(query, chosen.but), may_decide_any(user)
    return beside | {
        "listing": listed,
        "rows": Rows(asked=asked, of_rule=bool(rule), decides=decides)(listed.lines),
        "chips": [chip for chip in chips(chosen, query) if chip.label != "Rule"],
        "refused": chosen.refused(),
        "asked": asked,
        "asked_whole": asked_of(query, ()),
        "filters": chosen,
        "asked_department": as_named(chosen.value("department"), str(chosen.form.data.get("department", ""))),
        "page": ",".join(str(line.pk) for line in listed.lines if line.may_decide),
        "kinds": kinds(rule, str(chosen.value("state") or "")) if decides else [],
        "per_page": PAGE,
    }


def may_decide_any(user: User) -> bool:
    return user.has_perm("channels.decide_findings")


def kinds(rule: str, state: str) -> list[tuple[str, str]]:
    """What can be done with many findings of a list at once."""
    what = Decision.What
    decisions = [(what.ASSIGN, "Assign"), (what.WAIVE, "Waive")]
    if state in {"waived", "resolved"}:
        decisions = [(what.REOPEN, "Open again"), *([(what.WAIVE, "Waive anew")] if state == "waived" else [])]
    fixes = [IN_BULK[rule]] if rule in IN_BULK else [] if rule else list(FIXES)[:4]
    return [(str(each), label) for each, label in decisions] + [(str(fix), FIXES[fix]) for fix in fixes]


def neighbours(findings: FindingQuerySet, pk: int) -> tuple[int | None, int | None]:
    """The finding before this one in its list, and the one after it."""
    keys = findings.order_by().values_list("pk", flat=True)
    before = keys.filter(pk__lt=pk).order_by("-pk").first()
    return before, keys.filter(pk__gt=pk).order_by("pk").first()
