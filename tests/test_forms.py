"""Every form of every page, sent with random bad input: it answers with a sentence, never with a fault of ours, and
keeps what was typed.

The forms are those of docs/permissions.md: each page that takes a POST, as the lead and as a head who may use it. A
form that stands on another page than the one that it is sent to is named in ELSEWHERE. ``make fuzz``
tries many more.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django.plugin import DjangoDbBlocker

from channels.models import Account, Holder
from departments.models import Membership
from orgmap.users.models import User
from tests import build
from tests.examples import examples
from tests.forms_fuzz import Field, fields, posts, problems
from tests.test_permissions import World, lasting, table

FORMS = sorted(
    (page, who)
    for page, method, answers in table()
    for who in ("lead", "head, own")
    if method == "POST" and answers["outside"] != 200 and answers[who] not in {403, 404}
)
ELSEWHERE = {
    "channels:account_status": ["status"],
    "channels:account_holder_release": [],
    "channels:account_attest": [],
    "channels:account_closing_step": ["step", "note", "undo"],
    "channels:account_closing_finish": [],
    "channels:account_closing_cancel": ["reason"],
    "channels:account_revive": [],
    "channels:request_withdraw": ["reason"],
    "channels:request_again": ["reason"],
    "reports:request_join": ["join"],
    "channels:campaign_end": [],
    "channels:suggestion_answer": ["opened", "back", "accept", "decline", "reason"],
    "departments:tie_answer": ["department", "accept", "number"],
    "users:notice_read": [],
    "departments:tie_end": ["reason", "version"],
}
"""Forms that stand on another page, with their fields."""
ABOUT = {
    "reports:what_if_propose": "?step=hand_off~~~~~{own}~{partner}&step=working_group~~~~B01~{own}~{partner}",
    "channels:key_hand_over": "?name=Ann",
}
"""What an address says beside its page, where the form is about that."""


@pytest.fixture(scope="class")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with lasting(django_db_blocker) as world:
        give(world)
        yield world


@pytest.mark.django_db
class TestForms:
    @pytest.mark.hypothesis
    @pytest.mark.parametrize(("name", "who"), FORMS)
    def test_a_form_takes_any_input_with_a_sentence(self, world: World, name: str, who: str) -> None:
        client = world.client(who)
        about = ABOUT.get(name, "").format(own=world.own.slug, partner=world.partner.slug)
        address = world.address(name, mine=True) + about
        known = [Field(field, "text") for field in ELSEWHERE.get(name, ())] or asked(client, address)

        @settings(max_examples=examples(5))
        @given(st.data())
        def runs(data: st.DataObject) -> None:
            sent = data.draw(posts(known))
            assert send(client, address, sent) == [], sent

        runs()


def give(world: World) -> None:
    """Something to hand on, of every kind: the person of the own department's pages keeps keys and answers, and the
    holder who is only named holds several."""
    leaver, account = world.records[User, True], world.records[Account, True]
    another = build.account(departments=[world.own])
    Membership.objects.create(user=leaver, department=world.own, role="deputy")
    Membership.objects.create(user=leaver, department=world.partner, role="head")
    for held in (account, another):
        Holder.objects.create(account=held, name="Lee", user=leaver)
        build.finding("no-objective", account=held, state="assigned", assignee=leaver, detail={"coming": 0})
    Holder.objects.create(account=another, name="Ann")
    for _ in range(2):
        build.account_request(world.own, by=leaver)


def asked(client: Client, address: str) -> list[Field]:
    """The fields of the form on the page itself."""
    answer = client.get(address)
    return fields(answer.content.decode(), address.partition("?")[0]) if answer.status_code == 200 else []


def send(client: Client, address: str, sent: dict[str, Any]) -> list[str]:
    """What is wrong with the answer. Whatever it wrote is checked against the database's rules and taken back."""
    client.cookies.pop("messages", None)
    with transaction.atomic():
        answer = client.post(address, {"csrfmiddlewaretoken": "as every form has", **sent})
        if answer.status_code != 422:
            connection.check_constraints()
        transaction.set_rollback(True)
    return problems(answer, address, sent)
