"""The lead's bench for the policy, and a look at the roll-ups."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from orgmap.reports.models import Policy, RollupRequest


@admin.register(Policy)
class PolicyAdmin(admin.ModelAdmin):
    list_display = ["__str__", "overrides", "updated_at"]
    fields = ["overrides"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """There is one policy."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(RollupRequest)
class RollupRequestAdmin(admin.ModelAdmin):
    """What became of each wish for fresh figures. Read only: workers write these rows."""

    list_display = ["requested_at", "reason", "state", "tries", "finished_at", "error", "snapshot"]
    list_select_related = ["snapshot"]
    ordering = ["-pk"]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("reports.publish_report")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("reports.publish_report")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
