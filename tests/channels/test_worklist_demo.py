"""The worklist of the demo organisation: whatever the audit finds there reads as a sentence and can be put right."""

import pytest
from django.test import Client
from django.urls import reverse

from channels.models import Finding
from channels.worklist.fixing import FIXES
from channels.worklist.rules import RULES
from orgmap.users.models import User

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_rule_has_a_way_to_put_it_right() -> None:
    assert set(FIXES) == set(RULES)


def test_a_finding_of_each_rule_opens_and_leads_to_what_puts_it_right(report: None, client: Client) -> None:
    client.force_login(User.objects.get(email="lead@demo.example"))
    first = {finding.rule: finding for finding in Finding.objects.order_by("-pk")}
    assert set(first) == set(RULES)
    assert client.get(reverse("channels:audit_list")).context["total"] == Finding.objects.to_do().count()
    for rule, finding in first.items():
        answers = [
            client.get(reverse("channels:finding_detail", args=[finding.pk])),
            client.get(reverse("channels:finding_fix", args=[finding.pk]), follow=True),
            client.get(reverse("channels:audit_rule", args=[rule]), {"look": "1"}),
            client.get(reverse("channels:audit_list"), {"rule": rule}),
        ]
        assert (rule, [answer.status_code for answer in answers]) == (rule, [200] * 4)
        assert (rule, answers[3].context["shown"]) == (rule, Finding.objects.to_do().filter(rule=rule).count())
