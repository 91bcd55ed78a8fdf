"""The lead's bench for platforms and accounts."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from channels import platforms
from channels.models import Account, AccountDepartment, Holder, Platform
from channels.models.account import AccountAudience, AccountMarket, AccountObjective


@admin.register(Platform)
class PlatformAdmin(admin.ModelAdmin):
    list_display = ["name", "code", "is_past", "position"]
    search_fields = ["name", "code"]
    ordering = ["position", "name", "pk"]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return ["code"] if obj else []


class AccountDepartmentInline(admin.TabularInline):
    model = AccountDepartment
    extra = 0
    autocomplete_fields = ["department"]


class AccountAudienceInline(admin.TabularInline):
    model = AccountAudience
    extra = 0
    autocomplete_fields = ["audience"]


class AccountMarketInline(admin.TabularInline):
    model = AccountMarket
    extra = 0
    autocomplete_fields = ["market"]


class AccountObjectiveInline(admin.TabularInline):
    model = AccountObjective
    extra = 0
    autocomplete_fields = ["objective"]


class HolderInline(admin.TabularInline):
    model = Holder
    extra = 0
    autocomplete_fields = ["user"]


class AccountForm(forms.ModelForm):
    """An account whose handle is compared as its platform compares handles."""

    def clean(self) -> dict[str, Any] | None:
        found = self.cleaned_data
        if found.get("platform") and found.get("handle"):
            self.instance.handle_key = platforms.handle_key(
                found["platform"].code, found["handle"], found.get("kind", "")
            )
        return found

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - {"handle_key"}  # type: ignore[misc]  # the stubs leave it out


@admin.register(Account)
class AccountAdmin(admin.ModelAdmin):
    form = AccountForm
    list_display = ["handle", "platform", "name", "status", "last_post_on"]
    list_select_related = ["platform"]
    list_filter = ["status", "platform"]
    search_fields = ["search_text"]
    ordering = ["handle_key", "pk"]
    autocomplete_fields = ["platform", "successor"]
    inlines = [
        AccountDepartmentInline,
        AccountAudienceInline,
        AccountMarketInline,
        AccountObjectiveInline,
        HolderInline,
    ]
