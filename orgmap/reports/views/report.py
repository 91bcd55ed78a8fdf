"""The report: one page, set like a printed one."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from orgmap.core import htmx
from orgmap.reports import doors, reading, words
from orgmap.reports.models import Level, Snapshot, Touchpoint
from orgmap.reports.names import Names
from orgmap.reports.sending import send_rollup
from orgmap.reports.services.requests import request_rollup
from orgmap.reports.whatif.steps import of_proposal, query
from orgmap.users.requests import Request

WORST = 5


@require_GET
def report(request: Request) -> HttpResponse:
    """The report that stands."""
    snapshot = doors.latest_report(request.user)
    if snapshot is None:
        return render(request, "reports/report_none.html", freshness(request, None))
    return answer(request, snapshot, is_latest=True)


@require_GET
def report_detail(request: Request, pk: int) -> HttpResponse:
    """A report by its number."""
    snapshot = doors.report(request.user, pk)
    return answer(request, snapshot, is_latest=snapshot == doors.latest_report(request.user))


def answer(request: Request, snapshot: Snapshot, *, is_latest: bool) -> HttpResponse:
    """The page of a report at the level that the address names."""
    levels = doors.levels(snapshot)
    level = doors.level(levels, request.GET)
    pairs, places = reading.widest_gaps(level, WORST), reading.hotspots(level, 3)
    known = reading.report_names(level, pairs, places)
    figures = level.figures
    context: dict[str, Any] = {
        "snapshot": snapshot,
        "is_latest": is_latest,
        "level": level,
        "at": words.at(level),
        "levels": words.switch(levels, level),
        "level_name": words.level_name(level, levels),
        "names": known,
        "gaps": reading.gaps(pairs, known, figures["proposals"]),
        "hotspots": [hotspot(row, level, known) for row in places],
        "completeness": words.completeness(figures["completeness"]),
        "quadrants": [(key, *words.QUADRANTS[key], figures["quadrants"][key]) for key in words.QUADRANTS],
        "groups": groups(figures["proposals"], known),
        "may_form": request.user.has_perm("departments.add_tie"),
        "clean_up": [
            (key, *words.ACTIONS[key], figures["actions"][key]) for key in words.CLEAN_UP if figures["actions"].get(key)
        ],
        "silos": silos(figures["silos"], known),
        "benefits": benefits(figures["benefits"], known),
        "accounts": figures["sprawl"]["total"]["accounts"],
        "past": reading.past_reports(),
    }
    return render(request, "reports/report.html", context | freshness(request, snapshot if is_latest else None))


@require_POST
def report_compute(request: Request) -> HttpResponse:
    """Have the figures computed now, out of turn."""
    doors.publishing(request.user)
    wish = request_rollup(reason=f"asked for by {request.user}", now=timezone.now())
    send_rollup(wish.pk)
    return htmx.redirect(
        request, "reports:report", "New figures are on their way. The report shows when they are here."
    )


@require_GET
def report_freshness(request: Request) -> HttpResponse:
    """How fresh the standing report is: a fragment that asks again while figures are under way."""
    return render(request, "reports/_freshness.html", freshness(request, doors.latest_report(request.user)))


def freshness(request: Request, snapshot: Snapshot | None) -> dict[str, Any]:
    """What the freshness fragment shows. ``shown`` is the report on the page that asks."""
    shown = request.GET.get("shown", "")
    return {
        "latest": snapshot,
        "changes": reading.changes_since(snapshot) if snapshot is not None else None,
        "under_way": reading.under_way(),
        "failure": reading.last_failure(),
        "shown": int(shown) if shown.isdecimal() else snapshot.pk if snapshot is not None else 0,
        "may_compute": request.user.has_perm("reports.publish_report"),
    }


def hotspot(row: Touchpoint, level: Level, known: Names) -> dict[str, Any]:
    """A place where many meet, in words."""
    _, audience, market, _ = row.touchpoint.split("|")
    return {
        "row": row,
        "place": known.place(row.touchpoint),
        "audience": audience,
        "market": market,
        "units": units(level.names_of(row.units), known),
    }


def units(slugs: list[str], known: Names) -> list[tuple[str, str]]:
    """Units as (slug, name), by name."""
    return sorted(((slug, known.department(slug)) for slug in slugs), key=lambda unit: unit[1])


def groups(proposals: list[dict[str, Any]], known: Names) -> list[dict[str, Any]]:
    """Proposed groups in words."""
    return [
        {
            **group,
            "form": form_address(group),
            "try": query([of_proposal(group)]),
            "benefit": known.of("benefit", group["benefit"]),
            "audience": known.of("audience", group["audience"]),
            "members": [(slug, known.department(slug)) for slug in group["members"]],
            "lead": known.department(group["lead"]),
            "sponsor": known.department(group["sponsor"]) if group["sponsor"] else "",
            "objectives": [known.objectives[key] for key in group["objectives"][:3] if key in known.objectives],
        }
        for group in proposals
    ]


def form_address(group: dict[str, Any]) -> str:
    """The form that founds a proposed group: its members, lead, sponsor, topic and the objective it works on."""
    query = [("member", slug) for slug in group["members"]]
    query += [("lead", group["lead"]), ("benefit", group["benefit"]), ("audience", group["audience"])]
    query += [("sponsor", group["sponsor"])] if group["sponsor"] else []
    query += [("objective", key) for key in group["objectives"][:1]]
    return f"{reverse('departments:group_new')}?{urlencode(query)}"


def silos(found: dict[str, Any], known: Names) -> dict[str, Any]:
    """The silo figures with names."""
    divisions = [
        {"slug": slug, "name": known.department(slug), **shares}
        for slug, shares in found["divisions"].items()
        if shares["inside"] is not None or shares["outside"] is not None
    ]
    return {
        **found,
        "divisions": sorted(divisions, key=lambda row: row["name"]),
        "smaller_islands": [
            [known.department(unit) for unit in island] for island in found["islands"][1:] if len(island) > 1
        ],
        "isolates": units(found["isolates_exposed"], known),
        "keystones": [
            {"name": known.department(row["unit"]), "slug": row["unit"], "pieces": len(row["would_split_into"])}
            for row in found["keystones"]
        ],
        "unregistered": units(found["unregistered"], known),
    }


def benefits(found: dict[str, Any], known: Names) -> dict[str, Any]:
    """Which benefits are staffed, by state."""
    by_state: dict[str, list[tuple[str, str]]] = {"gap": [], "declared": [], "single": [], "shared": []}
    for code, row in found["by_benefit"].items():
        who = known.department(row["units"][0]) if row["state"] == "single" and row["units"] else ""
        by_state[row["state"]].append((known.of("benefit", code), who))
    return {
        "coverage": found["coverage"],
        "count": len(found["by_benefit"]),
        "staffed": len(by_state["single"]) + len(by_state["shared"]),
        **by_state,
    }
