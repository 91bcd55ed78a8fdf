"""Nobody reads of a finding of a department that is not theirs: not in lists, counts, files, links or the activity."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from channels.models import Finding
from channels.services import finding as services
from departments.models import Membership
from orgmap.history.services import because
from orgmap.users.models import User
from tests import build
from tests.api.programs import program

pytestmark = pytest.mark.django_db
SECRET = "https://x.com/secret"
DETAIL = {"says": "a", "on": "X", "address": SECRET, "platform": "", "handle": "secret"}
NOW = timezone.now()


def at(page: str, *arguments: object) -> str:
    return reverse(f"channels:{page}", args=arguments)


def body(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()


class World:
    """A finding of Sales, one of Care; the lead let the one of Care stand, and said why."""

    def __init__(self) -> None:
        self.sales, self.care = build.department("Sales"), build.department("Care")
        self.lead = build.user("lead", name="Lea")
        self.head = build.user(head_of=self.sales, name="Hana")
        self.deputy = build.user("head", name="Dora")
        Membership.objects.create(user=self.deputy, department=self.sales, role="deputy")
        self.mine = build.finding(account=build.account("mine", departments=[self.sales]))
        self.account = build.account("theirs", departments=[self.care])
        self.foreign = build.finding("label-contradicts", account=self.account, detail=DETAIL)
        self.later = build.finding(account=build.account("later", departments=[self.sales]))
        chosen = Finding.objects.filter(pk=self.foreign.pk)
        services.add_note(by=self.lead, findings=chosen, text="secret note", now=NOW)
        with because(by=self.lead, reason="secret reason") as self.action:
            services.assign(by=self.lead, findings=chosen, to=self.lead, due_on=None, now=NOW, reason="secret word")


@pytest.fixture
def world() -> World:
    return World()


def pages(world: World) -> list[str]:
    found = [
        reverse("reports:home"),
        at("audit_list"),
        f"{at('audit_list')}?all=1",
        f"{at('audit_list')}?state=assigned",
    ]
    found += [f"{at('audit_list')}?department={world.care.slug}", f"{at('audit_list')}?assignee={world.lead.pk}"]
    found += [
        at("audit_export"),
        f"{at('audit_export')}?department={world.care.slug}",
        at("audit_rule", "label-contradicts"),
    ]
    found += [at("account_detail", world.account.pk), reverse("reports:department_detail", args=[world.care.slug])]
    found += [reverse("reports:activity_list"), f"{reverse('reports:find')}?q=theirs", "/notices/"]
    return found


@pytest.mark.parametrize("who", ["head", "deputy", "executive", "staff"])
def test_a_foreign_finding_stands_nowhere(client: Client, world: World, who: str) -> None:
    person: User = getattr(world, who, None) or build.user(who)
    client.force_login(world.lead)
    leads = "".join(body(client.get(page)) for page in pages(world))
    assert leads.count("secret") > 5  # it could leak
    client.force_login(person)
    for page in pages(world):
        told = body(client.get(page))
        assert (page, "secret" in told) == (page, False)
    pk = world.foreign.pk
    for page in ("finding_detail", "finding_assign", "finding_waive", "finding_reopen", "finding_fix"):
        assert (page, client.get(at(page, pk)).status_code) == (page, 404)
    assert client.post(at("finding_note", pk), {"text": "x"}).status_code == 404
    assert client.get(reverse("reports:action_detail", args=[world.action])).status_code == 404
    assert client.post(reverse("reports:action_undo", args=[world.action])).status_code == 404
    assert [row["id"] for row in program(person).get("/api/v1/findings?state=all").json()["items"]] == (
        [world.mine.pk, world.later.pk] if who in {"head", "deputy"} else []
    )


def test_next_and_previous_lead_past_foreign_findings(client: Client, world: World) -> None:
    client.force_login(world.head)
    first = client.get(f"{at('finding_detail', world.mine.pk)}?all=1")
    assert (first.context["before"], first.context["after"]) == (None, world.later.pk)
    last = client.get(f"{at('finding_detail', world.later.pk)}?department={world.care.slug}")
    assert (last.context["before"], last.context["after"]) == (None, None)


def test_after_a_merge_nobody_is_led_to_a_foreign_finding(client: Client, world: World) -> None:
    client.force_login(world.head)
    accounts = [build.account(handle, departments=[world.sales]) for handle in ("one", "two")]
    page = client.get(at("account_merge", accounts[0].pk), {"kept": accounts[1].pk})
    sent = {"kept": accounts[1].pk, "versions": page.context["form"]["versions"].value(), "finding": world.foreign.pk}
    answer = client.post(at("account_merge", accounts[0].pk), sent)
    assert answer.url == at("account_detail", accounts[1].pk)


def test_whoever_had_a_finding_reads_nothing_of_it_any_more(client: Client, world: World) -> None:
    staff = build.user("staff")
    chosen = Finding.objects.filter(pk=world.foreign.pk)
    services.assign(by=world.lead, findings=chosen, to=staff, now=NOW)
    client.force_login(staff)
    assert client.get(at("finding_detail", world.foreign.pk)).status_code == 200
    services.assign(by=world.lead, findings=chosen, to=world.lead, now=NOW)
    assert client.get(at("finding_detail", world.foreign.pk)).status_code == 404
