"""Register an account: paste its address, read who meets these people already, say the sentence."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from channels import doors, registering, services
from channels.forms import RegisterForm
from channels.forms.register import PROMISES, RHYTHMS
from channels.imports import batches
from channels.platforms import PLATFORMS
from channels.registering import Reading
from channels.sentence import listed
from departments.models import Department
from orgmap.core import htmx
from orgmap.core.edit_form import refuse
from orgmap.core.errors import DomainError
from orgmap.core.rights import demand
from orgmap.reports.who_meets import Meeting, Wish, who_meets
from orgmap.users.policies import is_lead
from orgmap.users.requests import Request

TEMPLATE = "reports/account_new.html"
WORDS, MEETING = "account_new_words", "account_new_meeting"
LISTS = ("audiences", "markets", "objectives")
LOOK_FIRST = (
    "Nothing is saved yet: look who meets these people there already. Join one of these, propose a hand-off, or "
    "register it anyway."
)
LOOK_WHERE = "Nothing is saved yet: look whom and where it would speak to. Change it, or register it so."


@require_http_methods(["GET", "POST"])
def account_new(request: Request) -> HttpResponse:
    """From a pasted address to an account on the map."""
    demand(request, "channels.add_account")
    said = request.POST if request.method == "POST" else request.GET
    meant = said.get("look", "")
    address = meant if meant not in {"", "1"} else said.get("address", "")
    reading = registering.read(address, said.get("platform", ""), said.get("handle", ""))
    words = said if request.method == "POST" and "says" in said else None
    form = RegisterForm(words, by=request.user, name=registering.guessed_name(reading))
    if request.method == "POST" and "look" not in said:
        if "list" in said:
            return as_list(request, reading, form)
        if "join" in said:
            return join(request, reading, form)
        return save(request, reading, form)
    if form.is_bound:
        form.hush()
    return shown(request, reading, form)


def save(request: Request, reading: Reading, form: RegisterForm) -> HttpResponse:
    """Put it on the map, unless something is missing or somebody there was not shown yet."""
    problems = problems_of(reading)
    if not form.is_bound:
        return shown(request, reading, form, problems or ["Say whose account it is and what it says."])
    if not form.is_valid() or problems:
        return shown(request, reading, form, problems)
    meeting = meeting_of(reading, form)
    if request.POST.get("met") != meeting.token and (meeting.anybody or meeting.everywhere or form.filled_in):
        return shown(request, reading, form, [LOOK_FIRST if meeting.anybody else LOOK_WHERE], meeting)
    try:
        account = services.register_account(
            by=request.user,
            platform=reading.platform,
            handle=reading.handle,
            handle_key=reading.key,
            kind=reading.kind,
            address=registering.canonical(reading),
            departments=[form.cleaned_data["department"]],
            **form.words(),
        )
    except DomainError as refusal:
        return shown(request, reading, form, [str(refusal)], meeting)
    except ValidationError as refusal:
        refuse(form, refusal)
        return shown(request, reading, form, [], meeting)
    return htmx.redirect(request, "channels:account_detail", f"{account} is on the map.", account.pk)


def problems_of(reading: Reading) -> list[str]:
    """Why the address can't be registered as it stands."""
    if reading.outcome == "nothing":
        return ["Paste the address of the account first."]
    if reading.outcome == "several":
        return ["These are several addresses. Register them one by one, or read them in as a list."]
    if reading.outcome == "refused":
        return [f"{reading.sentence} {reading.by_hand}".strip()]
    if reading.known is not None:
        return [f"{reading.known} on {reading.platform_name} is already on the map. Join it, or paste another address."]
    return []


def join(request: Request, reading: Reading, form: RegisterForm) -> HttpResponse:
    """Run one of the known accounts together instead."""
    pk = request.POST.get("join", "")
    account = doors.visible_account(request.user, int(pk) if pk.isascii() and pk.isdigit() and len(pk) < 18 else 0)
    department = form.owner
    if department is None:
        return shown(request, reading, form, ["Choose the department that is to join."])
    try:
        how = services.join_account(by=request.user, account=account, department=department)
    except DomainError as refusal:
        return shown(request, reading, form, [str(refusal)])
    told = {
        "joined": f"{department} runs {account} too.",
        "asked": f"The owner of {account} is asked whether {department} may run it too. It waits there for an answer.",
    }[how]
    return htmx.redirect(request, "channels:account_detail", told, account.pk)


def as_list(request: Request, reading: Reading, form: RegisterForm) -> HttpResponse:
    """Several addresses become a list, with a preview before anything is written."""
    if not request.user.has_perm("channels.import_lists"):
        raise PermissionDenied("Only heads and the social media lead read lists in.")
    content = registering.as_csv(reading, form.owner)
    batch = batches.keep_upload(
        content=content, filename="pasted addresses.csv", kind="accounts", sheet="", by=request.user
    )
    return htmx.redirect(request, "channels:import_detail", "", batch.pk)


def meeting_of(reading: Reading, form: RegisterForm) -> Meeting:
    """Who meets these people there, as far as the words say whom and where."""
    if form.owner is None or reading.outcome != "account":
        return Meeting()
    wish = Wish(
        form.owner,
        reading.platform,
        [each.pk for each in form.chosen("audiences")],
        [each.pk for each in form.chosen("markets")],
    )
    return who_meets(wish, localdate())


def shown(
    request: Request,
    reading: Reading,
    form: RegisterForm,
    problems: list[str] | None = None,
    meeting: Meeting | None = None,
) -> HttpResponse:
    """The page with everything that was typed."""
    found = meeting or meeting_of(reading, form)
    context: dict[str, Any] = {
        "reading": reading,
        "form": form,
        "problems": problems or [],
        "failed": problems is not None,
        "meeting": found,
        "by_hand": reading.outcome == "refused" or bool(request.POST.get("handle")),
        "typed_platform": request.POST.get("platform", "") or reading.platform,
        "typed_handle": request.POST.get("handle", ""),
        "platforms": [(spec.id, spec.name) for spec in (*PLATFORMS, *registering.platforms())],
        "rhythms": RHYTHMS,
        "promises": PROMISES,
        "hand_off": hand_off(form, found, reading.platform),
        "chosen": picked(form),
    }
    if request.headers.get("HX-Target") != MEETING:
        context["alike"] = registering.alike(reading) if reading.outcome == "account" else None
        if is_lead(request.user):
            names = Department.objects.active().order_by("name", "pk").values_list("name", flat=True)
            context["department_names"] = names[:500]
    answer = htmx.page(request, TEMPLATE, context, fragments=(WORDS, MEETING))
    if problems is not None:
        answer.status_code = 422
    return answer


def picked(form: RegisterForm) -> dict[str, Any]:
    """What stands in the words that are chosen from a list, and whether only the department's default says it."""
    said: dict[str, Any] = {name: listed([str(each) for each in form.chosen(name)]) for name in LISTS}
    care = str(form["why_care"].value() or "")
    if not said["objectives"] and care:
        said["objectives"] = f"people care: {care}"
    for name in ("audiences", "markets"):
        said[f"{name}_by_default"] = bool(said[name]) and form.by_default(name)
        said[f"{name}_proposed"] = form.by_proposal(name)
    return said


def hand_off(form: RegisterForm, meeting: Meeting, platform: str) -> list[tuple[Any, str]]:
    """The departments that are there, each with the form of a hand-off, filled in."""
    if form.owner is None:
        return []
    found = []
    for one in meeting.departments:
        query = QueryDict(mutable=True)
        query["kind"] = "hand_off"
        query["department"], query["with"], query["platform"] = form.owner.slug, one.department.slug, platform
        query.setlist("audience", [each.code for each in form.chosen("audiences")])
        query.setlist("market", [each.code for each in form.chosen("markets")])
        found.append((one, f"{reverse('departments:tie_new')}?{query.urlencode()}"))
    return found
