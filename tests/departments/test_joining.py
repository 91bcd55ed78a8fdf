"""Objectives that departments own together, and how objectives end."""

from datetime import UTC, datetime

import pytest

from departments import services
from departments.models import Benefit, Objective, ObjectiveInvitation
from tests import build

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


def owners(objective: Objective) -> list[str]:
    return list(objective.sides.order_by("position").values_list("department__name", flat=True))


def waiting(objective: Objective) -> list[str]:
    found = objective.invitations.filter(answer="waiting").order_by("pk")
    return list(found.values_list("department__name", flat=True))


def test_a_head_owns_at_once_and_asks_the_others() -> None:
    care, sales = build.department("Care"), build.department("Sales")
    goal = services.create_objective(
        by=build.user(head_of=care),
        statement="Answer",
        benefit=Benefit.objects.get(code="B01"),
        departments=[sales, care],
    )
    assert (owners(goal), waiting(goal)) == (["Care"], ["Sales"])


def test_the_lead_speaks_for_all() -> None:
    care, sales = build.department("Care"), build.department("Sales")
    goal = build.objective(departments=[care])
    services.invite(by=build.user("lead"), objective=goal, departments=[sales])
    assert (owners(goal), waiting(goal)) == (["Care", "Sales"], [])


def test_who_accepts_owns_it_and_who_declines_says_why() -> None:
    care, sales, press = build.department("Care"), build.department("Sales"), build.department("Press")
    goal = build.objective(departments=[care])
    services.invite(by=build.user(head_of=care), objective=goal, departments=[sales, press], message="Once?")
    ours, theirs = goal.invitations.get(department=sales), goal.invitations.get(department=press)
    services.answer_invitation(by=build.user(head_of=sales), invitation=ours, accept=True, now=NOW)
    services.answer_invitation(by=build.user(head_of=press), invitation=theirs, accept=False, now=NOW, reason="Busy.")
    theirs.refresh_from_db()
    assert (owners(goal), theirs.answer, theirs.reason) == (["Care", "Sales"], "declined", "Busy.")
    with pytest.raises(services.AlreadyAnswered):
        services.answer_invitation(by=build.user("lead"), invitation=theirs, accept=True, now=NOW)


def test_only_who_is_asked_answers() -> None:
    goal = build.objective(departments=[build.department()])
    asked = ObjectiveInvitation.objects.create(objective=goal, department=build.department("Sales"))
    with pytest.raises(services.NotASide, match="You do not answer for Sales"):
        services.answer_invitation(by=build.user(head_of=build.department()), invitation=asked, accept=True, now=NOW)


def test_asking_again_who_was_asked_is_refused() -> None:
    care, sales = build.department(), build.department()
    goal, head = build.objective(departments=[care]), build.user(head_of=care)
    services.invite(by=head, objective=goal, departments=[sales])
    with pytest.raises(services.NobodyToAsk):
        services.invite(by=head, objective=goal, departments=[sales, care])


def test_a_head_adds_by_asking_and_takes_no_other_department_off() -> None:
    care, sales, press = build.department("Care"), build.department("Sales"), build.department("Press")
    goal, head = build.objective(departments=[care, sales]), build.user(head_of=care)
    services.change_objective(by=head, objective=goal, version=None, departments=[care, sales, press])
    assert (owners(goal), waiting(goal)) == (["Care", "Sales"], ["Press"])
    with pytest.raises(services.NotTheirs, match="Sales pursues"):
        services.change_objective(by=head, objective=goal, version=None, departments=[care])
    services.change_objective(by=head, objective=goal, version=None, departments=[sales])
    assert owners(goal) == ["Sales"]


def test_an_ended_objective_keeps_its_reason_and_asks_nobody_any_more() -> None:
    care = build.department()
    goal = build.objective(departments=[care])
    services.invite(by=build.user(head_of=care), objective=goal, departments=[build.department()])
    services.end_objective(by=None, objective=goal, version=None, status="achieved", reason="40 posts are filled.")
    goal.refresh_from_db()
    assert (goal.status, goal.ended_reason, waiting(goal)) == ("achieved", "40 posts are filled.", [])
    with pytest.raises(services.HasEnded, match="achieved already"):
        services.end_objective(by=None, objective=goal, version=None, status="dropped", reason="x")
    services.resume_objective(by=None, objective=goal, version=None)
    goal.refresh_from_db()
    assert (goal.status, goal.ended_reason) == ("active", "")


def test_deleting_is_refused_by_what_hangs_on_it() -> None:
    care = build.department()
    goal = build.objective("Answer", departments=[care])
    build.account(departments=[care], objectives=[goal])
    build.tie(care, build.department(), objectives=[goal])
    with pytest.raises(services.StillNeeded, match="account objective and tie objective of it would lose"):
        services.delete_objective(by=None, objective=goal, version=None)
    services.delete_objective(by=None, objective=build.objective("Mistake", departments=[care]), version=None)
    assert list(Objective.objects.values_list("statement", flat=True)) == ["Answer"]
