"""Pages of objectives, agreements and working groups. A department's own pages join apps: see orgmap.reports.urls."""

from django.urls import path

from departments.views import objectives, ties

app_name = "departments"
urlpatterns = [
    path("objectives/", objectives.objective_list, name="objective_list"),
    path("objectives/new/", objectives.objective_new, name="objective_new"),
    path("objectives/<int:pk>/edit/", objectives.objective_edit, name="objective_edit"),
    path("objectives/<int:pk>/check-in/", objectives.objective_check_in, name="objective_check_in"),
    path("agreements/", ties.tie_list, name="tie_list"),
    path("agreements/waiting/", ties.waiting, name="waiting"),
    path("agreements/new/", ties.tie_new, name="tie_new"),
    path("agreements/<int:pk>/", ties.tie_detail, name="tie_detail"),
    path("agreements/<int:pk>/answer/", ties.tie_answer, name="tie_answer"),
    path("agreements/<int:pk>/end/", ties.tie_end, name="tie_end"),
    path("groups/", ties.group_list, name="group_list"),
]
