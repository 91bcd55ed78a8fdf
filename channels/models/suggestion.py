"""What readers would say differently."""

from django.conf import settings
from django.db import models

from channels.models.account import Account
from channels.querysets import SuggestionQuerySet
from departments.models import Department
from orgmap.core.models import Stamped
from orgmap.core.tracking import tracked


@tracked()
class Suggestion(Stamped):
    """A correction to one field of an account or a department, waiting for its owner."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"

    account = models.ForeignKey(Account, models.CASCADE, null=True, blank=True, related_name="suggestions")
    department = models.ForeignKey(Department, models.CASCADE, null=True, blank=True, related_name="suggestions")
    field = models.CharField(max_length=40, blank=True, help_text="Empty: something that is no field.")
    typed = models.JSONField(default=list, blank=True, help_text="As the field's own form would send it.")
    said = models.TextField("what it should say", blank=True)
    before = models.TextField("what it said then", blank=True)
    note = models.CharField("why", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="suggestions")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField("why it was declined", max_length=300, blank=True)

    objects = SuggestionQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(account__isnull=False, department__isnull=True)
                | models.Q(account__isnull=True, department__isnull=False),
                name="channels_suggestion_about_one_thing",
            ),
        ]
        indexes = [models.Index(fields=["state", "id"], name="channels_suggestion_by_state")]

    def __str__(self) -> str:
        return self.said or self.note
