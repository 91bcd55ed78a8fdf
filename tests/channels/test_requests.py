"""New accounts that are asked for: who may ask, who is there already, deciding with a letter, opening, joining."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from channels import services
from channels.letters import Letter, filled, letter_for
from channels.models import Account, AccountRequest, LetterText, Suggestion
from departments.models import Department, Membership
from orgmap.history.services import NotYours, because, undo_action
from orgmap.users.models import Notice, User
from orgmap.users.posting import post
from tests import build

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)


@pytest.fixture
def hr() -> Department:
    return build.department("Human resources", slug="hr")


@pytest.fixture
def lead() -> User:
    return build.user("lead", name="Ada")


@pytest.fixture
def head(hr: Department) -> User:
    return build.user(head_of=hr, name="Maud")


@pytest.fixture
def wilf(hr: Department) -> User:
    person = build.user(name="Wilf")
    Membership.objects.create(user=person, department=hr, role="member")
    return person


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def said(answer: Any) -> list[str]:
    return [re.sub(r" <a .*", "", unescape(str(message))) for message in answer.context["messages"]]


def typed(hr: Department, **fields: Any) -> dict[str, Any]:
    return {
        "department": hr.slug,
        "platform": build.platform("instagram").pk,
        "handle": "@acme.life",
        "why_care": "it shows what we do",
        "why_none": "none of them speaks to graduates",
        "says": "a day at work",
        "language": "English",
        "rhythm": "weekly",
        "hours": "Monday to Friday",
        "primary_admin": "Ann Lee",
        "backup_admin": "Bob Ray",
        "contact": "jobs@acme.example",
        "measure": "applications",
        "target": "40 a month",
        "starts_on": "2026-12-01",
        "review_on": "2027-06-01",
        "accepted_policy": "on",
    } | fields


def told() -> list[tuple[str, str]]:
    return list(Notice.objects.order_by("pk").values_list("user__name", "subject"))


def test_a_member_of_staff_asks_for_the_department_of_their_seat_and_the_lead_is_told(
    hr: Department, wilf: User, lead: User, head: User
) -> None:
    graduates = build.audience("graduates")
    answer = as_(wilf).post(reverse("reports:request_new"), typed(hr, audiences=[graduates.pk]), follow=True)
    asked = AccountRequest.objects.get()
    assert (asked.handle, asked.by, asked.stage, list(asked.audiences.all())) == (
        "acme.life",
        wilf,
        "requested",
        [graduates],
    )
    assert said(answer) == ["acme.life is asked for. The social media lead is told, and you hear what comes of it."]
    assert told() == [("Ada", "Human resources asks for acme.life on Instagram")]
    assert [each.stage for each in asked.steps.all()] == ["requested"]


def test_nobody_asks_for_a_department_where_they_have_no_seat(hr: Department, wilf: User) -> None:
    other = build.department("Sales", slug="sales")
    refused = as_(wilf).post(reverse("reports:request_new"), typed(other))
    assert refused.status_code == 422
    assert "“sales” is no choice here, or is no longer one. Choose another." in text(refused)
    with pytest.raises(services.NotYours, match="You have no seat in Sales"):
        services.ask_for_account(by=wilf, department=other, now=NOW)
    for person in (build.user(), build.user("executive")):
        assert as_(person).get(reverse("reports:request_new")).status_code == 403


def test_what_is_missing_is_said_beside_its_field_and_what_was_typed_stays(hr: Department, head: User) -> None:
    sent = typed(hr, why_care="", backup_admin="ann lee", review_on="2026-11-01", accepted_policy="", contact="nobody")
    answer = as_(head).post(reverse("reports:request_new"), sent)
    assert answer.status_code == 422
    errors = {name: list(each) for name, each in answer.context["form"].errors.items()}
    assert errors == {
        "contact": ["Enter a valid email address."],
        "backup_admin": ["Ann Lee is named already. Name somebody else as well."],
        "objective": ["Choose the objective that it serves, or say why people would care."],
        "review_on": ["Choose a day after 1 December 2026, on which it begins."],
        "accepted_policy": ["An account is only opened by those who keep to the rules."],
    }
    assert 'value="ann lee"' in answer.content.decode()
    assert not AccountRequest.objects.exists()


def test_the_form_says_while_it_is_typed_who_meets_these_people_there(hr: Department, head: User) -> None:
    graduates, brand = build.audience("graduates"), build.department("Brand")
    there = build.account(
        "acme_brand", platform=build.platform("instagram"), departments=[brand], audiences=[graduates]
    )
    live = {"HX-Request": "true", "HX-Target": "request_there"}
    sent = typed(hr, look="1", audiences=[graduates.pk], handle="")
    answer = as_(head).post(reverse("reports:request_new"), sent, headers=live)
    assert answer.status_code == 200
    assert re.findall(r'id="request_(\w+)"', answer.content.decode()) == ["there"]
    assert "1 account on Instagram and 1 department meet these people already." in text(answer)
    assert f'name="join" value="{there.pk}"' in answer.content.decode()
    known = as_(head).post(reverse("reports:request_new"), typed(hr, look="1", handle="acme_brand"), headers=live)
    assert "acme_brand on Instagram is on the map, run by Brand." in text(known)
    assert as_(head).post(reverse("reports:request_new"), typed(hr, handle="acme_brand")).status_code == 422


def test_joining_instead_asks_the_owner_even_where_a_member_of_staff_asks(hr: Department, wilf: User) -> None:
    there = build.account("acme-brand", departments=[build.department("Brand")])
    answer = as_(wilf).post(reverse("reports:request_new"), typed(hr, join=str(there.pk)), follow=True)
    assert said(answer) == [
        "The owner of acme-brand is asked whether Human resources may run it too. It waits there for an answer."
    ]
    assert (Suggestion.objects.get().said, AccountRequest.objects.exists()) == ("Brand, Human resources", False)


def test_the_lead_asks_for_changes_with_a_letter_in_their_own_words(
    hr: Department, wilf: User, lead: User, head: User
) -> None:
    asked = build.account_request(hr, by=wilf)
    address = reverse("channels:request_decide", args=[asked.pk, "changes_asked"])
    page = as_(lead).get(address)
    assert page.context["form"]["subject"].value() == "{account}: something is missing"
    refused = as_(lead).post(address, {"reason": "", "subject": "{account}", "letter": "{whom}"})
    assert refused.status_code == 422
    assert "{whom} stands for nothing." in text(refused)
    live = {"HX-Request": "true", "HX-Target": "request_letter"}
    looked = as_(lead).post(address, {"look": "1", "subject": "Hm: {account}", "letter": "See {reason}"}, headers=live)
    assert f"Hm: {asked} on Instagram" in text(looked)
    sent = {"reason": "Who replaces Bob?", "subject": "Hm: {account}", "letter": "Dear all,\r\n{reason}", "keep": "on"}
    as_(lead).post(address, sent)
    late = as_(lead).post(address, {"look": "1", "reason": "Who replaces Bob?"}, headers=live)
    assert late.status_code == 204  # the preview of what was typed last comes after the decision
    asked.refresh_from_db()
    step = asked.steps.get()
    assert (asked.stage, step.reason, step.letter, step.told) == (
        "changes_asked",
        "Who replaces Bob?",
        "Dear all,\nWho replaces Bob?",
        2,
    )
    assert sorted(told()) == [("Maud", f"Hm: {asked} on Instagram"), ("Wilf", f"Hm: {asked} on Instagram")]
    assert letter_for("request-changes_asked") == Letter("Hm: {account}", "Dear all,\n{reason}")


def test_whoever_asked_changes_it_and_asks_again(hr: Department, wilf: User, lead: User) -> None:
    asked = build.account_request(hr, by=wilf, stage="changes_asked")
    page = as_(wilf).get(reverse("reports:home"))
    assert "1 request for a new account waits for you" in text(page)
    form = as_(wilf).get(reverse("reports:request_edit", args=[asked.pk])).context["form"]
    sent = typed(hr, handle=asked.handle, backup_admin="Cy Fox", again="1", opened=form["opened"].value())
    as_(wilf).post(reverse("reports:request_edit", args=[asked.pk]), sent)
    asked.refresh_from_db()
    assert (asked.stage, asked.backup_admin, told()) == (
        "requested",
        "Cy Fox",
        [("Ada", f"Human resources asks for {asked} on Instagram")],
    )


def test_an_approved_request_becomes_an_account_with_all_that_it_said(
    hr: Department, wilf: User, lead: User, head: User
) -> None:
    graduates, objective = build.audience("graduates"), build.objective("40 posts", departments=[hr])
    asked = build.account_request(hr, by=wilf, objective=objective, handle="acme.life")
    asked.audiences.set([graduates])
    decided = {"reason": "", "subject": "ok", "letter": "{reason}"}
    as_(lead).post(reverse("channels:request_decide", args=[asked.pk, "approved"]), decided)
    assert "1 request for a new account waits for you" in text(as_(head).get(reverse("reports:home")))
    address = reverse("channels:request_open", args=[asked.pk])
    assert as_(wilf).get(address).status_code == 403
    elsewhere = as_(head).post(address, {"address": "https://x.com/acme", "status": "active"})
    assert "Instagram was approved." in text(elsewhere)
    answer = as_(head).post(
        address, {"address": "https://www.instagram.com/acme_life/", "status": "active"}, follow=True
    )
    account = Account.objects.get()
    asked.refresh_from_db()
    assert (asked.stage, asked.account) == ("opened", account)
    assert (account.handle, account.says, account.contact, account.language) == (
        "acme_life",
        "a day at work",
        "jobs@acme.example",
        "English",
    )
    assert [list(each.all()) for each in (account.departments, account.audiences, account.objectives)] == [
        [hr],
        [graduates],
        [objective],
    ]
    assert list(account.holders.order_by("pk").values_list("name", "is_primary")) == [
        ("Ann Lee", True),
        ("Bob Ray", False),
    ]
    assert f"/accounts/requests/{asked.pk}/" in answer.content.decode()
    assert (
        as_(head).post(address, {"address": "x"}, follow=True).redirect_chain[0][0] == f"/accounts/requests/{asked.pk}/"
    )


def test_opening_is_undone_as_one_action(hr: Department, lead: User) -> None:
    asked = build.account_request(hr, stage="approved")
    with because(by=lead) as action:
        from channels import registering

        reading = registering.read("", "instagram", asked.handle)
        services.open_request(by=lead, asked=asked, reading=reading, address="", status="planned", now=NOW)
    undo_action(by=lead, context=action)
    asked.refresh_from_db()
    assert (asked.stage, asked.account, Account.objects.count(), asked.steps.count()) == ("approved", None, 0, 0)


def test_a_decision_is_taken_once_and_what_is_decided_stays(hr: Department, lead: User, wilf: User) -> None:
    asked = build.account_request(hr, by=wilf)
    services.decide_request(by=lead, asked=asked, stage="declined", reason="join Brand", letter=None, now=NOW)
    with pytest.raises(services.NotNow, match="stands at “Declined” now, so it cannot become approved"):
        services.decide_request(by=lead, asked=asked, stage="approved", reason="", letter=None, now=NOW)
    with pytest.raises(services.NotNow, match="it stays as it was decided"):
        services.change_request(by=wilf, asked=asked, says="something else")
    assert told() == [("Wilf", f"{asked} on Instagram is not to be opened")]


def test_a_request_joins_an_account_that_the_lead_names_at_once(hr: Department, lead: User, wilf: User) -> None:
    asked = build.account_request(hr, by=wilf)
    brand = build.account("acme-brand", departments=[build.department("Brand")])
    answer = as_(lead).post(reverse("reports:request_join", args=[asked.pk]), {"join": brand.pk}, follow=True)
    asked.refresh_from_db()
    assert (asked.stage, asked.account, said(answer)) == ("joined", brand, ["Human resources runs acme-brand too."])
    assert [side.department.name for side in brand.sides.order_by("position")] == ["Brand", "Human resources"]
    assert told() == [("Wilf", f"Human resources joins an account instead of opening {asked} on Instagram")]


def test_a_request_is_withdrawn_and_asked_for_again(hr: Department, wilf: User, lead: User) -> None:
    asked = build.account_request(hr, by=wilf)
    as_(wilf).post(reverse("channels:request_withdraw", args=[asked.pk]), {"reason": "not now"})
    as_(wilf).post(reverse("channels:request_again", args=[asked.pk]), {"reason": "now"})
    assert [(each.stage, each.reason) for each in asked.steps.order_by("pk")] == [
        ("withdrawn", "not now"),
        ("requested", "now"),
    ]
    assert [subject for _, subject in told()] == [
        f"{asked} on Instagram is no longer asked for",
        f"Human resources asks for {asked} on Instagram",
    ]


def test_the_same_handle_is_not_asked_for_twice(hr: Department, head: User) -> None:
    build.account_request(hr, handle="acme.life")
    answer = as_(head).post(reverse("reports:request_new"), typed(hr))
    assert "Human resources asks for acme.life already." in text(answer)


def test_admins_and_mailbox_show_only_to_those_concerned(hr: Department, wilf: User, lead: User, head: User) -> None:
    asked = build.account_request(hr, by=wilf)
    page = reverse("reports:request_detail", args=[asked.pk])
    with because(by=wilf):
        services.change_request(by=wilf, asked=asked, backup_admin="Cy Fox")
    shown = ["Cy Fox" in text(as_(each).get(page)) for each in (wilf, lead, head, build.user())]
    assert shown == [True, True, True, False]


@pytest.mark.parametrize("count", [3, 30])
def test_request_list_asks_the_same_queries_however_many_there_are(
    hr: Department, lead: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        build.account_request(hr, by=lead)
    client = as_(lead)
    with django_assert_num_queries(8):
        answer = client.get(reverse("channels:request_list"))
    assert len(answer.context["page"].object_list) == count
    assert answer.context["chosen"] == "waiting"


def test_the_lead_keeps_a_letter_in_other_words_and_takes_the_first_text_back(lead: User) -> None:
    address = reverse("channels:letter_edit", args=["request-approved"])
    as_(lead).post(address, {"subject": "Yes: {account}", "letter": "Go ahead."})
    assert letter_for("request-approved") == Letter("Yes: {account}", "Go ahead.")
    assert "in your words" in text(as_(lead).get(reverse("channels:letter_list")))
    as_(lead).post(address, {"reset": "1"})
    assert not LetterText.objects.exists()


def test_a_letter_fills_in_names_once_and_leaves_no_gap_where_nothing_is_said() -> None:
    letter = Letter("{account}\n{who}", "a\r\n\r\n{reason}\r\n\r\nb {none}")
    assert filled(letter, {"account": "x {who}", "who": "Ada", "reason": ""}) == Letter("x {who} Ada", "a\n\nb {none}")


def test_the_day_of_review_comes_after_the_first() -> None:
    asked = build.account_request(build.department())
    with pytest.raises(Exception, match="choose a later day"):
        services.change_request(by=build.user("lead"), asked=asked, review_on=date(2026, 1, 1))


def test_a_gathered_letter_about_what_was_settled_meanwhile_does_not_go(hr: Department, wilf: User, lead: User) -> None:
    User.objects.filter(pk=lead.pk).update(letters="daily")
    asked = services.ask_for_account(by=wilf, department=hr, now=NOW, **words())
    services.withdraw_request(by=wilf, asked=asked, now=NOW)
    assert post(now=NOW + timedelta(days=1)) == 1
    assert [letter.subject for letter in mail.outbox] == [f"{asked} on Instagram is no longer asked for"]


def words() -> dict[str, Any]:
    """What a request says, for the service."""
    made = build.account_request(build.department())
    names = [field.name for field in AccountRequest._meta.fields][5:]
    said = {name: getattr(made, name) for name in names if name not in {"department", "account", "by", "stage"}}
    made.delete()
    return said


def test_people_undo_what_they_did_to_a_request_but_no_decision(hr: Department, wilf: User, lead: User) -> None:
    asked = build.account_request(hr, by=wilf, stage="approved")
    with because(by=wilf) as withdrawn:
        services.withdraw_request(by=wilf, asked=asked, now=NOW)
    undo_action(by=wilf, context=withdrawn)
    asked.refresh_from_db()
    assert asked.stage == "approved"
    with because(by=lead) as declined:
        services.decide_request(by=lead, asked=asked, stage="declined", reason="no", letter=None, now=NOW)
    with pytest.raises(NotYours, match="You may not change"):
        undo_action(by=wilf, context=declined)
    undo_action(by=lead, context=declined)
    asked.refresh_from_db()
    assert asked.stage == "approved"


def test_on_the_day_of_review_owner_and_lead_are_asked_once_also_a_week_late(
    hr: Department, head: User, lead: User
) -> None:
    account = build.account("acme_life", departments=[hr])
    build.account_request(hr, stage="opened", account=account, review_on=date(2027, 6, 1))
    gone = build.account("gone", status="retired", retired_on=date(2027, 1, 1))
    build.account_request(hr, stage="opened", account=gone, review_on=date(2027, 6, 1))
    counts = {
        day: services.remind_of_reviews(now=NOW, today=day)
        for day in (date(2027, 5, 31), date(2027, 6, 8), date(2027, 6, 9), date(2027, 8, 1))
    }
    assert list(counts.values()) == [0, 2, 0, 0]
    subject = f"acme_life on {account.platform}: did it turn out as was hoped?"
    assert sorted(told()) == [("Ada", subject), ("Maud", subject)]
