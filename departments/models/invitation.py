"""Asking another department to own an objective together."""

from django.conf import settings
from django.db import models

from departments.models.department import Department
from departments.models.objective import Objective
from departments.querysets import InvitationQuerySet
from orgmap.core.models import Stamped
from orgmap.core.tracking import tracked


@tracked()
class ObjectiveInvitation(Stamped):
    """A department is asked to pursue an objective jointly; it owns it once it has accepted."""

    class Answer(models.TextChoices):
        WAITING = "waiting", "Waiting"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Taken back"

    objective = models.ForeignKey(Objective, models.CASCADE, related_name="invitations")
    department = models.ForeignKey(Department, models.PROTECT, related_name="objective_invitations")
    instead_of = models.ForeignKey(
        Objective,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="The department's own objective, which the joint one would take the place of.",
    )
    message = models.CharField(max_length=300, blank=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.WAITING)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["objective", "department"],
                condition=models.Q(answer="waiting"),
                name="departments_invitation_once",
                violation_error_message="This department has been asked already and has not answered yet.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.department_id} asked to join {self.objective_id}"
