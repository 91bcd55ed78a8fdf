"""A frozen report by a link: made and withdrawn by the lead, read by executives."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from orgmap.core import htmx
from orgmap.core.errors import DomainError
from orgmap.reports import doors
from orgmap.reports.models import SharedLink
from orgmap.reports.services import share
from orgmap.reports.views.report import answer
from orgmap.users.requests import Request


@never_cache
@require_GET
def shared_report(request: Request, key: str) -> HttpResponse:
    """The report of a link."""
    link = doors.shared(request.user, key)
    if request.user.pk != link.made_by_id:
        share.link_opened(link=link, now=timezone.now())
    latest = doors.latest_report(request.user)
    return answer(request, link.snapshot, is_latest=link.snapshot == latest, shared=link)


@require_http_methods(["GET", "POST"])
def shared_list(request: Request, pk: int) -> HttpResponse:
    """The links to a report; sent, a new one."""
    snapshot = doors.sharing(request.user, pk)
    address = reverse("reports:shared_list", args=[pk])
    if request.method == "POST":
        try:
            share.share_report(snapshot=snapshot, by=request.user, now=timezone.now())
        except DomainError as refusal:
            return htmx.refuse(request, address, str(refusal))
        return htmx.redirect(request, address, "The link is made. Whoever is an executive here and has it can read it.")
    links = SharedLink.objects.filter(snapshot=snapshot).select_related("made_by", "withdrawn_by")
    context = {
        "snapshot": snapshot,
        "links": [
            (link, f"{settings.SITE_ADDRESS}{reverse('reports:shared_report', args=[link.key])}")
            for link in links.order_by("-made_at", "-pk")
        ],
        "crumbs": [
            ("Report", reverse("reports:report")),
            ("Over time", reverse("reports:report_list")),
            (snapshot.name or date_format(snapshot.as_of), ""),
        ],
    }
    return render(request, "reports/shared_list.html", context)


@require_POST
def shared_withdraw(request: Request, pk: int) -> HttpResponse:
    """Have a link show nothing any more."""
    link = doors.link(request.user, pk)
    share.withdraw_link(link=link, by=request.user, now=timezone.now())
    return htmx.redirect(
        request, reverse("reports:shared_list", args=[link.snapshot_id]), "The link shows nothing now."
    )
