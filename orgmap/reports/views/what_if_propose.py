"""From what was tried to proposals: agreements are proposed here, the rest has pages of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from departments import services
from departments.models import Department, Tie
from departments.prefill import USUAL
from orgmap.core import htmx
from orgmap.core.errors import DomainError
from orgmap.core.rights import demand
from orgmap.history.services import because
from orgmap.reports.forms import ProposeForm
from orgmap.reports.names import Names
from orgmap.reports.whatif import steps as writing
from orgmap.reports.whatif import wording
from orgmap.reports.whatif.steps import Agree, Step
from orgmap.users.requests import Request

FRAGMENT = "what_if_propose_form"


@require_http_methods(["GET", "POST"])
def what_if_propose(request: Request) -> HttpResponse:
    """Propose every agreement of the address; one that cannot be proposed stops them all."""
    demand(request, "departments.add_tie")
    steps = writing.read_all(request.GET.getlist("step"))
    agreements = [step for step in steps if isinstance(step, Agree)]
    rest = [step for step in steps if not isinstance(step, Agree)]
    known = wording.named(steps)
    forms = forms_of(request, agreements, known)
    problem = ""
    if request.method == "POST":
        if not forms:
            problem = "None of these steps is an agreement, so there is nothing to propose. Try one first."
        elif all(form.is_valid() for _, form in forms):
            try:
                made = propose(request, [form for _, form in forms])
            except (DomainError, ValidationError) as refusal:
                problem = refusal.messages[0] if isinstance(refusal, ValidationError) else str(refusal)
            else:
                to = reverse("departments:tie_list")
                return htmx.redirect(request, what_if(rest, request) if rest else to, said(made, rest))
    context = {
        "forms": forms,
        "problem": problem,
        "by_hand": wording.rows(rest, known),
        "back": what_if(steps, request),
        "crumbs": [("Report", reverse("reports:report")), ("What if", what_if(steps, request)), ("Propose", "")],
    }
    return htmx.form(request, "reports/what_if_propose.html", context, fragment=FRAGMENT)


def what_if(steps: Sequence[Step], request: Request) -> str:
    """The page of what is tried, with some steps."""
    return reverse("reports:what_if") + writing.query(steps, level=request.GET.get("level", ""))


def forms_of(request: Request, agreements: Sequence[Agree], known: Names) -> list[tuple[str, ProposeForm]]:
    """A form for each agreement, with what it says."""
    today = timezone.localdate()
    slugs = {slug for step in agreements for slug in step.departments}
    active = {each.slug: each for each in Department.objects.active().filter(slug__in=slugs)}
    return [
        (
            wording.sentence(step, known),
            ProposeForm(
                request.POST if request.method == "POST" else None,
                prefix=str(number),
                step=step,
                departments=[active[slug] for slug in step.departments if slug in active],
                by=request.user,
                today=today,
                initial={"title": wording.title(step, known), "ends_on": today + USUAL},
            ),
        )
        for number, step in enumerate(agreements, start=1)
    ]


@transaction.atomic
def propose(request: Request, forms: Sequence[ProposeForm]) -> list[Tie]:
    """All of them, as one action."""
    with because(by=request.user, reason="Tried out as a what-if"):
        return [services.propose_tie(by=request.user, now=timezone.now(), **form.proposal()) for form in forms]


def said(made: Sequence[Any], rest: Sequence[Step]) -> str:
    """What happened, and what is left."""
    count = len(made)
    told = f"{count} agreement{' is' if count == 1 else 's are'} proposed. Each binds when every side has accepted."
    return f"{told} What is left here is done on pages of its own." if rest else told
