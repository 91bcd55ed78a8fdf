"""Trees, and who may see what."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL

from orgmap.core.matching import Asked, patterns

if TYPE_CHECKING:
    from orgmap.users.models import User

M = TypeVar("M", bound=models.Model)
PLAIN = str.maketrans("", "", "%_\\")
"""Takes what LIKE reads as a sign out of a word."""


class TreeQuerySet(models.QuerySet[M]):
    """Records with a ``parent``."""

    def below(self, *roots: int) -> Self:
        """The given records and everything under them, in one query."""
        table = self.model._meta.db_table
        walk = (
            f"(WITH RECURSIVE down AS (SELECT id FROM {table} WHERE id = ANY(%s)"  # noqa: S608 - a table name of ours
            f" UNION SELECT t.id FROM {table} t JOIN down ON t.parent_id = down.id) SELECT id FROM down)"
        )
        return self.filter(pk__in=RawSQL(walk, (list(roots),)))  # noqa: S611 - the ids are parameters

    def above(self, *nodes: int) -> Self:
        """The given records and everything over them, in one query."""
        table = self.model._meta.db_table
        walk = (
            f"(WITH RECURSIVE up AS (SELECT id, parent_id FROM {table} WHERE id = ANY(%s)"  # noqa: S608 - a table name of ours
            f" UNION SELECT t.id, t.parent_id FROM {table} t JOIN up ON t.id = up.parent_id) SELECT id FROM up)"
        )
        return self.filter(pk__in=RawSQL(walk, (list(nodes),)))  # noqa: S611 - the ids are parameters


DEPARTMENT_WORDS = (
    "orgmap_fold(ARRAY[departments_department.name, departments_department.acronym]::text[]"
    " || departments_department.aliases::text[])"
)
OBJECTIVE_WORDS = "orgmap_fold(ARRAY[departments_objective.statement, departments_objective.measure]::text[])"
TIE_WORDS = "orgmap_fold(ARRAY[departments_tie.title, departments_tie.terms]::text[])"
"""What they are found by: see orgmap.core.matching."""
DEPARTMENT_WHY = "orgmap_fold(ARRAY[departments_department.purpose]::text[])"
OBJECTIVE_WHY = "orgmap_fold(ARRAY[departments_objective.notes]::text[])"
"""Why there is one at all: they are found by this too, after those that are called so."""


LED = (
    "EXISTS (SELECT FROM departments_membership place JOIN users_user person ON person.id = place.user_id"
    " WHERE place.department_id = t.id AND place.role IN ('head', 'deputy')"
    " AND person.is_active AND person.role = 'head')"
)
"""Somebody answers for it: its head or a deputy."""
NOT_LED = (
    "(WITH RECURSIVE down AS (SELECT t.id FROM departments_department t WHERE {}"  # noqa: S608 - names of ours
    " UNION SELECT t.id FROM departments_department t JOIN down ON t.parent_id = down.id"
    f" WHERE NOT {LED}) SELECT id FROM down)"
)
"""From some departments down, as far as nobody else answers."""


class DepartmentQuerySet(TreeQuerySet[Any]):
    """Departments, named for the pages that show them."""

    def visible_to(self, user: User) -> Self:
        """Everyone who has logged in reads the whole tree."""
        return self if user.is_authenticated else self.none()

    def active(self) -> Self:
        return self.filter(status="active")

    def closed(self) -> Self:
        return self.filter(status="closed")

    def answered_for_by(self, user: User) -> Self:
        """The departments that a head or deputy answers for: their own and all below."""
        if not user.is_authenticated:
            return self.none()
        own = list(user.memberships.filter(role__in=["head", "deputy"]).values_list("department_id", flat=True))
        return self.below(*own) if own else self.none()

    def without_anybody(self) -> Self:
        """Active departments for which nobody answers: no head and no deputy, here or above. The lead does, then."""
        return self.active().silent()

    def silent(self) -> Self:
        """All for which nobody answers, whether active or closed."""
        return self.filter(pk__in=RawSQL(NOT_LED.format(f"t.parent_id IS NULL AND NOT {LED}"), ()))  # noqa: S611 - ours

    def asked_of(self, user: User) -> Self:
        """About which this head or deputy is asked first: their own, and below them what nobody else answers for."""
        places = "SELECT department_id FROM departments_membership WHERE user_id = %s AND role IN ('head', 'deputy')"
        return self.filter(pk__in=RawSQL(NOT_LED.format(f"t.id IN ({places})"), (user.pk,)))  # noqa: S611 - the key is a parameter

    def named(self, words: Sequence[Asked]) -> Self:
        """Departments that are called so: every word stands in the name or in one alias, or all make the acronym.

        The words are small letters without accents; of several in one place any will do.
        """
        parts = patterns(words)
        if not parts:
            return self.none()
        acronym = " ".join(word for word in words if isinstance(word, str))

        def every(text: str) -> str:
            return " AND ".join([f"{text} LIKE ANY(%s::text[])"] * len(parts))

        hits = (
            f"(SELECT id FROM departments_department WHERE {every(DEPARTMENT_WORDS)}"  # noqa: S608 - ours
            f" AND (({every('lower(unaccent(name))')}) OR lower(acronym) = %s"
            f" OR EXISTS (SELECT FROM unnest(aliases) AS alias WHERE {every('lower(unaccent(alias))')})))"
        )
        return self.filter(pk__in=RawSQL(hits, (*parts, *parts, acronym, *parts)))  # noqa: S611 - parameters


class ObjectiveQuerySet(models.QuerySet[Any]):
    """Objectives, named for the pages that show them."""

    def visible_to(self, user: User) -> Self:
        """Everyone who has logged in reads all objectives."""
        return self if user.is_authenticated else self.none()

    def live(self, today: date) -> Self:
        """METHOD 1.1: active, within its dates, and pursued by a department that is there."""
        sides = self.model._meta.get_field("sides").related_model
        pursued = sides.objects.filter(objective=OuterRef("pk"), department__status="active")
        begun, lasting = Q(starts_on=None) | Q(starts_on__lte=today), Q(ends_on=None) | Q(ends_on__gte=today)
        return self.filter(begun, lasting, Exists(pursued), status="active")

    def for_list(self) -> Self:
        """Rows of the list: running ones first, then by what they say."""
        return (
            self.select_related("benefit")
            .prefetch_related("sides__department", "audiences")
            .order_by("status", "statement", "pk")
        )


class TieQuerySet(models.QuerySet[Any]):
    """Agreements, named for the pages that show them."""

    def visible_to(self, user: User) -> Self:
        """Everyone who has logged in reads all agreements."""
        return self if user.is_authenticated else self.none()

    def for_list(self) -> Self:
        """Rows of the list: what is next to be reviewed comes first."""
        return (
            self.select_related("group__objective", "group__lead", "group__sponsor")
            .prefetch_related("sides__department", "objectives")
            .order_by("status", "ends_on", "pk")
        )

    def waiting_for(self, departments: Collection[int]) -> Self:
        """Proposals, and changes of what is agreed, that one of these departments has not answered; soonest end first.

        A side of an active agreement waits only while a change is on the table.
        """
        sides, texts = (self.model._meta.get_field(name).related_model for name in ("sides", "versions"))
        asked = sides.objects.filter(tie=OuterRef("pk"), answer="waiting", department__among=departments)
        changes = Exists(texts.objects.filter(tie=OuterRef("pk"), state="open"))
        found = self.filter(Q(status="proposed") | Q(changes, status="active")).filter(Exists(asked))
        return found.prefetch_related("sides__department").order_by("ends_on", "pk")

    def ending(self, departments: Collection[int] | None, today: date, days: int) -> Self:
        """Active agreements of these departments (None: of all) that end within so many days, or whose date is past:
        they no longer count, and wait until somebody renews or ends them."""
        found = self.filter(status="active", ends_on__lte=today + timedelta(days=days))
        if departments is not None:
            sides = self.model._meta.get_field("sides").related_model.objects.filter(tie=OuterRef("pk"))
            found = found.filter(Exists(sides.filter(department__among=departments)))
        return found.prefetch_related("sides__department").order_by("ends_on", "pk")


class InvitationQuerySet(models.QuerySet[Any]):
    """Invitations to own an objective together."""

    def visible_to(self, user: User) -> Self:
        """Everyone who has logged in reads who was asked."""
        return self if user.is_authenticated else self.none()

    def waiting_for(self, departments: Collection[int]) -> Self:
        """Those that one of these departments has not answered; the oldest first."""
        return (
            self.filter(answer="waiting", department__among=departments)
            .select_related("objective", "department", "invited_by", "instead_of")
            .order_by("created_at", "pk")
        )
