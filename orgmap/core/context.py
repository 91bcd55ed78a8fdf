"""What the shell of every page needs."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from orgmap import __version__

SECTIONS = (
    ("Home", "reports:home", (), ""),
    ("Map", "reports:map", ("/map/",), ""),
    ("Departments", "reports:department_list", ("/departments/",), ""),
    ("Accounts", "channels:account_list", ("/accounts/",), ""),
    ("Audit", "channels:audit_list", ("/audit/",), ""),
    ("Objectives", "departments:objective_list", ("/objectives/", "/agreements/", "/groups/"), ""),
    ("Report", "reports:report", ("/reports/",), ""),
    ("Import", "channels:import_list", ("/imports/",), "channels.import_lists"),
)
"""The sections in the bar: name, URL name, paths below which a page belongs to it, the right it asks for."""


def shell(request: HttpRequest) -> dict[str, object]:
    """The name of the organisation and the sections that this person has."""
    user = getattr(request, "user", AnonymousUser())
    sections = [
        {"name": name, "url": url, "here": request.path.startswith(paths) if paths else request.path == "/"}
        for name, url, paths, right in SECTIONS
        if user.is_authenticated and (not right or user.has_perm(right))
    ]
    return {"organisation_name": settings.ORGANISATION_NAME, "version": __version__, "sections": sections}
