"""What owners answer with no stands where somebody acts on it: on the account's page and on the lead's home."""

import re
from html import unescape

import pytest
from django.test import Client
from django.utils.timezone import localdate, now

from channels import services
from channels.services.attesting import Said
from orgmap.users.models import User
from orgmap.users.telling import Notice
from tests import build

pytestmark = pytest.mark.django_db


def words(client: Client, address: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", client.get(address).content.decode())))


def test_an_answer_with_no_stands_on_the_account_and_on_the_leads_home_until_somebody_acts(client: Client) -> None:
    lead, care = build.user("lead"), build.department("Care")
    ann: User = build.user(name="Ann", head_of=care)
    gull, boats = (build.account(name, departments=[care]) for name in ("gull", "boats"))
    said = [Said(gull, ours=False, note="Never seen it."), Said(boats, needed=False)]
    services.attest(by=ann, said=said, on=localdate(), now=now())
    client.force_login(lead)
    page = words(client, f"/accounts/{gull.pk}/")
    assert f"Ann (Care) answered on {localdate():%-d %B %Y}: not ours. Never seen it." in page
    assert "not needed any more" in words(client, f"/accounts/{boats.pk}/")
    home = words(client, "/")
    assert "gull on" in home
    assert (": not ours Ann" in home, ": not needed any more Ann" in home) == (True, True)
    services.attest_account(by=ann, account=gull, on=localdate(), now=now())
    assert "not ours" not in words(client, f"/accounts/{gull.pk}/")
    assert ": not ours" not in words(client, "/")


def test_a_notice_about_one_account_names_it_and_what_was_answered() -> None:
    build.user("lead")
    care = build.department("Care")
    ann = build.user(name="Ann", head_of=care)
    gull = build.account("gull", departments=[care])
    services.attest(by=ann, said=[Said(gull, ours=False)], on=localdate(), now=now())
    assert Notice.objects.get().subject == "Ann says that gull is not theirs"
