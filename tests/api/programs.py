"""Programs that ask the API."""

from typing import Any

from django.test import Client

from orgmap.api.models import Token, digest_of, new_secret
from orgmap.users.models import User

JSON = "application/json"


def program(user: User, scope: str = "write", **fields: Any) -> Client:
    """A client that carries a token of this user."""
    secret = new_secret()
    Token.objects.create(user=user, name="a program", digest=digest_of(secret), scope=scope, **fields)
    return Client(headers={"Authorization": f"Bearer {secret}"})
