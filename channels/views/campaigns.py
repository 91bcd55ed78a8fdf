"""Rounds of questions to owners: all of them, a new one, how far one is."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Exists, F, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from channels import services
from channels.forms.attest import CampaignForm
from channels.forms.heads import HeadsForm
from channels.models import Account, Campaign, Outcome
from channels.services.campaign import as_they_stand, unheard
from departments import services as departments
from departments.answering import Answering
from departments.fields import person_suggestions
from orgmap.core import htmx
from orgmap.core.errors import DomainError
from orgmap.history.links import with_way_back
from orgmap.history.services import because
from orgmap.users.policies import is_lead
from orgmap.users.requests import Request

SHOWN = 200
MENTIONED = 5
DEPARTMENTS = 100
STANDING = (
    Q(ended_at__isnull=False)
    | ~Q(items__state=Outcome.WAITING)
    | Q(items__account__status__in=[Account.Status.ACTIVE, Account.Status.DORMANT])
)
"""Of a campaign that runs, what is still on the map; the results of one that has ended stay as they are."""


@require_GET
def campaign_list(request: Request) -> HttpResponse:
    """All campaigns, the running ones first."""
    campaigns = Campaign.objects.annotate(
        asked=Count("items", filter=STANDING), open=Count("items", filter=Q(items__state=Outcome.WAITING) & STANDING)
    ).order_by(F("ended_at").desc(nulls_first=True), "-due_on", "-pk")
    context = {"campaigns": campaigns, "today": localdate()}
    if is_lead(request.user):
        context["broken"] = Account.objects.running().with_broken_seal().count()
    return htmx.page(request, "channels/campaign_list.html", context)


@require_http_methods(["GET", "POST"])
def campaign_new(request: Request) -> HttpResponse:
    """Say which owners are asked and until when; how many accounts that are, is said before it begins.

    Departments in which nobody can be asked stand there with a line each, and get their heads on this page.
    """
    if not request.user.has_perm("channels.add_campaign"):
        raise PermissionDenied("Only the social media lead begins a campaign.")
    naming = "heads" in request.POST
    looking = naming or "look" in request.POST or (request.method == "GET" and "name" in request.GET)
    typed = request.POST if request.method == "POST" else request.GET if looking else None
    filters = request.GET.get("filters", "")
    initial = {"scope": Campaign.Scope.FILTER, "filters": filters} if filters else {}
    form = CampaignForm(typed, request=request, today=localdate(), initial=initial)
    sent = HeadsForm(request.POST or None, rows=HeadsForm.rows_sent(request.POST))
    refused = name_heads(request, sent) if naming else {}
    if request.method == "POST" and not looking and form.is_valid():
        if sent.is_typed:
            form.add_error(None, "The heads that you chose are not named yet. Name them first, or empty their lines.")
            return lined_up(request, form, sent, refused)
        try:
            begun = services.begin_campaign(
                by=request.user, accounts=form.accounts, today=localdate(), now=now(), **form.cleaned_data
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            said = f"{begun} has begun: {len(form.accounts):,} accounts are asked about. Letters leave within the hour."
            return htmx.redirect(request, "channels:campaign_detail", said, begun.pk)
    if looking and form.is_valid():
        return lined_up(request, form, sent, refused)
    rows = [row for row in sent.rows if sent.typed(row)]
    context = {"form": form, "heads": sent.kept(rows, refused), "people": person_suggestions() if rows else []}
    return htmx.form(request, "channels/campaign_new.html", context, fragment="campaign_form")


def lined_up(request: Request, form: CampaignForm, sent: HeadsForm, refused: dict[int, str]) -> HttpResponse:
    """How many accounts it asks about, for how many nobody can be asked, and a line for each of their departments."""
    lacking = unheard(form.accounts)
    there = {row["department_id"] for row in lacking.departments}
    rows = lacking.departments + [row for row in sent.rows if row["department_id"] in refused.keys() - there]
    heads = sent.kept(rows, refused)
    context = {
        "form": form,
        "found": len(form.accounts),
        "unheard": lacking,
        "heads": heads,
        "people": person_suggestions() if rows else [],
    }
    answer = htmx.form(request, "channels/campaign_new.html", context, fragment="campaign_form")
    if not refused and not form.errors:
        answer.status_code = 200  # to look is no mistake
    return answer


def name_heads(request: Request, sent: HeadsForm) -> dict[int, str]:
    """Name those who were chosen, in one action. Of the lines that could not be taken: why, by their department."""
    sent.is_valid()
    refused = sent.refused
    chosen = sent.chosen
    if not sent.is_typed:
        messages.info(request, "No head is chosen yet. Write a name or a mail address beside a department.")
    with because(by=request.user) as action:
        late = departments.name_heads(by=request.user, heads=chosen, now=now())
    named = [f"{user} of {department}" for department, user in chosen if department.pk not in late]
    if named:
        more = f" and {len(named) - MENTIONED} more" if len(named) > MENTIONED else ""
        told = f"Named as head{'s' if len(named) > 1 else ''}: {', '.join(named[:MENTIONED])}{more}."
        messages.success(request, with_way_back(told, action))
    return refused | late


@require_GET
def campaign_detail(request: Request, pk: int) -> HttpResponse:
    """How far each department is; once it has ended, how it ended."""
    campaign = get_object_or_404(Campaign.objects.select_related("begun_by", "ended_by", "department"), pk=pk)
    told: Any = as_they_stand(campaign)
    counts = {f"{outcome}_count": Count("pk", filter=Q(told=outcome)) for outcome in Outcome.values}
    rows: Any = told.values("department_id", "department_name").annotate(asked=Count("pk"), **counts)
    lines = list(rows.order_by("department_name", "department_id"))
    answering = Answering.now() if campaign.ended_at is None else None
    for row in lines:
        row["answered"] = row["asked"] - row["waiting_count"] - row["gone_count"]
        row["share"] = (
            row["answered"] / (row["asked"] - row["gone_count"]) if row["asked"] > row["gone_count"] else None
        )
        row["head"] = answering.head(row["department_id"]) if answering else None
    there = Account.objects.filter(pk=OuterRef("account"))
    items = told.annotate(there=Exists(there)).order_by("department_name", "label", "pk")
    chosen = request.GET.get("state", "")
    if chosen in Outcome.values:
        items = items.filter(told=chosen)
    total = {name: sum(row[name] for row in lines) for name in ["asked", "answered", *counts]}
    context = {
        "campaign": campaign,
        "page": Paginator(lines, DEPARTMENTS).get_page(request.GET.get("page")),
        "total": total,
        "share": total["answered"] / max(total["asked"] - total["gone_count"], 1),
        "states": [(value, label, total[f"{value}_count"]) for value, label in Outcome.choices],
        "chosen": chosen,
        "items": items[:SHOWN],
        "more": max(items.count() - SHOWN, 0),
        "today": localdate(),
        "left": (campaign.due_on - localdate()).days,
        "counted": total["asked"] if campaign.ended_at else total["asked"] - total["gone_count"],
        "silent": sum(row["asked"] - row["gone_count"] for row in lines if answering and row["head"] is None),
        "may_end": campaign.ended_at is None and request.user.has_perm("channels.change_campaign"),
    }
    return htmx.page(request, "channels/campaign_detail.html", context, fragments=("campaign_items",))


@require_POST
def campaign_end(request: Request, pk: int) -> HttpResponse:
    """End it now; its results stay as they are."""
    campaign = get_object_or_404(Campaign, pk=pk)
    if not request.user.has_perm("channels.change_campaign"):
        raise PermissionDenied("Only the social media lead ends a campaign.")
    try:
        services.end_campaign(campaign=campaign, by=request.user, now=now())
    except DomainError as refusal:
        return htmx.redirect(request, "channels:campaign_detail", str(refusal), pk)
    return htmx.redirect(
        request, "channels:campaign_detail", f"{campaign} has ended. Its results stay as they are.", pk
    )
