"""Home, map, and the report with its evidence."""

from django.urls import path

from orgmap.reports.views import (
    account_new,
    activity,
    departments,
    evidence,
    flows,
    home,
    intended,
    map,
    objective_accounts,
    objectives,
    past,
    report,
    ties,
)

app_name = "reports"
urlpatterns = [
    path("", home.home, name="home"),
    path("departments/", departments.department_list, name="department_list"),
    path("departments/<slug:slug>/", departments.department_detail, name="department_detail"),
    path("departments/<slug:slug>/activity/", departments.department_activity, name="department_activity"),
    path("accounts/new/", account_new.account_new, name="account_new"),
    path("activity/", activity.activity_list, name="activity_list"),
    path("activity/<uuid:context>/", activity.action_detail, name="action_detail"),
    path("activity/<uuid:context>/undo/", activity.action_undo, name="action_undo"),
    path("map/", map.map, name="map"),
    path("map/accounts/", flows.flow_detail, name="flow_detail"),
    path("map/intended/", intended.intended_list, name="intended_list"),
    path("map/intended/new/", intended.intended_new, name="intended_new"),
    path("map/intended/<int:pk>/withdraw/", intended.intended_withdraw, name="intended_withdraw"),
    path("objectives/<int:pk>/", objectives.objective_detail, name="objective_detail"),
    path("objectives/<int:pk>/accounts/", objective_accounts.objective_accounts, name="objective_accounts"),
    path("objectives/<int:pk>/delete/", objectives.objective_delete, name="objective_delete"),
    path("objectives/invitations/<int:pk>/", objectives.invitation_answer, name="invitation_answer"),
    path("agreements/preview/", ties.tie_preview, name="tie_preview"),
    path("agreements/<int:pk>/coverage/", ties.tie_cover, name="tie_cover"),
    path("reports/", report.report, name="report"),
    path("reports/past/", past.report_list, name="report_list"),
    path("reports/<int:pk>/name/", past.report_name, name="report_name"),
    path("reports/<int:pk>/against/<int:other>/", past.report_difference, name="report_difference"),
    path("reports/compute/", report.report_compute, name="report_compute"),
    path("reports/freshness/", report.report_freshness, name="report_freshness"),
    path("reports/<int:pk>/", report.report_detail, name="report_detail"),
    path("reports/<int:pk>/places/", evidence.place_list, name="place_list"),
    path("reports/<int:pk>/pairs/<slug:a>/<slug:b>/", evidence.pair_detail, name="pair_detail"),
    path("reports/<int:pk>/units/<slug:slug>/", evidence.unit_detail, name="unit_detail"),
    path("reports/<int:pk>/steps/<slug:action>/", evidence.step_list, name="step_list"),
]
