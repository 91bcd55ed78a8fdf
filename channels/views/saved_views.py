"""Views of the directory that people keep, and the directory as a file."""

from io import BytesIO

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_POST

from channels import doors, export
from channels.exporting import send_file
from channels.forms.view import ViewForm
from channels.models import SavedView
from channels.services.view import save_view
from orgmap.core import htmx, sheets
from orgmap.core.errors import DomainError
from orgmap.users.requests import Request


@require_POST
def view_save(request: Request) -> HttpResponse:
    """Keep the list that is shown under a name."""
    form = ViewForm(request.POST)
    if form.is_valid():
        try:
            view = save_view(by=request.user, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return htmx.redirect(request, f"{reverse('channels:account_list')}?{view.query}", f"“{view}” is kept.")
    return render(request, "channels/view_save.html", {"form": form}, status=422)


@require_POST
def view_remove(request: Request, pk: int) -> HttpResponse:
    """Forget a view. The list that it showed stays as it is."""
    view = get_object_or_404(SavedView, pk=pk, owner=request.user)
    name = str(view)
    view.delete()
    return htmx.redirect(request, "channels:account_list", f"“{name}” is no longer kept.")


@require_GET
def account_export(request: Request) -> HttpResponseBase:
    """What the directory shows, all pages of it, as a file: the same filters, order and columns. A worker makes a
    long spreadsheet."""
    query = request.GET.copy()
    kind = "xlsx" if "xlsx" in query.pop("format", []) else "csv"
    pks = export.chosen(request.user, query)
    if kind == "xlsx" and len(pks) > export.AT_ONCE:
        wish = export.ask_for_file(by=request.user, query=query.urlencode(), total=len(pks))
        if wish.state == wish.State.WAITING:
            send_file(wish.pk)
        return redirect("channels:export_detail", pk=wish.pk)
    columns = export.columns_of(query)
    return sheets.download(kind, "accounts", export.header(columns), export.lines(pks, columns, localdate()))


@require_GET
def export_detail(request: Request, pk: int) -> HttpResponse:
    """A long spreadsheet: how far it is, then the way to it."""
    context = {"export": doors.export(request.user, pk)}
    return htmx.page(request, "channels/export_detail.html", context, fragments=("export_state",))


@require_GET
def export_file(request: Request, pk: int) -> HttpResponseBase:
    """The spreadsheet itself."""
    found = doors.export(request.user, pk)
    if found.content is None:
        raise Http404("This file is not ready.")
    content = BytesIO(bytes(found.content))
    return FileResponse(content, as_attachment=True, filename=found.filename, content_type=sheets.XLSX)
