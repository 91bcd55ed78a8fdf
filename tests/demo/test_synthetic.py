"""The synthetic organisation: of the size that was asked for, the same for a seed, and uneven as a real one."""

import re
from collections import Counter
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from channels.models import Account
from channels.platforms import recognise
from departments.models import Department, Membership, Tie
from orgmap.demo.services import Counts, counts
from orgmap.demo.synthetic.drawing import draw
from orgmap.demo.synthetic.services import load_synthetic
from orgmap.demo.synthetic.size import BadSize, Size, size_of
from orgmap.history.models import Change
from orgmap.reports.collect import collect
from orgmap.reports.engine import analyse
from orgmap.users.models import User

TODAY = date(2026, 3, 2)


def load(size: Size) -> list[str]:
    told: list[str] = []
    load_synthetic(size=size, today=TODAY, password="a pass phrase", tell=told.append)
    return told


def dump(size: Size) -> tuple[Any, Counter[str]]:
    """What stands in the database after loading, with keys by rank; then it is taken back."""
    with transaction.atomic():
        load(size)
        organisation = collect(TODAY).organisation
        changes = Counter(dict(Change.objects.values_list("source", "rows")))
        transaction.set_rollback(True)
    ranks = {
        part: {
            row["id"]: str(rank) for rank, row in enumerate(sorted(organisation[part], key=lambda row: int(row["id"])))
        }
        for part in ("accounts", "objectives", "ties")
    }
    for part, by_key in ranks.items():
        for row in organisation[part]:
            row["id"] = by_key[row["id"]]
            row["objectives"] = [ranks["objectives"][key] for key in row.get("objectives") or ()]
        organisation[part].sort(key=lambda row: int(row["id"]))
    return organisation, changes


@pytest.mark.django_db
@pytest.mark.parametrize("size", [Size(12, 60, 30, 8, 1), Size(60, 500, 200, 60, 7)])
def test_the_same_size_and_seed_give_the_same_organisation(size: Size) -> None:
    first, again = dump(size), dump(size)
    assert first == again
    assert len(first[0]["departments"]) == size.departments
    assert len(first[0]["accounts"]) == size.accounts


def test_another_seed_gives_another_organisation() -> None:
    assert draw(Size(30, 60, 30, 30, 1)) != draw(Size(30, 60, 30, 30, 2))


@pytest.mark.django_db
def test_what_is_written_is_valid_and_uneven() -> None:
    told = load(Size(120, 2400, 1200, 120, 3))
    assert told == [
        "drawn",
        "120 departments",
        f"{Membership.objects.filter(role='head').count()} heads",
        "1,200 objectives",
        "2,400 accounts",
        "departments, audiences, markets and objectives of the accounts",
        "holders and figures of the accounts",
        "120 agreements",
        "analysed",
    ]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for account in Account.objects.select_related("platform").order_by("pk")[:300]:
        read = recognise(account.address)
        assert (read.platform, read.handle, read.key) == (account.platform.code, account.handle, account.handle_key)
    statuses = Counter(Account.objects.values_list("status", flat=True))
    assert set(statuses) == {"planned", "active", "dormant", "retired"}
    assert statuses["active"] > 1900
    assert Account.objects.filter(departments=None).exists()
    assert Account.objects.filter(objectives=None).count() > 500
    assert set(Tie.objects.values_list("kind", flat=True)) == {"working_group", "hand_off", "liaison"}
    platforms = Counter(Account.objects.values_list("platform__code", flat=True)).most_common()
    assert platforms[0][1] > 4 * platforms[len(platforms) // 2][1]
    head = Membership.objects.get(user__email="head@demo.example")
    assert head.department.parent == Department.objects.get(parent=None)
    assert {user.email for user in User.objects.all() if user.has_usable_password()} == {
        "lead@demo.example",
        "head@demo.example",
        "executive@demo.example",
        "staff@demo.example",
    }


@pytest.mark.django_db
def test_the_history_has_every_row_with_its_reason() -> None:
    load(Size(20, 100, 50, 20, 1))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.metadata ->> 'reason', count(*) FROM channels_accountevent e"
            " LEFT JOIN pghistory_context c ON c.id = e.pgh_context_id GROUP BY 1"
        )
        assert cursor.fetchall() == [("synthetic organisation", 100)]


@pytest.mark.django_db
def test_the_engine_finds_gaps_and_agreements_in_it() -> None:
    load(Size(60, 900, 400, 60, 1))
    alignment = analyse(collect(TODAY).organisation, level=2)["alignment"]
    assert 0 < alignment["alignment"] < 1
    assert alignment["contested"] > 1000


@pytest.mark.parametrize(
    ("given", "size"),
    [
        ({"departments": 500}, Size(500, 10_000, 5_000, 500, 1)),
        ({"accounts": 100_000}, Size(5_000, 100_000, 50_000, 5_000, 1)),
        ({"objectives": 45, "seed": 9}, Size(5, 100, 45, 5, 9)),
        ({"departments": 3, "accounts": 0, "ties": 0}, Size(3, 0, 30, 0, 1)),
        ({"seed": 4}, Size(500, 10_000, 5_000, 500, 4)),
    ],
)
def test_what_is_not_said_follows_in_proportion(given: dict[str, int], size: Size) -> None:
    nothing = dict.fromkeys(("departments", "accounts", "objectives", "ties", "seed"))
    assert size_of(**{**nothing, **given}) == size


def test_a_size_that_cannot_be_is_refused() -> None:
    with pytest.raises(BadSize, match=r"^--accounts -1 is below 0\. Give a number from 0 upwards\.$"):
        size_of(departments=1, accounts=-1, objectives=None, ties=None, seed=None)
    with pytest.raises(BadSize, match=r"^--departments 0 leaves nobody to own an account\. Give at least 1\.$"):
        size_of(departments=0, accounts=None, objectives=None, ties=None, seed=None)


@pytest.mark.django_db
def test_load_demo_with_numbers_tells_how_far_it_is_and_refuses_a_second_time() -> None:
    out, err = StringIO(), StringIO()
    call_command("load_demo", "--departments", "4", "--accounts", "10", stdout=out, stderr=err)
    assert out.getvalue().startswith("Loaded 4 departments, 10 accounts, 40 objectives and 4 agreements.\n")
    assert re.sub(r"^ *[\d.]+ s  ", "", err.getvalue(), flags=re.MULTILINE).splitlines()[:2] == [
        "drawn",
        "4 departments",
    ]
    with pytest.raises(CommandError, match=r"^The database holds 4 departments, 10 accounts"):
        call_command("load_demo", "--departments", "4", stdout=out, stderr=err)


@pytest.mark.scale
@pytest.mark.django_db
def test_five_hundred_departments_have_the_crowds_of_a_large_organisation() -> None:
    told = load(Size(500, 10_000, 5_000, 500, 1))
    assert told[-1] == "analysed"
    organisation = collect(TODAY).organisation
    depths = Counter(len(path) for path in paths(organisation["departments"]))
    assert max(depths) in {4, 5}
    alignment = analyse(organisation, level=2)["alignment"]
    assert 20_000 < alignment["contested"] < 34_000


@pytest.mark.django_db
def test_one_department_alone_is_an_organisation_too() -> None:
    load_synthetic(size=Size(1, 3, 2, 0, 1), today=TODAY, password="a pass phrase", tell=lambda _: None)
    assert counts() == Counts(1, 3, 2, 0)


def paths(departments: list[dict[str, Any]]) -> list[list[str]]:
    """From each department up to the root."""
    parents = {row["id"]: row.get("parent") for row in departments}
    found = []
    for slug in parents:
        path = [slug]
        while parent := parents[path[-1]]:
            path.append(parent)
        found.append(path)
    return found
