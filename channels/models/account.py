"""Accounts and who holds their keys."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Lower, Reverse

from channels.models.platform import Platform
from channels.models.seal import SEAL, breaks
from channels.querysets import AccountQuerySet
from departments.models import Audience, Department, Market, Objective
from orgmap.core.models import Stamped
from orgmap.core.spelling import learns
from orgmap.core.tracking import tracked

SQUASHED = models.Func(
    Lower("handle"), models.Value("._-"), models.Value(""), function="translate", output_field=models.TextField()
)
"""An ordinary handle as look-alikes are compared: see channels.auditing.partners."""


@tracked()
class Account(Stamped):
    """One handle on one platform, answered for by its first department. Never a login: no password is kept."""

    class Status(models.TextChoices):
        PLANNED = "planned", "Planned"
        ACTIVE = "active", "Active"
        DORMANT = "dormant", "Dormant"
        RETIRED = "retired", "Retired"

    platform = models.ForeignKey(Platform, models.PROTECT, related_name="accounts")
    handle = models.CharField(max_length=200, help_text="As the platform writes it, without @.")
    handle_key = models.CharField(
        max_length=220, editable=False, help_text="How handles of this platform are compared: see channels.platforms."
    )
    kind = models.CharField(max_length=30, default="profile", help_text="Profile, page, company, group, ...")
    address = models.CharField(max_length=1000, blank=True, help_text="The canonical address.")
    name = models.CharField(max_length=300, blank=True, help_text="The name that visitors see.")
    departments = models.ManyToManyField(Department, through="AccountDepartment", related_name="accounts")
    audiences = models.ManyToManyField(Audience, blank=True, through="AccountAudience", related_name="accounts")
    markets = models.ManyToManyField(
        Market, blank=True, through="AccountMarket", related_name="accounts", help_text="None means all."
    )
    objectives = models.ManyToManyField(Objective, blank=True, through="AccountObjective", related_name="accounts")
    says = models.CharField("what it says", max_length=300, blank=True)
    why_care = models.CharField("why people care", max_length=300, blank=True)
    rhythm = models.CharField("how often it posts", max_length=120, blank=True, help_text="For example weekly.")
    reply_promise = models.CharField("answers within", max_length=120, blank=True, help_text="For example one day.")
    language = models.CharField(max_length=60, blank=True)
    contact = models.CharField(max_length=254, blank=True, help_text="A shared mailbox, better than a person.")
    agency = models.CharField(max_length=200, blank=True, help_text="The agency that runs it, if one does.")
    contract_ends_on = models.DateField(null=True, blank=True)
    custody = models.CharField(
        "where the keys are", max_length=300, blank=True, help_text="A pointer into the vault. Never a password."
    )
    tags = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    notes = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.ACTIVE)
    is_public = models.BooleanField("shown to anyone", default=True, help_text="Whether outsiders may verify it.")
    is_verified = models.BooleanField("carries the platform's mark", default=False)
    opened_on = models.DateField(null=True, blank=True)
    last_post_on = models.DateField(null=True, blank=True)
    last_attested_on = models.DateField(null=True, blank=True)
    retired_on = models.DateField(null=True, blank=True)
    retired_reason = models.CharField(max_length=300, blank=True)
    successor = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="predecessors")
    search_text = models.TextField(default="", db_default="", editable=False)

    objects = AccountQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["platform", "handle_key"],
                name="channels_account_once",
                violation_error_message="This account is already on the map.",
            ),
            models.CheckConstraint(
                condition=~models.Q(handle="") & ~models.Q(handle_key=""),
                name="channels_account_has_handle",
                violation_error_message="An account needs a handle.",
            ),
            models.CheckConstraint(
                condition=models.Q(status="retired", retired_on__isnull=False)
                | (~models.Q(status="retired") & models.Q(retired_on__isnull=True)),
                name="channels_account_retired_has_date",
                violation_error_message="A retired account needs the day on which it was retired; others have none.",
            ),
        ]
        indexes = [
            models.Index(fields=["handle_key", "id"], name="channels_account_by_handle"),
            models.Index(fields=["status", "handle_key", "id"], name="channels_account_by_status"),
            models.Index(
                fields=["platform", "id"],
                condition=models.Q(status__in=["active", "dormant"]),
                name="channels_account_running",
            ),
            models.Index(
                fields=["handle_key", "id"],
                condition=models.Q(is_public=True, status__in=["active", "dormant"]),
                name="channels_account_public",
            ),
            models.Index(
                models.F("last_post_on").desc(nulls_last=True), models.F("id").desc(), name="channels_account_by_post"
            ),
            models.Index(
                models.F("last_attested_on").desc(nulls_last=True),
                models.F("id").desc(),
                name="channels_account_by_attested",
            ),
            GinIndex(OpClass("search_text", "gin_trgm_ops"), name="channels_account_search"),
            GinIndex(fields=["tags"], name="channels_account_tags"),
            models.Index(
                models.F("platform"),
                OpClass(SQUASHED, "text_pattern_ops"),
                name="channels_account_squashed",
                condition=models.Q(status__in=["active", "dormant"]),
            ),
            models.Index(
                models.F("platform"),
                OpClass(Reverse(SQUASHED), "text_pattern_ops"),
                name="channels_account_squashed_end",
                condition=models.Q(status__in=["active", "dormant"]),
            ),
            models.Index(
                fields=["platform"],
                name="channels_account_odd_handle",
                condition=models.Q(status__in=["active", "dormant"], handle__regex="[^A-Za-z0-9._-]"),
            ),
        ]
        triggers = [
            *Stamped.Meta.triggers,
            pgtrigger.Trigger(
                name="search",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("handle", "name", "says", "tags"),
                func="""
                    NEW.search_text := lower(unaccent(concat_ws(
                        ' ', NEW.handle, nullif(NEW.name, ''), nullif(NEW.says, ''),
                        nullif(array_to_string(NEW.tags, ' '), '')
                    )));
                    RETURN NEW;
                """,
            ),
            *SEAL,
            *learns("ARRAY[search_text, why_care]::text[]"),
        ]

    def __str__(self) -> str:
        return self.handle


@tracked()
class AccountDepartment(models.Model):
    """A department that runs an account: position 0 owns it, the others co-manage."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="sides")
    department = models.ForeignKey(Department, models.PROTECT, related_name="account_sides", db_index=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "department"], name="channels_account_department_once"),
            models.UniqueConstraint(
                fields=["account", "position"], name="channels_account_one_owner", deferrable=models.Deferrable.DEFERRED
            ),
        ]
        indexes = [
            models.Index(fields=["department"], condition=models.Q(position=0), name="channels_account_owned"),
            models.Index(fields=["department"], include=["account"], name="channels_account_run_by"),
        ]
        triggers = breaks(
            "owner",
            alone="{}.position = 0",
            differs="(o.position = 0 OR n.position = 0)"
            " AND (o.position, o.department_id, o.account_id) <> (n.position, n.department_id, n.account_id)",
        )

    def __str__(self) -> str:
        return f"{self.account_id}: {self.department_id}"


@tracked()
class AccountAudience(models.Model):
    """Whom an account speaks to."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    audience = models.ForeignKey(Audience, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "audience"], name="channels_account_audience_once")]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.audience_id}"


@tracked()
class AccountMarket(models.Model):
    """Where an account speaks."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    market = models.ForeignKey(Market, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "market"], name="channels_account_market_once")]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.market_id}"


@tracked()
class AccountObjective(models.Model):
    """An objective that an account serves."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    objective = models.ForeignKey(Objective, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "objective"], name="channels_account_objective_once")]
        triggers = breaks(
            "objective", alone="true", differs="(o.account_id, o.objective_id) <> (n.account_id, n.objective_id)"
        )

    def __str__(self) -> str:
        return f"{self.account_id}: {self.objective_id}"


@tracked()
class Holder(Stamped):
    """A named person who holds the keys of an account."""

    class Employer(models.TextChoices):
        STAFF = "staff", "Our staff"
        AGENCY = "agency", "An agency"
        OTHER = "other", "Someone else"

    account = models.ForeignKey(Account, models.CASCADE, related_name="holders")
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="holdings")
    employer = models.CharField(max_length=10, choices=Employer, default=Employer.STAFF)
    is_primary = models.BooleanField("first to ask", default=False)
    left_on = models.DateField("no longer holds them since", null=True, blank=True)

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=models.Q(is_primary=True, left_on__isnull=True),
                name="channels_holder_one_primary",
                violation_error_message="This account has a first holder already.",
            )
        ]
        triggers = [
            *Stamped.Meta.triggers,
            *breaks(
                "holders",
                alone="{}.left_on IS NULL",
                differs="(o.name, o.email, o.employer, o.account_id, o.left_on IS NULL)"
                " <> (n.name, n.email, n.employer, n.account_id, n.left_on IS NULL)",
            ),
        ]

    def __str__(self) -> str:
        return self.name
