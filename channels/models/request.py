"""Accounts that somebody would like to have: what is asked for, how it stands, and what became of it."""

from django.conf import settings
from django.db import models

from channels.life_querysets import RequestQuerySet
from channels.models.account import Account
from channels.models.platform import Platform
from departments.models import Audience, Department, Market, Objective
from departments.models.department import Process
from orgmap.core.models import Stamped
from orgmap.core.tracking import tracked


class Stage(models.TextChoices):
    """How a request stands. The last four end it."""

    REQUESTED = "requested", "Requested"
    IN_REVIEW = "in_review", "In review"
    CHANGES_ASKED = "changes_asked", "Changes asked for"
    APPROVED = "approved", "Approved"
    DECLINED = "declined", "Declined"
    OPENED = "opened", "Opened"
    JOINED = "joined", "Joined another account"
    WITHDRAWN = "withdrawn", "Withdrawn"


@tracked()
class AccountRequest(Stamped):
    """A new account that a department asks for, with everything that has to be known before it is opened."""

    stage = models.CharField(max_length=20, choices=Stage, default=Stage.REQUESTED)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="account_requests"
    )
    department = models.ForeignKey(Department, models.PROTECT, related_name="account_requests")
    process = models.CharField("kind of work", max_length=20, choices=Process, blank=True)
    platform = models.ForeignKey(Platform, models.PROTECT, related_name="+")
    handle = models.CharField("handle that it would have", max_length=200)
    audiences = models.ManyToManyField(Audience, blank=True, through="RequestAudience", related_name="+")
    markets = models.ManyToManyField(Market, blank=True, through="RequestMarket", related_name="+")
    objective = models.ForeignKey(Objective, models.SET_NULL, null=True, blank=True, related_name="account_requests")
    why_care = models.CharField("why people would care", max_length=300, blank=True)
    says = models.CharField("what it would say", max_length=300)
    language = models.CharField(max_length=60)
    why_none = models.CharField("why no account that exists will do", max_length=500)
    partner = models.CharField("with whom it could be run", max_length=300, blank=True)
    primary_admin = models.CharField("first to hold the keys", max_length=200)
    backup_admin = models.CharField("second to hold the keys", max_length=200)
    contact = models.EmailField("shared mailbox")
    rhythm = models.CharField("how often it would post", max_length=120)
    hours = models.CharField("when somebody looks after it", max_length=120)
    measure = models.CharField("how success is measured", max_length=300)
    target = models.CharField("what would be enough", max_length=120)
    starts_on = models.DateField("begins on")
    review_on = models.DateField("looked at again on")
    accepted_policy = models.BooleanField("the policy is accepted", default=False)
    account = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="requests")

    objects = RequestQuerySet.as_manager()

    class Meta(Stamped.Meta):
        verbose_name = "request for an account"
        verbose_name_plural = "requests for accounts"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(review_on__gt=models.F("starts_on")),
                name="channels_request_review_after_start",
                violation_error_message="It is looked at again after it begins: choose a later day.",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_policy=True),
                name="channels_request_accepts_policy",
                violation_error_message="An account is only opened by those who accept the policy.",
            ),
        ]
        indexes = [models.Index(fields=["stage", "id"], name="channels_request_by_stage")]

    def __str__(self) -> str:
        return self.handle


@tracked()
class RequestAudience(models.Model):
    """Whom an account that is asked for would speak to."""

    request = models.ForeignKey(AccountRequest, models.CASCADE, related_name="+")
    audience = models.ForeignKey(Audience, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "audience"], name="channels_request_audience_once")]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.audience_id}"


@tracked()
class RequestMarket(models.Model):
    """Where an account that is asked for would speak."""

    request = models.ForeignKey(AccountRequest, models.CASCADE, related_name="+")
    market = models.ForeignKey(Market, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "market"], name="channels_request_market_once")]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.market_id}"


@tracked()
class RequestStep(models.Model):
    """One step of a request: the stage that it came to, by whom, why, and the letter that went with it."""

    request = models.ForeignKey(AccountRequest, models.CASCADE, related_name="steps")
    stage = models.CharField(max_length=20, choices=Stage)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    letter = models.TextField(blank=True)
    told = models.PositiveIntegerField("how many were told", default=0)

    class Meta:
        verbose_name = "step"
        indexes = [models.Index(fields=["request", "id"], name="channels_step_of_request")]

    def __str__(self) -> str:
        return self.get_stage_display()
