"""The catalogue: the words in which the map is written. The lead keeps it."""

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models

from departments.querysets import TreeQuerySet
from orgmap.core.models import Stamped, no_cycles
from orgmap.core.tracking import tracked

code_validator = RegexValidator(
    r"^[a-z0-9*](?:[a-z0-9_-]*[a-z0-9])?$",
    "Use small letters, digits, hyphens and underscores: for example north-america.",
)


class Category(Stamped):
    """A node of a catalogue tree. Its code is its identity in figures, files and addresses, and never changes."""

    code = models.SlugField(max_length=60, unique=True, validators=[code_validator])
    name = models.CharField(max_length=120)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    weight = models.DecimalField(
        max_digits=8,
        decimal_places=4,
        default=1,
        validators=[MinValueValidator(0)],
        help_text="How much a place with this counts in the figures; 1 is usual. Only leaves count.",
    )
    position = models.PositiveIntegerField(default=0, help_text="Order in lists; smaller comes first.")

    objects = TreeQuerySet.as_manager()

    class Meta(Stamped.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.name


@tracked()
class Audience(Category):
    """Whom an account speaks to: customers, prospects, candidates. Broader audiences hold narrower ones."""

    class Meta(Category.Meta):
        constraints = [
            models.CheckConstraint(condition=models.Q(weight__gte=0), name="departments_audience_weight_from_0")
        ]
        triggers = [*Category.Meta.triggers, no_cycles("audience_tree")]


@tracked()
class Market(Category):
    """Where an account speaks: a region or a language."""

    class Meta(Category.Meta):
        constraints = [
            models.CheckConstraint(condition=models.Q(weight__gte=0), name="departments_market_weight_from_0")
        ]
        triggers = [*Category.Meta.triggers, no_cycles("market_tree")]


@tracked()
class Benefit(Stamped):
    """One of the things that social media is for: B01 to B15."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=160)
    explanation = models.TextField(blank=True)

    class Meta(Stamped.Meta):
        pass

    def __str__(self) -> str:
        return self.name
