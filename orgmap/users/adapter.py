"""What allauth asks us."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class InvitedOnly(DefaultAccountAdapter):
    """Nobody signs up alone: the lead invites."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
