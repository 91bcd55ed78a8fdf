"""The texts that the lead keeps for letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from channels.letters import OCCASIONS, Letter
from channels.models import LetterText
from orgmap.core.editing import set_fields, take
from orgmap.history.services import because

if TYPE_CHECKING:
    from orgmap.users.models import User


@transaction.atomic
def keep_letter(*, by: User, code: str, letter: Letter) -> None:
    """Keep a text for an occasion; the one that comes with the map needs no row."""
    said: dict[str, object] = {"subject": letter.subject, "text": letter.text}
    own = OCCASIONS[code]
    with because(by=by, reason="the text of a letter"):
        known = LetterText.objects.filter(code=code).first()
        if (letter.subject, letter.text) == (own.subject, own.text):
            if known is not None:
                known.delete()
        elif known is not None:
            set_fields(take(LetterText.objects.all(), known.pk, None), said)
        else:
            kept = LetterText(code=code, **said)
            kept.full_clean()
            kept.save()
