"""What if: steps that nobody has taken, tried on a copy of the standing report's facts. Nothing is saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from channels.keeping import is_better, standings
from departments.models import Department
from orgmap.core import htmx
from orgmap.reports import doors, reading, words
from orgmap.reports.forms import TryAgreementForm, TryCloseForm, TryMergeForm
from orgmap.reports.models import Level, Snapshot
from orgmap.reports.names import Names
from orgmap.reports.sending import send_trial
from orgmap.reports.services import trials
from orgmap.reports.steps import of_kind
from orgmap.reports.whatif import steps as writing
from orgmap.reports.whatif import wording
from orgmap.reports.whatif.steps import MOST, Agree, Close, Merge, Step, of_proposal
from orgmap.reports.whatif.trying import CannotTry
from orgmap.users.requests import Request

FRAGMENT = "what_if_outcome"
SHOWN = 12
OFFERED = 3
FORMS: dict[str, type[forms.Form]] = {"agree": TryAgreementForm, "merge": TryMergeForm, "close": TryCloseForm}
FIGURES = (
    ("contested", "Places where several meet"),
    ("blind", "Of them without an agreement that counts"),
    ("left_right_hand", "Left hand, right hand"),
    ("aligned", "Aligned pairs"),
    ("alone", "Meet others and agree with nobody"),
    ("accounts", "Accounts in use"),
    ("dormant", "Dormant accounts"),
    ("orphan", "Accounts without an owner or a contact"),
    ("merge", "Accounts whose work another one does too"),
    ("crowded", "Places with three accounts or more"),
    ("surplus", "Accounts beyond one at each place, added up"),
)
BETTER_LOWER = {"blind", "left_right_hand", "alone", "dormant", "orphan", "merge", "crowded", "surplus"}


@require_GET
def what_if(request: Request) -> HttpResponse:
    """The steps of the address, what they would change, and the forms that add one."""
    snapshot = doors.latest_report(request.user)
    if snapshot is None:
        return render(request, "reports/what_if.html", {"snapshot": None})
    steps = writing.read_all(request.GET.getlist("step"))
    levels = doors.levels(snapshot)
    level = doors.level(levels, request.GET)
    asked = request.GET.get("level", "")
    adding = added(request, steps)
    if isinstance(adding, Agree | Merge | Close):
        return HttpResponseRedirect(writing.query([*steps, adding], level=asked))
    shown = looked_at(request, snapshot, steps, level)
    involved = {unit for row in shown.get("pairs", ()) for unit in (row["a"], row["b"])}
    offers = offered(snapshot, level, steps)
    known = wording.named([*steps, *offers], departments=involved)
    index = shown.get("index") or []
    context = {
        "snapshot": snapshot,
        "changes": reading.changes_since(snapshot),
        "level": level,
        "at": words.at(level),
        "asked_level": asked,
        "level_name": words.level_name(level, levels),
        "levels": words.switch(levels, level),
        "steps": listed(steps, known, asked, index),
        "offers": [
            {**row, "url": writing.query([*steps, row["step"]], level=asked)} for row in wording.rows(offers, known)
        ],
        "is_full": len(steps) >= MOST,
        "forms": adding,
        "follows": request.headers.get("HX-Target") == FRAGMENT,
        "opened": request.GET.get("add") or request.GET.get("open", ""),
        "may_propose": request.user.has_perm("departments.add_tie"),
        "propose_url": reverse("reports:what_if_propose") + writing.query(steps, level=asked),
        "here": request.path + writing.query(steps, level=asked),
        "crumbs": [("Report", reverse("reports:report")), ("What if", "")],
        **told(shown, known, snapshot, words.at(level)),
    }
    return htmx.page(request, "reports/what_if.html", context, fragments=(FRAGMENT,))


def added(request: Request, steps: Sequence[Step]) -> Any:
    """The step that a form adds; else the forms, as they were typed or empty."""
    wanted = request.GET.get("add", "")
    asked = Department.objects.active().filter(slug=request.GET.get("department", "")).first()
    initial = {**request.GET.dict(), "department": asked}
    found = {}
    for kind, form in FORMS.items():
        filled = form(request.GET if kind == wanted else None, auto_id=f"{kind}-%s", initial=initial)
        if kind == wanted and len(steps) < MOST and filled.is_valid():
            return filled.step()  # type: ignore[attr-defined]  # each of FORMS has it
        found[kind] = filled
    return found


def looked_at(request: Request, snapshot: Snapshot, steps: Sequence[Step], level: Level) -> dict[str, Any]:
    """The outcome of the steps, or how far a worker is with it, or why there is none."""
    if not steps:
        return {}
    if trials.is_live():
        try:
            return trials.try_now(snapshot=snapshot, steps=steps, level=level.level)
        except CannotTry as refusal:
            return {"refusal": str(refusal)}
    trial, is_new = trials.ask_for_trial(by=request.user, snapshot=snapshot, steps=steps, level=level.level)
    if is_new:
        send_trial(trial.pk)
    if trial.is_working:
        return {"trial": trial}
    return {"refusal": trial.error} if trial.outcome is None else dict(trial.outcome)


def listed(steps: Sequence[Step], known: Names, asked: str, index: Sequence[float | None]) -> list[dict[str, Any]]:
    """The steps, each with the page without it and the alignment once it and those before it are taken."""
    found = wording.rows(steps, known)
    for at, row in enumerate(found):
        rest = [step for number, step in enumerate(steps) if number != at]
        row["without"] = writing.query(rest, level=asked)
        if len(index) > at + 1:
            row["index"] = index[at + 1]
            row["brings"] = None if None in index[at : at + 2] else (index[at + 1] or 0) - (index[at] or 0)
    return found


def better_kept(pairs: Sequence[tuple[int, int]]) -> list[Step]:
    """Merges of the first account of each pair into the second, unless the first is the better record: then the other
    way round, as the page that merges them does."""
    known = standings([pk for pair in pairs for pk in pair])
    turned = [
        (kept, gone) if gone in known and kept in known and is_better(known[gone], known[kept]) else (gone, kept)
        for gone, kept in pairs
    ]
    return [Merge(gone, kept) for gone, kept in dict.fromkeys(turned)]


def offered(snapshot: Snapshot, level: Level, steps: Sequence[Step]) -> list[Step]:
    """What the report proposes itself, ready to be tried."""
    found: list[Step] = [of_proposal(group) for group in level.figures["proposals"]]
    merges = of_kind(snapshot.sprawl_part("actions"), "merge")[: OFFERED + len(steps)]
    found += better_kept(
        [(int(row["subject"][0]), int(row["subject"][1])) for row in merges if len(row["subject"]) > 1]
    )
    return [step for step in found if step not in steps][: len(level.figures["proposals"]) + OFFERED]


def told(shown: dict[str, Any], known: Names, snapshot: Snapshot, at: str) -> dict[str, Any]:
    """The outcome in words and links."""
    if "before" not in shown:
        return shown
    before, after = shown["before"], shown["after"]
    pairs = [pair(row, known) for row in shown["pairs"][:SHOWN]]
    return {
        "before": before,
        "after": after,
        "parts": shown["parts"],
        "figures": [
            {
                "name": name,
                "before": before[key],
                "after": after[key],
                "url": evidence(key, snapshot, at),
                "difference": after[key] - before[key],
                "is_better": (after[key] < before[key]) == (key in BETTER_LOWER),
                "judged": key in BETTER_LOWER or key == "aligned",
            }
            for key, name in FIGURES
        ],
        "pairs": pairs,
        "more_pairs": shown["pair_count"] - len(pairs),
    }


def pair(row: dict[str, Any], known: Names) -> dict[str, Any]:
    """One pair before and after."""
    was, will = row["before"], row["after"]
    return {
        **row,
        "name": f"{known.department(row['a'])} and {known.department(row['b'])}",
        "was": words.QUADRANTS[was["quadrant"]][0] if was else "No pair",
        "will": words.QUADRANTS[will["quadrant"]][0] if will else "No pair any more",
        "gaps": [side["gap"] if side else 0 for side in (was, will)],
        "state": {"left_right_hand": "uncovered", "aligned": "covered"}.get(will["quadrant"] if will else "", ""),
    }


def evidence(key: str, snapshot: Snapshot, at: str) -> str:
    """Where the standing report shows what a figure counts."""
    places = reverse("reports:place_list", args=[snapshot.pk])
    report, pairs = (reverse(f"reports:{page}", args=[snapshot.pk]) for page in ("report_detail", "pair_list"))
    accounts = reverse("channels:account_list")
    return {
        "contested": f"{places}?level={at}",
        "blind": f"{places}?level={at}&blind=1",
        "left_right_hand": f"{pairs}?level={at}&kind=left_right_hand",
        "aligned": f"{pairs}?level={at}&kind=aligned",
        "alone": f"{report}?level={at}#part-5",
        "accounts": accounts,
        **{
            figure: reverse("reports:sprawl_list", args=[snapshot.pk, figure]) + f"?level={at}"
            for figure in ("dormant", "crowded", "surplus")
        },
        "orphan": reverse("reports:step_list", args=[snapshot.pk, "name_owner"]) + f"?level={at}",
        "merge": reverse("reports:step_list", args=[snapshot.pk, "merge"]) + f"?level={at}",
    }[key]
