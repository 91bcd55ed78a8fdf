"""Pages that change departments; objectives, agreements and groups. A profile joins apps: orgmap.reports."""

from django.urls import path

from departments.views import (
    departments,
    groups,
    joining,
    objective_ends,
    objectives,
    tie_answers,
    tie_texts,
    ties,
)

app_name = "departments"
urlpatterns = [
    path("departments/new/", departments.department_new, name="department_new"),
    path("departments/<slug:slug>/edit/", departments.department_edit, name="department_edit"),
    path("departments/<slug:slug>/move/", departments.department_move, name="department_move"),
    path("departments/<slug:slug>/merge/", departments.department_merge, name="department_merge"),
    path("departments/<slug:slug>/close/", departments.department_close, name="department_close"),
    path("departments/<slug:slug>/reopen/", departments.department_reopen, name="department_reopen"),
    path("departments/<slug:slug>/delete/", departments.department_delete, name="department_delete"),
    path("objectives/", objectives.objective_list, name="objective_list"),
    path("objectives/export/", objectives.objective_export, name="objective_export"),
    path("objectives/new/", objectives.objective_new, name="objective_new"),
    path("objectives/<int:pk>/edit/", objectives.objective_edit, name="objective_edit"),
    path("objectives/<int:pk>/check-in/", objectives.objective_check_in, name="objective_check_in"),
    path("objectives/<int:pk>/end/", objective_ends.objective_end, name="objective_end"),
    path("objectives/<int:pk>/resume/", objective_ends.objective_resume, name="objective_resume"),
    path("objectives/<int:pk>/invite/", joining.objective_invite, name="objective_invite"),
    path("objectives/invitations/<int:pk>/withdraw/", joining.invitation_withdraw, name="invitation_withdraw"),
    path("agreements/", ties.tie_list, name="tie_list"),
    path("agreements/waiting/", ties.waiting, name="waiting"),
    path("agreements/new/", tie_texts.tie_new, name="tie_new"),
    path("agreements/objectives/", tie_texts.tie_objectives, name="tie_objectives"),
    path("agreements/<int:pk>/", ties.tie_detail, name="tie_detail"),
    path("agreements/<int:pk>/answer/", tie_answers.tie_answer, name="tie_answer"),
    path("agreements/<int:pk>/change/", tie_texts.tie_change, name="tie_change"),
    path("agreements/<int:pk>/withdraw/", tie_texts.tie_withdraw, name="tie_withdraw"),
    path("agreements/<int:pk>/renew/", tie_texts.tie_renew, name="tie_renew"),
    path("agreements/<int:pk>/end/", tie_answers.tie_end, name="tie_end"),
    path("groups/", groups.group_list, name="group_list"),
    path("groups/new/", groups.group_new, name="group_new"),
    path("groups/<int:pk>/", groups.group_detail, name="group_detail"),
    path("groups/objectives/", groups.group_objectives, name="group_objectives"),
]
