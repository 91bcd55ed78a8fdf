"""What owners disowned: the answers that somebody has to act on, for the account's page and the lead's home."""

from __future__ import annotations

from collections.abc import Sequence

from channels.models import Account, Attestation, Outcome

SHOWN = 20


def answers_to_act_on(accounts: Sequence[int] | None = None) -> tuple[list[Attestation], int]:
    """The latest answers that accounts are not theirs or not needed any more, each with its account, and how many
    there are. Only of these accounts, where some are named. What was confirmed since, retired or given to somebody
    else is no question any more."""
    disowned = Account.objects.disowned()
    if accounts is not None:
        disowned = disowned.filter(pk__in=accounts)
    latest = (
        Attestation.objects.filter(
            account__in=disowned.values("pk"), outcome__in=[Outcome.NOT_OURS, Outcome.NOT_NEEDED]
        )
        .order_by("account", "-pk")
        .distinct("account")
        .values("pk")
    )
    said = Attestation.objects.filter(pk__in=latest).select_related("account__platform", "by", "department")
    found = list(said.order_by("-at", "-pk"))
    return found[:SHOWN], len(found)
