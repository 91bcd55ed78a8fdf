"""The lead's bench for departments, objectives, agreements and the catalogue."""

from collections.abc import Sequence

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from departments.models import (
    Audience,
    Benefit,
    Department,
    Market,
    Membership,
    Objective,
    ObjectiveDepartment,
    ObjectiveTemplate,
    Tie,
    TieSide,
    WorkingGroup,
)
from departments.models.department import DefaultAudience, DefaultMarket
from departments.models.objective import CheckIn, ObjectiveAudience, ObjectiveMarket
from departments.models.tie import TieObjective


@admin.register(Audience, Market)
class CategoryAdmin(admin.ModelAdmin):
    list_display = ["name", "code", "parent", "weight", "position"]
    list_select_related = ["parent"]
    search_fields = ["name", "code"]
    ordering = ["position", "name", "pk"]
    autocomplete_fields = ["parent"]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return ["code"] if obj else []


@admin.register(Benefit)
class BenefitAdmin(admin.ModelAdmin):
    list_display = ["code", "name"]
    search_fields = ["code", "name"]
    ordering = ["code"]


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 0
    autocomplete_fields = ["user"]


class DefaultAudienceInline(admin.TabularInline):
    model = DefaultAudience
    extra = 0
    autocomplete_fields = ["audience"]


class DefaultMarketInline(admin.TabularInline):
    model = DefaultMarket
    extra = 0
    autocomplete_fields = ["market"]


@admin.register(Department)
class DepartmentAdmin(admin.ModelAdmin):
    list_display = ["name", "acronym", "parent", "process", "status"]
    list_select_related = ["parent"]
    list_filter = ["status", "process"]
    search_fields = ["name", "acronym", "aliases"]
    ordering = ["name", "pk"]
    autocomplete_fields = ["parent", "successor"]
    inlines = [MembershipInline, DefaultAudienceInline, DefaultMarketInline]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Model | None = None) -> dict[str, Sequence[str]]:
        return {} if obj else {"slug": ["name"]}

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return ["slug"] if obj else []


class ObjectiveDepartmentInline(admin.TabularInline):
    model = ObjectiveDepartment
    extra = 1
    autocomplete_fields = ["department"]


class ObjectiveAudienceInline(admin.TabularInline):
    model = ObjectiveAudience
    extra = 0
    autocomplete_fields = ["audience"]


class ObjectiveMarketInline(admin.TabularInline):
    model = ObjectiveMarket
    extra = 0
    autocomplete_fields = ["market"]


class CheckInInline(admin.TabularInline):
    model = CheckIn
    extra = 0
    exclude = ["by"]


@admin.register(Objective)
class ObjectiveAdmin(admin.ModelAdmin):
    list_display = ["statement", "benefit", "status", "ends_on"]
    list_select_related = ["benefit"]
    list_filter = ["status", "benefit"]
    search_fields = ["statement"]
    ordering = ["statement", "pk"]
    autocomplete_fields = ["benefit"]
    inlines = [ObjectiveDepartmentInline, ObjectiveAudienceInline, ObjectiveMarketInline, CheckInInline]


@admin.register(ObjectiveTemplate)
class ObjectiveTemplateAdmin(admin.ModelAdmin):
    list_display = ["statement", "process", "benefit", "position"]
    list_select_related = ["benefit"]
    list_filter = ["process"]
    search_fields = ["statement"]
    ordering = ["position", "pk"]
    autocomplete_fields = ["benefit"]


class TieSideInline(admin.TabularInline):
    model = TieSide
    extra = 2
    autocomplete_fields = ["department"]
    exclude = ["answered_by", "answered_at"]


class TieObjectiveInline(admin.TabularInline):
    model = TieObjective
    extra = 0
    autocomplete_fields = ["objective"]


class WorkingGroupInline(admin.StackedInline):
    model = WorkingGroup
    extra = 0
    autocomplete_fields = ["objective", "lead", "sponsor"]


@admin.register(Tie)
class TieAdmin(admin.ModelAdmin):
    list_display = ["title", "kind", "status", "ends_on"]
    list_filter = ["kind", "status"]
    search_fields = ["title"]
    ordering = ["title", "pk"]
    exclude = ["proposed_by"]
    inlines = [TieSideInline, TieObjectiveInline, WorkingGroupInline]
