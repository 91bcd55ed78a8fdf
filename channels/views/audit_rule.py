"""One rule of the audit: what it asks, why, what to do about it, and how the lead sets it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from channels.audit import RULES, Parameter, Rule
from channels.forms.finding import RuleForm
from channels.models import Finding, FindingCount, FindingTally, RuleSetting
from channels.services.rule import CannotSet, preview, set_rule, values
from channels.worklist.counting import Trend
from channels.worklist.rules import HOW_SEVERE
from orgmap.core import htmx
from orgmap.core.errors import DomainError
from orgmap.users.policies import is_lead
from orgmap.users.requests import Request

DAYS = 90
FRAGMENTS = ("rule_preview",)


@require_http_methods(["GET", "POST"])
def audit_rule(request: Request, code: str) -> HttpResponse:
    """The rule, and for the lead the form that sets it; ``?look=`` says what other numbers would find."""
    rule = RULES.get(code)
    if rule is None:
        raise Http404(f"No rule is called '{code}'.")
    may_set = request.user.has_perm("channels.set_rule")
    if request.method == "POST":
        if not may_set:
            raise PermissionDenied("Only the social media lead sets the rules of the audit.")
        form = RuleForm(request.POST, rule=rule)
        if form.is_valid():
            try:
                set_rule(
                    by=request.user,
                    rule=code,
                    parameters=form.parameters,
                    is_on=form.cleaned_data["is_on"],
                    version=form.cleaned_data["version"],
                    reason=form.cleaned_data["reason"],
                )
            except DomainError as refusal:
                form.add_error(None, str(refusal))
            else:
                told = f"“{rule.title}” is set. The audit goes by it within seconds."
                return htmx.redirect(request, reverse("channels:audit_rule", args=[code]), told)
        return htmx.form(request, "channels/audit_rule.html", shown(request, rule, form, may_set=may_set))
    context = shown(request, rule, RuleForm(rule=rule, initial=as_set(rule) | taken(request, rule)), may_set=may_set)
    return htmx.page(request, "channels/audit_rule.html", context, fragments=FRAGMENTS)


def as_set(rule: Rule) -> dict[str, Any]:
    """The rule as it stands."""
    settings = values()
    known = RuleSetting.objects.filter(rule=rule.code).values_list("version", flat=True).first()
    return {**settings.values[rule.code], "is_on": rule.code in settings.on, "version": known}


def taken(request: Request, rule: Rule) -> dict[str, int]:
    """Numbers that were taken over from the preview; nothing is set until they are saved."""
    typed = {each.name: request.GET.get(f"use_{each.name}", "") for each in rule.parameters}
    return {name: int(text) for name, text in typed.items() if text.isascii() and text.isdigit() and len(text) < 9}


def shown(request: Request, rule: Rule, form: RuleForm, *, may_set: bool) -> dict[str, Any]:
    numbers = FindingTally.objects.of(request.user).filter(rule=rule.code)
    now = as_set(rule)
    return {
        "rule": rule,
        "severity": HOW_SEVERE[rule.severity],
        "form": form,
        "may_set": may_set,
        "is_on": now["is_on"],
        "set": [(each, now[each.name]) for each in rule.parameters],
        "to_do": numbers.to_do().total(),
        "waived": numbers.total(state=Finding.State.WAIVED),
        "trend": trend(rule) if is_lead(request.user) else None,
        "crumbs": [("Audit", reverse("channels:audit_list"))],
        "previews": previews(request, rule) if may_set and "look" in request.GET else None,
        "asked": request.GET,
    }


def trend(rule: Rule) -> Trend:
    """How many stood open at the end of each of the last days."""
    today = localdate()
    counted = dict(
        FindingCount.objects.filter(rule=rule.code, day__gt=today - timedelta(days=DAYS)).values_list("day", "open")
    )
    days = (today - min(counted)).days + 1 if counted else 0
    return Trend([counted.get(today - timedelta(days=back)) for back in reversed(range(days))])


def previews(request: Request, rule: Rule) -> list[tuple[Parameter, dict[int, int] | None, int, str]]:
    """What each number would find; which one is set; why the one that was typed can't be."""
    told = []
    now = values().values[rule.code]
    for each in rule.parameters:
        typed, refused = request.GET.get(each.name, "").strip(), ""
        also = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else None
        if typed and also is None:
            one = f"Type one, for example {now[each.name]}, and look at others one by one."
            refused = f"'{typed[:40]}' is not one whole number. {one}"
        try:
            found = preview(rule=rule.code, parameter=each.name, also=also, today=localdate())
        except CannotSet as refusal:
            refused = str(refusal)
            found = preview(rule=rule.code, parameter=each.name, today=localdate())
        told.append((each, found, now[each.name], refused))
    return told
