"""Whatever an action did, undo restores every tracked table, redo does it again, and undo restores it again."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from hypothesis import example, given, settings
from hypothesis import strategies as st

from channels.models import Account, Holder, Metric
from departments.models import Department, Membership, Objective, Tie, TieSide
from departments.services.lists import set_list, set_sides
from orgmap.history.services import NothingToUndo, undo_action
from orgmap.users.models import User
from tests import build
from tests.examples import examples
from tests.history.dump import dump
from tests.history.test_undo import doing

Numbers = tuple[int, int, int]


def one(model: Any, number: int) -> Any:
    """One of the records, whichever number is drawn."""
    found = list(model.objects.order_by("pk"))
    return found[number % len(found)] if found else None


def some(model: Any, number: int) -> list[Any]:
    return [record for bit, record in enumerate(model.objects.order_by("pk")) if number >> bit & 1]


def audiences(_: Numbers = (0, 0, 0)) -> Any:
    return [build.audience(code) for code in ("fans", "press", "staff")]


def edit_account(n: Numbers) -> None:
    words: list[dict[str, Any]] = [
        {"says": f"text {n[2]}"},
        {"tags": [f"t{n[2]}"]},
        {"status": "retired", "retired_on": date(2026, 1, 1 + n[2] % 20)},
        {"status": "active", "retired_on": None},
        {"handle": f"h{n[2]}", "handle_key": f"h{n[2]}"},
        {"contact": f"{n[2]}@acme.example"},
    ]
    Account.objects.filter(pk=one(Account, n[0]).pk).update(**words[n[1] % len(words)])


def swap_handles(n: Numbers) -> None:
    a, b = one(Account, n[0]), one(Account, n[1])
    if a.pk != b.pk:
        for pk, key in ((a.pk, "between"), (b.pk, a.handle_key), (a.pk, b.handle_key)):
            Account.objects.filter(pk=pk).update(handle_key=key)


def swap_names(n: Numbers) -> None:
    a, b = one(Department, n[0]), one(Department, n[1])
    if a.pk != b.pk:
        for pk, name in ((a.pk, "between"), (b.pk, a.name), (a.pk, b.name)):
            Department.objects.filter(pk=pk).update(name=name)


def move_head(n: Numbers) -> None:
    team, person = one(Department, n[0]), one(User, n[1])
    Membership.objects.filter(department=team, role="head").update(role="member")
    Membership.objects.update_or_create(user=person, department=team, defaults={"role": "head"})


def edit_tie(n: Numbers) -> None:
    tie = one(Tie, n[0])
    if n[1] % 2:
        tie.objectives.clear()
        Tie.objects.filter(pk=tie.pk).update(audiences=["fans"], title=f"title {n[2]}")
    else:
        Tie.objects.filter(pk=tie.pk).update(audiences=None)
        set_list(tie.objectives, some(Objective, n[2]))


def first_holder(n: Numbers) -> None:
    account = one(Account, n[0])
    Holder.objects.filter(account=account).update(is_primary=False)
    Holder.objects.create(account=account, name=f"holder {n[1]}", is_primary=bool(n[2] % 2))


STEPS: list[Callable[[Numbers], Any]] = [
    edit_account,
    swap_handles,
    swap_names,
    move_head,
    edit_tie,
    first_holder,
    lambda n: set_list(one(Account, n[0]).audiences, [each for bit, each in enumerate(audiences()) if n[1] >> bit & 1]),
    lambda n: set_list(one(Account, n[0]).objectives, some(Objective, n[1])),
    lambda n: set_sides(one(Account, n[0]).sides, some(Department, n[1])[:: 1 if n[2] % 2 else -1]),
    lambda n: set_sides(one(Objective, n[0]).sides, some(Department, n[1])),
    lambda n: build.account(f"new{n[0]}", departments=some(Department, n[1]), audiences=audiences()[: n[2] % 3]),
    lambda n: one(Account, n[0]).delete(),
    lambda n: Account.objects.filter(pk=one(Account, n[0]).pk).update(successor=one(Account, n[1])),
    lambda n: build.department(f"Team {n[0]}", slug=f"team-{n[0]}", parent=one(Department, n[1])),
    lambda n: Department.objects.filter(pk=one(Department, n[0]).pk).update(parent=one(Department, n[1])),
    lambda n: one(Department, n[0]).delete(),
    lambda n: build.objective(f"Goal {n[0]}", departments=some(Department, n[1]), audiences=audiences()[: n[2] % 3]),
    lambda n: one(Objective, n[0]).delete(),
    lambda n: one(Tie, n[0]).delete(),
    lambda n: TieSide.objects.filter(tie=one(Tie, n[0])).update(answer="declined"),
    lambda n: Metric.objects.update_or_create(
        account=one(Account, n[0]), on=date(2026, 1, 1), defaults={"value": n[1]}
    ),
    lambda n: one(User, n[0]).delete(),
]


@pytest.fixture
def world(db: None) -> None:
    """A small organisation in which the steps have something to do."""
    audiences()
    top = build.department("Acme")
    teams = [build.department(name, parent=top) for name in ("Sales", "Care", "Press")]
    for team in teams:
        person = User.objects.create(email=f"{team.slug}@acme.example", role="head")
        Membership.objects.create(user=person, department=team, role="head")
    goals = [build.objective(departments=[team], audiences=audiences()[:2]) for team in teams]
    for number in range(4):
        build.account(f"a{number}", departments=teams[number % 3 :], audiences=audiences()[:2], objectives=goals[:1])
    build.tie(*teams, objectives=goals[:1])
    build.tie(*teams[:2])


def take(step: Callable[[Numbers], Any], numbers: Numbers) -> None:
    """A step, unless the map as it stands refuses it."""
    try:
        with transaction.atomic():
            step(numbers)
            transaction.get_connection().check_constraints()
    except (IntegrityError, ProtectedError, AttributeError):
        pass


@pytest.mark.usefixtures("world")
@settings(max_examples=examples(15))
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(STEPS), st.tuples(*[st.integers(0, 15)] * 3)),
        min_size=1,
        max_size=8,
    )
)
@example(steps=[(edit_tie, (0, 0, 0)), (edit_tie, (0, 0, 1))])  # a link that goes and comes again within the action
def test_undo_restores_everything_and_redo_does_it_again(steps: list[tuple[Callable[[Numbers], Any], Numbers]]) -> None:
    with transaction.atomic():
        before = dump()
        with doing() as action:
            for step, numbers in steps:
                take(step, numbers)
        after = dump()
        try:
            with doing() as undo:
                undo_action(by=None, context=action.context)
        except NothingToUndo:
            assert after == before
        else:
            assert dump() == before
            with doing() as redo:
                undo_action(by=None, context=undo.context)
            assert dump() == after
            undo_action(by=None, context=redo.context)
            assert dump() == before
        transaction.set_rollback(True)
