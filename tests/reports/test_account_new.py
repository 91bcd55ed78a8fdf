"""Registering an account: what a pasted address says, who is there already, and what is written."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from channels.models import Account, Holder, ImportBatch, Suggestion
from departments.models import Department
from departments.models.department import DefaultAudience, DefaultMarket
from orgmap.users.models import User
from tests import build

pytestmark = pytest.mark.django_db
PAGE = "/accounts/new/"


@pytest.fixture
def hr() -> Department:
    """A department that speaks to graduates in Leeds by default."""
    department = build.department("Human resources", slug="hr")
    DefaultAudience.objects.create(department=department, audience=build.audience("graduates"))
    DefaultMarket.objects.create(department=department, market=build.market("leeds", name="Leeds"))
    return department


@pytest.fixture
def head(hr: Department, client: Client) -> User:
    person = build.user(head_of=hr)
    client.force_login(person)
    return person


def words(**changes: object) -> dict[str, object]:
    """The page as a head sends it."""
    return {
        "address": "https://www.linkedin.com/company/acme-careers/",
        "department": "hr",
        "says": "vacancies",
        "rhythm": "weekly",
        "reply_promise": "one day",
        "status": "active",
        "holders": "Ann Lee, Bob Ray",
        "contact": "jobs@acme.example",
        "usual": "",
        **changes,
    }


def text(answer: Any) -> str:
    whole = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))
    return whole[max(0, whole.find("Register an account", 60)) :]


def test_account_new_reads_an_address_and_fills_in_what_the_department_says_by_default(
    client: Client, head: User
) -> None:
    answer = client.get(PAGE, {"address": "linkedin.com/company/Acme-Careers?trk=x"})
    said = text(answer)
    assert "Acme-Careers on LinkedIn , a company" in said
    assert "Graduates by default of Human resources" in said
    assert "Leeds by default of Human resources" in said
    form = answer.context["form"]
    assert form["name"].value() == "Acme Careers"
    assert "Nobody yet, as far as the map knows" in said


def test_account_new_puts_the_account_on_the_map_for_a_head(client: Client, hr: Department, head: User) -> None:
    graduates, leeds = hr.default_audiences.get(), hr.default_markets.get()
    objective = build.objective("40 posts", departments=[hr])
    data = words(audiences=[graduates.pk], markets=[leeds.pk], objectives=[objective.pk], name="Acme Careers")
    answer = client.post(PAGE, data)
    account = Account.objects.get()
    assert answer["Location"] == reverse("channels:account_detail", args=[account.pk])
    assert (account.platform.code, account.handle, account.kind) == ("linkedin", "acme-careers", "company")
    assert account.address == "https://www.linkedin.com/company/acme-careers"
    assert (account.says, account.rhythm, account.reply_promise, account.status) == (
        "vacancies",
        "weekly",
        "one day",
        "active",
    )
    assert list(account.departments.all()) == [hr]
    assert list(account.objectives.all()) == [objective]
    assert (account.audiences.count(), account.markets.count()) == (0, 0)  # it follows the department's defaults
    holders = Holder.objects.filter(account=account).order_by("pk").values_list("name", "employer", "is_primary")
    assert list(holders) == [("Ann Lee", "staff", True), ("Bob Ray", "staff", False)]


def test_account_new_takes_the_name_from_the_address_until_somebody_writes_another(
    client: Client, hr: Department, head: User
) -> None:
    page = "facebook.com/pages/New-York-City-311/84372567650"
    assert client.get(PAGE, {"address": page}).context["form"]["name"].value() == "New York City 311"
    for guessed, typed, name in (
        ("", "", "New York City 311"),
        ("Acme Careers", "Acme Careers", "New York City 311"),
        ("Acme Careers", "Ask the city", "Ask the city"),
    ):
        looked = client.post(PAGE, words(address=page, look="1", name=typed, guessed=guessed))
        assert looked.context["form"]["name"].value() == name
    client.post(PAGE, words(address=page))
    assert Account.objects.get().name == "New York City 311"


def test_account_new_shows_who_meets_these_people_before_it_saves(client: Client, hr: Department, head: User) -> None:
    graduates, leeds = hr.default_audiences.get(), hr.default_markets.get()
    brand = build.department("Brand", slug="brand")
    there = build.account(
        "acme-life", departments=[brand], platform=build.platform("linkedin"), audiences=[graduates], markets=[leeds]
    )
    data = words(audiences=[graduates.pk], markets=[leeds.pk])
    first = client.post(PAGE, data)
    said = text(first)
    assert first.status_code == 422
    assert Account.objects.count() == 1
    assert "Nothing is saved yet: look who meets these people there already." in said
    assert "acme-life Brand 1 of 1 place, 0 % agreed Join this account instead : acme-life" in said
    assert "Brand shares 2 places" in said
    assert (
        f'href="/agreements/new/?kind=hand_off&amp;department=hr&amp;with={brand.slug}&amp;platform=linkedin'
        f'&amp;audience=graduates&amp;market={leeds.code}"' in first.content.decode()
    )
    assert "Register anyway" in said
    token = first.context["meeting"].token
    assert client.post(PAGE, {**data, "met": token, "reason": "life is not jobs"}).status_code == 302
    assert Account.objects.exclude(pk=there.pk).get().handle == "acme-careers"


def test_account_new_counts_what_is_agreed(client: Client, hr: Department, head: User) -> None:
    graduates = hr.default_audiences.get()
    brand = build.department("Brand")
    build.account("acme-life", departments=[brand], platform=build.platform("linkedin"), audiences=[graduates])
    build.tie(hr, brand, audiences=["graduates"])
    said = text(client.post(PAGE, words(audiences=[graduates.pk], look="1")))
    assert "100 % agreed" in said


def test_account_new_lets_a_head_ask_to_join_and_the_lead_join_at_once(
    client: Client, hr: Department, head: User
) -> None:
    brand = build.department("Brand")
    there = build.account("acme-life", departments=[brand], platform=build.platform("linkedin"))
    assert client.post(PAGE, words(join=there.pk))["Location"] == reverse("channels:account_detail", args=[there.pk])
    asked = Suggestion.objects.get()
    assert (asked.account, asked.field, asked.said, asked.by) == (there, "departments", "Brand, Human resources", head)
    assert list(there.departments.all()) == [brand]
    client.force_login(build.user("lead"))
    client.post(PAGE, words(department="Human resources", join=there.pk))
    assert list(there.departments.order_by("account_sides__position")) == [brand, hr]


def test_account_new_refuses_an_account_that_is_on_the_map(client: Client, head: User) -> None:
    account = build.account("acme-careers", platform=build.platform("linkedin"), kind="company")
    Account.objects.filter(pk=account.pk).update(handle_key="company/acme-careers")
    answer = client.post(PAGE, words())
    assert answer.status_code == 422
    assert "acme-careers on LinkedIn is already on the map. Join it, or paste another address." in text(answer)
    assert Account.objects.count() == 1


def test_account_new_shows_look_alikes_and_retired_namesakes(client: Client, head: User) -> None:
    build.account("acme_career5", platform=build.platform("linkedin"))
    build.account("acmecareers", platform=build.platform("x", "X"), status="retired", retired_on="2024-05-03")
    said = text(client.get(PAGE, {"address": "linkedin.com/company/acme-careers"}))
    assert "Easily mistaken for it on LinkedIn: acme_career5" in said
    assert "The same name elsewhere: acmecareers on X (formerly Twitter) retired on 3 May 2024" in said


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("twiter.com/acme", "“twiter.com/acme” is not on twitter.com: its host only looks like that."),
        ("facebook.com.evil.io/acme", "“facebook.com.evil.io/acme” is not on facebook.com: its host only looks"),
        ("https://www.linkedin.com/jobs", "is a page of LinkedIn, but not of an account."),
        ("jobs@acme.example", "“jobs@acme.example” is a mail address, not an account."),
        ("https://blog.acme.example/news", "is on no platform that the map knows."),
        ("hello", "“hello” names no account."),
        ("", "Paste the address of the account first."),
    ],
)
def test_account_new_says_what_is_wrong_and_loses_nothing(
    client: Client, head: User, typed: str, sentence: str
) -> None:
    answer = client.post(PAGE, words(address=typed, says="all that I typed"))
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert 'value="all that I typed"' in answer.content.decode()
    assert Account.objects.count() == 0


def test_account_new_takes_platform_and_handle_by_hand(client: Client, head: User) -> None:
    data = words(address="https://blog.acme.example/news", platform="x", handle="@acme")
    assert client.post(PAGE, data).status_code == 302
    account = Account.objects.get()
    assert (account.platform.code, account.handle, account.address) == ("x", "acme", "https://x.com/acme")


def test_account_new_leads_several_addresses_to_the_preview_of_an_import(client: Client, head: User) -> None:
    pasted = "https://x.com/acme\nhttps://instagram.com/acme_jobs\nhttps://acme.example/"
    answer = client.post(PAGE, words(address=pasted, look="1"))
    assert "You pasted 3 addresses" in text(answer)
    assert re.findall(r'href="(\?address=[^"]+)"', answer.content.decode()) == [
        "?address=https%3A%2F%2Fx.com%2Facme",
        "?address=https%3A%2F%2Finstagram.com%2Facme_jobs",
    ]
    assert client.post(PAGE, words(address=pasted)).status_code == 422
    listed = client.post(PAGE, words(address=pasted, list="1"), follow=True)
    assert ImportBatch.objects.get().counts["rows"] == 3
    assert "To add" in text(listed)
    assert Account.objects.count() == 0


def test_account_new_is_for_departments_of_ones_own(client: Client, head: User) -> None:
    build.department("Brand", slug="brand")
    answer = client.post(PAGE, words(department="brand"))
    assert answer.status_code == 422
    assert Account.objects.count() == 0


def test_account_new_takes_a_department_with_a_broken_character_for_none_of_ours(client: Client, head: User) -> None:
    assert client.post(PAGE, words(department="h\x00x")).status_code == 422
    assert client.get(PAGE, {"address": "x.com/ac\x00me"}).context["reading"].handle == "acme"


def test_account_new_follows_the_department_unless_somebody_chose_by_hand(client: Client, hr: Department) -> None:
    client.force_login(build.user("lead"))
    fans = build.audience("fans")
    brand = build.department("Brand")
    DefaultAudience.objects.create(department=brand, audience=fans)
    graduates = hr.default_audiences.get()
    usual = f"audiences={graduates.pk};markets="
    followed = words(department="Brand", audiences=[graduates.pk], usual=usual, look="1")
    assert client.post(PAGE, followed).context["form"]["audiences"].value() == [str(fans.pk)]
    by_hand = words(department="Brand", audiences=[fans.pk, graduates.pk], usual=usual, look="1")
    assert client.post(PAGE, by_hand).context["form"]["audiences"].value() == [str(fans.pk), str(graduates.pk)]


def test_account_new_proposes_where_the_departments_accounts_usually_speak_and_saves_what_it_showed(
    client: Client, hr: Department
) -> None:
    care, (leeds, york) = build.department("Care", slug="care"), (build.market("leeds"), build.market("york"))
    for places in ([leeds], [leeds], [leeds, york], []):
        build.account(departments=[care], markets=places, audiences=[build.audience("graduates")])
    client.force_login(build.user(head_of=care))
    page = client.get(PAGE, {"address": "linkedin.com/company/acme-careers"})
    assert "Leeds proposed, as most accounts of Care say" in text(page)
    assert "Graduates proposed, as most accounts of Care say" in text(page)
    form, token = page.context["form"], page.context["meeting"].token
    shown = {name: form.initial[name] for name in ("audiences", "markets", "usual")}
    client.post(PAGE, words(department="care", met=token, **shown))
    account = Account.objects.get(handle="acme-careers")
    assert (list(account.markets.all()), account.audiences.count()) == ([leeds], 1)


def test_account_new_says_what_everywhere_would_mean_before_it_saves(client: Client) -> None:
    care = build.department("Care", slug="care")
    build.market("leeds"), build.market("york")
    client.force_login(build.user(head_of=care))
    data = words(department="care", audiences=[build.audience("graduates").pk])
    answer = client.post(PAGE, data)
    assert (answer.status_code, Account.objects.count()) == (422, 0)
    assert "Nobody said where it speaks, so it would count for all 2 markets: 2 places on LinkedIn." in text(answer)
    assert "Register for everywhere" in text(answer)
    client.post(PAGE, data | {"met": answer.context["meeting"].token})
    assert Account.objects.get().markets.count() == 0
