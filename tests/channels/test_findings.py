"""Findings in people's hands: given to somebody, waived, opened again, closed; one or many the same way."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from channels.models import Account, Finding, FindingNote
from channels.services import finding as services
from departments.models import Department
from orgmap.history.services import because, undo_action
from orgmap.users.models import User
from tests import build

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)
NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)


@pytest.fixture
def lea() -> User:
    return build.user("lead", name="Lea")


@pytest.fixture
def sales() -> Department:
    return build.department("Sales")


def found(account: Account, rule: str = "no-contact", **fields: object) -> Finding:
    concerns = list(account.sides.order_by("position").values_list("department_id", flat=True))
    return Finding.objects.create(
        rule=rule, account=account, concerns=concerns, first_seen=TODAY, since=TODAY, **fields
    )


def states() -> list[str]:
    return list(Finding.objects.order_by("pk").values_list("state", flat=True))


def said() -> list[tuple[str, str]]:
    return list(FindingNote.objects.order_by("pk").values_list("kind", "text"))


def test_assign_gives_findings_to_a_person_and_takes_them_back(lea: User, sales: Department) -> None:
    bo = build.user(name="Bo")
    for handle in ("one", "two"):
        found(build.account(handle, departments=[sales]))
    due = date(2026, 12, 24)
    given = {"by": lea, "findings": Finding.objects.all(), "now": NOW}
    assert services.assign(**given, to=bo, due_on=due, reason="please") == 2
    assert services.assign(**given, to=bo, due_on=due) == 0
    assert set(Finding.objects.values_list("state", "assignee", "due_on")) == {("assigned", bo.pk, due)}
    assert services.assign(**given, to=None) == 2
    assert set(Finding.objects.values_list("state", "assignee", "due_on")) == {("open", None, None)}
    assert said() == [("assigned", "to Bo, by 24 December 2026: please")] * 2 + [("assigned", "to nobody")] * 2


def test_assign_refuses_somebody_who_may_not_log_in(lea: User, sales: Department) -> None:
    found(build.account("one", departments=[sales]))
    with pytest.raises(services.CannotAssign, match="Bo may no longer log in"):
        services.assign(by=lea, findings=Finding.objects.all(), to=build.user(name="Bo", is_active=False), now=NOW)


@pytest.mark.parametrize(
    ("until", "reason", "refusal"),
    [
        (TODAY, " ", "Say why"),
        (TODAY - timedelta(days=1), "why", "25 November 2026 has passed"),
        (TODAY + timedelta(days=733), "why", "more than 2 years away"),
    ],
)
def test_waive_needs_a_reason_and_an_end(until: date, reason: str, refusal: str, lea: User, sales: Department) -> None:
    found(build.account("one", departments=[sales]))
    with pytest.raises(services.CannotWaive, match=refusal):
        services.waive(by=lea, findings=Finding.objects.all(), until=until, reason=reason, now=NOW, today=TODAY)
    assert states() == ["open"]


def test_a_waiver_ends_the_day_after_its_last_and_gives_the_finding_back_to_whoever_had_it(
    lea: User, sales: Department
) -> None:
    found(build.account("one", departments=[sales]), assignee=lea, state="assigned")
    found(build.account("two", departments=[sales]))
    waived = {"by": lea, "until": TODAY, "reason": "a campaign", "now": NOW, "today": TODAY}
    assert services.waive(findings=Finding.objects.all(), **waived) == 2
    assert services.end_waivers(now=NOW, today=TODAY) == 0
    assert services.end_waivers(now=NOW, today=TODAY + timedelta(days=1)) == 2
    assert states() == ["assigned", "open"]
    assert said()[-1] == ("reopened", "The waiver has ended.")


def test_resolve_closes_and_reopen_opens_from_that_day_on(lea: User, sales: Department) -> None:
    found(build.account("one", departments=[sales]))
    rows = Finding.objects.all()
    assert services.resolve(by=lea, findings=rows, now=NOW, today=TODAY, reason="named one") == 1
    assert Finding.objects.values_list("state", "resolved_by", "last_seen").get() == ("resolved", lea.pk, TODAY)
    later = TODAY + timedelta(days=3)
    assert services.reopen(by=lea, findings=rows, now=NOW, today=later) == 1
    assert Finding.objects.values_list("state", "resolved_by", "first_seen", "since", "last_seen").get() == (
        "open", None, TODAY, later, None,
    )  # fmt: skip


def test_a_thousand_findings_are_waived_in_as_many_statements_as_one(
    lea: User, sales: Department, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    account = build.account("one", departments=[sales])
    day = {"first_seen": TODAY, "since": TODAY}
    Finding.objects.bulk_create(Finding(rule=f"rule-{at}", account=account, **day) for at in range(1000))
    with django_assert_num_queries(5):
        services.waive(by=lea, findings=Finding.objects.all(), until=TODAY, reason="all of them", now=NOW, today=TODAY)
    assert FindingNote.objects.count() == 1000


def test_who_sees_and_decides_findings(lea: User, sales: Department) -> None:
    team = build.department("Team", parent=sales)
    care = build.department("Care")
    one, two = found(build.account("one", departments=[care, team])), found(build.account("two", departments=[care]))
    staff = build.user("staff")
    found(build.account("three"), assignee=staff, state="assigned")
    three = Finding.objects.latest("pk")
    head = build.user(head_of=sales)
    rows = Finding.objects.order_by("pk")
    seen = {person: list(rows.visible_to(person)) for person in (lea, head, staff, build.user("executive"))}
    assert list(seen.values()) == [[one, two, three], [one], [three], []]
    assert [list(rows.decidable_by(person)) for person in (lea, head, staff)] == [[one, two, three], [one], []]


def test_a_finding_is_about_one_thing(sales: Department) -> None:
    account = build.account("one", departments=[sales])
    with pytest.raises(IntegrityError, match="one_subject"), transaction.atomic():
        found(account, department=sales)
    found(account)
    with pytest.raises(IntegrityError, match="account_once"), transaction.atomic():
        found(account)


def test_undo_of_a_registration_takes_the_findings_of_the_account_along(lea: User, sales: Department) -> None:
    with because(by=lea, reason="stocktaking") as action:
        account = build.account("one", departments=[sales])
    services.add_note(by=lea, findings=Finding.objects.filter(pk=found(account).pk), text="whose?", now=NOW)
    undo_action(by=lea, context=action)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert (Account.objects.count(), Finding.objects.count(), FindingNote.objects.count()) == (0, 0, 0)
