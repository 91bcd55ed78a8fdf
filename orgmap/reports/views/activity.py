"""The activity of the whole map: who did what, an action a line, and the way back."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_GET, require_POST

from orgmap.core import htmx
from orgmap.core.errors import DomainError
from orgmap.history import jobs
from orgmap.history.actions import Wanted, action, actions
from orgmap.history.done import Done
from orgmap.history.extent import key_of, touches_others, touching
from orgmap.history.models import UndoJob
from orgmap.history.offers import Allowed, Need, mark_undoable
from orgmap.history.sending import send
from orgmap.history.services import CannotUndo, NotYours, undo_action
from orgmap.history.undo.rights import right_to
from orgmap.reports.addresses import KINDS, NAMES, addressed, record_named
from orgmap.users.models import User
from orgmap.users.requests import Request

PAGE = 30
RECORDS = 50
FRAGMENT = "activity_list"


@require_GET
def activity_list(request: Request) -> HttpResponse:
    """What was done, newest first: by whom, to what kind of record or to one, and when."""
    wanted, chosen, problem = asked(request)
    private = request.user.has_perm("channels.view_contacts")
    found, older = actions(request.user, wanted, PAGE, after=request.GET.get("after", ""), private=private)
    mark_undoable(request.user, found)
    today = timezone.localdate()
    query = kept_query(request)
    context = {
        "actions": addressed(found),
        "older": f"?{urlencode({**query, 'after': older})}" if older else "",
        "newest": f"?{urlencode(query)}" if request.GET.get("after") else "",
        "typed": request.GET,
        "kinds": [(key, name_of(key)) for key in KINDS],
        "chips": chips(request, chosen),
        "problem": problem,
        "today": today.isoformat(),
        "yesterday": (today - timedelta(days=1)).isoformat(),
        "week": (today - timedelta(days=7)).isoformat(),
    }
    return htmx.page(request, "reports/activity_list.html", context, fragments=(FRAGMENT,))


def asked(request: Request) -> tuple[Wanted, dict[str, str], str]:
    """What the address asks for, the filters in words, and a sentence about what it asks for in vain."""
    given = {key: request.GET.get(key, "").strip()[:200] for key in ("by", "kind", "record", "since", "until")}
    chosen: dict[str, str] = {}
    problems = []
    people = None
    if given["by"]:
        chosen["by"] = given["by"]
        named = Q(name__icontains=given["by"]) | Q(email__iexact=given["by"])
        people = list(User.objects.filter(named).values_list("pk", flat=True)[:200])
        if not people:
            problems.append(f"Nobody here is called “{given['by']}”.")
    kinds: list[type[models.Model]] = []
    if given["kind"] in KINDS:
        kinds = [apps.get_model(KINDS[given["kind"]])]
        chosen["kind"] = name_of(given["kind"])
    record = None
    if given["record"]:
        record = record_named(given["record"])
        if record is None:
            raise Http404("This record is not on the map.")
        chosen["record"] = str(record)
    days: dict[str, datetime | None] = {}
    for key in ("since", "until"):
        days[key] = None
        if given[key]:
            day = day_of(given[key])
            if day is None:
                problems.append(f"“{given[key]}” is not a day. Write it as {timezone.localdate():%Y-%m-%d}.")
            else:
                chosen[key] = f"{day:%-d %B %Y}"
                days[key] = day + timedelta(days=1) if key == "until" else day
    wanted = Wanted(people=people, kinds=kinds, record=record, since=days["since"], until=days["until"])
    return wanted, chosen, " ".join(problems)


def name_of(kind: str) -> str:
    """What records of a kind are called, many of them."""
    return NAMES.get(kind) or str(apps.get_model(KINDS[kind])._meta.verbose_name_plural)


def day_of(text: str) -> datetime | None:
    """The beginning of a day that somebody typed, or that a link calls today or yesterday."""
    if text in {"today", "yesterday"}:
        text = (timezone.localdate() - timedelta(days=text == "yesterday")).isoformat()
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None


def chips(request: Request, chosen: dict[str, str]) -> list[dict[str, str]]:
    """The filters in use, each with the address without it."""
    labels = {"by": "By", "kind": "Kind", "record": "Record", "since": "Since", "until": "Until"}
    rest = kept_query(request)
    return [
        {
            "label": labels[key],
            "value": value,
            "url": f"{request.path}?{urlencode({each: told for each, told in rest.items() if each != key})}",
        }
        for key, value in chosen.items()
    ]


def kept_query(request: Request) -> dict[str, str]:
    """What the address asks for, without the page."""
    return {key: str(value) for key, value in request.GET.items() if key != "after" and value}


@require_GET
def action_detail(request: Request, context: UUID) -> HttpResponse:
    """One action with each record that it changed, before and after side by side."""
    return page_of(request, context)


def page_of(request: Request, context: UUID, **more: Any) -> HttpResponse:
    typed = request.GET.get("page", "")
    number = max(int(typed), 1) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 1
    private = request.user.has_perm("channels.view_contacts")
    found = action(request.user, context, RECORDS, (number - 1) * RECORDS, private=private)
    if found is None:
        raise Http404("There is no such action, or nothing of it is for you to read.")
    mark_undoable(request.user, [found])
    addressed([found])
    only = alone(request, found)
    job = jobs.at_work_on(context)
    answer: dict[str, Any] = {
        "action": found,
        "number": number,
        "newer": number - 1 if number > 1 else None,
        "older": number + 1 if found.more else None,
        "crumbs": [("Activity", reverse("reports:activity_list"))],
        "undoes": reverse("reports:action_detail", args=[found.undoes]) if found.undoes else "",
        "only": only,
        "only_key": key_of(only) if only else "",
        "job": job if job and may_watch(request.user, job) else None,
        "is_large": sum(found.counts.values()) > jobs.AT_ONCE,
    }
    response = htmx.page(request, "reports/action_detail.html", answer | more)
    if more:
        response.status_code = 422
    return response


def alone(request: Request, found: Done) -> models.Model | None:
    """The record that somebody came from, where what was done to it can be taken back without the rest."""
    record = record_named(request.GET.get("record", ""))
    if record is None or found.is_whole or found.batch or not touching([found.context], record):
        return None
    needed = {need for need in found.needed if need.model is type(record) and need.pk == record.pk}
    needed.add(Need(right_to("change", type(record)), type(record), record.pk))
    may = Allowed(request.user, needed).all_of(needed, own=found.user == request.user.pk)
    return record if may and touches_others(found.context, record) else None


@require_POST
def action_undo(request: Request, context: UUID) -> HttpResponse:
    """Take an action back, all of it or what it did to one record. A large one is a worker's."""
    found = action(request.user, context, 1, 0)
    if found is None:
        raise Http404("There is no such action, or nothing of it is for you to read.")
    named = request.POST.get("record", "")
    record = record_named(named) if named else None
    if named and record is None:
        raise Http404("This record is not on the map.")
    if record is None and found.batch:
        messages.warning(request, "This was an import. Take it back here: what was changed since stays.")
        return redirect("channels:import_detail", pk=found.batch)
    if record is None and sum(found.counts.values()) > jobs.AT_ONCE:
        mark_undoable(request.user, [found])
        if not found.may_undo:
            raise PermissionDenied("You may not change all of these records, so you cannot undo what was done to them.")
        job = jobs.ask_to_undo(by=request.user, context=context, rest=wants_rest(request), back=way_back(request))
        send(job.pk)
        return redirect("reports:undo_detail", pk=job.pk)
    try:
        undone = undo_action(
            by=request.user,
            context=context,
            of=record,
            rest=wants_rest(request),
            later=request.POST.get("later") == "1",
        )
    except NotYours as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except CannotUndo as refusal:
        return page_of(request, context, refusal=refusal, record=named, next=request.POST.get("next", ""))
    except DomainError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, told(undone.count, undone.kept_count, record))
    to = way_back(request) or reverse("reports:action_detail", args=[context])
    if record is not None and not type(record)._default_manager.filter(pk=record.pk).exists():
        to = reverse("reports:action_detail", args=[context])
    return redirect(to)


@require_GET
def undo_detail(request: Request, pk: int) -> HttpResponse:
    """A large undo: how far it is, what it did, or what stands in the way."""
    job = UndoJob.objects.select_related("by").filter(pk=pk).first()
    if job is None or not may_watch(request.user, job):
        raise Http404("There is no such undo, or somebody else asked for it.")
    context = {
        "job": job,
        "told": told(job.count, job.kept_count),
        "percent": round(100 * job.share),
        "crumbs": [
            ("Activity", reverse("reports:activity_list")),
            ("The action", reverse("reports:action_detail", args=[job.context])),
        ],
    }
    return htmx.page(request, "reports/undo_detail.html", context, fragments=("undo_state",))


def may_watch(user: User, job: UndoJob) -> bool:
    """Whoever asked for an undo, and the lead."""
    return job.by_id == user.pk or user.has_perm("users")


def wants_rest(request: Request) -> bool:
    return request.POST.get("rest") == "1"


def way_back(request: Request) -> str:
    """The page of ours that somebody came from."""
    to = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(to, {request.get_host()}, require_https=request.is_secure())
    return to if is_ours and len(to) <= 500 else ""


def told(count: int, kept: int, only: models.Model | None = None) -> str:
    """What undo did, and what it left."""
    rows = "One entry is" if count == 1 else f"{count:,} entries are"
    rest = f" {kept:,} stayed as they were changed since." if kept else ""
    if only is not None:
        rest += f" This is about {only} only: what was done to other records stands."
    return f"Undone: {rows} as before.{rest} Undo this again from the activity if you change your mind."
