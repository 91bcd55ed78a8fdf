"""Agreements: the list, one agreement, what waits for me."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from departments import doors
from departments.filters import TieFilter
from departments.forms import AnswerForm, EndForm, RenewForm
from departments.models import Tie, TieSide, TieVersion
from departments.platform_names import platform_names
from departments.policies import answered_departments
from departments.services.terms import Line, Wording, terms_of
from departments.waiting import SOON, asked_departments, waiting_for
from orgmap.core import htmx
from orgmap.users.policies import is_lead
from orgmap.users.requests import Request

PAGE = 50
WAITING = 200
"""So many of each kind stand on the page of what waits; the lists have the others."""


@require_http_methods(["GET"])
def tie_list(request: Request) -> HttpResponse:
    ties = Tie.objects.visible_to(request.user)
    chosen = TieFilter(request.GET, ties.for_list())
    context = {
        "filter": chosen,
        "page": Paginator(chosen.qs, PAGE).get_page(request.GET.get("page")),
        "chips": chosen.chips(),
        "waiting": ties.waiting_for(asked_departments(request.user))[:20],
        "may_add": request.user.has_perm("departments.add_tie"),
        "today": timezone.localdate(),
    }
    return htmx.page(request, "departments/tie_list.html", context, fragments=("tie_table",))


@require_http_methods(["GET"])
def waiting(request: Request) -> HttpResponse:
    """What others ask of me, and which of my agreements run out."""
    today = timezone.localdate()
    context = {"waiting": waiting_for(request.user, today, WAITING), "today": today, "lead": is_lead(request.user)}
    return htmx.page(request, "departments/waiting.html", context)


@require_http_methods(["GET"])
def tie_detail(request: Request, pk: int) -> HttpResponse:
    return htmx.page(request, "departments/tie_detail.html", tie_context(request, doors.tie(request.user, pk)))


def tie_context(
    request: Request,
    tie: Tie,
    *,
    answer: AnswerForm | None = None,
    end: EndForm | None = None,
    renew: RenewForm | None = None,
) -> dict[str, Any]:
    """One agreement: its sides, its texts, and what this person may do. Forms that were refused are shown again."""
    today = timezone.localdate()
    sides = sorted(tie.sides.all(), key=lambda side: (side.position, side.pk))
    texts = list(tie.versions.select_related("side", "by", "closed_for").order_by("number"))
    on_table = next((text for text in texts if text.state == TieVersion.State.OPEN), None)
    changing = tie.status == Tie.Status.ACTIVE and on_table is not None
    standing = terms_of(tie)
    wording = Wording([standing, *(text.terms for text in texts)], platform_names())
    may_change = request.user.has_perm("departments.change_tie", tie)
    running = tie.status in {Tie.Status.PROPOSED, Tie.Status.ACTIVE}
    return {
        "tie": tie,
        "sides": sides,
        "answers": answers(request, tie, sides, texts, answer) if tie.status == Tie.Status.PROPOSED or changing else [],
        "group": getattr(tie, "group", None),
        "scope": wording.scope(standing),
        "texts": list(reversed(told(texts, wording))),
        "change": differing(wording, on_table, standing) if changing else [],
        "on_table": on_table if changing else None,
        "may_withdraw": changing and may_change and suggested_by(request, on_table),
        "may_change": running and may_change,
        "may_renew": tie.status == Tie.Status.ACTIVE and not changing and may_change,
        "ends_soon": tie.status == Tie.Status.ACTIVE and (tie.ends_on - today).days <= SOON,
        "days_left": (tie.ends_on - today).days,
        "end_form": end or EndForm(initial={"version": tie.version}, auto_id="end-%s"),
        "renew_form": renew or RenewForm(until=tie.ends_on, initial={"version": tie.version}, auto_id="renew-%s"),
        "today": today,
    }


def differing(wording: Wording, text: TieVersion | None, standing: dict[str, Any]) -> list[Line]:
    """What a suggested text changes about the standing one."""
    return [line for line in wording.lines(text.terms, standing) if line.differs] if text is not None else []


def suggested_by(request: Request, text: TieVersion | None) -> bool:
    """Whether this person speaks for the side that suggested it."""
    own = answered_departments(request.user)
    return is_lead(request.user) or (text is not None and (text.side_id in own or text.by_id == request.user.pk))


def answers(
    request: Request, tie: Tie, sides: list[TieSide], texts: list[TieVersion], refused: AnswerForm | None
) -> list[tuple[TieSide, AnswerForm]]:
    """The sides for which this person is asked, each with its form."""
    own = answered_departments(request.user)
    found = []
    for side in sides:
        if side.answer == TieSide.Answer.WAITING and (side.department_id in own or is_lead(request.user)):
            slug = side.department.slug
            if refused is not None and refused.data.get("department") == slug:
                found.append((side, refused))
                continue
            first = {"department": slug, "number": texts[-1].number if texts else 0}
            found.append((side, AnswerForm(initial=first, auto_id=f"side-{side.pk}-%s")))
    return found


def told(texts: list[TieVersion], wording: Wording) -> list[tuple[TieVersion, list[Any]]]:
    """Each text with what it changed about the one before."""
    found: list[tuple[TieVersion, list[Any]]] = []
    for number, text in enumerate(texts):
        lines = wording.lines(text.terms, texts[number - 1].terms if number else {**text.terms})
        found.append((text, [line for line in lines if line.differs] if number else lines))
    return found
