"""The seal of an account: an edit of owner, holders or objective by somebody else breaks it, whatever wrote it."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from channels import services
from channels.models import Account, AccountDepartment, AccountObjective, Holder, Seal
from departments.models import Department
from departments.services.merging import merge_departments
from orgmap.history.services import because, undo_action
from orgmap.users.models import User
from tests import build

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)
NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)


@pytest.fixture
def care() -> Department:
    return build.department("Care")


@pytest.fixture
def ann(care: Department) -> User:
    return build.user(head_of=care, name="Ann")


@pytest.fixture
def account(care: Department, ann: User) -> Account:
    """Ann's, with two departments, two holders and an objective; she has confirmed it."""
    sales = build.department("Sales")
    made = build.account("acme", departments=[care, sales], objectives=[build.objective("Fewer calls")])
    Holder.objects.create(account=made, name="Hal", is_primary=True)
    Holder.objects.create(account=made, name="Ida")
    return services.attest_account(by=ann, account=made, on=TODAY, now=NOW)


def broken() -> list[tuple[str | None, str]]:
    seals = Seal.objects.order_by("pk").select_related("broken_by")
    return [(str(seal.broken_by) if seal.broken_by else None, seal.broken_what) for seal in seals]


WHOLE = [(None, "")]
EDITS: dict[str, tuple[str, Callable[[User, Account], Any]]] = {
    "another owner": (
        "owner",
        lambda by, account: services.change_account(
            by=by, account=account, version=None, departments=[build.department("Press")]
        ),
    ),
    "the co-manager becomes the owner": (
        "owner",
        lambda by, account: services.change_account(
            by=by,
            account=account,
            version=None,
            departments=[*account.departments.order_by("-account_sides__position")],
        ),
    ),
    "another holder": ("holders", lambda by, account: services.add_holder(by=by, account=account, name="New")),
    "a holder has left": (
        "holders",
        lambda by, account: services.release_holder(by=by, holder=account.holders.get(name="Hal"), on=TODAY),
    ),
    "no objective": (
        "objective",
        lambda by, account: services.change_account(by=by, account=account, version=None, objectives=[]),
    ),
    "many holders at once": ("holders", lambda by, account: Holder.objects.update(email="a@acme.example")),
    "many objectives at once": (
        "objective",
        lambda by, account: AccountObjective.objects.update(objective=build.objective()),
    ),
    "many owners at once": (
        "owner",
        lambda by, account: AccountDepartment.objects.filter(position=0).update(department=build.department("Press")),
    ),
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_by_somebody_else_breaks_the_seal_and_says_what_and_who(account: Account, edit: str) -> None:
    what, change = EDITS[edit]
    bo = build.user("lead", name="Bo")
    assert broken() == WHOLE
    with because(by=bo) as action:
        change(bo, account)
    assert broken() == [("Bo", what)]
    assert Seal.objects.get().broken_in == action


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_by_the_person_who_confirmed_does_not_break_it(account: Account, ann: User, edit: str) -> None:
    with because(by=ann):
        EDITS[edit][1](ann, account)
    assert broken() == WHOLE


def test_other_words_do_not_break_it(account: Account) -> None:
    bo = build.user("lead", name="Bo")
    both = list(account.departments.order_by("account_sides__position"))
    services.change_account(
        by=bo, account=account, version=None, says="else", audiences=[build.audience()],
        departments=[*both, build.department("Press")],
    )  # fmt: skip
    services.change_holder(by=bo, holder=account.holders.get(name="Ida"), is_primary=True)
    assert broken() == WHOLE


def test_what_a_command_changes_breaks_it_too(account: Account) -> None:
    with because(by=None):
        Holder.objects.all().delete()
    assert broken() == [(None, "holders")]


def test_a_merge_of_the_owner_into_another_department_breaks_it(account: Account, care: Department) -> None:
    bo = build.user("lead", name="Bo")
    merge_departments(by=bo, old=care, new=build.department("Service"), on=TODAY, reason="one")
    assert broken() == [("Bo", "owner")]


def test_who_confirms_again_mends_it_on_the_same_day_too(account: Account, ann: User) -> None:
    bo = build.user("lead", name="Bo")
    services.add_holder(by=bo, account=account, name="New")
    services.attest_account(by=ann, account=account, on=TODAY, now=NOW)
    assert broken() == WHOLE


def test_a_list_that_brings_the_day_seals_and_an_undo_of_the_day_takes_the_seal_away(ann: User) -> None:
    made = build.account("fresh", departments=[build.department()])
    assert broken() == []
    with because(by=ann) as action:
        Account.objects.filter(pk=made.pk).update(last_attested_on=TODAY)
    assert (broken(), Seal.objects.get().by) == (WHOLE, ann)
    undo_action(by=None, context=action)
    assert broken() == []


def test_an_account_that_comes_with_its_day_owner_and_holders_in_one_action_is_whole(ann: User) -> None:
    with because(by=ann):
        made = build.account("fresh", departments=[build.department()], last_attested_on=TODAY)
        Holder.objects.create(account=made, name="Hal")
    assert broken() == WHOLE


@pytest.mark.parametrize("edit", EDITS)
def test_an_undo_that_sets_all_back_mends_the_seal_that_the_edit_broke(account: Account, edit: str) -> None:
    what, change = EDITS[edit]
    bo = build.user("lead", name="Bo")
    with because(by=bo) as action:
        change(bo, account)
    assert broken() == [("Bo", what)]
    undo_action(by=bo, context=action)
    assert broken() == WHOLE


def test_an_undo_leaves_a_seal_broken_that_something_else_breaks_as_well(account: Account) -> None:
    bo, kim = build.user("lead", name="Bo"), build.user("lead", name="Kim")
    with because(by=bo) as action:
        services.add_holder(by=bo, account=account, name="New")
    with because(by=kim):
        services.change_account(by=kim, account=account, version=None, objectives=[])
    undo_action(by=bo, context=action)
    assert broken() == [("Bo", "holders")]
