"""How departments come to an agreement: propose, suggest another text, accept, decline, renew, take back."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from departments import services
from departments.models import ObjectiveInvitation, Tie, TieSide
from departments.services.terms import Wording
from departments.waiting import waiting_for
from orgmap.core.errors import EditConflict
from tests import build

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
TODAY = date(2026, 3, 1)


class Two:
    """Care proposes to Sales that complaints go to Care."""

    def __init__(self, **fields: Any) -> None:
        self.care, self.sales = build.department("Care"), build.department("Sales")
        self.carol, self.sam = build.user(head_of=self.care), build.user(head_of=self.sales)
        self.tie = services.propose_tie(
            by=self.carol,
            kind="hand_off",
            title="Complaints go to Care",
            departments=[self.care, self.sales],
            ends_on=date(2027, 1, 1),
            now=NOW,
            **fields,
        )

    def agreed(self) -> "Two":
        services.answer_tie(by=self.sam, tie=self.tie, department=self.sales, accept=True, now=NOW)
        return self

    def answers(self) -> list[str]:
        return list(self.tie.sides.order_by("position").values_list("answer", flat=True))

    def states(self) -> list[tuple[int, str]]:
        return list(self.tie.versions.order_by("number").values_list("number", "state"))

    def now(self) -> Tie:
        return Tie.objects.get(pk=self.tie.pk)


def test_the_other_side_suggests_another_text_and_the_first_side_accepts_it():
    two = Two(audiences=["customers"])
    services.suggest_change(
        by=two.sam, tie=two.tie, version=two.tie.version, now=NOW, note="Only in the UK.", markets=["uk"]
    )
    assert (two.now().status, two.now().markets, two.answers()) == ("proposed", ["uk"], ["waiting", "accepted"])
    services.answer_tie(by=two.carol, tie=two.tie, department=two.care, accept=True, now=NOW, number=2)
    assert (two.now().status, two.states()) == ("active", [(1, "replaced"), (2, "agreed")])


def test_both_texts_stay_readable_and_say_what_differs():
    two = Two(audiences=["customers"])
    build.audience("customers")
    build.market("uk")
    version = services.suggest_change(by=two.sam, tie=two.tie, version=None, now=NOW, markets=["uk"])
    first = two.tie.versions.get(number=1)
    lines = Wording([first.terms, version.terms]).lines(version.terms, first.terms)
    assert [(line.label, line.before, line.now) for line in lines if line.differs] == [("Markets", "any", "UK")]


def test_an_answer_to_a_text_that_was_replaced_meanwhile_is_a_conflict():
    two = Two()
    services.suggest_change(by=two.carol, tie=two.tie, version=None, now=NOW, title="Complaints and praise go to Care")
    with pytest.raises(EditConflict, match="while you were reading"):
        services.answer_tie(by=two.sam, tie=two.tie, department=two.sales, accept=True, now=NOW, number=1)
    assert two.now().status == "proposed"


def test_a_suggestion_on_an_old_version_is_a_conflict():
    two = Two()
    services.suggest_change(by=two.carol, tie=two.tie, version=None, now=NOW, title="Complaints and praise go to Care")
    with pytest.raises(EditConflict):
        services.suggest_change(by=two.sam, tie=two.tie, version=two.tie.version, now=NOW, title="None go to Care")


def test_a_suggestion_that_says_the_same_is_refused():
    two = Two()
    with pytest.raises(services.NothingSuggested, match="says already"):
        services.suggest_change(by=two.sam, tie=two.tie, version=None, now=NOW, ends_on=date(2027, 1, 1))


def test_an_active_agreement_holds_as_it_is_until_its_change_is_accepted():
    two = Two().agreed()
    services.renew_tie(by=two.carol, tie=two.now(), version=None, ends_on=date(2028, 1, 1), now=NOW)
    assert (two.now().status, two.now().ends_on, two.answers()) == (
        "active",
        date(2027, 1, 1),
        ["accepted", "waiting"],
    )
    services.answer_tie(by=two.sam, tie=two.tie, department=two.sales, accept=True, now=NOW, number=2)
    assert (two.now().status, two.now().ends_on, two.states()) == (
        "active",
        date(2028, 1, 1),
        [(1, "agreed"), (2, "agreed")],
    )


def test_a_declined_change_leaves_the_agreement_as_it_is_and_keeps_the_reason():
    two = Two().agreed()
    services.renew_tie(by=two.carol, tie=two.now(), version=None, ends_on=date(2028, 1, 1), now=NOW)
    services.answer_tie(by=two.sam, tie=two.tie, department=two.sales, accept=False, now=NOW, reason="We move.")
    version = two.tie.versions.get(number=2)
    assert (two.now().status, two.now().ends_on, two.answers()) == ("active", date(2027, 1, 1), ["accepted"] * 2)
    assert (version.state, version.closed_for, version.closing_reason) == ("declined", two.sales, "We move.")


def test_a_change_is_taken_back():
    two = Two().agreed()
    services.renew_tie(by=two.carol, tie=two.now(), version=None, ends_on=date(2028, 1, 1), now=NOW)
    services.withdraw_change(by=two.carol, tie=two.tie)
    assert (two.states()[-1], two.answers()) == ((2, "withdrawn"), ["accepted", "accepted"])
    with pytest.raises(services.NotOpen):
        services.withdraw_change(by=two.carol, tie=two.tie)


def test_a_change_may_turn_filters_into_an_objective_and_back():
    two = Two(audiences=["customers"]).agreed()
    goal = build.objective(departments=[two.care])
    services.suggest_change(by=two.sam, tie=two.now(), version=None, now=NOW, objectives=[goal])
    services.answer_tie(by=two.carol, tie=two.tie, department=two.care, accept=True, now=NOW)
    assert (two.now().audiences, list(two.now().objectives.all())) == (None, [goal])
    services.suggest_change(by=two.sam, tie=two.now(), version=None, now=NOW, benefits=["B01"])
    services.answer_tie(by=two.carol, tie=two.tie, department=two.care, accept=True, now=NOW)
    assert (two.now().benefits, list(two.now().objectives.all())) == (["B01"], [])


def test_an_agreement_that_came_by_a_list_keeps_its_old_text_as_the_first_version():
    care, sales = build.department(), build.department()
    tie = build.tie(care, sales, title="From a list")
    services.suggest_change(by=build.user(head_of=care), tie=tie, version=None, now=NOW, title="Better words")
    assert [(each.number, each.state, each.terms["title"]) for each in tie.versions.order_by("number")] == [
        (1, "agreed", "From a list"),
        (2, "open", "Better words"),
    ]


def test_a_stranger_suggests_nothing():
    two = Two()
    with pytest.raises(services.NotASide):
        services.suggest_change(
            by=build.user(head_of=build.department()), tie=two.tie, version=None, now=NOW, title="x"
        )


def test_what_waits_is_what_others_ask_and_what_ends_within_a_month_or_is_past_its_date():
    two = Two()
    past = build.tie(two.sales, build.department(), ends_on=date(2025, 3, 20))
    ending = build.tie(two.sales, build.department(), ends_on=date(2026, 3, 20))
    build.tie(two.sales, build.department(), ends_on=date(2026, 6, 1))
    goal = build.objective(departments=[two.care])
    asked = ObjectiveInvitation.objects.create(objective=goal, department=two.sales, invited_by=two.carol)
    found = waiting_for(two.sam, TODAY)
    assert (list(found.ties), list(found.invitations), list(found.ending)) == ([two.tie], [asked], [past, ending])
    theirs = waiting_for(two.carol, TODAY)
    assert (list(theirs.ties), list(theirs.invitations), list(theirs.ending)) == ([], [], [])


def test_a_change_of_what_is_agreed_waits_too():
    two = Two().agreed()
    services.renew_tie(by=two.carol, tie=two.now(), version=None, ends_on=date(2028, 1, 1), now=NOW)
    assert list(waiting_for(two.sam, TODAY).ties) == [two.tie]


def test_questions_to_departments_without_a_head_come_to_the_lead():
    two = Two()
    orphan = build.department("Stores")
    below = build.department("Stores, night shift", parent=two.sales)
    asked = build.tie(two.care, orphan, status="proposed")
    build.tie(two.care, below, status="proposed")
    TieSide.objects.filter(department=two.care).update(answer="accepted")
    assert list(waiting_for(build.user("lead"), TODAY).ties) == [asked]
