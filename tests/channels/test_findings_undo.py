"""What people decided about findings goes back: from the row, from the activity, one or many."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from channels.deciding.telling import tell_assigned
from channels.leaving import Heir, Leaver
from channels.models import Finding
from channels.services import finding as services
from channels.services.audit import audit_all
from channels.services.leaving import hand_over
from orgmap.history.services import CannotUndo, because, undo_action
from orgmap.users.models import Notice, User
from orgmap.users.posting import post
from tests import build

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = localdate()
SOON = TODAY + timedelta(days=10)
FIELDS = ("state", "assignee", "due_on", "waived_reason", "waived_until")
UNDO = re.compile(r'formaction="(/activity/[0-9a-f-]+/undo/)" name="next" value="([^"]*)"')


def at(page: str, *arguments: object) -> str:
    return reverse(f"channels:{page}", args=arguments)


def stands(*findings: Finding) -> list[tuple[Any, ...]]:
    return list(Finding.objects.filter(pk__in=[each.pk for each in findings]).order_by("pk").values_list(*FIELDS))


def said(finding: Finding) -> list[tuple[str, str]]:
    return list(finding.said.order_by("pk").values_list("kind", "text"))


@pytest.fixture
def lead(client: Client) -> User:
    person = build.user("lead", name="Lea")
    client.force_login(person)
    return person


def waive(by: User, finding: Finding, reason: str = "a pilot") -> UUID:
    with because(by=by, reason=reason) as action:
        services.waive(
            by=by, findings=Finding.objects.filter(pk=finding.pk), until=SOON, reason=reason, now=NOW, today=TODAY
        )
    return action


def test_a_decision_is_taken_back_from_its_row_and_the_list_comes_back(client: Client, lead: User) -> None:
    finding = build.finding(account=build.account("acme"))
    before = stands(finding)
    told = {"reason": "a pilot", "until": SOON.isoformat()}
    answer = client.post(
        f"{at('finding_waive', finding.pk)}?rule=no-contact", told, headers={"HX-Target": "finding_panel"}
    )
    assert stands(finding) == [("waived", None, None, "a pilot", SOON)]
    (there, back) = UNDO.search(answer.content.decode()).groups()  # type: ignore[union-attr]  # it is there
    answer = client.post(there, {"next": back}, follow=True)
    assert answer.request["PATH_INFO"] == at("audit_list")
    assert [str(each) for each in answer.context["messages"]] == [
        "Undone: One entry is as before. Undo this again from the activity if you change your mind."
    ]
    assert stands(finding) == before
    assert said(finding)[1:] == [("undone", "assigned to nobody")]


def test_the_message_without_a_script_names_the_account_and_leads_to_the_undo(client: Client, lead: User) -> None:
    finding = build.finding(account=build.account("acme"))
    answer = client.post(at("finding_assign", finding.pk), {"who": "person", "to": lead.email}, follow=True)
    (message,) = (str(each) for each in answer.context["messages"])
    assert re.sub(r"<[^>]+>", "", message) == "acme: Lea has it now. See all of it, or undo it"
    page = re.findall(r'href="([^"]+)"', message)[1]
    assert "No contact: acme" in client.get(page).content.decode()
    answer = client.get(reverse("reports:activity_list"))
    assert "No contact: acme" in answer.content.decode()
    client.post(f"{page}undo/")
    assert stands(finding) == [("open", None, None, "", None)]


def test_what_changes_nothing_offers_no_undo(client: Client, lead: User) -> None:
    finding = build.finding(account=build.account("acme"), state="assigned", assignee=lead)
    answer = client.post(at("finding_assign", finding.pk), {"who": "person", "to": lead.email}, follow=True)
    assert [re.sub(r"<[^>]+>", "", str(each)) for each in answer.context["messages"]] == ["acme: Lea has it now."]


def test_whoever_had_it_until_when_comes_back_and_nobody_is_written_to_twice(client: Client, lead: User) -> None:
    head, other = build.user("head", name="Hana"), build.user("head", name="Otto")
    finding = build.finding(account=build.account(), state="assigned", assignee=head, due_on=SOON)
    with because(by=lead) as first:
        services.assign(by=lead, findings=Finding.objects.all(), to=other, due_on=TODAY, now=NOW)
    undo_action(by=lead, context=first)
    assert stands(finding) == [("assigned", head.pk, SOON, "", None)]
    assert said(finding)[-1] == ("undone", f"assigned to Hana, by {SOON:%-d %B %Y}")
    assert (Notice.objects.count(), len(mail.outbox)) == (0, 0)


def test_a_gathered_letter_names_nothing_that_was_waived_resolved_or_given_to_somebody_else(lead: User) -> None:
    head, other = build.user("head", name="Hana", letters="daily"), build.user("head", name="Otto")
    found = [build.finding(account=build.account(handle)) for handle in ("stays", "waived", "given", "mended")]
    pks = [each.pk for each in found]
    services.assign(by=lead, findings=Finding.objects.all(), to=head, due_on=SOON, now=NOW)
    tell_assigned(to=head, by=lead, pks=pks, due_on=SOON, reason="", now=NOW)
    waive(lead, found[1])
    services.assign(by=lead, findings=Finding.objects.filter(pk=pks[2]), to=other, now=NOW)
    services.resolve(by=None, findings=Finding.objects.filter(pk=pks[3]), now=NOW, today=TODAY)
    post(now=NOW + timedelta(days=2))
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == ([head.email], "A finding is yours to put right")
    assert "Lea asks you to put this right" in letter.body
    assert [handle for handle in ("stays", "waived", "given", "mended") if handle in letter.body] == ["stays"]
    assert Notice.objects.get().about == pks[:1]


def test_many_decided_at_once_go_back_at_once(client: Client, lead: User) -> None:
    sales, care = build.department("Sales"), build.department("Care")
    heads = [build.user(head_of=sales), build.user(head_of=care)]
    found = [build.finding(account=build.account(departments=[each])) for each in (sales, care, sales)]
    before = stands(*found)
    made = client.post(at("decision_start"), {"what": "assign", "finding": [each.pk for each in found]})
    answer = client.post(made.url, {"who": "heads", "due_on": SOON.isoformat()}, follow=True)
    assert [row[1] for row in stands(*found)] == [heads[0].pk, heads[1].pk, heads[0].pk]
    page = re.search(r'href="(/activity/[^"]+)">See all of it', answer.content.decode()).group(1)  # type: ignore[union-attr]
    told = Notice.objects.count()
    assert "3 findings" in client.get(page).content.decode()
    client.post(f"{page}undo/")
    assert stands(*found) == before
    assert Notice.objects.count() == told
    said_so = client.get(made.url).content.decode()
    assert (" was taken back by Lea on " in said_so, "or undo it" in said_so) == (True, False)


def test_what_was_decided_since_is_not_overwritten_and_the_audit_keeps_what_it_closed(lead: User) -> None:
    account = build.account("acme", contact="")
    audit_all(now=NOW, today=TODAY)
    finding = Finding.objects.get(rule="no-contact")
    first = waive(lead, finding)
    waive(lead, finding, "another reason")
    with pytest.raises(CannotUndo) as refusal:
        undo_action(by=lead, context=first)
    assert [str(each).partition(" (")[0] for each in refusal.value.kept] == [
        "Finding No contact: acme: waived reason was changed since"
    ]
    services.reopen(by=lead, findings=Finding.objects.filter(pk=finding.pk), now=NOW, today=TODAY)
    with because(by=lead) as assigning:
        services.assign(by=lead, findings=Finding.objects.filter(pk=finding.pk), to=lead, now=NOW)
    account.contact = "desk@acme.example"
    account.save()
    audit_all(now=NOW, today=TODAY)
    assert stands(finding) == [("resolved", lead.pk, None, "", None)]
    undo_action(by=lead, context=assigning)
    finding.refresh_from_db()
    assert (finding.state, finding.assignee) == ("resolved", None)


def test_a_head_undoes_their_own_decision_but_not_one_about_a_foreign_finding(client: Client) -> None:
    sales, care = build.department("Sales"), build.department("Care")
    head, lead = build.user("head", head_of=sales), build.user("lead")
    mine, foreign = (build.finding(account=build.account(departments=[each])) for each in (sales, care))
    client.force_login(head)
    own, other = waive(head, mine, "ours"), waive(lead, foreign, "theirs")
    assert client.get(reverse("reports:action_detail", args=[other])).status_code == 404
    assert client.post(reverse("reports:action_undo", args=[other])).status_code == 404
    assert client.get(reverse("reports:action_detail", args=[own])).status_code == 200
    listed = client.get(reverse("reports:activity_list")).context["actions"]
    assert [(done.context, done.may_undo) for done in listed if done.reason] == [(own, True)]
    assert client.post(reverse("reports:action_undo", args=[own])).status_code == 302
    assert [row[0] for row in stands(mine, foreign)] == ["open", "waived"]


def test_a_note_is_taken_back_by_whoever_wrote_it(client: Client) -> None:
    staff = build.user("staff")
    finding = build.finding(account=build.account(), state="assigned", assignee=staff)
    client.force_login(staff)
    answer = client.post(at("finding_note", finding.pk), {"text": "asked Ann"}, follow=True)
    page = re.search(r'href="(/activity/[^"]+)"', str(next(iter(answer.context["messages"])))).group(1)  # type: ignore[union-attr]
    assert client.get(page).status_code == 200
    client.post(f"{page}undo/")
    assert said(finding) == []


def test_a_hand_over_that_is_undone_gives_the_findings_back(lead: User) -> None:
    leaver, heir = build.user("head", name="Lou"), build.user("head", name="Hana")
    finding = build.finding(account=build.account(), state="assigned", assignee=leaver, due_on=date(2100, 1, 1))
    with because(by=lead) as action:
        hand_over(
            by=lead, leaver=Leaver("Lou", leaver), on=TODAY, now=NOW, findings={finding.pk: Heir.of(heir)}, leaves=True
        )
    assert stands(finding) == [("assigned", heir.pk, date(2100, 1, 1), "", None)]
    told = Notice.objects.count()
    undo_action(by=lead, context=action)
    leaver.refresh_from_db()
    assert (stands(finding), leaver.is_active) == ([("assigned", leaver.pk, date(2100, 1, 1), "", None)], True)
    assert Notice.objects.count() == told
