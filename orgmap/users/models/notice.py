"""What somebody is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

if TYPE_CHECKING:
    from orgmap.users.models.user import User


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: User) -> Self:
        """Everybody reads their own."""
        return self.filter(user=user) if user.is_authenticated else self.none()

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def to_mail(self) -> Self:
        """Those that are still to go by mail."""
        return self.filter(by_mail=True, mailed_at=None)


class Notice(models.Model):
    """Something that one person is told: it stands in the app, and goes by mail as that person wants it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.SlugField(max_length=40, help_text="What it is about, for programs: see orgmap.users.telling.")
    subject = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    link = models.CharField(max_length=1000, help_text="Where it leads to: a path of ours.")
    about = ArrayField(
        models.BigIntegerField(),
        default=list,
        blank=True,
        help_text="Keys of the records of its kind that it is about.",
    )
    once = models.CharField(max_length=200, blank=True, help_text="Nobody is told twice under the same word.")
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    by_mail = models.BooleanField(default=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField(null=True, blank=True, help_text="Not before, after the mail server refused it.")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "once"], condition=~models.Q(once=""), name="users_notice_once"),
        ]
        indexes = [
            models.Index("user", models.F("made_at").desc(), models.F("id").desc(), name="users_notice_latest"),
            models.Index(fields=["user"], condition=models.Q(read_at=None), name="users_notice_unread"),
            models.Index(
                fields=["made_at"], condition=models.Q(by_mail=True, mailed_at=None), name="users_notice_to_mail"
            ),
        ]

    def __str__(self) -> str:
        return self.subject
