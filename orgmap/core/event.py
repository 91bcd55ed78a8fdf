"""What every event row has."""

from django.db import models
from pghistory.models import Event as Base


class Event(Base):
    """One state of one record, written by a trigger. Numbered so that a busy decade does not run out."""

    pgh_id = models.BigAutoField(primary_key=True)

    class Meta:
        abstract = True
