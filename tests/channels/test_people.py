"""People and roles: inviting, changing, places, and handing on what somebody held."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from channels.models import Holder
from channels.services.people import deactivate_person
from departments.models import Department, Membership
from orgmap.users import services
from orgmap.users.models import User
from orgmap.users.posting import post
from tests import build

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)


@pytest.fixture
def ada() -> User:
    return build.user("lead", name="Ada")


@pytest.fixture
def lead(client: Client, ada: User) -> Client:
    client.force_login(ada)
    return client


def text(answer: Any) -> str:
    return answer.content.decode().replace("&#x27;", "'")


def test_person_invite_sends_a_link_that_sets_a_password_and_lets_in(lead: Client, client: Client) -> None:
    answer = lead.post("/people/invite/", {"email": "Bo@Acme.example", "name": "Bo", "role": "head"}, follow=True)
    assert "An invitation is on its way to Bo@acme.example. Its link works for 3 days." in text(answer)
    assert "The invitation waits for the mail server." in text(answer)
    post(now=timezone.now())
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == (["Bo@acme.example"], "Ada invites you to Orgmap")
    path = re.search(rf"{settings.SITE_ADDRESS}(\S+)", letter.body)
    assert path
    client = Client()
    page = client.get(path[1], follow=True)
    assert "Choose a password" in text(page)
    chosen = {"password1": "a long pass phrase", "password2": "a long pass phrase"}
    assert client.post(page.redirect_chain[-1][0], chosen, follow=True).redirect_chain[-1][0] == "/"
    assert User.objects.get(email="Bo@acme.example").has_usable_password()
    assert "This link is used up" in text(Client().get(path[1], follow=True))


def test_person_invite_names_a_head_for_their_department_at_once(lead: Client) -> None:
    sales, before = build.department("Sales"), build.user(name="Al")
    Membership.objects.create(department=sales, user=before, role="head")
    said = {"email": "bo@acme.example", "name": "Bo", "role": "head", "department": "Sales", "place": "head"}
    refused = lead.post("/people/invite/", said | {"role": "executive"})
    assert (refused.status_code, User.objects.filter(name="Bo").exists()) == (422, False)
    assert "Only a department head answers for one." in text(refused)
    lead.post("/people/invite/", said)
    assert [(each.user.name, each.role) for each in sales.memberships.order_by("user__name")] == [
        ("Al", "member"),
        ("Bo", "head"),
    ]


def test_a_head_without_a_department_is_told_whom_to_write_to(lead: Client, client: Client) -> None:
    client = Client()
    client.force_login(build.user("head"))
    page = text(client.get("/"))
    boss = User.objects.get(role="lead")
    assert f'Write to {boss} (<a href="mailto:{boss.email}">{boss.email}</a>), who can do that.' in page


def test_person_invite_says_who_is_here_already_and_keeps_what_was_typed(lead: Client) -> None:
    build.user(email="bo@acme.example", name="Bo", is_active=False)
    answer = lead.post("/people/invite/", {"email": "BO@acme.example", "name": "Bo Two", "role": "staff"})
    page = text(answer)
    assert (answer.status_code, "Bo Two" in page) == (422, True)
    assert "Bo is here already with bo@acme.example. Their way in is switched off" in page
    assert mail.outbox == []


def test_a_letter_that_cannot_be_sent_is_said_and_can_be_sent_again(lead: Client, settings: Any) -> None:
    backend, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    lead.post("/people/invite/", {"email": "bo@acme.example", "name": "Bo", "role": "head"})
    bo = User.objects.get(name="Bo")
    User.objects.filter(pk=bo.pk).update(letters="never")  # who has never been here has chosen nothing
    post(now=timezone.now())
    assert "The mail server did not take the invitation. It is tried again on" in text(lead.get(f"/people/{bo.pk}/"))
    settings.EMAIL_BACKEND = backend
    lead.post(f"/people/{bo.pk}/invite/")
    for _ in range(2):  # the letter goes once, and only the latest
        post(now=timezone.now() + timedelta(days=1))
    assert [letter.to for letter in mail.outbox] == [["bo@acme.example"]]
    assert "mail server" not in text(lead.get(f"/people/{bo.pk}/"))
    bo.set_password("a long pass phrase")
    bo.save()
    assert "has been here already" in text(lead.post(f"/people/{bo.pk}/invite/", follow=True))


@pytest.mark.parametrize("count", [3, 30])
def test_person_list_asks_as_much_for_3_people_as_for_30(
    lead: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _ in range(count):
        build.user(head_of=build.department())
    with django_assert_num_queries(5):
        lead.get("/people/")


def test_person_list_narrows_by_name_role_and_state(lead: Client) -> None:
    build.user(name="Bo", is_active=False)
    services.invite_user(email="cy@acme.example", name="Cy", role="executive")
    found = {query: re.findall(r'people/\d+/">(\w+)<', text(lead.get(f"/people/?{query}"))) for query in (
        "", "q=acme", "q=ADA", "role=executive", "state=off", "state=invited", "state=in", "q=zz")}  # fmt: skip
    assert found == {
        "": ["Ada", "Cy", "Bo"],
        "q=acme": ["Ada", "Cy", "Bo"],
        "q=ADA": ["Ada"],
        "role=executive": ["Cy"],
        "state=off": ["Bo"],
        "state=invited": ["Cy"],
        "state=in": ["Ada"],
        "q=zz": [],
    }


def test_the_last_lead_stays_one_and_nobody_switches_themselves_off(lead: Client, ada: User) -> None:
    services.invite_user(email="new@acme.example", name="New", role="lead")
    answer = lead.post(f"/people/{ada.pk}/edit/", {"name": "Ada", "email": ada.email, "role": "staff"})
    assert (answer.status_code, "Ada is the last social media lead who can sign in." in text(answer)) == (422, True)
    build.user("lead")
    answer = lead.post(f"/people/{ada.pk}/deactivate/")
    assert (answer.status_code, "This is your own way in." in text(answer)) == (422, True)
    lead.post(f"/people/{ada.pk}/edit/", {"name": "Ada", "email": ada.email, "role": "staff"})
    ada.refresh_from_db()
    assert (ada.role, ada.is_active) == ("staff", True)


def test_person_place_makes_a_head_of_a_member_of_staff_and_ends_it_again(lead: Client) -> None:
    press, bo = build.department("Press"), build.user(name="Bo")
    before = build.user(head_of=press)
    lead.post(f"/people/{bo.pk}/place/", {"department": "press", "role": "head"})
    bo.refresh_from_db()
    assert dict(press.memberships.values_list("user", "role")) == {before.pk: "member", bo.pk: "head"}
    assert bo.role == "head"
    lead.post(f"/people/{bo.pk}/place/", {"end": press.memberships.get(user=bo).pk})
    assert list(bo.memberships.all()) == []
    answer = lead.post(f"/people/{bo.pk}/place/", {"department": "Pres", "role": "member"})
    assert (answer.status_code, "Did you mean 'Press'?" in text(answer)) == (422, True)


def holders(account: Any) -> list[tuple[str, bool, date | None]]:
    return list(account.holders.order_by("pk").values_list("name", "is_primary", "left_on"))


def test_deactivating_hands_on_keys_and_departments_in_one_step(lead: Client) -> None:
    press, comms = build.department("Press"), build.department("Communication")
    bo, cy = build.user(head_of=press, name="Bo"), build.user(name="Cy", email="cy@acme.example")
    Membership.objects.create(user=bo, department=comms, role="member")
    first, both = build.account("acme", departments=[press]), build.account("acme_two")
    for account in (first, both):
        Holder.objects.create(account=account, user=bo, name="Bo", is_primary=True)
    Holder.objects.create(account=both, user=cy, name="Cy")
    page = text(lead.get(f"/people/{bo.pk}/deactivate/"))
    assert ("Press</a>" in page, "acme</a>" in page, "acme_two</a>" in page) == (True, True, True)
    lead.post(f"/people/{bo.pk}/deactivate/", {"keys_to": "cy@acme.example", "places_to": "Cy"})
    bo.refresh_from_db()
    assert bo.is_active is False
    today = holders(first)[0][2]
    assert holders(first) == [("Bo", False, today), ("Cy", True, None)]
    assert holders(both) == [("Bo", False, today), ("Cy", True, None)]
    assert list(press.memberships.values_list("user__name", "role")) == [("Cy", "head")]
    assert list(bo.memberships.values_list("department__name", flat=True)) == ["Communication"]
    assert User.objects.get(pk=cy.pk).role == "head"
    lead.post(f"/people/{bo.pk}/reactivate/")
    assert User.objects.get(pk=bo.pk).is_active is True


def test_what_nobody_takes_over_becomes_free(ada: User) -> None:
    press = build.department("Press")
    bo = build.user(head_of=press)
    holder = Holder.objects.create(account=build.account(), user=bo, name="Bo")
    deactivate_person(by=ada, user=bo, on=TODAY, now=timezone.now())
    holder.refresh_from_db()
    assert (holder.left_on, press.memberships.count()) == (TODAY, 0)


def test_an_heir_must_be_able_to_act(lead: Client) -> None:
    bo = build.user(head_of=build.department("Press"), name="Bo")
    build.user("executive", name="Di")
    build.user(name="Off", is_active=False)
    for heir, sentence in (
        ("Di", "Di is an executive, who answers for no department here."),
        ("Off", "Nobody who may sign in is called 'Off'."),
        ("Bo", "Bo cannot take over from themselves."),
    ):
        answer = lead.post(f"/people/{bo.pk}/deactivate/", {"places_to": heir})
        assert (answer.status_code, sentence in text(answer)) == (422, True)
    assert Department.objects.get().memberships.get().user == bo


def test_me_changes_the_own_name_and_nothing_else(client: Client) -> None:
    bo = build.user(name="Bo")
    client.force_login(bo)
    client.post("/me/", {"name": "Bo Lind", "letters": "each", "role": "lead", "email": "x@acme.example"})
    assert list(User.objects.values_list("name", "role", "email")) == [("Bo Lind", "staff", bo.email)]
    answer = client.post("/me/", {"name": ""})
    assert answer.status_code == 422


def test_letters_about_passwords_speak_as_the_pages_do(ada: User, settings: Any) -> None:
    settings.ORGANISATION_NAME = "Acme & Sons"
    for address in (ada.email, "nobody@acme.example"):
        Client().post("/auth/password/reset/", {"email": address})
    known, unknown = mail.outbox
    assert known.subject == "Choose a new password for Orgmap of Acme & Sons"
    assert f"{settings.SITE_ADDRESS.partition('//')[0]}//testserver/auth/password/reset/key/" in known.body
    assert unknown.subject == "Nobody signs in to Orgmap of Acme & Sons with this address"
    assert "ask the person who leads social media to invite you" in unknown.body


def test_the_catalogue_has_no_sign_in_of_its_own(client: Client) -> None:
    assert client.get("/admin/login/?next=/admin/")["Location"] == "/login/?next=%2Fadmin%2F"
    client.force_login(build.user("staff"))
    assert client.get("/admin/login/?next=/admin/").status_code == 403
