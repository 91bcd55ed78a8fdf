"""People who log in."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower

from orgmap.core.models import Stamped, stamp
from orgmap.core.spelling import learns
from orgmap.core.tracking import tracked

USER_WORDS = "orgmap_fold(ARRAY[users_user.name, split_part(users_user.email, '@', 1)]::text[])"
"""What people are found by: see orgmap.core.matching."""
USER_NAMES = "orgmap_fold(ARRAY[users_user.name]::text[])"


class Role(models.TextChoices):
    """What somebody comes for. Which departments a head answers for is said by memberships."""

    LEAD = "lead", "Social media lead"
    HEAD = "head", "Department head"
    EXECUTIVE = "executive", "Executive"
    STAFF = "staff", "Member of staff"


class Letters(models.TextChoices):
    """How somebody wants what they are told by mail. In the app it always stands at once."""

    EACH = "each", "Each by itself, at once"
    DAILY = "daily", "Gathered once a day, in the morning"
    WEEKLY = "weekly", "Gathered once a week, on Monday morning"
    NEVER = "never", "Never"


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user with a password, or without one until they follow their invitation."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """The operator's way in: a lead who may also use every admin page."""
        return self.create_user(email, password, role=Role.LEAD, is_superuser=True, **fields)


OWN = ("password", "last_login", "letters")
"""What is the person's own: signing in changes nothing that others are told."""


@tracked(exclude=OWN)
class User(AbstractBaseUser, PermissionsMixin, Stamped):
    """A person who logs in, known by mail address."""

    email = models.EmailField("mail address", max_length=254, unique=True)
    name = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=10, choices=Role, default=Role.STAFF)
    is_active = models.BooleanField("may log in", default=True)

    letters = models.CharField(
        "letters by mail", max_length=10, choices=Letters, default=Letters.EACH, db_default=Letters.EACH.value
    )

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="users_user_email_once",
                violation_error_message="Someone with this mail address is here already.",
            )
        ]
        triggers = [stamp(quiet=OWN), *learns("ARRAY[name, split_part(email, '@', 1)]::text[]")]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_staff(self) -> bool:
        """May open the admin: the lead, who keeps the catalogue."""
        return self.is_superuser or self.role == Role.LEAD
