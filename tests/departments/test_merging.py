"""Two departments become one: everything that hangs on the old one, and every agreement that changes by it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection

from channels.models import AccountDepartment
from departments import services
from departments.hanging import hanging, keys
from departments.models import Department, Membership, ObjectiveInvitation, Tie, TieVersion, WorkingGroup
from departments.models.department import DefaultAudience, DefaultMarket
from departments.services.following import TREATED
from departments.services.terms import terms_of
from orgmap.core.errors import EditConflict
from orgmap.history.services import undo_action
from orgmap.reports.models import IntendedOverlap
from tests import build
from tests.history.dump import dump

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.fixture
def press() -> Department:
    return build.department("Press", acronym="PR", aliases=["Press office"])


@pytest.fixture
def comms() -> Department:
    return build.department("Communication")


def merge(old: Department, new: Department, **options: Any) -> list[str]:
    told = services.merge_departments(by=None, old=old, new=new, on=TODAY, **options)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return [line for line, _ in told]


def sides(record: Any) -> list[tuple[str, int]]:
    return list(record.sides.order_by("position").values_list("department__name", "position"))


def test_the_old_department_stays_as_a_closed_one_and_its_names_lead_on(press, comms):
    earlier = build.department("Newsroom", status="closed", closed_on=TODAY, successor=press)
    told = merge(press, comms)
    press.refresh_from_db()
    comms.refresh_from_db()
    earlier.refresh_from_db()
    assert (press.status, press.closed_on, press.successor, earlier.successor) == ("closed", TODAY, comms, comms)
    assert comms.aliases == ["Press", "PR", "Press office"]
    assert told == ["3 names lead to Communication"]


def test_names_that_the_new_one_has_already_are_not_said_twice(press):
    new = build.department("Communication", acronym="pr", aliases=["press"])
    merge(press, new)
    new.refresh_from_db()
    assert new.aliases == ["press", "Press office"]


def test_accounts_and_objectives_follow_and_keep_their_order(press, comms):
    sales = build.department("Sales")
    account = build.account(departments=[sales, press])
    retired = build.account(departments=[press], status="retired", retired_on=TODAY)
    goal = build.objective(departments=[press, sales], status="achieved")
    merge(press, comms)
    assert sides(account) == [("Sales", 0), ("Communication", 1)]
    assert sides(retired) == [("Communication", 0)]
    assert sides(goal) == [("Communication", 0), ("Sales", 1)]


def test_what_both_had_together_is_named_once_and_by_the_leading_place(press, comms):
    sales = build.department("Sales")
    owned = build.account(departments=[press, sales, comms])
    managed = build.account(departments=[comms, press])
    joint = build.objective(departments=[press, comms])
    told = merge(press, comms)
    assert sides(owned) == [("Communication", 0), ("Sales", 1)]
    assert sides(managed) == [("Communication", 0)]
    assert sides(joint) == [("Communication", 0)]
    assert "2 accounts that both had together are Communication's alone, or Communication's with the others" in told
    assert "1 objective that both had together is Communication's alone, or Communication's with the others" in told


def test_accounts_keep_the_audience_that_they_had_by_default(press, comms):
    media, customers, uk = build.audience("media"), build.audience("customers"), build.market("uk")
    wales = build.market("wales", parent=uk)
    DefaultAudience.objects.create(department=press, audience=media)
    DefaultMarket.objects.create(department=comms, market=wales)
    silent = build.account(departments=[press])
    spoken = build.account(departments=[press], audiences=[customers])
    managed = build.account(departments=[comms, press])
    told = merge(press, comms)
    assert [list(one.audiences.values_list("code", flat=True)) for one in (silent, spoken, managed)] == [
        ["media"],
        ["customers"],
        [],
    ]
    assert list(silent.markets.values_list("code", flat=True)) == ["uk"]
    assert "1 account that stood under the usual audiences of Press now names them itself" in told


def test_equal_defaults_are_not_written_out(press, comms):
    media = build.audience("media")
    for one in (press, comms):
        DefaultAudience.objects.create(department=one, audience=media)
    account = build.account(departments=[press])
    merge(press, comms)
    assert list(account.audiences.all()) == []


def test_an_agreement_between_the_two_is_over_and_stays_readable(press, comms):
    active = build.tie(press, comms, title="Press asks first")
    asked = build.tie(comms, press, status="proposed")
    told = merge(press, comms)
    active.refresh_from_db()
    asked.refresh_from_db()
    assert (active.status, asked.status) == ("ended", "ended")
    assert active.ended_reason == "Press became part of Communication: one side was left."
    assert sides(active) == [("Press", 0), ("Communication", 1)]
    assert "2 agreements between the two end: they have one side left" in told


def test_an_agreement_with_others_follows_with_its_answer(press, comms):
    sales = build.department("Sales")
    tie = build.tie(press, sales, status="proposed")
    tie.sides.filter(department=press).update(answer="accepted")
    merge(press, comms)
    assert list(tie.sides.order_by("position").values_list("department__name", "answer")) == [
        ("Communication", "accepted"),
        ("Sales", "waiting"),
    ]
    assert Tie.objects.get(pk=tie.pk).status == "proposed"


def test_in_an_agreement_of_both_with_others_the_new_one_answers_for_itself(press, comms):
    sales = build.department("Sales")
    tie = build.tie(press, sales, comms, status="proposed")
    tie.sides.filter(department=press).update(answer="accepted")
    merge(press, comms)
    assert list(tie.sides.order_by("position").values_list("department__name", "answer", "position")) == [
        ("Communication", "waiting", 0),
        ("Sales", "waiting", 1),
    ]


def test_an_agreement_that_only_waited_for_the_old_one_binds(press, comms):
    tie = build.tie(press, build.department("Sales"), comms, status="proposed")
    tie.sides.exclude(department=press).update(answer="accepted")
    merge(press, comms)
    assert (Tie.objects.get(pk=tie.pk).status, tie.sides.count()) == ("active", 2)


def test_past_agreements_stay_where_they_were_made(press, comms):
    ended = build.tie(press, build.department("Sales"), status="ended")
    declined = build.tie(press, comms, status="declined")
    merge(press, comms)
    assert [sides(ended)[0][0], sides(declined)[0][0]] == ["Press", "Press"]
    assert Tie.objects.get(pk=declined.pk).status == "declined"


def test_a_group_goes_over_and_nobody_sponsors_what_they_lead(press, comms):
    sales = build.department("Sales")
    led = WorkingGroup.objects.create(tie=build.tie(press, sales, kind="working_group"), lead=press, sponsor=comms)
    sponsored = WorkingGroup.objects.create(
        tie=build.tie(press, sales, kind="working_group"), lead=sales, sponsor=press
    )
    merge(press, comms)
    led.refresh_from_db()
    sponsored.refresh_from_db()
    assert (led.lead, led.sponsor) == (comms, None)
    assert (sponsored.lead, sponsored.sponsor) == (sales, comms)


def test_a_change_on_the_table_names_the_new_lead_and_past_texts_stay(press, comms):
    sales = build.department("Sales")
    tie = build.tie(press, sales, kind="working_group")
    WorkingGroup.objects.create(tie=tie, lead=press)
    text = terms_of(tie)
    TieVersion.objects.create(tie=tie, number=1, side=press, at=NOW, terms=text, state="agreed", closed_for=comms)
    TieVersion.objects.create(tie=tie, number=2, side=press, at=NOW, terms=text | {"title": "Shorter"})
    merge(press, comms)
    found = TieVersion.objects.order_by("number").values_list("terms__lead", "side", "state")
    assert list(found) == [(press.pk, press.pk, "agreed"), (comms.pk, press.pk, "open")]


def test_a_change_that_only_waited_for_the_old_one_is_agreed(press, comms):
    tie = build.tie(press, build.department("Sales"), comms)
    TieVersion.objects.create(tie=tie, number=1, at=NOW, terms=terms_of(tie) | {"title": "Shorter"})
    tie.sides.filter(department=press).update(answer="waiting")
    merge(press, comms)
    assert Tie.objects.get(pk=tie.pk).title == "Shorter"


def test_invitations_that_wait_follow_unless_the_objective_is_theirs_already(press, comms):
    sales = build.department("Sales")
    alone, owned, twice = (build.objective(name, departments=[sales]) for name in ("Alone", "Owned", "Twice"))
    owned.sides.create(department=comms, position=1)
    for goal in (alone, owned, twice):
        ObjectiveInvitation.objects.create(objective=goal, department=press)
    ObjectiveInvitation.objects.create(objective=twice, department=comms)
    merge(press, comms)
    found = ObjectiveInvitation.objects.order_by("pk").values_list("objective__statement", "department__name", "answer")
    assert list(found) == [
        ("Alone", "Communication", "waiting"),
        ("Owned", "Press", "withdrawn"),
        ("Twice", "Press", "withdrawn"),
        ("Twice", "Communication", "waiting"),
    ]


def test_people_keep_the_higher_role_and_one_head_heads(press, comms):
    head, both = build.user(head_of=press, name="Ann"), build.user(name="Bo")
    build.user(head_of=comms, name="Cy")
    Membership.objects.create(user=both, department=press, role="deputy")
    Membership.objects.create(user=both, department=comms, role="member")
    merge(press, comms)
    assert sorted(comms.memberships.values_list("user__name", "role")) == [
        ("Ann", "deputy"),
        ("Bo", "member"),
        ("Cy", "head"),
    ]
    assert list(head.memberships.values_list("department__name", flat=True)) == ["Communication"]


def test_the_old_head_heads_where_nobody_does(press, comms):
    head = build.user(head_of=press)
    Membership.objects.create(user=head, department=comms, role="member")
    merge(press, comms)
    assert list(comms.memberships.values_list("user", "role")) == [(head.pk, "head")]


def test_departments_below_follow_and_namesakes_are_refused(press, comms):
    build.department("Photo", parent=press)
    twin = build.department("photo", parent=comms)
    with pytest.raises(services.NamesakesBelow, match="both have a department below them that is called Photo"):
        merge(press, comms)
    twin.delete()
    merge(press, comms)
    assert list(comms.children.values_list("name", flat=True)) == ["Photo"]


def test_a_department_below_the_old_one_takes_its_place(press):
    top = build.department("Top")
    Department.objects.filter(pk=press.pk).update(parent=top)
    desk = build.department("Desk", parent=build.department("Room", parent=press))
    merge(press, desk)
    desk.refresh_from_db()
    assert desk.parent == top
    assert list(desk.children.values_list("name", flat=True)) == ["Room"]


def test_overlap_that_was_wanted_between_the_two_goes(press, comms):
    sales = build.department("Sales")
    kept = IntendedOverlap.objects.create(a=sales, b=press, reason="Both", review_on=TODAY)
    IntendedOverlap.objects.create(a=comms, b=press, reason="Both", review_on=TODAY)
    merge(press, comms)
    assert list(IntendedOverlap.objects.values_list("pk", "a__name", "b__name")) == [
        (kept.pk, "Sales", "Communication")
    ]


def test_nothing_but_the_past_points_at_the_old_one_afterwards(press, comms):
    sales = build.department("Sales")
    build.account(departments=[press])
    build.objective(departments=[press])
    WorkingGroup.objects.create(tie=build.tie(press, sales, kind="working_group"), lead=press, sponsor=press)
    build.user(head_of=press)
    build.department("Photo", parent=press)
    build.department("Newsroom", status="closed", closed_on=TODAY, successor=press)
    IntendedOverlap.objects.create(a=press, b=sales, reason="Both", review_on=TODAY)
    assert len(hanging(press)) == 9
    merge(press, comms)
    assert hanging(press) == []


def test_every_key_to_a_department_was_thought_of():
    """A key that is new here follows by the common rule. Is that right for it? Then it belongs on this list."""
    assert {str(key) for key in keys()} - TREATED == {
        "channels.AccountDepartment.department",
        "channels.AccountRequest.department",
        "departments.ObjectiveDepartment.department",
        "reports.IntendedOverlap.a",
        "reports.IntendedOverlap.b",
    }


def test_a_preview_says_what_a_merge_does_and_does_nothing(press, comms):
    build.account("acme", departments=[press])
    lines = services.preview_merge(by=None, old=press, new=comms, on=TODAY)
    assert lines[0] == ("1 account goes to Communication", "acme")
    assert AccountDepartment.objects.get().department == press
    assert services.merge_departments(by=None, old=press, new=comms, on=TODAY) == lines


def test_a_merge_is_refused_with_oneself_with_a_closed_one_and_after_a_change(press, comms):
    with pytest.raises(services.CannotMerge, match="is one department already"):
        merge(press, press)
    gone = build.department("Gone", status="closed", closed_on=TODAY)
    with pytest.raises(services.CannotMerge, match="Gone is closed"):
        merge(press, gone)
    with pytest.raises(EditConflict, match="since you looked"):
        merge(press, comms, versions=(press.version, comms.version + 1))


def test_a_merge_is_one_action_with_its_person_and_reason(press, comms):
    lead = build.user("lead")
    build.account(departments=[press])
    services.merge_departments(by=lead, old=press, new=comms, on=TODAY)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT context.metadata FROM pghistory_context context JOIN channels_accountdepartmentevent event"
            " ON event.pgh_context_id = context.id"
            " WHERE event.pgh_label = 'update'"
        )
        told = cursor.fetchall()
    assert len(told) == 1
    assert '"reason": "Press becomes part of Communication"' in str(told[0][0])


def test_a_merge_is_taken_back_as_one_action(press, comms):
    """Every row that the merge touched stands as it stood before, also those that it took away or wrote out."""
    lead, sales, media = build.user("lead"), build.department("Sales"), build.audience("media")
    DefaultAudience.objects.create(department=press, audience=media)
    build.account(departments=[press])
    build.account(departments=[press, sales, comms])
    build.objective(departments=[comms, press])
    build.tie(press, comms)
    build.tie(press, sales, comms, status="proposed")
    WorkingGroup.objects.create(tie=build.tie(press, sales, kind="working_group"), lead=press, sponsor=comms)
    build.user(head_of=press)
    build.department("Photo", parent=press)
    IntendedOverlap.objects.create(a=press, b=comms, reason="Both", review_on=TODAY)
    before = dump()
    services.merge_departments(by=lead, old=press, new=comms, on=TODAY)
    assert dump() != before
    context = Department.pgh_event_model.objects.latest("pgh_id").pgh_context_id
    undo_action(by=lead, context=context)
    assert dump() == before
