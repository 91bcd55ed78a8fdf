"""Loading a synthetic organisation into an empty database, all of it or nothing."""

from collections.abc import Callable
from datetime import date
from functools import partial

from django.db import connection, transaction

from departments.models import Audience, Benefit, Department, Market, Process
from orgmap.demo import people, places, purposes
from orgmap.demo.records import Category
from orgmap.demo.services import Counts, counts, refuse_unless_empty
from orgmap.demo.synthetic import words
from orgmap.demo.synthetic.drawing import draw
from orgmap.demo.synthetic.size import Size
from orgmap.demo.synthetic.tables import WRITTEN, Catalogue, Writer
from orgmap.history.services import because

REASON = "synthetic organisation"


def load_synthetic(*, size: Size, today: date, password: str, tell: Callable[[str], None]) -> Counts:
    """Write an organisation of a size as of a day; the planner's statistics are fresh afterwards."""
    refuse_unless_empty()
    drawn = draw(size)
    tell("drawn")
    with transaction.atomic(), because(by=None, reason=REASON):
        refuse_unless_empty()
        spare_row_triggers()
        node = drawn.departments[0]
        root = Department.objects.create(
            name=node.name,
            slug=node.slug,
            process=Process.LEADERSHIP,
            purpose="Holds the synthetic organisation together.",
        )
        logins = people.give_logins(password)
        writer = Writer(drawn, add_catalogue(), today, tell)
        first = writer.departments(root.pk)
        department = partial(key_of, root.pk, first)
        writer.heads(first, logins["Maud Ferrier"])
        objective = writer.objectives(department)
        writer.accounts(department, objective)
        writer.agreements(department, objective)
        loaded = counts()
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(model._meta.db_table for model in WRITTEN)}")
    tell("analysed")
    return loaded


def spare_row_triggers() -> None:
    """Say that no trigger is switched off, before each of them asks.

    Where nothing is said, the question fails inside the trigger of every row, and each failure walks through all the
    foreign keys that wait to be checked: 100,000 accounts took a quarter of an hour. The triggers fire all the same.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL pgtrigger.ignore = '{}'")


def key_of(root: int, first: int, number: int) -> int:
    """The primary key of a department by its number."""
    return first + number if number else root


def add_catalogue() -> Catalogue:
    """The synthetic audiences and markets beside what is there, and the keys of all categories by code."""
    audiences = [Category(root, root.capitalize()) for root in words.AUDIENCE_ROOTS]
    audiences += [
        Category(f"{root}-{segment}", f"{root.capitalize()}: {name}", root)
        for root in words.AUDIENCE_ROOTS
        for segment, name in words.SEGMENTS.items()
    ]
    markets = [Category(region, name) for region, name in words.REGIONS.items()]
    markets += [
        Category(f"{region}-{landscape}", f"{name} {landscape}", region)
        for region, name in words.REGIONS.items()
        for landscape in words.LANDSCAPES
    ]
    return Catalogue(
        audiences={code: row.pk for code, row in purposes.add_categories(Audience, audiences).items()},
        markets={code: row.pk for code, row in purposes.add_categories(Market, markets).items()},
        benefits={benefit.code: benefit.pk for benefit in Benefit.objects.all()},
        platforms={code: platform.pk for code, platform in places.add_platforms().items()},
    )
