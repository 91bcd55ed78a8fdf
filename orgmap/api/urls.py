"""/api/v1: a token opens it, not a session; its documentation is for anyone who has signed in."""

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, path

from orgmap.api.main import api

patterns, application, namespace = api.urls  # `app_name` would put another namespace around it
for pattern in patterns:
    if isinstance(pattern, URLPattern) and pattern.name not in {"openapi-json", "openapi-view"}:
        pattern.callback = login_not_required(pattern.callback)

urlpatterns = [path("api/v1/", (patterns, application, namespace))]
