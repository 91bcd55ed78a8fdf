"""What departments of a kind usually pursue: an objective begins from one of these, or free."""

from django.db import models

from departments.models.catalogue import Benefit
from departments.models.department import Process
from orgmap.core.models import Stamped
from orgmap.core.tracking import tracked


@tracked()
class ObjectiveTemplate(Stamped):
    """A usual objective of one kind of work. The lead keeps the list; one without a kind suits everybody."""

    process = models.CharField("kind of work", max_length=20, choices=Process, blank=True, help_text="None: any.")
    statement = models.CharField(max_length=300, help_text="As a department would say it, ready to be made its own.")
    benefit = models.ForeignKey(Benefit, models.PROTECT, related_name="+")
    measure = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    position = models.PositiveIntegerField(default=0, help_text="Order in lists; smaller comes first.")

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["process", "statement"],
                name="departments_template_once",
                violation_error_message="This template is there already.",
            )
        ]

    def __str__(self) -> str:
        return self.statement
