"""Answers that are right with and without HTMX."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect as plain_redirect
from django.shortcuts import render, resolve_url


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *, fragments: tuple[str, ...] = ()
) -> HttpResponse:
    """The whole page, or one of its fragments when HTMX asks for that one by its id.

    A fragment ``account_table`` of ``channels/account_list.html`` is the file ``channels/_account_table.html``, whose
    root has the id ``account_table``. Both ways get the same context.
    """
    target = request.headers.get("HX-Target", "")
    if request.headers.get("HX-Request") == "true" and target in fragments:
        return render(request, fragment_file(template, target), context)
    return render(request, template, context)


def form(request: HttpRequest, template: str, context: dict[str, Any], *, fragment: str = "") -> HttpResponse:
    """A form's page or fragment; 422 when what was typed can't be taken."""
    answer = page(request, template, context, fragments=(fragment,) if fragment else ())
    if request.method == "POST":
        answer.status_code = 422
    return answer


def redirect(request: HttpRequest, to: str, message: str = "", *args: Any, **kwargs: Any) -> HttpResponse:
    """Go on to another page, with a sentence about what happened."""
    if message:
        messages.success(request, message)
    if request.headers.get("HX-Request") == "true":
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = resolve_url(to, *args, **kwargs)
        return answer
    return plain_redirect(to, *args, **kwargs)


def refuse(request: HttpRequest, to: str, sentence: str) -> HttpResponse:
    """Back to a page, with the reason why nothing was done."""
    messages.error(request, sentence)
    return redirect(request, to)


def fragment_file(template: str, fragment: str) -> str:
    """The file of a fragment: beside its page, with an underscore."""
    folder, _, _ = template.rpartition("/")
    return f"{folder}/_{fragment}.html"
