"""The audit over the database: findings open and close with the facts, decisions stay, a few accounts go as all do."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from channels.auditing.asking import Seen
from channels.auditing.keep import keep
from channels.auditing.scope import EVERYTHING
from channels.models import Account, AuditRun, Finding, FindingCount, FindingTally, Holder, Platform
from channels.services import change_account
from channels.services import finding as findings
from channels.services.audit import audit_all, audit_changed
from channels.services.rule import CannotSet, preview, set_rule
from channels.worklist.counting import progress
from departments.models import Department, Membership
from orgmap.history.services import because
from orgmap.reports.collect import collect
from orgmap.reports.services.figures import Source
from orgmap.reports.services.handing import hand_down
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


def everything(today: date = TODAY) -> AuditRun:
    """A full audit with what a roll-up hands down."""
    return hand_down(Source.of(collect(today)).now, now=NOW, today=today)


def changed(today: date = TODAY) -> AuditRun | None:
    return audit_changed(now=NOW, today=today)


def live(**fields: Any) -> set[tuple[str, str]]:
    """Rule and subject of all findings that stand."""
    rows = Finding.objects.live().filter(**fields).with_subjects()
    return {
        (each.rule, str(each.account or each.department or each.objective or each.tie or each.benefit or each.place))
        for each in rows
    }


def test_the_audit_sees_everything_that_a_bare_account_lacks(sales: Department) -> None:
    build.account("acme", departments=[sales])
    everything()
    assert {rule for rule, subject in live() if subject == "acme"} == {
        "no-contact", "few-holders", "never-attested", "no-objective", "no-audience", "activity-unknown",
    }  # fmt: skip
    finding = Finding.objects.get(rule="no-contact")
    assert (finding.concerns, finding.first_seen, finding.since, finding.last_seen) == ([sales.pk], TODAY, TODAY, None)
    assert finding.sentence(TODAY) == "No mailbox and no person is named for it."


def test_a_second_look_at_the_same_map_writes_nothing(sales: Department) -> None:
    build.account("acme", departments=[sales])
    assert everything().opened > 0
    before = list(Finding.objects.order_by("pk").values())
    again = everything()
    assert (again.opened, again.closed) == (0, 0)
    assert list(Finding.objects.order_by("pk").values()) == before


def test_a_finding_closes_by_itself_when_the_fact_is_gone_and_opens_again_when_it_is_back(
    lea: User, sales: Department
) -> None:
    account = build.account("acme", departments=[sales])
    everything()
    findings.assign(by=lea, findings=Finding.objects.filter(rule="no-contact"), to=lea, now=NOW)
    with because(by=None):
        Account.objects.update(contact="care@acme.example")
    changed(TODAY)
    finding = Finding.objects.get(rule="no-contact")
    assert (finding.state, finding.resolved_by, finding.last_seen) == ("resolved", None, TODAY)
    Account.objects.update(contact="")
    later = TODAY + timedelta(days=3)
    audit_all(now=NOW, today=later)
    finding.refresh_from_db()
    assert (finding.state, finding.assignee, finding.first_seen, finding.since, finding.last_seen) == (
        "assigned", lea, TODAY, later, None,
    )  # fmt: skip
    assert finding.account == account


def test_who_mended_it_is_said(lea: User, sales: Department) -> None:
    account = build.account("acme", departments=[sales])
    everything()
    change_account(by=lea, account=account, version=None, contact="care@acme.example")
    changed()
    assert Finding.objects.get(rule="no-contact").resolved_by == lea


def test_a_waiver_survives_every_look_and_ends_with_its_day(lea: User, sales: Department) -> None:
    account = build.account("acme", departments=[sales], last_post_on=TODAY - timedelta(days=200))
    everything()
    silent = Finding.objects.filter(rule="silent")
    findings.waive(by=lea, findings=silent, until=TODAY, reason="season's over", now=NOW, today=TODAY)
    Account.objects.filter(pk=account.pk).update(last_post_on=TODAY - timedelta(days=190))
    changed()
    assert silent.values_list("state", "detail__last_post_on").get() == ("waived", "2026-05-20")
    tomorrow = TODAY + timedelta(days=1)
    changed(tomorrow)
    assert silent.values_list("state", "waived_until").get() == ("open", None)


def test_days_pass_and_findings_open_without_an_edit(sales: Department) -> None:
    build.account("acme", departments=[sales], last_post_on=TODAY - timedelta(days=180))
    everything()
    assert not Finding.objects.filter(rule="silent").exists()
    changed(TODAY + timedelta(days=1))
    assert Finding.objects.filter(rule="silent").get().since == TODAY + timedelta(days=1)


def test_nothing_changed_asks_nothing(sales: Department, django_assert_max_num_queries: Any) -> None:
    build.account("acme", departments=[sales])
    audit_all(now=NOW, today=TODAY)
    AuditRun.objects.update(looked_at=timezone.now() + timedelta(days=2))
    with django_assert_max_num_queries(8):
        assert changed() is None


def test_counts_of_the_day_add_up(lea: User, sales: Department) -> None:
    build.account("acme", departments=[sales])
    everything()
    Account.objects.update(contact="care@acme.example")
    changed()
    row = FindingCount.objects.get(rule="no-contact", day=TODAY)
    assert (row.open, row.waived, row.opened, row.closed) == (0, 0, 1, 1)


def test_what_goes_with_its_account_is_closed(sales: Department) -> None:
    for number in range(3):
        build.account(f"acme{number}", departments=[sales])
    everything()
    assert progress(TODAY).opened == Finding.objects.live().count()
    before = progress(TODAY).closed
    Account.objects.filter(handle="acme1").delete()
    gone = progress(TODAY)
    assert (gone.opened - gone.closed, before) == (Finding.objects.live().count(), 0)
    changed()
    assert progress(TODAY) == gone
    row = FindingCount.objects.get(rule="no-contact", day=TODAY)
    assert (row.open, row.opened, row.closed) == (2, 3, 1)


def test_similar_accounts_are_looked_at_again_when_one_of_them_changes(sales: Department) -> None:
    first = build.account("acme_care", departments=[sales])
    build.account("acmecare", departments=[sales])
    everything()
    assert {row for row in live() if row[0] in {"duplicate", "look-alike"}} == {("look-alike", "acmecare")}
    first.handle, first.handle_key = "acme-jobs", "acme-jobs"
    first.save()
    changed()
    assert not Finding.objects.live().filter(rule="look-alike").exists()
    build.account("acme.jobs", departments=[sales])
    changed()
    assert {row for row in live() if row[0] == "look-alike"} == {("look-alike", "acme.jobs")}
    assert list(Finding.objects.about_account(first.pk).filter(rule="look-alike").values_list("account__handle")) == [
        ("acme.jobs",)
    ]


def test_a_head_or_holder_who_may_no_longer_log_in_is_found(sales: Department) -> None:
    bo = build.user(head_of=sales, name="Bo")
    account = build.account("acme", departments=[sales])
    Holder.objects.create(account=account, name="Bo", user=bo)
    everything()
    bo.is_active = False
    bo.save()
    changed()
    assert {("head-left", "Sales"), ("holder-left", "acme")} <= live()
    Membership.objects.all().delete()
    Holder.objects.update(left_on=TODAY)
    changed()
    assert not {("head-left", "Sales"), ("holder-left", "acme")} & live()


def test_crowds_and_what_may_go_come_with_the_roll_up(sales: Department) -> None:
    fans, uk = build.audience("fans"), build.market("uk")
    goal = build.objective("Fill seats", departments=[sales], audiences=[fans], markets=[uk])
    for pk, name in enumerate(("one", "two", "three"), 101):  # their order is that of their numbers as texts
        build.account(name, pk=pk, departments=[sales], audiences=[fans], markets=[uk], objectives=[goal])
    everything()
    assert {row for row in live() if row[0] in {"crowded", "removable"}} == {
        ("crowded", "channel|fans|uk|x"), ("removable", "one"), ("removable", "two"),
    }  # fmt: skip
    crowd = Finding.objects.get(rule="crowded")
    assert (crowd.sentence(TODAY), crowd.concerns) == (
        "3 accounts speak to Fans in UK on X (formerly Twitter); 3 accounts are a crowd.", [sales.pk],
    )  # fmt: skip
    Account.objects.filter(handle="one").update(status="retired", retired_on=TODAY)
    changed()
    assert {row for row in live() if row[0] in {"crowded", "removable"}} == {
        ("crowded", "channel|fans|uk|x"), ("removable", "two"),
    }  # fmt: skip
    everything()
    assert {row for row in live() if row[0] in {"crowded", "removable"}} == {("removable", "two")}


def test_a_rule_that_is_set_moves_its_line_and_one_that_is_off_is_not_asked(lea: User, sales: Department) -> None:
    build.account("acme", departments=[sales], last_post_on=TODAY - timedelta(days=100))
    everything()
    assert not Finding.objects.filter(rule="silent").exists()
    set_rule(by=lea, rule="silent", parameters={"days": 90}, reason="stricter")
    set_rule(by=lea, rule="no-contact", parameters={}, is_on=False)
    changed()
    assert Finding.objects.get(rule="silent").sentence(TODAY) == (
        "No post since 18 August 2026, 100 days; the limit is 90 days."
    )
    assert Finding.objects.get(rule="no-contact").state == "resolved"


def test_a_rule_refuses_what_it_cannot_be_set_to(lea: User) -> None:
    with pytest.raises(CannotSet, match="29 is no value"):
        set_rule(by=lea, rule="silent", parameters={"days": 29})
    with pytest.raises(CannotSet, match="'nothing' is no rule"):
        set_rule(by=lea, rule="nothing", parameters={})


def test_preview_counts_what_each_value_would_find(sales: Department) -> None:
    for days in (100, 130, 400):
        build.account(f"acme{days}", departments=[sales], last_post_on=TODAY - timedelta(days=days))
    assert preview(rule="silent", parameter="days", also=110, today=TODAY) == {
        90: 3, 110: 2, 120: 2, 180: 1, 270: 1, 365: 1,
    }  # fmt: skip
    assert preview(rule="crowded", parameter="accounts", today=TODAY) is None
    everything()
    assert preview(rule="crowded", parameter="accounts", today=TODAY) == {3: 0, 4: 0, 5: 0, 8: 0, 12: 0}
    with pytest.raises(CannotSet, match="29 is no value"):
        preview(rule="silent", parameter="days", also=29, today=TODAY)


def test_the_number_of_queries_does_not_grow_with_the_accounts(sales: Department) -> None:
    def queries() -> int:
        audit_all(now=NOW, today=TODAY)
        with CaptureQueriesContext(connection) as told:
            audit_all(now=NOW, today=TODAY)
        return len(told)

    build.account("one", departments=[sales])
    few = queries()
    for name in ("two", "three", "four"):
        build.account(name, departments=[build.department(name)])
    assert queries() == few


def test_an_import_or_a_bulk_change_by_sql_is_seen_like_any_edit(lea: User, sales: Department) -> None:
    everything()
    with because(by=lea, reason="list"):
        Account.objects.bulk_create(
            Account(platform=build.platform(), handle=f"acme{at}{at}", handle_key=f"acme{at}{at}") for at in range(30)
        )
    changed()
    assert Finding.objects.filter(rule="no-owner").count() == 30
    Platform.objects.filter(code="x").update(is_past=True)
    changed()
    assert Finding.objects.filter(rule="platform-gone").count() == 30


def test_what_was_deleted_while_the_rules_ran_leaves_no_finding(sales: Department) -> None:
    account, gone = (build.account(name, departments=[sales]) for name in ("acme", "gone"))
    seen = [Seen("no-contact", each.pk, (sales.pk,), {}) for each in (account, gone)]
    gone.delete()
    for _ in ("first", "later"):
        keep({"account": iter(seen)}, EVERYTHING, {"account": ["no-contact"]}, now=NOW, today=TODAY)
        assert live() == {("no-contact", "acme")}
        assert FindingTally.objects.whole().by_rule() == {"no-contact": 1}
