"""Who is named head or deputy of a department is told so once, with what to do now."""

from datetime import UTC, datetime

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from departments.models import Membership
from departments.services import appoint, dismiss, name_heads
from orgmap.users.models import Notice, User
from orgmap.users.posting import post
from tests import build

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)


@pytest.fixture
def lead() -> User:
    return build.user("lead", name="Ada Quill")


@pytest.fixture
def ann() -> User:
    return build.user(name="Ann Lee", email="ann@acme.example")


def told() -> list[tuple[str, str]]:
    return list(Notice.objects.order_by("pk").values_list("user__name", "subject"))


def test_a_new_head_is_told_by_whom_and_what_to_do_now(lead: User, ann: User, client: Client) -> None:
    care = build.department("Customer care", slug="care")
    build.department("Help desk", parent=care)
    sales = build.department("Sales")
    tie = build.tie(care, sales, title="Complaints go to care", status="proposed")
    tie.sides.filter(department=care).update(answer="waiting")
    client.force_login(lead)

    for _ in range(2):
        page = reverse("channels:person_place", args=[ann.pk])
        client.post(page, {"department": "Customer care", "role": "head"})

    assert told() == [("Ann Lee", "You are head of Customer care now")]
    assert post(now=NOW) == 1
    (letter,) = mail.outbox
    assert letter.to == [ann.email]
    assert letter.body.split("\n\n")[1:4] == [
        "Ada Quill named you head of Customer care. You answer for its accounts, objectives and agreements, and for the"
        " department below.",
        "What to do now:\n- Look whether its page is right: what it is there for, its accounts and whom they are for."
        " Missing words are marked; each is filled in on the spot.\n- Answer the agreement that waits for you.\n- Twice"
        " a year you are asked whether the accounts are still yours; one page, one button.",
        "Whatever needs you stands on your start page.",
    ]
    assert "/departments/care/" in letter.body


def test_heads_who_are_named_together_get_one_letter_each(lead: User, ann: User) -> None:
    bo = build.user(name="Bo Ray")
    several = [build.department(f"Branch {number}") for number in range(7)]
    name_heads(by=lead, heads=[*((each, ann) for each in several[:6]), (several[6], bo)], now=NOW)
    assert told() == [("Ann Lee", "You are head of 6 departments now"), ("Bo Ray", "You are head of Branch 6 now")]


def test_nobody_is_told_what_they_did_themselves_nor_by_a_program_nor_of_what_is_over(lead: User, ann: User) -> None:
    care = build.department("Customer care")
    appoint(by=lead, department=care, role="head", user=lead, now=NOW)
    appoint(by=None, department=care, role="head", user=ann)
    appoint(by=lead, department=care, role="member", user=build.user(name="Cy"), now=NOW)
    assert told() == []
    appoint(by=lead, department=care, role="deputy", user=ann, now=NOW)
    assert told() == [("Ann Lee", "You are deputy of Customer care now")]
    dismiss(by=lead, membership=Membership.objects.get(user=ann))
    assert (post(now=NOW), mail.outbox) == (0, [])
