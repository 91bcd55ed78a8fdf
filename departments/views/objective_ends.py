"""How an objective ends, and how it is taken up again."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from departments import doors, services
from departments.forms import EndObjectiveForm
from orgmap.core import htmx
from orgmap.core.edit_form import look_again
from orgmap.core.errors import DomainError, EditConflict
from orgmap.users.requests import Request


@require_http_methods(["GET", "POST"])
def objective_end(request: Request, pk: int) -> HttpResponse:
    """Achieved or withdrawn, with a reason."""
    objective = doors.editable_objective(request.user, pk)
    form = EndObjectiveForm(request.POST or None, initial={"version": objective.version})
    if form.is_valid():
        try:
            services.end_objective(by=request.user, objective=objective, **form.cleaned_data)
        except EditConflict:
            look_again(form, doors.objective(request.user, pk))
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return htmx.redirect(
                request, reverse("reports:objective_detail", args=[pk]), f"“{objective}” has ended. It stays readable."
            )
    context = {"form": form, "objective": objective}
    return htmx.form(request, "departments/objective_end.html", context, fragment="objective_end_form")


@require_http_methods(["POST"])
def objective_resume(request: Request, pk: int) -> HttpResponse:
    """Take it up again."""
    objective = doors.editable_objective(request.user, pk)
    services.resume_objective(by=request.user, objective=objective, version=None)
    return htmx.redirect(request, reverse("reports:objective_detail", args=[pk]), "It is pursued again.")
