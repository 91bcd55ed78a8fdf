"""Where every page is."""

from allauth.account import views as allauth_views
from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # one page to sign in, ours

urlpatterns = [
    path("", include("orgmap.users.urls")),
    path("", include("departments.urls")),
    path("", include("orgmap.reports.urls")),
    path("", include("channels.urls")),
    path("auth/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("auth/", include("allauth.urls")),
    path("login/", allauth_views.login, name="account_login"),
    path("", include("orgmap.api.urls")),
    path("admin/", admin.site.urls),
]
