"""`manage.py load_demo`: what it says, and that it never mixes with what is there."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from departments.models import Audience, Department
from orgmap.demo import services
from orgmap.history.models import Change
from orgmap.management.commands.up import organisation_name
from orgmap.users.models import User
from tests import build


def load(*arguments: str) -> str:
    out = StringIO()
    call_command("load_demo", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.mark.django_db
def test_load_demo_twice_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_PASSWORD", "a gull on the funnel")
    assert load() == (
        "Loaded 34 departments, 150 accounts, 60 objectives and 15 agreements.\n"
        "Sign in as lead@demo.example, head@demo.example, executive@demo.example, staff@demo.example "
        "with the password in DEMO_PASSWORD\n"
    )
    assert User.objects.get(email="lead@demo.example").check_password("a gull on the funnel")
    assert organisation_name() == "Skerry & Fell"
    changes = Change.objects.count()
    assert load() == (
        "The demo organisation is there already: 34 departments, 150 accounts, 60 objectives and 15 agreements. "
        "Nothing was changed.\n"
    )
    assert Change.objects.count() == changes


@pytest.mark.django_db
def test_load_demo_refuses_a_database_in_use() -> None:
    build.department(name="Sales")
    with pytest.raises(CommandError, match=r"^The database holds 1 departments, 0 accounts"):
        load()
    assert Department.objects.count() == 1


@pytest.mark.django_db
def test_load_demo_keeps_a_catalogue_and_users_that_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)
    Audience.objects.create(code="customers", name="Our guests")
    build.user(role="lead", email="somebody@acme.example")
    assert " with the password " in load()
    assert Audience.objects.get(code="customers").name == "Our guests"
    assert User.objects.filter(email="somebody@acme.example").exists()
    assert services.is_loaded()
