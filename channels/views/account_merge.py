"""Two records of one account become one."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods

from channels import doors, search, side_by_side
from channels.forms.finding import WaiveForm
from channels.forms.merging import KeptForm, MergeForm
from channels.keeping import to_keep
from channels.models import Account, Finding
from channels.naming import are_two_kinds, placed, told_apart
from channels.services.audit import audit_changed
from channels.services.merging import merge_accounts, preview_account_merge
from channels.views.account_detail import crumbs
from channels.views.finding import address, next_of
from channels.worklist.lines import deciding
from channels.worklist.pages import asked_of
from orgmap.core import htmx
from orgmap.core.errors import DomainError
from orgmap.history.links import with_way_back
from orgmap.users.requests import Request

OFFERED = 5
FRAGMENT = "account_merge_form"


@require_http_methods(["GET", "POST"])
def account_merge(request: Request, pk: int) -> HttpResponse:
    """Name the record that stays, look at both side by side, make them one."""
    account = doors.editable_account(request.user, pk)
    came = came_from(request)
    context: dict[str, Any] = {"account": account, "crumbs": crumbs(account), "came": came, "trail": urlencode(came)}
    if request.method == "POST":
        return merge(request, account, context)
    if "into" in request.GET:
        form = KeptForm(request.GET, account=account)
        if form.is_valid():
            return htmx.redirect(request, f"{request.path}?{urlencode({'kept': form.cleaned_data['into'].pk, **came})}")
        return choose(request, account, context, form)
    asked = request.GET.get("kept", "")
    kept = Account.objects.filter(pk=asked if asked.isascii() and asked.isdigit() and len(asked) < 16 else 0).first()
    if kept is None or kept.pk == account.pk:
        return choose(request, account, context, KeptForm(account=account))
    kept = doors.editable_account(request.user, kept.pk)
    if "better" in request.GET and to_keep(kept.pk, account.pk) == account.pk:
        page = reverse("channels:account_merge", args=[kept.pk])
        return htmx.redirect(request, f"{page}?{urlencode({'kept': str(account.pk), **came})}")
    if came and "merge" not in request.GET and (found := perhaps_two(request, account, kept)) is not None:
        return beside(request, account, kept, context, found)
    seen = {"kept": kept, "versions": versions(account, kept)}
    context["form"] = MergeForm(account=account, by=request.user, initial=seen)
    return compare(request, account, kept, context, {})


def perhaps_two(request: Request, account: Account, kept: Account) -> Finding | None:
    """The finding that led here, where both may be wanted: of handles nearly the same, of a page and a group."""
    finding = Finding.objects.visible_to(request.user).filter(pk=request.GET["finding"]).live().first()
    if finding is None or account.pk not in {finding.account_id, *finding.detail.get("ids", ())}:
        return None
    return finding if finding.rule == "look-alike" or are_two_kinds(account, kept) else None


def beside(
    request: Request, account: Account, kept: Account, context: dict[str, Any], finding: Finding
) -> HttpResponse:
    """Both side by side, and two ways on that weigh the same: both are wanted, or they are one."""
    found = side_by_side.rows(kept, account, {})
    names = told_apart(account, kept)
    may_waive = request.user.has_perm("channels.decide_findings") and deciding(request.user)(finding)
    context |= {
        "kept": kept,
        "names": names,
        "two_kinds": are_two_kinds(account, kept),
        "differing": [row for row in found if row.differs],
        "alike": [row for row in found if not row.differs],
        "finding": finding,
        "form": WaiveForm(initial={"reason": f"Both are wanted: {names[0]} and {names[1]}"[:300]}),
        "waive": f"{reverse('channels:finding_waive', args=[finding.pk])}?{context['came']['list']}",
        "may_waive": may_waive and finding.state != Finding.State.WAIVED,
        "merge": f"{request.path}?{urlencode({'kept': kept.pk, **context['came'], 'merge': 1})}",
    }
    return htmx.page(request, "channels/account_compare.html", context)


def choose(request: Request, account: Account, context: dict[str, Any], form: KeptForm) -> HttpResponse:
    """Which record stays? The most alike are offered."""
    others = Account.objects.visible_to(request.user).exclude(pk=account.pk).exclude(status=Account.Status.RETIRED)
    near = Account.objects.among(search.find(others, account.handle, OFFERED).pks[:OFFERED]).select_related("platform")
    page = "channels/account_merge_choose.html"
    return htmx.page(request, page, context | {"form": form, "near": near.order_by("handle_key", "pk")})


def merge(request: Request, account: Account, context: dict[str, Any]) -> HttpResponse:
    """Do it, or (``look``) say what it would do with these choices."""
    form = MergeForm(request.POST, account=account, by=request.user)
    context["form"] = form
    if not form.is_valid():
        kept = form.cleaned_data.get("kept")
        if kept is None or not request.user.has_perm("channels.change_account", kept):
            page = "channels/account_merge_choose.html"
            return htmx.form(request, page, context | {"form": KeptForm(account=account), "refused": form})
        return compare(request, account, kept, context, {})
    kept = doors.editable_account(request.user, form.cleaned_data["kept"].pk)
    if "look" in request.POST:
        answer = compare(request, account, kept, context, form.choices)
        answer.status_code = 200
        return answer
    names = told_apart(account, kept)
    try:
        done = merge_accounts(
            by=request.user,
            other=account,
            kept=kept,
            on=localdate(),
            choices=form.choices,
            delete=form.cleaned_data.get("delete", False),
            versions=form.seen,
            reason=form.cleaned_data["reason"],
        )
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        account.refresh_from_db(fields=["version"])
        kept.refresh_from_db(fields=["version"])
        again: Any = request.POST.copy()
        again["versions"] = versions(account, kept)  # what they look at now is what they may save
        form.data = again
        return compare(request, account, kept, context, form.choices)
    audit_changed(now=now(), today=localdate(), wait=False, only_few=True)
    page = reverse("channels:account_detail", args=[kept.pk])
    link = format_html('<a class="link" href="{}">{}</a>', page, names[1])
    told = with_way_back(format_html("{} is part of {} now.", placed(names[0], account), link), done.action)
    return htmx.redirect(request, next_finding(request, context["came"]) or page, told)


def came_from(request: Request) -> dict[str, str]:
    """The finding that led here and the list that it was opened from: both are gone once the record goes."""
    told = request.POST if request.method == "POST" else request.GET
    pk = told.get("finding", "")
    if not (pk.isascii() and pk.isdigit() and len(pk) < 16):
        return {}
    rule = Finding.objects.visible_to(request.user).filter(pk=pk).values_list("rule", flat=True).first()
    asked = asked_of(QueryDict(told.get("list", "")[:2000])) or urlencode({"rule": rule or ""})
    return {"finding": pk, "list": asked} if rule else {}


def next_finding(request: Request, came: dict[str, str]) -> str:
    """The next finding of that list; the list itself where this was the last one."""
    if not came:
        return ""
    query = QueryDict(came["list"])
    after = next_of(request.user, query, int(came["finding"]))
    return address(query, after) if after else f"{reverse('channels:audit_list')}?{came['list']}"


def versions(account: Account, kept: Account) -> str:
    return f"{account.version} {kept.version}"


def compare(
    request: Request, account: Account, kept: Account, context: dict[str, Any], chosen: dict[str, str]
) -> HttpResponse:
    """Both side by side, and what will happen."""
    found = side_by_side.rows(kept, account, chosen)
    context |= {
        "kept": kept,
        "names": told_apart(account, kept),
        "differing": [row for row in found if row.differs],
        "alike": [row for row in found if not row.differs],
        "may_swap": account.status != Account.Status.RETIRED,
    }
    try:
        told: dict[str, Any] = {"other": account, "kept": kept, "on": localdate(), "choices": chosen}
        told["delete"] = "delete" in request.POST and "delete" in context["form"].fields
        context["lines"] = preview_account_merge(by=request.user, **told)
    except DomainError as refusal:
        context["refusal"] = str(refusal)
    return htmx.form(request, "channels/account_merge.html", context, fragment=FRAGMENT)
