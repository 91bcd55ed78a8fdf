"""Taking a list back: what it did goes, what people did since stays."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from channels.imports.apply import NotWaiting, import_content
from channels.imports.undo import NothingGoes, Undone, outlook, undo_batch
from channels.models import Account, AccountDepartment, Holder, ImportBatch, Metric
from departments.models import Department, Objective, Tie
from orgmap.history.services import because
from tests import build

LISTS = Path(__file__).parent / "lists"
HEADER = "URL,Department,Says,Tags\n"

pytestmark = pytest.mark.django_db


def run(kind: str, content: str) -> ImportBatch:
    raw = (LISTS / content).read_bytes() if content.endswith(".csv") else content.encode()
    batch = import_content(raw, kind=kind, filename="list.csv", by=None, today=date(2026, 5, 1)).batch
    assert batch is not None
    return batch


def records() -> dict[str, Any]:
    """Everything that lists write, by what it says."""
    return {
        "departments": list(Department.objects.order_by("pk").values_list("name", "parent", "aliases", "purpose")),
        "accounts": list(Account.objects.order_by("pk").values_list("handle", "says", "tags", "language")),
        "sides": list(AccountDepartment.objects.order_by("pk").values_list("account", "department", "position")),
        "metrics": list(Metric.objects.order_by("pk").values_list("account", "on", "value")),
        "objectives": list(Objective.objects.order_by("pk").values_list("statement", "target")),
        "ties": list(Tie.objects.order_by("pk").values_list("title", "status", "ends_on")),
    }


def said(undone: Undone) -> list[str]:
    """What stays and why, without who and when."""
    return [re.sub(r" \(.*\)", "", line) for line in undone.kept]


@pytest.fixture
def sales() -> Department:
    return build.department("Sales")


def test_every_kind_of_list_is_taken_back_as_a_whole() -> None:
    seen = [records()]
    batches = []
    for kind in ("departments", "accounts", "metrics", "objectives", "ties"):
        name = {"accounts": "audit_sheet_a.csv", "metrics": "city_list.csv"}.get(kind, f"{kind}.csv")
        batches.append(run(kind, name))
        seen.append(records())
    for batch in reversed(batches):
        assert undo_batch(batch=batch, by=None).kept == []
        assert records() == seen[batches.index(batch)]
        batch.refresh_from_db()
        assert batch.state == "undone"


def test_changed_values_get_their_old_value_back(sales: Department) -> None:
    service = build.department("Service")
    build.account("acme", departments=[service], says="Old", tags=["a"], address="https://x.com/acme")
    before = records()
    batch = run("accounts", f"{HEADER}https://x.com/acme,Sales,New,a;b\n")
    assert records() != before
    assert undo_batch(batch=batch, by=None) == Undone(restored=2)
    assert records() == before


def test_what_was_changed_since_stays_and_is_listed(sales: Department) -> None:
    build.account("old", departments=[sales], says="Old", address="https://x.com/old")
    rows = "https://x.com/old,Sales,New,t\nhttps://x.com/edited,Sales,New,\nhttps://x.com/new,Sales,New,\n"
    ann = build.user("lead", name="Ann")
    batch = run("accounts", HEADER + rows)
    with because(by=ann, reason="by hand"):
        Account.objects.filter(handle="old").update(says="By hand")
        Account.objects.filter(handle="edited").update(says="By hand")
    undone = undo_batch(batch=batch, by=None)
    assert (undone.deleted, undone.restored) == ({"accounts": 1}, 1)
    assert said(undone) == ["Account old: what it says was changed since.", "Account edited: was changed since."]
    assert "(Ann, " in undone.kept[0]
    assert list(Account.objects.order_by("handle").values_list("handle", "says", "tags")) == [
        ("edited", "By hand", []),
        ("old", "By hand", []),
    ]
    assert list(AccountDepartment.objects.filter(account__handle="edited").values_list("department__name")) == [
        ("Sales",)
    ]


def test_an_account_that_got_a_holder_or_another_owner_since_stays(sales: Department) -> None:
    lead, service = build.user("lead"), build.department("Service")
    batch = run("accounts", f"{HEADER}https://x.com/a,Sales,,\nhttps://x.com/b,Sales,,\nhttps://x.com/c,Sales,,\n")
    with because(by=lead, reason="by hand"):
        Holder.objects.create(account=Account.objects.get(handle="a"), name="Petra")
        AccountDepartment.objects.filter(account__handle="b").update(department=service)
    undone = undo_batch(batch=batch, by=None)
    assert said(undone) == [
        "Account a: its holders were added or changed since.",
        "Account b: its departments were added or changed since.",
        "Department Service of Account b: was changed since.",
    ]
    assert list(Account.objects.order_by("handle").values_list("handle", flat=True)) == ["a", "b"]
    assert AccountDepartment.objects.filter(account__handle__in=["a", "b"]).count() == 2


def test_departments_that_others_stand_on_stay() -> None:
    batch = run("departments", "departments.csv")
    run("accounts", "URL,Department\nhttps://x.com/a,HR\n")
    undone = undo_batch(batch=batch, by=None)
    assert undone.deleted == {"departments": 2}
    assert sorted(undone.kept) == [
        "Department Acme: departments that stay need it.",
        "Department Human Resources: accounts that stay need it.",
    ]
    assert list(Department.objects.order_by("name").values_list("name", flat=True)) == ["Acme", "Human Resources"]


def test_a_list_that_others_hang_on_says_which_to_take_back_first_and_can_be_taken_back_after_it() -> None:
    departments = run("departments", "Department\nSales\nService\n")
    accounts = import_content(
        b"URL,Department\nhttps://x.com/a,Sales\nhttps://x.com/b,Service\n",
        kind="accounts",
        filename="accounts.csv",
        by=None,
        today=date(2026, 5, 1),
    ).batch
    assert accounts is not None
    with pytest.raises(NothingGoes) as refusal:
        undo_batch(batch=departments, by=None)
    assert str(refusal.value) == (
        "Nothing of list.csv can be taken back now. 2 departments stay because accounts that stay need them. "
        "Take back accounts.csv first, then this list."
    )
    departments.refresh_from_db()
    assert (departments.state, departments.counts.get("undo"), Department.objects.count()) == ("applied", None, 2)
    undo_batch(batch=accounts, by=None)
    assert undo_batch(batch=departments, by=None).deleted == {"departments": 2}


def test_the_rest_of_a_list_can_be_taken_back_later() -> None:
    departments = run("departments", "Department\nSales\nService\n")
    accounts = run("accounts", "URL,Department\nhttps://x.com/a,Sales\n")
    foreseen = outlook(departments)
    assert (foreseen.deleted, foreseen.stays, foreseen.first) == (
        {"departments": 1},
        ["1 department stays because accounts that stay need it"],
        [accounts],
    )
    undo_batch(batch=departments, by=None)
    departments.refresh_from_db()
    assert (departments.state, departments.standing, departments.counts["undo"]["stays"]) == (
        "applied",
        "Partly taken back",
        foreseen.stays,
    )
    undo_batch(batch=accounts, by=None)
    undo_batch(batch=departments, by=None)
    departments.refresh_from_db()
    assert (departments.standing, departments.counts["undo"]["deleted"]) == ("Taken back", {"departments": 2})


def test_a_list_that_registered_accounts_is_taken_back_after_later_figures() -> None:
    run("departments", "departments.csv")
    first = run(
        "metrics", "URL,Department,Date,Followers\nhttps://x.com/a,HR,2026-03-01,1\nhttps://x.com/b,HR,2026-03-01,2\n"
    )
    second = run("metrics", "URL,Date,Followers\nhttps://x.com/a,2026-04-01,3\n")
    assert undo_batch(batch=first, by=None).kept == ["Account a: its figures were added or changed since."]
    assert undo_batch(batch=second, by=None).deleted == {"figures": 1}
    assert list(Account.objects.values_list("handle", flat=True)) == ["a"]
    assert undo_batch(batch=first, by=None).deleted == {"accounts": 1, "figures": 1}


def test_a_list_is_taken_back_once(sales: Department) -> None:
    batch = run("accounts", f"{HEADER}https://x.com/a,Sales,,\n")
    undo_batch(batch=batch, by=None)
    with pytest.raises(NotWaiting) as refusal:
        undo_batch(batch=batch, by=None)
    assert (
        str(refusal.value) == "'list.csv' is not applied, so there is nothing to take back. Reload the page to see it."
    )


def test_the_history_says_that_a_list_was_taken_back(sales: Department) -> None:
    lead = build.user("lead")
    batch = run("accounts", f"{HEADER}https://x.com/a,Sales,,\n")
    undo_batch(batch=batch, by=lead)
    event = Account.pgh_event_model.objects.get(pgh_label="delete")
    told = event.pgh_context.metadata
    assert (told["user"], told["reason"]) == (lead.pk, "Undo of the import of list.csv")
