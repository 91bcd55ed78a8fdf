"""The policy: whoever sets it learns at once what the engine cannot read."""

import pytest
from django.test import Client

from orgmap.reports.models import Policy
from orgmap.users.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser(email="root@example.org", password=None))
    return client


@pytest.mark.parametrize(
    ("overrides", "sentence"),
    [
        ('{"dormant_days": "soon"}', "policy.dormant_days: "),
        ('{"strength": {"liaison": 2}}', "policy.strength.liaison: 2 is above 1."),
        ('{"cap": 7}', "policy.cap: is not one of "),
        ("[1]", "policy: [1] is not an object."),
    ],
)
def test_a_policy_that_the_engine_cannot_read_is_refused_and_what_is_wrong_is_said(administrator, overrides, sentence):
    answer = administrator.post("/admin/reports/policy/1/change/", {"overrides": overrides})

    assert sentence in answer.content.decode()
    assert Policy.objects.get().overrides == {}


def test_a_policy_that_it_can_read_is_kept(administrator):
    administrator.post("/admin/reports/policy/1/change/", {"overrides": '{"dormant_days": 120}'})

    assert Policy.objects.get().overrides == {"dormant_days": 120}
