"""What the shell of every page needs."""

from django.conf import settings
from django.http import HttpRequest

SECTIONS = (
    ("Home", "reports:home", "/"),
    ("Map", "reports:map", "/map/"),
    ("Departments", "reports:department_list", "/departments/"),
    ("Accounts", "channels:account_list", "/accounts/"),
    ("Report", "reports:report", "/reports/"),
    ("Import", "channels:import_list", "/imports/"),
)
"""The sections in the bar: name, URL name, and the path below which a page belongs to it."""


def shell(request: HttpRequest) -> dict[str, object]:
    """The name of the organisation and the sections that this person has."""
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    sections = [
        {"name": name, "url": url, "here": request.path == path if path == "/" else request.path.startswith(path)}
        for name, url, path in SECTIONS
        if signed_in and (url != "channels:import_list" or user.is_staff or user.role == "head")
    ]
    return {"organisation_name": settings.ORGANISATION_NAME, "sections": sections}
