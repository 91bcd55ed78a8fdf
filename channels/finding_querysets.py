"""Findings and how many there are, named for the pages that show them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models

from departments.policies import answered_departments
from orgmap.users.policies import is_lead

if TYPE_CHECKING:
    from orgmap.users.models import User

FEW = 40
"""Up to so many departments the index of findings is asked, or each is compared with each."""
DEEPEST, WORDS = 30, 10_000
"""So many departments of a finding are looked up one by one, fewer where that makes a statement of too many words."""


class NamesOneOf(models.Func):
    """Whether an array names one of many numbers: its first ones are looked up in a hash each, the rest laid out.

    To lay an array out as rows costs more than ten look-ups, and of many numbers one of the first is mostly a hit.
    """

    output_field = models.BooleanField()

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **__: Any) -> tuple[str, tuple[Any, ...]]:
        (array, held), (asked, keys) = (compiler.compile(each) for each in self.get_source_expressions())
        depth, asked = max(2, min(DEEPEST, WORDS // len(keys[0].split(",")))), f"{asked}::bigint[]"
        sql = f"EXISTS (SELECT FROM unnest({array}) one WHERE one = ANY({asked}))"
        values = (*held, *keys)
        for at in range(depth, 0, -1):
            guard = f"cardinality({array}) > {at} AND " if at in GUARDED or at == depth else ""
            sql = f"{array}[{at}] = ANY({asked}) OR ({guard}({sql}))"
            values = (*held, *keys, *(held if guard else ()), *values)
        return f"({sql})", values


GUARDED = {1, 2, 4, 8, 16}
"""Where an array may have ended, which spares the look-ups beyond."""


class IsOneOf(models.Func):
    """Whether a number is one of many."""

    output_field = models.BooleanField()
    template = "(%(expressions)s::bigint[]))"
    arg_joiner = " = ANY("


def as_array(pks: list[int]) -> models.Value:
    """Numbers as one word, which is looked up in a hash."""
    return models.Value(f"{{{','.join(map(str, pks))}}}", output_field=models.TextField())


def names_one_of(pks: list[int], array: str = "concerns") -> models.Q:
    if len(pks) <= FEW:
        return models.Q(**{f"{array}__overlap": pks})
    return models.Q(NamesOneOf(models.F(array), as_array(pks)))


class NarrowedQuerySet(models.QuerySet[Any]):
    """What findings and the numbers of them are narrowed by alike."""

    @staticmethod
    def about_one_of(pks: list[int]) -> models.Q:
        """Whether they concern one of these departments."""
        return names_one_of(pks)

    def concerning(self, departments: Iterable[int]) -> Self:
        """Those that concern one of these departments."""
        return self.filter(self.about_one_of(sorted(departments)))

    def visible_to(self, user: User) -> Self:
        """The lead sees all; heads and deputies those of their departments; anybody what was assigned to them."""
        if is_lead(user):
            return self
        if not user.is_authenticated:
            return self.none()
        own = models.Q(assignee=user)
        answered = answered_departments(user)
        return self.filter(own | self.about_one_of(sorted(answered)) if answered else own)

    def live(self) -> Self:
        """The fact stands, whatever was decided."""
        return self.filter(state__in=["open", "assigned", "waived"])

    def to_do(self) -> Self:
        """Open or assigned: somebody has something to do."""
        return self.filter(state__in=["open", "assigned"])

    def overdue(self, today: date) -> Self:
        """Somebody has something to do and the day by which has passed."""
        return self.to_do().filter(due_on__lt=today)


class FindingQuerySet(NarrowedQuerySet):
    """Findings, named for the pages that show them."""

    def decidable_by(self, user: User) -> Self:
        """Those that this person may assign, waive and open again: the lead all, heads those of their departments."""
        if is_lead(user):
            return self
        answered = answered_departments(user)
        return self.concerning(answered) if answered else self.none()

    def resolved(self) -> Self:
        return self.filter(state="resolved")

    def about_account(self, account: int) -> Self:
        """Those whose subject is the account, and those of other accounts that could be mistaken for it."""
        live = {"state__in": ["open", "assigned", "waived"]}
        pairs = models.Q(rule__in=["duplicate", "look-alike"], detail__ids__contains=[account], **live)
        return self.filter(models.Q(account=account) | pairs)

    def with_subjects(self) -> Self:
        """With the records that they are about, for a page of a list; in one query."""
        return self.select_related("account__platform", "department", "objective", "tie", "benefit", "assignee")

    def part(self, cut: slice) -> Self:
        """A part of them, the oldest first: found by their numbers, before anything is joined to them."""
        found = list(self.order_by("pk").values_list("pk", flat=True)[cut])
        return self.model._default_manager.filter(pk__in=found).with_subjects().order_by("pk")


class TallyQuerySet(NarrowedQuerySet):
    """So many findings of a kind. Each counts twice: among all, and among those that concern the same departments."""

    @staticmethod
    def about_one_of(pks: list[int]) -> models.Q:
        """The one that answers first is mostly the only one: an array is opened where there are more."""
        is_first = models.Q(IsOneOf(models.F("first"), as_array(pks)))
        return is_first | (models.Q(more__isnull=False) & names_one_of(pks, "more"))

    def whole(self) -> Self:
        """Of the whole organisation, whatever they concern."""
        return self.filter(concerns=None)

    def apart(self) -> Self:
        """By the departments that they concern."""
        return self.filter(concerns__isnull=False)

    def of(self, user: User, *, some: bool = False) -> Self:
        """What somebody sees of them; some: to be narrowed to some departments."""
        return self.whole() if is_lead(user) and not some else self.apart().visible_to(user)

    def by_rule(self) -> dict[str, int]:
        """How many there are of each rule."""
        told = self.order_by().values_list("rule").annotate(models.Sum("number"))
        return {rule: count for rule, count in told if count}

    def by_rule_and_month(self, condition: models.Q, month: date) -> list[tuple[Any, ...]]:
        """Of each rule how many fulfil a condition, and how many of all were opened in a month and closed in it."""
        sums = {
            "count": models.Sum("number", filter=condition),
            "opened": models.Sum("number", filter=models.Q(opened_in=month)),
            "closed": models.Sum("number", filter=models.Q(closed_in=month)),
        }
        return list(self.order_by().values_list("rule").annotate(**sums))

    def total(self, **wanted: Any) -> int:
        """How many there are."""
        return int(self.filter(**wanted).aggregate(total=models.Sum("number"))["total"] or 0)
