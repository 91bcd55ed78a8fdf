"""Pages of accounts."""

from django.urls import path

from channels.views.account_detail import account_activity, account_detail, account_edit
from channels.views.account_life import (
    account_attest,
    account_delete,
    account_retire,
    account_revive,
    account_status,
)
from channels.views.account_list import account_list, department_names
from channels.views.account_merge import account_merge
from channels.views.account_word import account_word
from channels.views.attest import attest, attest_link
from channels.views.audit import audit_export, audit_list, person_names
from channels.views.audit_rule import audit_rule
from channels.views.bulk import (
    bulk_apply,
    bulk_detail,
    bulk_list,
    bulk_start,
    bulk_undo,
    objective_names,
    tag_names,
)
from channels.views.campaigns import campaign_detail, campaign_end, campaign_list, campaign_new
from channels.views.closings import (
    account_close,
    account_closing,
    account_closing_cancel,
    account_closing_finish,
    account_closing_step,
    account_handle,
    closing_list,
    handle_list,
)
from channels.views.decisions import decision_detail, decision_start
from channels.views.finding import finding_assign, finding_detail, finding_note, finding_reopen, finding_waive
from channels.views.finding_fix import finding_fix
from channels.views.holders import account_holder, account_holder_new, account_holder_release
from channels.views.imports import (
    import_again,
    import_apply,
    import_detail,
    import_discard,
    import_list,
    import_map,
    import_read_as,
    import_show,
    import_undo,
)
from channels.views.leaving import key_hand_over, person_hand_over
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
from channels.views.requests import (
    letter_edit,
    letter_list,
    request_again,
    request_decide,
    request_list,
    request_open,
    request_withdraw,
)
from channels.views.saved_views import account_export, export_detail, export_file, view_remove, view_save
from channels.views.suggestions import account_suggest, department_suggest, suggestion_answer, suggestion_list
from channels.views.verify import verify

app_name = "channels"
urlpatterns = [
    path("accounts/", account_list, name="account_list"),
    path("accounts/departments/", department_names, name="department_names"),
    path("accounts/objectives/", objective_names, name="objective_names"),
    path("accounts/tags/", tag_names, name="tag_names"),
    path("accounts/views/", view_save, name="view_save"),
    path("accounts/views/<int:pk>/remove/", view_remove, name="view_remove"),
    path("accounts/export/", account_export, name="account_export"),
    path("accounts/export/<int:pk>/", export_detail, name="export_detail"),
    path("accounts/export/<int:pk>/accounts.xlsx", export_file, name="export_file"),
    path("accounts/many/", bulk_list, name="bulk_list"),
    path("accounts/many/start/", bulk_start, name="bulk_start"),
    path("accounts/many/<int:pk>/", bulk_detail, name="bulk_detail"),
    path("accounts/many/<int:pk>/apply/", bulk_apply, name="bulk_apply"),
    path("accounts/many/<int:pk>/undo/", bulk_undo, name="bulk_undo"),
    path("accounts/<int:pk>/", account_detail, name="account_detail"),
    path("accounts/<int:pk>/edit/", account_edit, name="account_edit"),
    path("accounts/<int:pk>/activity/", account_activity, name="account_activity"),
    path("accounts/<int:pk>/words/<slug:word>/", account_word, name="account_word"),
    path("accounts/<int:pk>/attest/", account_attest, name="account_attest"),
    path("accounts/<int:pk>/status/", account_status, name="account_status"),
    path("accounts/<int:pk>/retire/", account_retire, name="account_retire"),
    path("accounts/<int:pk>/revive/", account_revive, name="account_revive"),
    path("accounts/<int:pk>/merge/", account_merge, name="account_merge"),
    path("accounts/closings/", closing_list, name="closing_list"),
    path("accounts/handles/", handle_list, name="handle_list"),
    path("accounts/<int:pk>/close/", account_close, name="account_close"),
    path("accounts/<int:pk>/closing/", account_closing, name="account_closing"),
    path("accounts/<int:pk>/closing/step/", account_closing_step, name="account_closing_step"),
    path("accounts/<int:pk>/closing/finish/", account_closing_finish, name="account_closing_finish"),
    path("accounts/<int:pk>/closing/cancel/", account_closing_cancel, name="account_closing_cancel"),
    path("accounts/<int:pk>/handle/", account_handle, name="account_handle"),
    path("accounts/<int:pk>/delete/", account_delete, name="account_delete"),
    path("accounts/<int:pk>/holders/new/", account_holder_new, name="account_holder_new"),
    path("accounts/<int:pk>/holders/<int:holder>/", account_holder, name="account_holder"),
    path("accounts/<int:pk>/holders/<int:holder>/release/", account_holder_release, name="account_holder_release"),
    path("accounts/<int:pk>/suggest/<slug:field>/", account_suggest, name="account_suggest"),
    path("departments/<slug:slug>/suggest/<slug:field>/", department_suggest, name="department_suggest"),
    path("accounts/requests/", request_list, name="request_list"),
    path("accounts/requests/<int:pk>/decide/<slug:stage>/", request_decide, name="request_decide"),
    path("accounts/requests/<int:pk>/withdraw/", request_withdraw, name="request_withdraw"),
    path("accounts/requests/<int:pk>/again/", request_again, name="request_again"),
    path("accounts/requests/<int:pk>/open/", request_open, name="request_open"),
    path("letters/", letter_list, name="letter_list"),
    path("letters/<slug:code>/", letter_edit, name="letter_edit"),
    path("attest/", attest, name="attest"),
    path("attest/in/<str:token>/", attest_link, name="attest_link"),
    path("attest/campaigns/", campaign_list, name="campaign_list"),
    path("attest/campaigns/new/", campaign_new, name="campaign_new"),
    path("attest/campaigns/<int:pk>/", campaign_detail, name="campaign_detail"),
    path("attest/campaigns/<int:pk>/end/", campaign_end, name="campaign_end"),
    path("suggestions/", suggestion_list, name="suggestion_list"),
    path("suggestions/<int:pk>/", suggestion_answer, name="suggestion_answer"),
    path("audit/", audit_list, name="audit_list"),
    path("audit/export/", audit_export, name="audit_export"),
    path("audit/people/", person_names, name="person_names"),
    path("audit/many/start/", decision_start, name="decision_start"),
    path("audit/many/<int:pk>/", decision_detail, name="decision_detail"),
    path("audit/findings/<int:pk>/", finding_detail, name="finding_detail"),
    path("audit/findings/<int:pk>/assign/", finding_assign, name="finding_assign"),
    path("audit/findings/<int:pk>/waive/", finding_waive, name="finding_waive"),
    path("audit/findings/<int:pk>/reopen/", finding_reopen, name="finding_reopen"),
    path("audit/findings/<int:pk>/fix/", finding_fix, name="finding_fix"),
    path("audit/findings/<int:pk>/note/", finding_note, name="finding_note"),
    path("audit/<slug:code>/", audit_rule, name="audit_rule"),
    path("imports/", import_list, name="import_list"),
    path("imports/<int:pk>/", import_detail, name="import_detail"),
    path("imports/<int:pk>/columns/", import_map, name="import_map"),
    path("imports/<int:pk>/apply/", import_apply, name="import_apply"),
    path("imports/<int:pk>/undo/", import_undo, name="import_undo"),
    path("imports/<int:pk>/again/", import_again, name="import_again"),
    path("imports/<int:pk>/kind/", import_read_as, name="import_read_as"),
    path("imports/<int:pk>/show/", import_show, name="import_show"),
    path("imports/<int:pk>/discard/", import_discard, name="import_discard"),
    path("people/", person_list, name="person_list"),
    path("people/invite/", person_invite, name="person_invite"),
    path("keys/", key_hand_over, name="key_hand_over"),
    path("people/<int:pk>/hand-over/", person_hand_over, name="person_hand_over"),
    path("people/<int:pk>/", person_detail, name="person_detail"),
    path("people/<int:pk>/edit/", person_edit, name="person_edit"),
    path("people/<int:pk>/invite/", person_invite_again, name="person_invite_again"),
    path("people/<int:pk>/place/", person_place, name="person_place"),
    path("people/<int:pk>/deactivate/", person_deactivate, name="person_deactivate"),
    path("people/<int:pk>/reactivate/", person_reactivate, name="person_reactivate"),
    path("directory/", public_directory, name="public_directory"),
    path("verify/", verify, name="verify"),
]
