"""The worklist: what the audit found, as a mail reader shows letters."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from channels.forms.finding import people_called
from channels.models import Finding
from channels.views.account_list import page_of
from channels.worklist import pages
from channels.worklist.filters import FindingFilter
from channels.worklist.lines import lines
from orgmap.core import htmx, sheets
from orgmap.users.models import User
from orgmap.users.requests import Request

FRAGMENT = "audit_panes"
READ_AT_ONCE = 1_000
MOST_AT_ONCE = 20_000
"""So many lines of a spreadsheet are made while somebody waits."""
LONGEST_QUERY = 200
HEADER = (
    "Finding", "Rule", "Severity", "About", "Kind", "What is wrong", "Departments", "State", "Since", "Assigned to",
    "Until", "Waived until", "Waived because",
)  # fmt: skip


@require_GET
def audit_list(request: Request) -> HttpResponse:
    """Rules with counts beside the findings of one. The query string is the whole state."""
    context = pages.panes(request.user, request.GET, page_of(request.GET.get("page", "")), localdate())
    return htmx.page(request, "channels/audit_list.html", context, fragments=(FRAGMENT,))


@require_GET
def audit_export(request: Request) -> HttpResponseBase:
    """The findings that the list shows, all pages of it, as a file."""
    kind = "xlsx" if request.GET.get("format") == "xlsx" else "csv"
    if kind == "xlsx" and FindingFilter(request.GET, user=request.user).found().count() > MOST_AT_ONCE:
        messages.warning(
            request,
            f"A spreadsheet of more than {MOST_AT_ONCE:,} findings takes too long to make. "
            "Narrow the list, or take the CSV file: it opens in every spreadsheet.",
        )
        return redirect(f"{reverse('channels:audit_list')}?{pages.asked_of(request.GET)}")
    return sheets.download(kind, "findings", HEADER, rows(request.user, request.GET))


def rows(user: User, query: QueryDict) -> Iterator[tuple[Any, ...]]:
    """The lines of the file, read part by part."""
    today, last = localdate(), 0
    found = FindingFilter(query, user=user).found().with_subjects().order_by("pk")
    while part := lines(found.filter(pk__gt=last)[:READ_AT_ONCE], user, today):
        last = part[-1].pk
        for line in part:
            finding: Finding = line.finding
            yield (
                line.pk, line.title, line.how_severe, line.subject, line.kind, line.says,
                "; ".join(department.name for department in line.departments), finding.get_state_display(),
                finding.since, str(finding.assignee or ""), finding.due_on, finding.waived_until,
                finding.waived_reason,
            )  # fmt: skip


@require_GET
def person_names(request: Request) -> HttpResponse:
    """The people whom somebody may mean while they type."""
    text = request.GET.get("to", "").strip()[:LONGEST_QUERY]
    allowed = text and request.user.has_perm("channels.decide_findings")
    return render(request, "channels/_person_names.html", {"found": people_called(text) if allowed else []})
