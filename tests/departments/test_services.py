"""What can be done to departments, objectives and agreements, and what is refused."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from departments import services
from departments.models import Benefit, Department, Tie
from departments.services.objective import NobodysObjective
from orgmap.core.errors import EditConflict
from tests import build

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_a_department_gets_a_slug_of_its_own():
    first = services.create_department(by=None, name="Public relations")
    second = services.create_department(by=None, name="Public relations", parent=first)
    assert (first.slug, second.slug) == ("public-relations", "public-relations-2")


def test_two_departments_of_one_name_side_by_side_are_refused_with_a_sentence():
    services.create_department(by=None, name="Sales")
    with pytest.raises(ValidationError) as refusal:
        services.create_department(by=None, name="sales")
    assert refusal.value.messages == ["A department of this name stands here already."]


def test_a_department_cannot_move_below_itself():
    top = build.department("Top")
    child = build.department("Child", parent=top)
    with pytest.raises(services.CannotMove, match="Child stands below Top"):
        services.move_department(by=None, department=top, parent=child, version=None)
    assert Department.objects.get(pk=top.pk).parent is None


def test_the_database_itself_refuses_a_cycle():
    top = build.department("Top")
    child = build.department("Child", parent=top)
    with pytest.raises(IntegrityError, match="cannot stand below itself"), transaction.atomic():
        Department.objects.filter(pk=top.pk).update(parent=child)


def test_a_department_with_active_departments_below_stays_open():
    top = build.department("Top")
    build.department("Child", parent=top)
    with pytest.raises(services.CannotClose, match="still holds active departments: Child"):
        services.close_department(by=None, department=top, on=date(2026, 1, 1), successor=None, version=None)


def test_the_second_of_two_editors_is_told():
    sales = build.department("Sales")
    services.change_department(by=None, department=sales, version=1, purpose="Sell.")
    with pytest.raises(EditConflict):
        services.change_department(by=None, department=sales, version=1, purpose="Sell more.")
    assert Department.objects.get(pk=sales.pk).purpose == "Sell."


def test_saving_the_same_again_is_no_change():
    sales = build.department("Sales", purpose="Sell.")
    services.change_department(by=None, department=sales, version=1, purpose="Sell.")
    assert Department.objects.get(pk=sales.pk).version == 1


def test_a_joint_objective_keeps_the_order_of_its_departments():
    care, sales, brand = build.department("Care"), build.department("Sales"), build.department("Brand")
    goal = services.create_objective(
        by=None, statement="Answer in a day", benefit=Benefit.objects.get(code="B01"), departments=[sales, care]
    )
    services.change_objective(by=None, objective=goal, version=None, departments=[brand, sales])
    assert list(goal.sides.order_by("position").values_list("department__name", flat=True)) == ["Brand", "Sales"]


def test_an_objective_of_nobody_is_refused():
    with pytest.raises(NobodysObjective, match="has no department"):
        services.create_objective(by=None, statement="Float", benefit=Benefit.objects.get(code="B01"), departments=[])


def test_the_latest_check_in_is_the_current_value():
    goal = build.objective(departments=[build.department()])
    services.check_in(by=None, objective=goal, on=date(2026, 3, 1), value=Decimal(30))
    services.check_in(by=None, objective=goal, on=date(2026, 2, 1), value=Decimal(20))
    goal.refresh_from_db()
    assert goal.current == Decimal(30)


def test_an_agreement_binds_when_the_other_side_accepts():
    care, sales = build.department("Care"), build.department("Sales")
    proposer, other = build.user(head_of=care), build.user(head_of=sales)
    tie = services.propose_tie(
        by=proposer,
        kind=Tie.Kind.HAND_OFF,
        title="Complaints go to Care",
        departments=[care, sales],
        ends_on=date(2027, 1, 1),
        now=NOW,
    )
    assert (tie.status, list(tie.sides.order_by("position").values_list("answer", flat=True))) == (
        "proposed",
        ["accepted", "waiting"],
    )
    services.answer_tie(by=other, tie=tie, department=sales, accept=True, now=NOW)
    assert Tie.objects.get(pk=tie.pk).status == "active"


def test_one_decline_declines_the_agreement_and_keeps_the_reason():
    care, sales = build.department("Care"), build.department("Sales")
    proposer, other = build.user(head_of=care), build.user(head_of=sales)
    tie = services.propose_tie(
        by=proposer, kind="liaison", title="Talk", departments=[care, sales], ends_on=date(2027, 1, 1), now=NOW
    )
    services.answer_tie(by=other, tie=tie, department=sales, accept=False, now=NOW, reason="We have one.")
    assert (Tie.objects.get(pk=tie.pk).status, tie.sides.get(department=sales).reason) == ("declined", "We have one.")


def test_a_stranger_cannot_answer_for_a_side():
    care, sales = build.department("Care"), build.department("Sales")
    tie = services.propose_tie(
        by=build.user(head_of=care),
        kind="liaison",
        title="Talk",
        departments=[care, sales],
        ends_on=date(2027, 1, 1),
        now=NOW,
    )
    stranger = build.user(head_of=build.department("Legal"))
    with pytest.raises(services.NotASide):
        services.answer_tie(by=stranger, tie=tie, department=sales, accept=True, now=NOW)
    assert Tie.objects.get(pk=tie.pk).status == "proposed"


def test_an_agreement_of_one_is_refused():
    care = build.department("Care")
    with pytest.raises(services.TooFewSides, match="names 1 department"):
        services.propose_tie(
            by=build.user("lead"),
            kind="liaison",
            title="Talk",
            departments=[care, care],
            ends_on=date(2027, 1, 1),
            now=NOW,
        )


def test_filters_and_objectives_exclude_each_other_in_the_database():
    goal = build.objective(departments=[build.department()])
    tie = build.tie(build.department(), build.department(), audiences=[])
    with pytest.raises(IntegrityError, match="objectives or filters, not both"), transaction.atomic():
        tie.objectives.add(goal)
    named = build.tie(build.department(), build.department(), objectives=[goal])
    with pytest.raises(IntegrityError, match="objectives or filters, not both"), transaction.atomic():
        Tie.objects.filter(pk=named.pk).update(markets=["uk"])


def test_closing_hands_over_what_is_open_and_keeps_the_past():
    press, comms = build.department("Press"), build.department("Communication")
    running = build.account("acme", departments=[press])
    old = build.account("acme_old", departments=[press], status="retired", retired_on=date(2026, 1, 1))
    reached = build.objective(departments=[press], status="achieved")
    build.department("Photo", parent=press)
    told = services.close_department(
        by=None, department=press, on=date(2026, 11, 1), successor=comms, version=None, hand_over=True
    )
    press.refresh_from_db()
    assert [line for line, _ in told] == [
        "1 department below it stands below Communication",
        "1 account goes to Communication",
    ]
    assert [one.sides.get().department for one in (running, old, reached)] == [comms, press, press]
    assert (press.status, press.successor) == ("closed", comms)


def test_closing_refuses_to_hand_over_to_nobody_to_itself_and_to_a_closed_one():
    press = build.department("Press")
    gone = build.department("Gone", status="closed", closed_on=date(2026, 1, 1))
    for successor in (None, press, gone):
        with pytest.raises(services.CannotClose):
            services.close_department(
                by=None, department=press, on=date(2026, 1, 1), successor=successor, version=None, hand_over=True
            )


def test_a_closed_department_is_not_closed_once_more():
    gone = build.department("Gone", status="closed", closed_on=date(2026, 1, 1))
    with pytest.raises(services.CannotClose, match="Gone is closed already"):
        services.close_department(by=None, department=gone, on=date(2026, 2, 1), successor=None, version=None)


def test_a_closed_department_opens_again_unless_what_it_stands_below_is_closed():
    top = build.department("Top", status="closed", closed_on=date(2026, 1, 1))
    press = build.department("Press", parent=top, status="closed", closed_on=date(2026, 1, 1), successor=top)
    with pytest.raises(services.CannotReopen, match="stands below Top, which is closed"):
        services.reopen_department(by=None, department=press, version=None)
    services.reopen_department(by=None, department=top, version=None)
    opened = services.reopen_department(by=None, department=press, version=None)
    assert (opened.status, opened.closed_on, opened.successor) == ("active", None, None)


def test_a_department_is_taken_off_the_map_only_when_nothing_hangs_on_it():
    press = build.department("Press")
    account = build.account("acme", departments=[press])
    build.user(head_of=press)
    with pytest.raises(services.CannotDelete, match="Press still has 1 account and 1 person in it"):
        services.delete_department(by=None, department=press, version=None)
    account.delete()
    press.memberships.all().delete()
    services.delete_department(by=None, department=press, version=None)
    assert list(Department.objects.all()) == []


def test_no_department_takes_the_address_of_the_page_that_makes_one():
    assert services.create_department(by=None, name="New").slug == "new-2"


def test_a_department_has_one_head_and_whoever_becomes_it_may_act_for_it():
    press = build.department("Press")
    before, after = build.user(head_of=press), build.user("staff")
    services.appoint(by=None, department=press, role="head", user=after)
    after.refresh_from_db()
    assert dict(press.memberships.values_list("user", "role")) == {before.pk: "member", after.pk: "head"}
    assert after.role == "head"
    services.appoint(by=None, department=press, role="head", user=None)
    assert press.memberships.filter(role="head").count() == 0
