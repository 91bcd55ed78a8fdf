"""Where accounts live."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from departments.models.catalogue import code_validator
from orgmap.core.models import Stamped
from orgmap.core.tracking import tracked


@tracked()
class Platform(Stamped):
    """A social network, or another place where the organisation is met.

    The well-known ones are recognised by rules in code and stand here so that accounts can point to them. A row that
    the lead adds is recognised by its own hosts: the first part of the path is the handle.
    """

    code = models.SlugField(max_length=60, unique=True, validators=[code_validator])
    name = models.CharField(max_length=80)
    hosts = ArrayField(
        models.CharField(max_length=120),
        default=list,
        blank=True,
        help_text="For example social.example.org. Not needed for well-known ones.",
    )
    labels = ArrayField(
        models.CharField(max_length=80), default=list, blank=True, help_text="Other names that lists use for it."
    )
    case_sensitive = models.BooleanField("handles differ by case", default=False)
    is_past = models.BooleanField("no longer exists", default=False)
    position = models.PositiveIntegerField(default=0, help_text="Order in lists; smaller comes first.")

    class Meta(Stamped.Meta):
        pass

    def __str__(self) -> str:
        return self.name
