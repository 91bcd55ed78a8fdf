"""People, and what they are told."""

from orgmap.users.models.notice import Notice
from orgmap.users.models.user import USER_NAMES, USER_WORDS, Letters, Role, User, UserManager

__all__ = ["USER_NAMES", "USER_WORDS", "Letters", "Notice", "Role", "User", "UserManager"]
