"""A filter that cannot be read is named, with its value and the way out, on every list; and nothing is listed."""

from html import unescape
from typing import Any

import pytest
from django.test import Client

from tests import build

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        (
            "/accounts/?status=gone",
            "The filter “Status” has no value “gone”. Choose Planned, Active, Dormant or Retired",
        ),
        (
            "/accounts/?platform=nope",
            "The filter “Platform” has no value “nope”. Choose another",
        ),
        (
            "/objectives/?status=gone",
            "The filter “Status” has no value “gone”. Choose Draft, Active, Achieved or Dropped",
        ),
        (
            "/objectives/?department=nope",
            "The filter “Department” has no value “nope”. Choose another",
        ),
        (
            "/agreements/?kind=pact",
            "The filter “Kind” has no value “pact”. Choose Working group, Hand-off or Liaison",
        ),
        (
            "/people/?role=king",
            "The filter “Role” has no value “king”. Choose Social media lead, Department head, Executive or Member of"
            " staff",
        ),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_listed(client: Client, address: str, sentence: str) -> None:
    lead = build.user("lead", name="Lena Ortiz")
    care, sales = build.department("Customer care"), build.department("Sales")
    build.account("acmecare", departments=[care])
    build.objective("Answer in public", departments=[care])
    build.tie(care, sales, title="Complaints go to care")
    client.force_login(lead)

    main = unescape(client.get(address).content.decode()).split("<main")[1]
    assert f'role="alert">{sentence}, or take the filter away.</p>' in main
    assert "since a filter could not be read" in main
    assert not {"acmecare", "Answer in public", "Complaints go to care"} & set(main.replace("<", ">").split(">"))
    assert "Select a valid choice" not in main


def test_what_cannot_be_read_exports_nothing(client: Client) -> None:
    build.objective("Answer in public", departments=[build.department("Customer care")])
    client.force_login(build.user("lead"))
    answer: Any = client.get("/objectives/export/?format=csv&status=gone")
    assert b"Answer in public" not in b"".join(answer.streaming_content)
