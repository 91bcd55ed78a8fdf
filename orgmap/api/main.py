"""The one API, /api/v1: typed, paged, with problems as problem+json (RFC 9457)."""

import json
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError
from ninja.errors import ValidationError as MalformedRequest

from channels.api import accounts, findings, verify
from departments.api import departments, objectives, ties
from orgmap.api.auth import Bearer
from orgmap.core.errors import DomainError, EditConflict
from orgmap.reports.api import router as reports

api = NinjaAPI(
    title="Orgmap",
    version="1",
    description="Departments, accounts, objectives and agreements, and the figures made from them.",
    auth=Bearer(),
    urls_namespace="api-1",
)
api.add_router("/accounts", accounts)
api.add_router("/departments", departments)
api.add_router("/findings", findings)
api.add_router("/objectives", objectives)
api.add_router("/ties", ties)
api.add_router("/reports", reports)
api.add_router("/verify", verify)


def problem(status: int, title: str, detail: str, **more: Any) -> HttpResponse:
    """One shape for every refusal: what, why and what next."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    return HttpResponse(json.dumps(body), status=status, content_type="application/problem+json")


@api.exception_handler(MalformedRequest)
def malformed(request: HttpRequest, refusal: MalformedRequest) -> HttpResponse:
    errors = [{"at": ".".join(str(part) for part in error["loc"]), "says": error["msg"]} for error in refusal.errors]
    named = "; ".join(f"{error['at']}: {error['says']}" for error in errors)
    return problem(422, "The request cannot be read", f"{named}. See /api/v1/docs for what is expected.", errors=errors)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, refusal: ValidationError) -> HttpResponse:
    fields = refusal.message_dict if hasattr(refusal, "error_dict") else {"record": refusal.messages}
    errors = [{"at": name, "says": text} for name, texts in fields.items() for text in texts]
    return problem(422, "The record cannot be taken", " ".join(error["says"] for error in errors), errors=errors)


@api.exception_handler(EditConflict)
def conflict(request: HttpRequest, refusal: EditConflict) -> HttpResponse:
    return problem(409, "Somebody changed it first", "Read the record again and send its new version with your change.")


@api.exception_handler(DomainError)
def refused(request: HttpRequest, refusal: DomainError) -> HttpResponse:
    return problem(422, "Refused", str(refusal))


@api.exception_handler(PermissionDenied)
def forbidden(request: HttpRequest, refusal: PermissionDenied) -> HttpResponse:
    return problem(403, "Not yours", str(refusal))


@api.exception_handler(Http404)
def missing(request: HttpRequest, refusal: Http404) -> HttpResponse:
    return problem(404, "Not here", "Nothing stands at this address, or you may not see it.")


@api.exception_handler(HttpError)
def plain(request: HttpRequest, refusal: HttpError) -> HttpResponse:
    if refusal.status_code == 401:
        return problem(401, "Who is asking?", "Send a valid token: Authorization: Bearer om_...")
    return problem(refusal.status_code, "Refused", str(refusal))
