"""Signing in is nobody else's business: it changes nothing of what is told about a person."""

import pytest
from django.apps import apps
from django.test import Client

from orgmap.users.models import User
from tests import build

pytestmark = pytest.mark.django_db


def test_signing_in_and_a_new_password_leave_no_entry_in_the_activity_and_no_other_version(client: Client) -> None:
    ann, told = build.user(name="Ann Lee"), apps.get_model("users", "UserEvent").objects
    before, there = User.objects.values("version", "updated_at").get(pk=ann.pk), told.count()
    client.force_login(ann)
    ann.set_password("another password of some length")
    ann.save()
    User.objects.filter(pk=ann.pk).update(letters="weekly")
    assert User.objects.get(pk=ann.pk).last_login is not None
    assert (User.objects.values("version", "updated_at").get(pk=ann.pk), told.count()) == (before, there)

    User.objects.filter(pk=ann.pk).update(name="Anna Lee")
    assert (User.objects.get(pk=ann.pk).version, told.count()) == (before["version"] + 1, there + 1)
