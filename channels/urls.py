"""Pages of accounts."""

from django.urls import path

from channels.views.account_detail import account_activity, account_detail, account_edit
from channels.views.account_list import account_list, department_names
from channels.views.imports import import_apply, import_detail, import_discard, import_list, import_map, import_undo
from channels.views.people import (
    person_deactivate,
    person_detail,
    person_edit,
    person_invite,
    person_invite_again,
    person_list,
    person_place,
    person_reactivate,
)
from channels.views.public_directory import public_directory
from channels.views.verify import verify

app_name = "channels"
urlpatterns = [
    path("accounts/", account_list, name="account_list"),
    path("accounts/departments/", department_names, name="department_names"),
    path("accounts/<int:pk>/", account_detail, name="account_detail"),
    path("accounts/<int:pk>/edit/", account_edit, name="account_edit"),
    path("accounts/<int:pk>/activity/", account_activity, name="account_activity"),
    path("imports/", import_list, name="import_list"),
    path("imports/<int:pk>/", import_detail, name="import_detail"),
    path("imports/<int:pk>/columns/", import_map, name="import_map"),
    path("imports/<int:pk>/apply/", import_apply, name="import_apply"),
    path("imports/<int:pk>/undo/", import_undo, name="import_undo"),
    path("imports/<int:pk>/discard/", import_discard, name="import_discard"),
    path("people/", person_list, name="person_list"),
    path("people/invite/", person_invite, name="person_invite"),
    path("people/<int:pk>/", person_detail, name="person_detail"),
    path("people/<int:pk>/edit/", person_edit, name="person_edit"),
    path("people/<int:pk>/invite/", person_invite_again, name="person_invite_again"),
    path("people/<int:pk>/place/", person_place, name="person_place"),
    path("people/<int:pk>/deactivate/", person_deactivate, name="person_deactivate"),
    path("people/<int:pk>/reactivate/", person_reactivate, name="person_reactivate"),
    path("directory/", public_directory, name="public_directory"),
    path("verify/", verify, name="verify"),
]
