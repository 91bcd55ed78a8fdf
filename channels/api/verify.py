"""/api/v1/verify: the same answer as the page, for anyone."""

from typing import Literal

from django.http import HttpRequest
from ninja import Router, Schema

from channels.verifying import Answer, answer, asked_of

router = Router(tags=["verify"])


class VerifyOut(Schema):
    """What anyone may know about an address. An account that is not public is answered as an unknown one."""

    outcome: Literal["ours", "retired", "unknown", "not_an_account"]
    platform: str
    handle: str
    name: str
    department: str
    language: str
    address: str
    successor: str
    confirmed: bool
    """False of an account that is "ours" by a list alone: nobody has confirmed it yet, as ``note`` says."""
    note: str


@router.get("", response=VerifyOut, auth=None)
def verify(request: HttpRequest, url: str) -> Answer:
    """Is the account at this address ours? Needs no token."""
    return answer(asked_of(url))
