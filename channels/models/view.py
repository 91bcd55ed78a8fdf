"""Views of the directory that people keep."""

from django.conf import settings
from django.db import models

from orgmap.core.models import Stamped


class SavedView(Stamped):
    """A list that somebody comes back to: filters, order and columns under a name. The lead's may be shared."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=2000, blank=True, help_text="The query string, without the page.")
    is_shared = models.BooleanField("everybody sees it", default=False)

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                name="channels_view_once",
                violation_error_message="You have a view of this name already.",
            )
        ]

    def __str__(self) -> str:
        return self.name
