"""Lists that people already have: upload, look, correct the columns, apply, take back."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from channels.confirming import brought_by
from channels.imports import again, batches, doors
from channels.imports.apply import apply_batch
from channels.imports.forms import MappingForm, UploadForm
from channels.imports.headers import IGNORED
from channels.imports.records import Note, UnreadableList
from channels.imports.report import number_of, why_refused
from channels.imports.saying import MOST_SHOWN, changes, named_counts, problems
from channels.imports.sending import send_import
from channels.imports.undo import NothingGoes, demand_applied, in_words, outlook, undo_batch
from channels.models import ImportBatch
from departments.models import Department
from orgmap.core import htmx
from orgmap.core.errors import DomainError
from orgmap.core.words import sentence_list
from orgmap.users.models import User
from orgmap.users.policies import is_lead
from orgmap.users.requests import Request

PER_PAGE = 50


@require_http_methods(["GET", "POST"])
def import_list(request: Request) -> HttpResponse:
    """Upload a list; below it the earlier ones."""
    user = doors.importer(request.user)
    form = UploadForm(request.POST or None, request.FILES or None, first=first_kind(request))
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = batches.keep_upload(
                content=file.read(),
                filename=file.name or "list",
                kind=form.cleaned_data["kind"],
                sheet=form.cleaned_data["sheet"],
                by=user,
            )
        except UnreadableList as refusal:
            form.add_error("file", str(refusal))
        else:
            return htmx.redirect(request, "channels:import_detail", "", batch.pk)
    earlier = doors.visible_batches(user).order_by("-created_at", "-pk")
    page = Paginator(earlier, PER_PAGE).get_page(request.GET.get("page"))
    return htmx.form(request, "channels/import_list.html", {"form": form, "page": page}, fragment="import_table")


def first_kind(request: Request) -> str:
    """What the form proposes: as a link says, and departments as long as the map has none."""
    asked = request.GET.get("kind", "")
    if asked in ImportBatch.Kind:
        return asked
    return ImportBatch.Kind.ACCOUNTS if Department.objects.exists() else ImportBatch.Kind.DEPARTMENTS


@require_GET
def import_detail(request: Request, pk: int) -> HttpResponse:
    """One list: what it would do, or what it did."""
    batch = doors.own_batch(request.user, pk)
    return shown(request, batch)


@require_POST
def import_map(request: Request, pk: int) -> HttpResponse:
    """Read the columns as chosen."""
    batch = doors.own_batch(request.user, pk)
    preview = batches.preview_batch(batch=batch, by=request.user, today=timezone.localdate())
    if preview.found is None:
        return shown(request, batch, problem=preview.problem)
    form = MappingForm(request.POST, found=preview.found)
    if not form.is_valid():
        return shown(request, batch, problem="Choose one of the fields for each column.")
    try:
        batches.remap_batch(batch=batch, mapping=form.mapping)
    except DomainError as refusal:
        return shown(request, batch, problem=str(refusal))
    return htmx.redirect(request, "channels:import_detail", "", pk)


@require_POST
def import_read_as(request: Request, pk: int) -> HttpResponse:
    """Read the same file as another kind of list."""
    batch = doors.own_batch(request.user, pk)
    kind = request.POST.get("kind", "")
    if kind not in ImportBatch.Kind:
        return shown(request, batch, problem="Choose what the file lists: departments, accounts or another kind.")
    try:
        batches.read_as(batch=batch, kind=kind)
    except DomainError as refusal:
        return shown(request, batch, problem=str(refusal))
    return htmx.redirect(request, "channels:import_detail", "", pk)


@require_POST
def import_apply(request: Request, pk: int) -> HttpResponse:
    """Write what the list says; a long one is left to a worker."""
    batch = doors.own_batch(request.user, pk)
    try:
        batches.hide_from_public(batch=batch, hidden=request.POST.get("hidden") == "1")
        if batches.is_long(batch):
            batches.ask_worker(batch=batch, what="apply", now=timezone.now())
            send_import(batch_id=pk, what="apply", by_id=request.user.pk)
            return htmx.redirect(request, "channels:import_detail", "", pk)
        result = apply_batch(batch=batch, by=request.user, today=timezone.localdate())
    except DomainError as refusal:
        return shown(request, batch, problem=str(refusal))
    counts = result.plan.counts
    told = f"{batch} is on the map: {number_of(counts['created'], batch.kind)} added, {counts['changed']:,} changed."
    return htmx.redirect(request, "channels:import_detail", told, pk)


@require_POST
def import_show(request: Request, pk: int) -> HttpResponse:
    """Let anyone look up the accounts that a list brought and that were kept from the public pages."""
    batch = doors.own_batch(request.user, pk)
    count = batches.show_accounts(batch=batch, by=request.user)
    told = f"Anyone can look up {number_of(count, 'accounts')} of {batch} now." if count else ""
    return htmx.redirect(request, "channels:import_detail", told, pk)


@require_http_methods(["GET", "POST"])
def import_undo(request: Request, pk: int) -> HttpResponse:
    """What taking an applied list back would do; posted, it is done."""
    batch = doors.own_batch(request.user, pk)
    is_long = batches.is_long(batch)
    if request.method == "GET":
        return look_back(request, batch, is_long=is_long)
    try:
        if is_long:
            batches.ask_worker(batch=batch, what="undo", now=timezone.now())
            send_import(batch_id=pk, what="undo", by_id=request.user.pk)
            return htmx.redirect(request, "channels:import_detail", "", pk)
        undone = undo_batch(batch=batch, by=request.user)
    except NothingGoes:
        return look_back(request, batch, is_long=False, refused=True)
    except DomainError as refusal:
        return shown(request, batch, problem=str(refusal))
    told = f"{batch} was taken back."
    if undone.kept:
        stay = "One record stays, as" if undone.kept_count == 1 else f"{undone.kept_count:,} records stay, as"
        told = f"{batch} is partly taken back. {stay} this page says."
    return htmx.redirect(request, "channels:import_detail", told, pk)


def look_back(request: Request, batch: ImportBatch, *, is_long: bool, refused: bool = False) -> HttpResponse:
    """The page before a list is taken back: what goes, what stays and why, and which lists to take back first."""
    context: dict[str, Any] = {
        "batch": batch,
        "is_long": is_long,
        "crumbs": [("Import", "/imports/"), (str(batch), f"/imports/{batch.pk}/")],
    }
    try:
        if is_long:
            demand_applied(batch)
        else:
            found = outlook(batch)
            mine = set(doors.visible_batches(request.user).filter(pk__in=[each.pk for each in found.first]))
            context |= {
                "outlook": found,
                "goes": sentence_list(in_words(found.deleted), "and"),
                "goes_one": sum(found.deleted.values()) == 1,
                "first": [(each, each in mine) for each in found.first],
            }
    except DomainError as refusal:
        return shown(request, batch, problem=str(refusal))
    answer = htmx.page(request, "channels/import_undo.html", context)
    if refused:
        answer.status_code = 422
    return answer


@require_POST
def import_again(request: Request, pk: int) -> HttpResponse:
    """Look at the file of a list that was taken back once more: what it would do to the map as it is now."""
    batch = doors.own_batch(request.user, pk)
    try:
        draft = again.take_again(batch=batch, by=request.user)
    except DomainError as refusal:
        return shown(request, batch, problem=str(refusal))
    return htmx.redirect(request, "channels:import_detail", "", draft.pk)


@require_POST
def import_discard(request: Request, pk: int) -> HttpResponse:
    """Forget a list that was not applied."""
    batch = doors.own_batch(request.user, pk)
    try:
        batches.discard_batch(batch=batch)
    except DomainError as refusal:
        return shown(request, batch, problem=str(refusal))
    return htmx.redirect(request, "channels:import_list", f"{batch} was thrown away; nothing of it was written.")


def shown(request: Request, batch: ImportBatch, *, problem: str = "") -> HttpResponse:
    """The page of a list, with the sentence of a refusal when there is one."""
    working = batches.underway(batch, now=timezone.now())
    context: dict[str, Any] = {
        "batch": batch,
        "before": again.earlier(batch),
        "working": working,
        "problem": problem or batch.counts.get("failed", ""),
        "crumbs": [("Import", "/imports/")],
    }
    if working:
        pass
    elif batch.state == ImportBatch.State.UPLOADED:
        context |= waiting(request, batch)
    else:
        context |= done(batch)
    answer = htmx.page(request, "channels/import_detail.html", context, fragments=("import_state",))
    if problem:
        answer.status_code = 422
    return answer


def waiting(request: Request, batch: ImportBatch) -> dict[str, Any]:
    """What a list would do."""
    preview = batches.preview_batch(batch=batch, by=request.user, today=timezone.localdate())
    batches.foresee(batch=batch, preview=preview)
    context: dict[str, Any] = {"preview": preview, "kept_until": again.kept_until(batch)}
    if preview.likelier:
        context |= {"likelier": preview.likelier, "likelier_name": ImportBatch.Kind(preview.likelier).label.lower()}
    if preview.found is not None:
        context["mapping"] = MappingForm(found=preview.found)
        context["left_out"] = IGNORED
    if preview.plan is not None:
        context |= {
            "counts": named_counts(preview.plan.counts, done=False),
            **problems(preview.plan.notes),
            "changes": changes(preview.plan),
            "writes": preview.plan.writes or preview.unchecked,
            "looked_up": preview.plan.looked_up,
            "why": why_refused(preview.plan.notes, rows=preview.plan.rows, kind=batch.kind),
            "adds_departments": is_lead(request.user),
            "said_already": bool(preview.plan.same or preview.plan.counts["merged"]),
            "more": max(0, len(preview.plan.changed) - MOST_SHOWN),
        }
    return context


def done(batch: ImportBatch) -> dict[str, Any]:
    """What a list did."""
    notes = [Note(row.line, row.outcome, row.value, row.message) for row in batch.rows.order_by("line", "pk")[:20_000]]
    return {
        "counts": named_counts(batch.counts, done=True),
        **problems(notes),
        "changes": batch.counts.get("changes", [])[:MOST_SHOWN],
        "more": max(0, int(batch.counts.get("changed", 0)) - MOST_SHOWN),
        "undone": batch.counts.get("undo"),
        "gone": sentence_list(in_words(batch.counts.get("undo", {}).get("deleted", {})), "and"),
        "undone_by": who_undid(batch),
        "is_kept": batch.lacks_something and again.is_kept(batch),
        "later": again.later(batch) if batch.lacks_something else None,
        "hidden": brought_by(batch.pk).filter(is_public=False).count() if batch.counts.get("hidden") else 0,
    }


def who_undid(batch: ImportBatch) -> str:
    """Who took it back; nothing for lists that were taken back before that was kept."""
    undone = batch.counts.get("undo", {})
    if "by" not in undone:
        return ""
    by = User.objects.filter(pk=undone["by"]).first()
    return str(by) if by else "the command line" if undone["by"] is None else "somebody who is gone"
