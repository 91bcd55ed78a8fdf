"""The mail of an embedded run: letters go nowhere; they are printed, and kept as files beside the data."""

from __future__ import annotations

import contextlib
import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

from django.core.mail import EmailMessage
from django.core.mail.backends.console import EmailBackend

from orgmap.embedded import data_directory

KEPT = 500
"""So many letters are kept."""
NAME = re.compile(r"\d{19}-\d+")


def folder() -> Path:
    return data_directory() / "mail"


class Backend(EmailBackend):
    """Prints letters as Django's console backend does, and keeps them."""

    def write_message(self, message: EmailMessage) -> None:
        super().write_message(message)
        place = folder()
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = f"{time.time_ns():019d}-{id(message)}"
        part = place / f"{name}.part"
        part.write_bytes(message.message().as_bytes())
        part.rename(place / f"{name}.eml")
        for old in names()[KEPT:]:
            with contextlib.suppress(FileNotFoundError):
                (place / f"{old}.eml").unlink()


@dataclass(frozen=True)
class Letter:
    """A letter that was kept."""

    name: str
    at: datetime
    to: str
    subject: str
    text: str


def names() -> list[str]:
    """The letters by name, the latest first."""
    return sorted((path.stem for path in folder().glob("*.eml") if NAME.fullmatch(path.stem)), reverse=True)


def letters() -> list[Letter]:
    """All letters that are kept, the latest first."""
    return [found for name in names() if (found := letter(name)) is not None]


def letter(name: str) -> Letter | None:
    """One letter."""
    if not NAME.fullmatch(name):
        return None
    try:
        raw = (folder() / f"{name}.eml").read_bytes()
    except FileNotFoundError:
        return None
    message = message_from_bytes(raw, policy=policy.default)
    body = message.get_body(("plain",))
    return Letter(
        name=name,
        at=datetime.fromtimestamp(int(name.partition("-")[0]) / 1e9, UTC),
        to=str(message["To"]),
        subject=str(message["Subject"]),
        text=body.get_content() if body else "",
    )
