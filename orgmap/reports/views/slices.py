"""Parts of a report: its pairs by kind, its benefits, and one division."""

import numpy as np
from django.core.paginator import Paginator
from django.db.models import F, OuterRef, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from departments.models import Department
from orgmap.reports import doors, page, reading, words
from orgmap.reports.models import Level, Pair, Snapshot, Unit
from orgmap.reports.names import Names, names
from orgmap.reports.pair_kept import Kept, kept
from orgmap.reports.siblings import Siblings
from orgmap.reports.spots import Flags
from orgmap.reports.views.evidence import PAGE, opened
from orgmap.users.requests import Request

WHERE = {"": "Anywhere", "inside": "Inside a division", "across": "Across divisions"}
WORST = 5
NAMED = 12
"""So many units stand by name beside a benefit; how many there are always does."""
ORPHANS = 10
"""So few units take no page of their own."""


@require_GET
def pair_list(request: Request, pk: int) -> HttpResponse:
    """Pairs of units, the widest gap first: of one kind, inside divisions or across."""
    level, context = opened(request, pk)
    chosen = {name: request.GET.get(name, "") for name in ("kind", "where", "division")}
    if chosen["kind"] not in ("", *words.QUADRANTS):
        raise Http404(f"There is no kind of pairs '{chosen['kind']}'.")
    if chosen["where"] not in WHERE:
        raise Http404(f"Pairs are inside a division or across, not '{chosen['where']}'.")
    found = pairs_of(level, chosen["where"], chosen["division"]).of_kind(chosen["kind"])
    counted = None
    if chosen["kind"] and not (chosen["where"] or chosen["division"]):
        counted = level.figures["quadrants"][chosen["kind"]]
    shown = Paginator(found, PAGE).get_page(request.GET.get("page"))
    pairs = list(shown)
    known = gap_names(pairs, {chosen["division"]} | set(level.figures["silos"]["divisions"]), context["snapshot"])
    return render(
        request,
        "reports/pair_list.html",
        context
        | {
            "page": shown,
            "gaps": reading.gaps(pairs, known, level.figures["proposals"]),
            "quadrants": words.QUADRANTS,
            "kinds": [(key, name) for key, (name, _) in words.QUADRANTS.items()],
            "wheres": list(WHERE.items()),
            "divisions": sorted((known.department(slug), slug) for slug in level.figures["silos"]["divisions"]),
            "chosen": chosen,
            "kind": words.QUADRANTS.get(chosen["kind"]),
            "share": share_of(level, chosen),
            "counted": counted,
            "cut": level.units > reading.ALL_PAIRS_UP_TO,
            "crumbs": [*context["crumbs"], ("Pairs", "")],
        },
    )


def pairs_of(level: Level, where: str = "", division: str = "") -> Kept:
    """The pairs of a level, widest gap first; only those that meet inside a division or across, or with one of them."""
    found = kept(level)
    if not where and not division:
        return found
    place = Unit.objects.filter(level=level)
    ranked = found.ranked.annotate(
        first=Subquery(place.filter(unit=OuterRef("a")).values("division")[:1]),
        second=Subquery(place.filter(unit=OuterRef("b")).values("division")[:1]),
    )
    if division:
        ranked = ranked.filter(first=division) | ranked.filter(second=division)
    if where:
        ranked = ranked.filter(first=F("second")) if where == "inside" else ranked.exclude(first=F("second"))

    def others(siblings: Siblings) -> Flags:
        first, second = siblings.divisions(dict(place.values_list("unit", "division")))
        left = (first == division) | (second == division) if division else np.ones(len(siblings), dtype=bool)
        return left & ((first == second) == (where == "inside")) if where else left

    return found.filtered(ranked, others).meeting()


def share_of(level: Level, chosen: dict[str, str]) -> float | None:
    """How much of what meets there is agreed, where the report has a figure for it."""
    if not chosen["where"] or chosen["kind"]:
        return None
    silos = level.figures["silos"]
    if chosen["division"]:
        shares = silos["divisions"].get(chosen["division"], {})
        return shares.get("inside" if chosen["where"] == "inside" else "outside")
    return silos["within" if chosen["where"] == "inside" else "across"]


def gap_names(pairs: list[Pair], others: set[str], snapshot: Snapshot) -> Names:
    """The names of pairs and of the accounts by which they meet."""
    slugs = {unit for pair in pairs for unit in (pair.a, pair.b)} | others
    return names(departments=slugs, records=reading.records(pairs), seen_by=snapshot)


@require_GET
def benefit_list(request: Request, pk: int) -> HttpResponse:
    """What social media is for: who pursues it, and who works for it with an account."""
    level, context = opened(request, pk)
    found = level.figures["benefits"]["by_benefit"]
    known = names(departments={unit for row in found.values() for unit in row["units"]}, seen_by=context["snapshot"])
    rows = [
        {
            "code": code,
            "name": known.of("benefit", code),
            "state": words.BENEFITS[row["state"]],
            "staffed": page.Some.of(page.units(row["staffed"], known), NAMED),
            "wanted": page.Some.of(page.units(sorted({*row["units"]} - {*row["staffed"]}), known), NAMED),
            "alignment": row["alignment"],
        }
        for code, row in found.items()
    ]
    totals = page.benefits(level.figures["benefits"], known)
    return render(
        request,
        "reports/benefit_list.html",
        context | {"rows": rows, "benefits": totals, "crumbs": [*context["crumbs"], ("Benefits", "")]},
    )


@require_GET
def division_detail(request: Request, pk: int, slug: str) -> HttpResponse:
    """A report about one division: what is agreed inside it and with others, its gaps and the groups it should join."""
    level, context = opened(request, pk)
    snapshot, levels = context["snapshot"], doors.levels(context["snapshot"])
    if not request.GET.get("level"):
        level = page.silo_level(level, levels)
    found = list(Unit.objects.filter(level=level, division=slug).defer("row").order_by("position"))
    if not found:
        raise Http404(f"{slug} is no division of this report.")
    ours = {unit.unit for unit in found}
    units = Paginator(found, PAGE, orphans=ORPHANS).get_page(request.GET.get("page"))
    inside, across = (pairs_of(level, where, slug).of_kind("left_right_hand")[:WORST] for where in ("inside", "across"))
    proposals = [group for group in level.figures["proposals"] if ours & set(group["members"])]
    members = {unit for group in proposals for unit in (*group["members"], group["lead"], group["sponsor"] or "")}
    known = names(
        departments={
            slug,
            *(unit.unit for unit in units),
            *members,
            *(unit for pair in (*inside, *across) for unit in (pair.a, pair.b)),
        },
        records=reading.records([*inside, *across])
        | {f"objective:{key}" for group in proposals for key in group["objectives"][:3]},
        seen_by=snapshot,
    )
    whole = Unit.objects.filter(level__snapshot=snapshot, unit=slug, division=slug).order_by("level__pk").first()
    name = known.department(slug)
    return render(
        request,
        "reports/division_detail.html",
        context
        | {
            "level": level,
            "at": words.at(level),
            "level_name": words.level_name(level, levels),
            "levels": words.switch(levels, level),
            "slug": slug,
            "name": name,
            "shares": level.figures["silos"]["divisions"].get(slug, {"inside": None, "outside": None}),
            "page": units,
            "units": [(unit, known.department(unit.unit)) for unit in units],
            "inside": reading.gaps(inside, known, proposals),
            "across": reading.gaps(across, known, proposals),
            "groups": page.groups(proposals, known),
            "may_form": request.user.has_perm("departments.add_tie"),
            "is_latest": snapshot == doors.latest_report(request.user),
            "sprawl": whole.row["sprawl"] if whole else None,
            "is_department": Department.objects.filter(slug=slug).exists(),
            "crumbs": [*context["crumbs"], (name, "")],
        },
    )
