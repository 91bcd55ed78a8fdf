"""The request that a signed-in page gets."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from orgmap.users.models import User


class Request(HttpRequest):
    """A request whose person is known: closed pages never see an anonymous one. For type checkers only."""

    user: User
    htmx: HtmxDetails
