"""Every step of an agreement is one action, and the undo of the history takes it back whole."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from departments import services
from departments.models import Objective, Tie
from orgmap.history.services import undo_action
from tests import build
from tests.history.dump import dump
from tests.history.test_undo import doing

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


class World:
    """Care has proposed something to Sales, and pursues an objective."""

    def __init__(self) -> None:
        self.care, self.sales = build.department("Care"), build.department("Sales")
        self.carol, self.sam = build.user(head_of=self.care), build.user(head_of=self.sales)
        self.lead = build.user("lead")
        self.goal = build.objective(departments=[self.care])
        self.tie = self.propose()

    def propose(self) -> Tie:
        return services.propose_tie(
            by=self.carol,
            kind="hand_off",
            title="Complaints go to Care",
            departments=[self.care, self.sales],
            ends_on=date(2027, 1, 1),
            audiences=["customers"],
            now=NOW,
        )

    def suggest(self) -> None:
        services.suggest_change(by=self.sam, tie=self.tie, version=None, now=NOW, objectives=[self.goal])

    def accept(self) -> None:
        services.answer_tie(by=self.sam, tie=self.tie, department=self.sales, accept=True, now=NOW)

    def end(self) -> None:
        services.end_tie(by=self.carol, tie=self.tie, version=None, reason="Over.")

    def invite(self) -> None:
        services.invite(by=self.carol, objective=self.goal, departments=[self.sales])

    def finish(self) -> None:
        services.end_objective(by=self.carol, objective=self.goal, version=None, status="achieved", reason="Done.")


STEPS = (World.propose, World.suggest, World.accept, World.end, World.invite, World.finish)


@pytest.mark.parametrize("act", STEPS, ids=lambda act: act.__name__)
def test_undo_takes_a_whole_step_back(act: Callable[[World], object]) -> None:
    world = World()
    before = dump()
    with doing(by=world.lead) as action:
        act(world)
    assert dump() != before
    with doing(by=world.lead):
        undo_action(by=world.lead, context=action.context)
    assert dump() == before


def test_undo_of_an_acceptance_asks_again_and_of_a_joint_owner_leaves_the_first() -> None:
    world = World()
    with doing(by=world.sam) as action:
        world.accept()
    with doing(by=world.sam):
        undo_action(by=world.sam, context=action.context)
    assert (Tie.objects.get().status, Objective.objects.get().sides.count()) == ("proposed", 1)
