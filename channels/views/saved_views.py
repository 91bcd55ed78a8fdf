"""Views of the directory that people keep, and the directory as a file."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_POST

from channels import export, listing, tables
from channels.filters import AccountFilter
from channels.forms.view import ViewForm
from channels.models import Account, SavedView
from channels.services.view import save_view
from orgmap.core import htmx, sheets
from orgmap.core.errors import DomainError
from orgmap.users.requests import Request

LONGEST_QUERY = 200


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
    """What the directory shows, all pages of it, as a file: the same filters, order and columns."""
    query = request.GET
    kind = "xlsx" if query.get("format") == "xlsx" else "csv"
    visible = Account.objects.visible_to(request.user)
    chosen = AccountFilter(query, queryset=visible, request=request)
    chosen.form.is_valid()
    typed = query.get("q", "").strip()[:LONGEST_QUERY]
    pks = listing.everything(visible, chosen.filter_queryset, typed=typed, order=tables.order_of(query))
    columns = tables.columns_of(query)
    return sheets.download(kind, "accounts", export.header(columns), export.lines(pks, columns, localdate()))
