"""The texts of letters that go when something about an account is asked for, decided or due."""

from django.db import models

from orgmap.core.models import Stamped
from orgmap.core.tracking import tracked


@tracked()
class LetterText(Stamped):
    """A text that the lead keeps for one occasion, instead of the one that comes with the map."""

    code = models.SlugField(max_length=40, unique=True)
    subject = models.CharField(max_length=200)
    text = models.TextField()

    def __str__(self) -> str:
        return self.code
