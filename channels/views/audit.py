"""The worklist: what the audit found, as a mail reader shows letters."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from channels import export
from channels.exporting import send_file
from channels.forms.finding import people_called
from channels.models import Export
from channels.views.account_list import page_of
from channels.worklist import files, pages
from orgmap.core import htmx, sheets
from orgmap.users.requests import Request

FRAGMENT = "audit_panes"
LONGEST_QUERY = 200


@require_GET
def audit_list(request: Request) -> HttpResponse:
    """Rules with counts beside the findings of one. The query string is the whole state."""
    context = pages.panes(request.user, request.GET, page_of(request.GET.get("page", "")), localdate())
    return htmx.page(request, "channels/audit_list.html", context, fragments=(FRAGMENT,))


@require_GET
def audit_export(request: Request) -> HttpResponseBase:
    """The findings that the list shows, all pages of it, as a file. A worker makes a long spreadsheet."""
    kind = "xlsx" if request.GET.get("format") == "xlsx" else "csv"
    if kind == "xlsx" and (total := files.total(request.user, request.GET)) > files.AT_ONCE:
        asked = request.GET.urlencode()
        wish = export.ask_for_file(by=request.user, what=Export.What.FINDINGS, query=asked, total=total)
        if wish.state == wish.State.WAITING:
            send_file(wish.pk)
        return redirect("channels:export_detail", pk=wish.pk)
    return sheets.download(kind, "findings", files.HEADER, files.rows(request.user, request.GET, localdate()))


@require_GET
def person_names(request: Request) -> HttpResponse:
    """The people whom somebody may mean while they type."""
    typed = [request.GET.get(name, "").strip() for name in ("to", "value", "name")]
    text = next(filter(None, typed), "")[:LONGEST_QUERY]
    allowed = text and request.user.has_perm("channels.decide_findings")
    return render(request, "channels/_person_names.html", {"found": people_called(text) if allowed else []})
