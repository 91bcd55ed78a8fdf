"""Who asks for a page."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Count, Q

from orgmap.users.models import User


class People(AuthenticationBackend):
    """allauth's way in. The person of a request comes with the number of notices that wait, in the same query."""

    def get_user(self, user_id: int) -> User | None:
        waiting = Count("notices", filter=Q(notices__read_at=None))
        user = User.objects.filter(pk=user_id).annotate(unread=waiting).first()
        return user if user is not None and self.user_can_authenticate(user) else None
