"""My accounts: three questions for each, ten at a time."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_GET, require_http_methods

from channels import services
from channels.asking import asked_accounts, below_accounts, in_order, own_accounts, rows_of
from channels.forms.attest import AnswerForm
from channels.models import Account, Campaign, Outcome
from channels.services.reminders import SALT
from departments.models import Department
from orgmap.core import htmx
from orgmap.core.errors import DomainError
from orgmap.history.links import with_way_back
from orgmap.users.requests import Request

PAGE = 10
BELOW = "below"
"""What waits in all departments that somebody answers for, also where others are asked first."""
LINK_DAYS = 120
"""So long a link of a letter knows for whom it was."""


@require_http_methods(["GET", "POST"])
def attest(request: Request) -> HttpResponse:
    """The accounts about which this person is asked, with the three questions and what the map says."""
    if request.method == "POST":
        return answered(request)
    every, today = request.GET.get("all", ""), localdate()
    if every == BELOW:
        accounts = below_accounts(request.user, today)
    else:
        accounts = own_accounts(request.user) if every else asked_accounts(request.user, today)
    pages = Paginator(in_order(accounts), PAGE)
    page = pages.get_page(request.GET.get("page"))
    forms = [AnswerForm(row=row) for row in rows_of(list(page.object_list), today)]
    return shown(request, forms, {"page": page, "all": every})


def answered(request: Request) -> HttpResponse:
    """Write the answers of a page, all of them or none."""
    today = localdate()
    forms = [AnswerForm(request.POST, row=row) for row in rows_of(sent(request), today)]
    refused = [form for form in forms if not form.is_valid()]
    if not refused:
        said = [form.said() for form in forms if form.is_answered]
        if not said:
            return htmx.refuse(request, "channels:attest", "Nothing was answered. Tick what is right, then save.")
        try:
            counts, action = services.attest(by=request.user, said=said, on=today, now=now())
        except DomainError as refusal:
            return htmx.refuse(request, "channels:attest", str(refusal))
        return htmx.redirect(request, "channels:attest", with_way_back(told(counts), action))
    return shown(request, [form.again() for form in forms], {"all": True}, status=422)


def sent(request: Request) -> list[int]:
    """The accounts that were answered, as far as they exist; refused when one of them is not this person's."""
    typed = list(dict.fromkeys(request.POST.getlist("account")))[:PAGE]
    pks = [int(pk) for pk in typed if pk.isascii() and pk.isdecimal() and len(pk) < 16]
    known = Account.objects.visible_to(request.user).running().among(pks).prefetch_related("sides")
    if not all(request.user.has_perm("channels.change_account", account) for account in known):
        raise PermissionDenied("Only an account's own departments or the social media lead confirm it.")
    there = {account.pk for account in known}
    return [pk for pk in pks if pk in there]


def shown(request: Request, forms: list[AnswerForm], context: dict[str, Any], status: int = 200) -> HttpResponse:
    campaigns = Campaign.objects.filter(pk__in={form.row.campaign.pk for form in forms if form.row.campaign})
    names = Department.objects.active().order_by("name", "pk").values_list("name", flat=True) if forms else []
    context |= {"forms": forms, "campaigns": campaigns.order_by("due_on", "pk"), "today": localdate(), "names": names}
    answer = htmx.page(request, "channels/attest.html", context)
    answer.status_code = status
    return answer


def told(counts: Counter[str]) -> str:
    """What was answered, in a sentence or two."""
    held = counts[Outcome.CONFIRMED] + counts[Outcome.CORRECTED]
    no = counts[Outcome.NOT_OURS] + counts[Outcome.NOT_NEEDED]
    parts = [f"You confirmed {held} account{'' if held == 1 else 's'}."] if held else []
    if no:
        ours, needed = counts[Outcome.NOT_OURS], counts[Outcome.NOT_NEEDED]
        what = " or ".join(["not yours"] * bool(ours) + ["not needed any more"] * bool(needed))
        parts.append(
            f"You answered of {no} that {'it is' if no == 1 else 'they are'} {what}. The social media lead finds this "
            f"on the home page and decides; until then {'it stays' if no == 1 else 'they stay'}."
        )
    return " ".join(parts)


@require_GET
def attest_link(request: Request, token: str) -> HttpResponse:
    """From a letter to one's own list. The link opens nothing: it only says for whom the letter was."""
    try:
        person = signing.loads(token, salt=SALT, max_age=LINK_DAYS * 86400)
    except signing.BadSignature:
        messages.warning(request, "This link is old or was cut off. Here stands what waits for you now.")
    else:
        if person != request.user.pk:
            messages.warning(request, "That letter was for somebody else. Here stands what waits for you.")
    below = f"?all={BELOW}" if request.GET.get("all") == BELOW else ""
    return htmx.redirect(request, reverse("channels:attest") + below)
