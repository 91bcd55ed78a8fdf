"""From a figure to the accounts and objectives behind it."""

from typing import Any

import numpy as np
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.views.decorators.http import require_GET

from departments.models import Department
from orgmap.core import htmx
from orgmap.reports import doors, reading, words
from orgmap.reports.models import Level
from orgmap.reports.names import Names, names
from orgmap.reports.page import Some
from orgmap.reports.pair_kept import kept
from orgmap.reports.spots import FIELDS
from orgmap.reports.steps import of_kind
from orgmap.users.requests import Request

PAGE = 50
NAMED = 6
"""So many names stand in a row of places or records."""


@require_GET
def pair_detail(request: Request, pk: int, a: str, b: str) -> HttpResponse:
    """Two units: where they meet the same people, by which accounts, and how much of it is agreed."""
    level, context = opened(request, pk)
    pair = doors.pair(level, a, b)
    listed = sorted((pair.places or {"rows": []})["rows"], key=lambda row: row["coverage"])
    page = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    rows = list(page)
    records = {record for row in rows for found in row["evidence"].values() for record in found[:NAMED]}
    ties = {*pair.row["ties"]}
    known = names(departments=[pair.a, pair.b], records=records, ties=ties, seen_by=context["snapshot"])
    first, second = known.department(pair.a), known.department(pair.b)
    departments = list(Department.objects.filter(slug__in=[pair.a, pair.b]))
    return htmx.page(
        request,
        "reports/pair_detail.html",
        context
        | {
            "panel": "pair",
            "title": f"{first} and {second}",
            "may_propose": request.user.has_perm("departments.add_tie"),
            "may_intend": doors.may_intend(request.user, *departments),
            "intended": doors.intended(request.user).filter(a__slug=pair.a, b__slug=pair.b).first(),
            "pair": pair,
            "row": pair.row,
            "a": first,
            "b": second,
            "sides": [
                {"slug": pair.a, "name": first, "share": pair.row.get("share_a"), "size": pair.row["size_a"]},
                {"slug": pair.b, "name": second, "share": pair.row.get("share_b"), "size": pair.row["size_b"]},
            ],
            "quadrant": words.QUADRANTS[pair.quadrant],
            "action": words.PAIR_ACTIONS.get(pair.row["action"] or "", ""),
            "count": pair.shared if pair.row["count"] is None else pair.row["count"],
            "places": [place(row, pair.a, pair.b, known) for row in rows],
            "page": page,
            "more": max(((pair.places or {}).get("count") or 0) - len(listed), 0),
            "is_there": [known.is_there("department", slug) for slug in (pair.a, pair.b)] == [True, True],
            "ties": [(key, known.tie(key), known.ties.get(key)) for key in pair.row["ties"]],
            "crumbs": [*context["crumbs"], (f"{first} and {second}", "")],
        },
        fragments=("map_panel",),
    )


def place(row: dict[str, Any], a: str, b: str, known: Names) -> dict[str, Any]:
    """One shared place in words."""
    return {
        "name": known.place(row["touchpoint"]),
        "coverage": row["coverage"],
        "tie": known.tie(row["tie"]) if row["tie"] else "",
        "sides": [
            {
                "records": [record(key, known) for key in row["evidence"][unit][:NAMED]],
                "more": row["records"][unit] - len(row["evidence"][unit][:NAMED]),
            }
            for unit in (a, b)
        ],
    }


def record(key: str, known: Names) -> dict[str, str]:
    """An account or objective: what it is called and where its page is; of one that is gone, whose it was."""
    kind, _, pk = key.partition(":")
    page = "channels:account_detail" if kind == "account" else "reports:objective_detail"
    name = known.account(pk) if kind == "account" else known.objectives.get(pk, f"objective {pk}")
    there = known.is_there(kind, pk)
    return {
        "name": name,
        "url": reverse(page, args=[pk]) if there else "",
        "kind": kind,
        "gone": "" if there else gone_words(known.whose(kind, pk)),
    }


def gone_words(owner: str) -> str:
    """Said beside a record that has no page any more."""
    return f"{f'of {owner}, ' if owner else ''}no longer on the map"


@require_GET
def place_list(request: Request, pk: int) -> HttpResponse:
    """Where several units meet the same people: the hottest place first."""
    level, context = opened(request, pk)
    found = level.spots
    left = np.ones(len(found), dtype=bool)
    chosen = {name: request.GET.get(name, "") for name in ("blind", *FIELDS, "topic", "unit")}
    if chosen["blind"]:
        left &= found.blind
    if chosen["unit"]:
        at = level.unit_ids.index(chosen["unit"]) if chosen["unit"] in level.unit_ids else -1
        left &= found.standing(at)
    for name in FIELDS:
        if "|" in chosen[name]:
            raise Http404(f"There is no {name} '{chosen[name]}'.")
    left &= found.among(chosen)
    if chosen["topic"]:  # a benefit: of purposes only that one, and every channel
        left &= ~found.outside(chosen["topic"])
    page = Paginator(found.hottest(left).tolist(), PAGE).get_page(request.GET.get("page"))
    shown = found.spots(page)
    slugs = {unit for row in shown for unit in level.names_of(row.units)}
    known = names(departments=slugs, seen_by=context["snapshot"])
    used = level.figures["alignment"]["by"]
    most = NAMED if page.paginator.count > 1 else len(slugs)
    here = known.department(chosen["unit"]) if chosen["unit"] in slugs else ""
    return htmx.page(
        request,
        "reports/place_list.html",
        context
        | {
            "page": page,
            "rows": [
                {
                    "row": row,
                    "name": known.place(row.touchpoint),
                    "fields": dict(zip(FIELDS, row.touchpoint.split("|"), strict=True)),
                    "units": Some.of(
                        sorted((known.department(slug), slug) for slug in level.names_of(row.units)), most
                    ),
                }
                for row in shown
            ],
            "panel": "places",
            "kin": kin(chosen["unit"]) if here else set(),
            "title": f"Places of {here}" if here else "Meeting places",
            "chosen": chosen,
            "about": known.of("benefit", chosen["topic"] or (chosen["detail"] if chosen["kind"] == "purpose" else "")),
            "on": known.of("platform", chosen["detail"] if chosen["kind"] == "channel" else ""),
            "kinds": [("audience", "Audiences"), ("channel", "Channels"), ("purpose", "Purposes")],
            "audiences": sorted((known.of("audience", code), code) for code in used["audience"]),
            "markets": sorted((known.of("market", code), code) for code in used["market"]),
            "crumbs": [*context["crumbs"], ("Meeting places", "")],
        },
        fragments=("map_panel",),
    )


def kin(slug: str) -> set[str]:
    """The department itself, what is above it and what is below it: with none of them it is a pair."""
    pks = Department.objects.filter(slug=slug).values_list("pk", flat=True)
    found = [
        rows.values_list("slug", flat=True)
        for pk in pks
        for rows in (Department.objects.above(pk), Department.objects.below(pk))
    ]
    return {slug, *(each for rows in found for each in rows)}


@require_GET
def unit_detail(request: Request, pk: int, slug: str) -> HttpResponse:
    """One unit in a report: its neighbours, widest gap first."""
    level, context = opened(request, pk)
    unit = doors.unit(level, slug)
    pairs = kept(level).of([slug])[:PAGE]
    known = names(
        departments={slug, *(side for pair in pairs for side in (pair.a, pair.b))},
        records=reading.records(pairs),
        seen_by=context["snapshot"],
    )
    name = known.department(slug)
    return htmx.page(
        request,
        "reports/unit_detail.html",
        context
        | {
            "panel": "unit",
            "title": name,
            "unit": unit,
            "name": name,
            "is_department": Department.objects.filter(slug=slug).exists(),
            "sprawl": unit.row["sprawl"],
            "benefits": [
                known.of("benefit", code) for code, state in (unit.row["benefits"] or {}).items() if state == "staffed"
            ],
            "neighbours": [
                {
                    "gap": gap,
                    "other": gap.b if gap.a.slug == slug else gap.a,
                    "mine": gap.a if gap.a.slug == slug else gap.b,
                }
                for gap in reading.gaps(pairs, known)
            ],
            "crumbs": [*context["crumbs"], (name, "")],
        },
        fragments=("map_panel",),
    )


@require_GET
def step_list(request: Request, pk: int, action: str) -> HttpResponse:
    """One kind of next step with everything that it is about."""
    level, context = opened(request, pk)
    if action not in words.ACTIONS:
        raise Http404(f"There is no step '{action}'.")
    steps = of_kind(context["snapshot"].sprawl_part("actions"), action)
    steps += [row for row in level.actions if row["action"] == action]
    page = Paginator(steps, PAGE).get_page(request.GET.get("page"))
    kind = STEP_SUBJECTS.get(action, "account")
    subjects = [(row, row["subject"], row["because"] if action == "borrow_channel" else []) for row in page]
    keys = [f"{kind}:{key}" for _, found, _ in subjects for key in found] if kind in ("account", "objective") else []
    keys += [f"account:{key}" for _, _, others in subjects for key in others[:PAGE]]
    known = names(
        departments=[key for _, found, _ in subjects for key in found] if kind == "department" else (),
        records=keys,
        ties=[key for _, found, _ in subjects for key in found] if kind == "tie" else (),
        seen_by=context["snapshot"],
    )
    title, because = words.ACTIONS[action]
    return render(
        request,
        "reports/step_list.html",
        context
        | {
            "page": page,
            "rows": [
                {
                    "first": subject(found[0], kind, known),
                    "others": [subject(key, kind, known) for key in found[1:]],
                    "lenders": [subject(key, "account", known) for key in others[:5]],
                }
                for row, found, others in subjects
            ],
            "action": action,
            "title": title,
            "because": because,
            "crumbs": [*context["crumbs"], (title, "")],
        },
    )


STEP_SUBJECTS = {
    "borrow_channel": "objective", "open_channel": "objective", "split_group": "tie", "focus_tie": "tie",
    "one_owner": "department", "joint_objective": "department", "hand_off": "department", "benefit_gap": "benefit",
    "benefit_declared": "benefit",
}  # fmt: skip
"""What the subjects of a step are, where they are not accounts."""


def subject(key: str, kind: str, known: Names) -> dict[str, str]:
    """What a step is about: its name and the page of it."""
    if kind == "department":
        there = known.is_there("department", key)
        url = reverse("reports:department_detail", args=[key]) if there else ""
        return {"name": known.department(key), "url": url, "gone": "" if there else gone_words("")}
    if kind == "benefit":
        return {"name": known.of("benefit", key), "url": ""}
    if kind == "tie":
        url = reverse("departments:tie_detail", args=[key]) if key in known.ties else ""
        return {"name": known.tie(key), "url": url, "gone": "" if url else gone_words("")}
    return record(f"{kind}:{key}", known)


def opened(request: Request, pk: int) -> tuple[Level, dict[str, Any]]:
    """The level of a report that a page of evidence stands on, and what all such pages show."""
    snapshot = doors.report(request.user, pk)
    levels = doors.levels(snapshot)
    level = doors.level(levels, request.GET)
    home = f"{reverse('reports:report_detail', args=[pk])}?level={words.at(level)}"
    context = {
        "snapshot": snapshot,
        "level": level,
        "at": words.at(level),
        "level_name": words.level_name(level, levels),
        "levels": words.switch(levels, level),
        "crumbs": [(f"Report of {date_format(snapshot.as_of)}", home)],
    }
    return level, context
