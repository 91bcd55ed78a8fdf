"""Who meets the people of an account that is not there yet: counted live, and as the standing report has it."""

import re

import pytest
from django.test import Client
from django.utils.timezone import localdate

from departments.models import Audience, Department
from orgmap.reports import meeting_kept
from orgmap.reports.who_meets import Meeting, Wish, who_meets
from orgmap.users.models import User

pytestmark = pytest.mark.django_db


def told(meeting: Meeting) -> list[object]:
    accounts = [(one.account.pk, one.agreed and round(one.agreed, 6)) for one in meeting.accounts]
    return [[one.department.slug for one in meeting.departments], meeting.more_departments, accounts]


def test_where_thousands_speak_to_these_people_the_report_answers(
    report: None, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    for slug, platform in (("customer-care", "facebook"), ("campaigns", "instagram"), ("people", "linkedin")):
        department = Department.objects.filter(slug=slug).first() or Department.objects.get(name="Human resources")
        wish = Wish(department, platform, [Audience.objects.get(code="customers").pk], [])
        live = who_meets(wish, localdate())
        monkeypatch.setattr(meeting_kept, "MANY", 1)
        kept = who_meets(wish, localdate())
        monkeypatch.undo()
        assert (live.report is None, kept.report is None) == (True, False)
        assert told(kept) == told(live)
        contested = sum(one.places for one in kept.departments) / sum(one.places for one in live.departments)
        assert 0.9 < contested <= 1  # the report knows no place where one department stands alone
        assert live.more_departments > 0
    monkeypatch.setattr(meeting_kept, "MANY", 1)
    client.force_login(User.objects.get(email="lead@demo.example"))
    page = {"look": "1", "address": "https://facebook.com/somethingnew", "department": "customer-care", "says": "x"}
    body = client.post("/accounts/new/", {**page, "audiences": wish.audiences}).content.decode()
    assert len(re.findall(r'class="as-of"', body)) == 1
    assert 'href="/map/?level=all&amp;audience=customers"' in body
    assert 'href="/accounts/?platform=facebook&amp;audience=customers"' in body
