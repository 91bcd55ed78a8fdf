"""Undo of one change, of what an action did to one record, and of a whole action."""

from datetime import date
from typing import Any
from uuid import UUID

import pghistory
import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from channels.models import Account, AccountAudience, AccountDepartment, Holder, Metric
from channels.services import change_account
from departments.models import Department, Membership, Objective
from departments.services import answer_tie, move_department
from orgmap.history.activity import activity_of
from orgmap.history.services import (
    CannotUndo,
    NothingToUndo,
    NotYours,
    because,
    undo_action,
    undo_change,
)
from orgmap.users.models import User
from tests import build
from tests.history.dump import dump

pytestmark = pytest.mark.django_db


class doing:
    """One action, and its number."""

    def __init__(self, by: User | None = None, reason: str = "") -> None:
        self.told = because(by=by, reason=reason)

    def __enter__(self) -> "doing":
        self.told.__enter__()
        self.context: UUID = pghistory.context().__enter__().id
        return self

    def __exit__(self, *problem: Any) -> None:
        self.told.__exit__(*problem)
        # In a test all actions are one transaction, which has one time.
        pghistory.models.Context.objects.filter(pk=self.context).update(created_at=timezone.now())


def whys(refusal: pytest.ExceptionInfo[CannotUndo]) -> list[str]:
    return [f"{kept.what}: {kept.why}, {kept.who}" for kept in refusal.value.kept]


def test_undo_gives_an_account_its_fields_and_lists_back_and_redo_takes_them_again() -> None:
    lea = build.user("lead", name="Lea")
    account = build.account("acme", says="old", tags=["a"], departments=[build.department("Sales")])
    before = dump()
    with doing(by=lea, reason="stocktaking") as action:
        change_account(
            by=lea,
            account=account,
            version=None,
            says="new",
            tags=["b"],
            audiences=[build.audience("fans")],
            departments=[build.department("Care")],
        )
    after = dump()
    version = Account.objects.get().version
    with doing(by=lea) as undo:
        undone = undo_action(by=lea, context=action.context)
    assert (undone.changed, undone.kept) == ({"channels.account": 1}, [])
    assert dump() == before
    assert Account.objects.get().version == version + 1
    assert activity_of(account, 1)[0][0].reason == "Undo of stocktaking"
    with doing(by=lea) as redo:
        undo_action(by=lea, context=undo.context)
    assert dump() == after
    assert activity_of(account, 1)[0][0].reason == "Redo of stocktaking"
    with pytest.raises(NothingToUndo):
        undo_action(by=lea, context=undo.context)
    undo_action(by=lea, context=redo.context)
    assert dump() == before


def test_undo_of_a_bulk_action_takes_as_many_queries_for_3_000_accounts_as_for_3(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    lead = build.user("lead")
    place, fans, old = build.platform("x"), build.audience("fans"), build.audience("old")
    Account.objects.bulk_create(
        Account(platform=place, handle=f"a{number}", handle_key=f"a{number}") for number in range(3000)
    )
    pks = list(Account.objects.values_list("pk", flat=True))
    AccountAudience.objects.bulk_create(AccountAudience(account_id=pk, audience=old) for pk in pks)
    before = dump()
    with doing(by=lead, reason="audience set on 3,000 accounts") as action:
        AccountAudience.objects.filter(account__in=pks).delete()
        AccountAudience.objects.bulk_create(AccountAudience(account_id=pk, audience=fans) for pk in pks)
        Account.objects.update(rhythm="weekly")
    with django_assert_max_num_queries(110):
        undone = undo_action(by=lead, context=action.context)
    links = {"channels.accountaudience": 3000}
    assert (undone.removed, undone.changed, undone.brought_back) == (links, {"channels.account": 3000}, links)
    assert dump() == before


def test_undo_of_one_event_leaves_the_rest_of_its_action() -> None:
    lead = build.user("lead")
    account = build.account("acme", says="old")
    with doing(by=lead):
        Account.objects.filter(pk=account.pk).update(says="new")
        account.audiences.add(build.audience("fans"))
    event: Any = Account.pgh_event_model.objects.filter(pgh_label="update").get()  # type: ignore[attr-defined]
    undo_change(by=lead, model=Account, event=event.pk)
    account.refresh_from_db()
    assert (account.says, account.audiences.count()) == ("old", 1)


def test_undo_of_an_action_for_one_record_leaves_the_others() -> None:
    lead = build.user("lead")
    one, _ = build.account("one", says="old"), build.account("two", says="old")
    with doing(by=lead) as action:
        Account.objects.update(says="new")
        one.audiences.add(build.audience("fans"))
    undo_action(by=lead, context=action.context, of=one)
    assert list(Account.objects.order_by("handle").values_list("handle", "says")) == [("one", "old"), ("two", "new")]
    assert one.audiences.count() == 0


def test_a_deleted_record_comes_back_with_its_number_and_its_parts() -> None:
    lead = build.user("lead")
    account = build.account("acme", departments=[build.department("Sales")], audiences=[build.audience()], says="hi")
    Holder.objects.create(account=account, name="Ann")
    Metric.objects.create(account=account, on=date(2026, 1, 1), value=5)
    other = build.account("other", successor=account)
    before, made = dump(), Account.objects.get(pk=account.pk)
    with doing(by=lead) as action:
        Account.objects.get(pk=account.pk).delete()
    other.refresh_from_db()
    assert (other.successor_id, Metric.objects.count(), Holder.objects.count()) == (None, 0, 0)
    undo_action(by=lead, context=action.context)
    assert dump() == before
    again = Account.objects.get(pk=account.pk)
    assert again.version == made.version + 1
    assert again.search_text == "acme hi"
    assert (again.created_at - made.created_at).total_seconds() < 60


def test_what_somebody_changed_since_is_not_overwritten() -> None:
    lead, ann = build.user("lead"), build.user("lead", name="Ann")
    account = build.account("acme", says="old", rhythm="daily")
    with doing(by=lead) as action:
        Account.objects.update(says="new", rhythm="weekly")
    with doing(by=ann):
        Account.objects.update(says="newer")
    now = dump()
    with pytest.raises(CannotUndo) as refusal:
        undo_action(by=lead, context=action.context)
    assert whys(refusal) == ["Account acme: what it says was changed since, Ann"]
    assert dump() == now
    undone = undo_action(by=lead, context=action.context, rest=True)
    account.refresh_from_db()
    assert (account.says, account.rhythm, undone.kept_count) == ("newer", "daily", 1)


def test_a_record_that_something_newer_needs_is_not_removed() -> None:
    lead = build.user("lead")
    with doing(by=lead) as action:
        team = build.department("Sales")
        spare = build.department("Spare")
    with doing(by=lead):
        build.account("acme", departments=[team])
    with pytest.raises(CannotUndo) as refusal:
        undo_action(by=lead, context=action.context)
    assert whys(refusal) == ["Department Sales: accounts that stay need it, "]
    undo_action(by=lead, context=action.context, rest=True)
    assert list(Department.objects.values_list("name", flat=True)) == ["Sales"]
    assert spare.name == "Spare"


def test_a_record_whose_place_is_taken_says_so() -> None:
    lead, ann = build.user("lead"), build.user("lead", name="Ann")
    account = build.account("acme", audiences=[build.audience()])
    with doing(by=lead) as action:
        Account.objects.get(pk=account.pk).delete()
        build.account("kept", says="mine")
    with doing(by=ann):
        again = build.account("acme")
    with pytest.raises(CannotUndo) as refusal:
        undo_action(by=lead, context=action.context)
    assert whys(refusal) == ["Account acme: This account is already on the map, "]
    undo_action(by=lead, context=action.context, rest=True)
    assert list(Account.objects.values_list("pk", flat=True)) == [again.pk]
    assert AccountAudience.objects.count() == 0


def test_a_record_does_not_come_back_to_a_department_that_is_gone() -> None:
    lead = build.user("lead")
    team = build.department("Sales")
    objective = build.objective("Sell more", departments=[team])
    with doing(by=lead) as action:
        Objective.objects.get(pk=objective.pk).delete()
    with doing(by=lead):
        team.delete()
    with pytest.raises(CannotUndo) as refusal:
        undo_action(by=lead, context=action.context)
    assert whys(refusal) == ["Department Sales of Objective Sell more: the department that it had is gone, "]


def test_a_swap_of_head_and_deputy_goes_back_in_the_order_that_the_database_takes() -> None:
    lead, team = build.user("lead"), build.department("Sales")
    ann, ben = build.user("head", name="Ann"), build.user("head", name="Ben")
    first = Membership.objects.create(user=ann, department=team, role="head")
    second = Membership.objects.create(user=ben, department=team, role="deputy")
    before = dump()
    with doing(by=lead) as action:
        for pk, role in ((first.pk, "member"), (second.pk, "head"), (first.pk, "deputy")):
            Membership.objects.filter(pk=pk).update(role=role)
    after = dump()
    with doing(by=lead) as undo:
        undo_action(by=lead, context=action.context)
    assert dump() == before
    undo_action(by=lead, context=undo.context)
    assert dump() == after


def test_a_link_that_somebody_made_again_is_not_made_twice() -> None:
    lead = build.user("lead")
    account = build.account("acme", audiences=[build.audience("fans")], says="old")
    with doing(by=lead) as action:
        account.audiences.clear()
        Account.objects.update(says="new")
    with doing(by=lead):
        account.audiences.add(build.audience("fans"))
    undo_action(by=lead, context=action.context)
    account.refresh_from_db()
    assert (account.says, account.audiences.count()) == ("old", 1)


def test_an_owner_who_was_taken_away_does_not_push_out_the_new_one() -> None:
    lead, sales, care = build.user("lead"), build.department("Sales"), build.department("Care")
    account = build.account("acme", departments=[sales])
    with doing(by=lead) as action:
        AccountDepartment.objects.all().delete()
    with doing(by=lead):
        AccountDepartment.objects.create(account=account, department=care)
    with pytest.raises(CannotUndo) as refusal:
        undo_action(by=lead, context=action.context)
    assert whys(refusal) == ["Department Sales of Account acme: The same stands there already, "]
    assert undo_action(by=lead, context=action.context, rest=True).count == 0


def test_a_merge_of_departments_is_one_undo() -> None:
    lead, head = build.user("lead"), build.user("head")
    gone, stays = build.department("Press"), build.department("Public relations")
    Membership.objects.create(user=head, department=gone, role="head")
    accounts = [build.account(departments=[gone]), build.account(departments=[stays, gone])]
    objective = build.objective(departments=[gone])
    child = build.department("Desk", parent=gone)
    before = dump()
    with doing(by=lead, reason="merge") as action:
        AccountDepartment.objects.filter(account=accounts[0]).update(department=stays)
        AccountDepartment.objects.filter(account=accounts[1], department=gone).delete()
        objective.sides.update(department=stays)
        Department.objects.filter(pk=child.pk).update(parent=stays)
        Department.objects.filter(pk=stays.pk).update(aliases=["Press"])
        Membership.objects.all().delete()
        gone.delete()
    assert Department.objects.count() == 2
    undo_action(by=lead, context=action.context)
    assert dump() == before


def test_a_head_undoes_own_accounts_only_and_a_bulk_action_takes_the_right_on_all() -> None:
    sales, care, lead = build.department("Sales"), build.department("Care"), build.user("lead")
    head = build.user(head_of=sales)
    mine, theirs = build.account("mine", departments=[sales]), build.account("theirs", departments=[care])
    with doing(by=lead) as action:
        Account.objects.update(says="new")
        mine.audiences.add(build.audience())
        theirs.audiences.add(build.audience())
    staff = build.user("staff")
    now = dump()
    with pytest.raises(NotYours) as refusal:
        undo_action(by=head, context=action.context)
    assert "Account theirs" in str(refusal.value)
    with pytest.raises(NotYours):
        undo_action(by=head, context=action.context, of=theirs)
    with pytest.raises(NotYours):
        undo_action(by=staff, context=action.context, of=mine)
    assert dump() == now
    undo_action(by=head, context=action.context, of=mine)
    assert (Account.objects.get(handle="mine").says, mine.audiences.count()) == ("", 0)


def test_a_head_takes_back_an_own_registration_but_not_what_the_lead_removed_or_moved() -> None:
    sales, lead = build.department("Sales"), build.user("lead")
    head = build.user(head_of=sales)
    with doing(by=head) as registration:
        build.account("mine", departments=[sales])
    with doing(by=head) as undo:
        undo_action(by=head, context=registration.context)
    assert Account.objects.count() == 0
    undo_action(by=head, context=undo.context)
    with doing(by=lead) as removal:
        Account.objects.get().delete()
    with pytest.raises(NotYours):
        undo_action(by=head, context=removal.context)
    with doing(by=lead) as move:
        move_department(by=lead, department=sales, parent=build.department("Group"), version=None)
    with pytest.raises(NotYours):
        undo_action(by=head, context=move.context, of=sales)
    undo_action(by=lead, context=removal.context)
    assert Account.objects.get().departments.get() == sales


def test_one_side_does_not_take_back_the_answer_of_the_other(django_user_model: type[User]) -> None:
    sales, care = build.department("Sales"), build.department("Care")
    ann, ben = build.user(head_of=sales), build.user(head_of=care)
    tie = build.tie(sales, care, status="proposed")
    tie.sides.filter(department=sales).update(answer="accepted")
    with doing(by=ben) as answer:
        answer_tie(by=ben, tie=tie, department=care, accept=True, now=timezone.now())
    with pytest.raises(NotYours):
        undo_action(by=ann, context=answer.context)
    undo_action(by=ben, context=answer.context)
    tie.refresh_from_db()
    assert tie.status == "proposed"


def test_a_user_who_comes_back_has_to_choose_a_password_again() -> None:
    lead, ann = build.user("lead"), build.user(name="Ann")
    with doing(by=lead) as action:
        User.objects.get(pk=ann.pk).delete()
    undo_action(by=lead, context=action.context)
    again = User.objects.get(pk=ann.pk)
    assert (again.name, again.check_password(build.PASSWORD), again.check_password("")) == ("Ann", False, False)
