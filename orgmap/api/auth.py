"""Who a program acts as."""

from datetime import date

from django.db.models import Q
from django.http import HttpRequest
from django.utils.timezone import localdate
from ninja.errors import HttpError
from ninja.security import HttpBearer

from orgmap.api.models import Token, digest_of

READING = frozenset({"GET", "HEAD", "OPTIONS"})


class Bearer(HttpBearer):
    """`Authorization: Bearer om_...`: the request then acts as the token's user."""

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        today: date = localdate()
        key = (
            Token.objects.select_related("user")
            .filter(Q(expires_on=None) | Q(expires_on__gte=today), digest=digest_of(token), user__is_active=True)
            .first()
        )
        if key is None:
            return None
        if key.scope != Token.Scope.WRITE and request.method not in READING:
            raise HttpError(
                403, f"The token “{key.name}” may only read. Ask the social media lead for one that may write."
            )
        if key.last_used_on != today:
            Token.objects.filter(pk=key.pk).update(last_used_on=today)
        request.user = key.user
        return key
