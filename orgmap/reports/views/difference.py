"""What is different between two reports, why, and because of what."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from departments.models import Department
from orgmap.core import htmx
from orgmap.core.words import sentence_list
from orgmap.reports import doors, words
from orgmap.reports.causes import Cause, causes
from orgmap.reports.difference import Change, difference
from orgmap.reports.models import FactSheet, Level, Snapshot
from orgmap.reports.names import Names, names
from orgmap.reports.sending import send_trial
from orgmap.reports.services import trials
from orgmap.reports.views.evidence import record
from orgmap.reports.views.past import crumbs
from orgmap.users.requests import Request

SHOWN = 100
NAMED = 3


@require_GET
def report_difference(request: Request, pk: int, other: int) -> HttpResponse:
    """What is different between two reports, the older one first, whichever way they are named."""
    first, second = sorted(
        (doors.report(request.user, pk), doors.report(request.user, other)), key=lambda one: (one.published_at, one.pk)
    )
    levels = doors.levels(second)
    after = doors.level(levels, request.GET)
    before = next((one for one in doors.levels(first) if one.level == after.level), None)
    if before is None:
        raise Http404(f"The older report has no level '{words.at(after)}'.")
    found = difference(before, after)
    shown = [*found.changes[:SHOWN], *found.shifted]
    units = {unit for one in shown for unit in (one.a, one.b)}
    pks = dict(Department.objects.filter(slug__in=units).values_list("slug", "pk"))
    because = causes(first, second, {(one.a, one.b): [*one.records, *departments(one, pks)] for one in shown})
    about = {record for actions in because.values() for action in actions for record in action.records}
    known = names(
        departments=units,
        records={key for one in shown for key in (*one.records_new, *one.records_gone)}
        | {record for record in about if record.startswith(("account:", "objective:"))},
        ties={key for one in shown for key in (*one.ties_new, *one.ties_gone)}
        | {record.removeprefix("tie:") for record in about if record.startswith("tie:")},
        seen_by=first,
    )
    context = {
        "first": first,
        "second": second,
        "before": before,
        "after": after,
        "change": None if before.alignment is None or after.alignment is None else after.alignment - before.alignment,
        **why(request, first, second, after),
        "same_policy": first.policy == second.policy,
        "rows": [row(one, known, second.pk, because[one.a, one.b]) for one in shown if one.kind != "shifted"],
        "shifted": [row(one, known, second.pk, because[one.a, one.b]) for one in found.shifted],
        "more": len(found.changes[SHOWN:]),
        "more_shifted": found.shifts - len(found.shifted),
        "vanished": sum(one.kind == "vanished" for one in found.changes),
        "appeared": sum(one.kind == "appeared" for one in found.changes),
        "moved": sum(one.kind == "moved" for one in found.changes),
        "cut": found.cut,
        "at": words.at(after),
        "level_name": words.level_name(after, levels),
        "levels": words.switch(levels, after),
        "figures": figures(before, after),
        "crumbs": [*crumbs(), ("Difference", "")],
    }
    return htmx.page(request, "reports/report_difference.html", context, fragments=("difference_trend",))


@require_GET
def report_compare(request: Request) -> HttpResponse:
    """From two reports that somebody chose to what is different between them."""
    chosen = [request.GET.get(name, "") for name in ("first", "second")]
    if not all(key.isascii() and key.isdecimal() and len(key) < 18 for key in chosen) or chosen[0] == chosen[1]:
        return htmx.refuse(request, reverse("reports:report_list"), "Choose two different reports to compare.")
    return redirect("reports:report_difference", *map(int, chosen))


def why(request: Request, first: Snapshot, second: Snapshot, level: Level) -> dict[str, Any]:
    """The two parts of the change, or how far a worker is with them."""
    if level.trend and level.trend["since"] == first.pk:
        return {"trend": level.trend}
    if FactSheet.objects.filter(snapshot__in=[first, second]).count() < 2:
        return {}
    if trials.is_live():
        return {"trend": trials.why_now(before=first, after=second, level=level.level)}
    trial, is_new = trials.ask_for_trial(by=request.user, snapshot=second, against=first, steps=(), level=level.level)
    if is_new:
        send_trial(trial.pk)
    return {"trial": trial} if trial.is_working else {"trend": trial.outcome, "failure": trial.error}


def departments(one: Change, pks: dict[str, int]) -> list[str]:
    """The two departments of a pair as records."""
    return [f"department:{pks[slug]}" for slug in (one.a, one.b) if slug in pks]


def figures(before: Level, after: Level) -> list[tuple[str, tuple[tuple[int, str], tuple[int, str]]]]:
    """The counts of two levels beside each other, each with where it is listed."""
    return list(zip(FIGURES, zip(counts(before), counts(after), strict=True), strict=True))


FIGURES = (
    "Units",
    "Accounts",
    "Contested places",
    "Of them without an agreement that counts",
    "Left hand, right hand",
    "Aligned",
)


def counts(level: Level) -> list[tuple[int, str]]:
    """The counts of a level in the order of FIGURES, and where each of them is listed."""
    report, places, pairs = (
        f"{reverse(f'reports:{page}', args=[level.snapshot_id])}?level={words.at(level)}"
        for page in ("report_detail", "place_list", "pair_list")
    )
    quadrants = level.figures["quadrants"]
    return [
        (level.units, report),
        (level.figures["sprawl"]["total"]["accounts"], f"{report}#part-4"),
        (level.contested, places),
        (level.blind, f"{places}&blind=1"),
        (quadrants["left_right_hand"], f"{pairs}&kind=left_right_hand"),
        (quadrants["aligned"], f"{pairs}&kind=aligned"),
    ]


def row(one: Change, known: Names, pk: int, because: Sequence[Cause]) -> dict[str, Any]:
    """A changed pair in words."""
    return {
        "change": one,
        "name": f"{known.department(one.a)} and {known.department(one.b)}",
        "before": words.QUADRANTS[one.before][0] if one.before else "did not meet",
        "after": words.QUADRANTS[one.after][0] if one.after else "do not meet",
        "ties_new": [known.tie(key) for key in one.ties_new],
        "ties_gone": [known.tie(key) for key in one.ties_gone],
        "records_new": [record(key, known) for key in one.records_new],
        "records_gone": [record(key, known) for key in one.records_gone],
        "is_there": bool(one.after),
        "pk": pk,
        "because": [
            {
                "cause": cause,
                "records": sentence_list([named(key, one, known) for key in cause.records[:NAMED]], "and"),
                "more": max(len(cause.records) - NAMED, 0),
            }
            for cause in because
        ],
    }


def named(record: str, one: Change, known: Names) -> str:
    """A record in the middle of a sentence about what was changed."""
    kind, _, pk = record.partition(":")
    if kind == "tie":
        return f"“{known.tie(pk)}”"
    if kind == "department":
        return f"{known.department(one.a)} or {known.department(one.b)}"
    return known.account(pk) if kind == "account" else f"“{known.objectives.get(pk, pk)}”"
