"""Keys for programs."""

import hashlib
import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone


class Token(models.Model):
    """A program's key: it acts as its user, may only read unless its scope says write, and is kept as a hash."""

    class Scope(models.TextChoices):
        READ = "read", "Read"
        WRITE = "write", "Read and write"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100, help_text="What the program is for.")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scope = models.CharField(max_length=5, choices=Scope, default=Scope.READ)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_on = models.DateField(null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True, editable=False)

    def __str__(self) -> str:
        return self.name


def new_secret() -> str:
    """A key that nobody guesses; it is shown once and never kept."""
    return f"om_{secrets.token_urlsafe(32)}"


def digest_of(secret: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(secret.encode()).hexdigest()
