"""From an agency's contract to the account's last day."""

from __future__ import annotations

from datetime import date

from channels.audit.facts import Account, Detail, Given
from channels.audit.rule import Rule, count, day, days, days_since


def contract_ended(account: Account, given: Given) -> Detail | None:
    """A running account whose agency's contract is over."""
    ends = account.contract_ends_on
    if not account.is_running or not account.agency.strip() or ends is None or ends >= given.today:
        return None
    return {"agency": account.agency, "ends_on": ends.isoformat()}


def contract_ending(account: Account, given: Given) -> Detail | None:
    """A running account whose agency's contract ends soon; on its last day it still does."""
    ends = account.contract_ends_on
    if not account.is_running or not account.agency.strip() or ends is None:
        return None
    if not 0 <= (ends - given.today).days <= given.values["contract-ending"]["days"]:
        return None
    return {"agency": account.agency, "ends_on": ends.isoformat()}


def says_contract_ending(detail: Detail, today: date) -> str:
    left = (date.fromisoformat(detail["ends_on"]) - today).days
    when = "today" if left == 0 else f"in {count(left, 'day')}"
    return f"The contract with {detail['agency']}, which runs it, ends on {day(detail['ends_on'])}, {when}."


def contract_without_end(account: Account, given: Given) -> Detail | None:
    """A running account that an agency runs, nobody knows for how long."""
    if account.is_running and account.agency.strip() and account.contract_ends_on is None:
        return {"agency": account.agency}
    return None


def never_attested(account: Account, given: Given) -> Detail | None:
    """A running account that nobody ever confirmed."""
    return {} if account.is_reachable and account.last_attested_on is None else None


AFTER_BREAK = 30
"""Days in which an owner confirms anew what somebody else has changed: the rhythm of its letters."""
BROKEN = {"owner": "its owner", "holders": "who holds its keys", "objective": "its objective"}


def attestation_overdue(account: Account, given: Given) -> Detail | None:
    """A running account that was confirmed too long ago, or that somebody else changed since, over a month ago."""
    last, limit = account.last_attested_on, given.values["attestation-overdue"]["days"]
    if not account.is_reachable or last is None:
        return None
    if (given.today - last).days > limit:
        return {"attested_on": last.isoformat(), "limit": limit}
    broken = account.broken_on
    if broken is None or (given.today - broken).days <= AFTER_BREAK:
        return None
    return {"attested_on": last.isoformat(), "broken_on": broken.isoformat(), "what": account.broken_what}


def says_attestation_overdue(detail: Detail, today: date) -> str:
    last = detail["attested_on"]
    if broken := detail.get("broken_on"):
        what = BROKEN.get(detail["what"], "it")
        return (
            f"Last confirmed on {day(last)}; somebody else changed {what} on {day(broken)}, "
            f"{days_since(broken, today)} ago, and nobody has confirmed it since."
        )
    return (
        f"Last confirmed on {day(last)}, {days_since(last, today)} ago; that holds for {count(detail['limit'], 'day')}."
    )


def platform_gone(account: Account, given: Given) -> Detail | None:
    """A running account on a platform that no longer exists."""
    return {"platform": account.platform_name} if account.is_running and account.is_past else None


def retired_not_closed(account: Account, given: Given) -> Detail | None:
    """A retired account that posted afterwards, or whose keys were not handed in in time."""
    retired, grace = account.retired_on, given.values["retired-not-closed"]["days"]
    if account.status != "retired" or retired is None:
        return None
    posted = account.last_post_on is not None and account.last_post_on > retired
    held = account.holders.named if (given.today - retired).days > grace else 0
    if not posted and not held:
        return None
    return {
        "retired_on": retired.isoformat(),
        "posted_on": account.last_post_on.isoformat() if posted and account.last_post_on else "",
        "holders": held,
    }


def says_retired_not_closed(detail: Detail, today: date) -> str:
    parts = [f"it posted on {day(detail['posted_on'])}"] if detail["posted_on"] else []
    if held := detail["holders"]:
        parts.append(f"{count(held, 'person', 'people')} still {'holds' if held == 1 else 'hold'} its keys")
    return f"It was retired on {day(detail['retired_on'])}, but {' and '.join(parts)}."


RULES = (
    Rule(
        "contract-ended",
        "account",
        "high",
        "Agency's contract has ended",
        "Outsiders without a contract speak in our name.",
        "Renew the contract and enter its end, or take the keys back.",
        contract_ended,
        lambda detail, today: (
            f"The contract with {detail['agency']}, which runs it, ended on {day(detail['ends_on'])}, "
            f"{days_since(detail['ends_on'], today)} ago."
        ),
    ),
    Rule(
        "contract-ending",
        "account",
        "medium",
        "Agency's contract ends soon",
        "Handing over keys, drafts and people's trust takes weeks.",
        "Decide now: renew, or name who takes over.",
        contract_ending,
        says_contract_ending,
        (days("days", "Days before the end", 60, 7, 365, 30, 60, 90, 180),),
    ),
    Rule(
        "contract-without-end",
        "account",
        "low",
        "Agency without a contract's end",
        "Nobody is warned before the agency stops.",
        "Enter the day on which the contract ends.",
        contract_without_end,
        lambda detail, today: f"{detail['agency']} runs it; nobody entered until when.",
    ),
    Rule(
        "never-attested",
        "account",
        "medium",
        "Never confirmed",
        "The map is as good as somebody's word that it still holds.",
        "Ask its owner to confirm it: still ours, still needed, who holds the keys.",
        never_attested,
        lambda detail, today: "Nobody has confirmed yet that it is ours and still needed.",
    ),
    Rule(
        "attestation-overdue",
        "account",
        "medium",
        "Confirmation is overdue",
        "People, purposes and keys change within half a year.",
        "Ask its owner to confirm it: still ours, still needed, who holds the keys.",
        attestation_overdue,
        says_attestation_overdue,
        (days("days", "Days that a confirmation holds", 180, 30, 730, 90, 180, 270, 365),),
    ),
    Rule(
        "platform-gone",
        "account",
        "medium",
        "Platform no longer exists",
        "It leads visitors nowhere, and hides how many accounts there really are.",
        "Retire it, and name the account that took its place.",
        platform_gone,
        lambda detail, today: f"{detail['platform']} has closed; nobody can be met there.",
    ),
    Rule(
        "retired-not-closed",
        "account",
        "high",
        "Retired but not closed",
        "An account that is off the map but not off the platform speaks for us while nobody looks.",
        "Take the keys back, say there where to turn, and keep the handle.",
        retired_not_closed,
        says_retired_not_closed,
        (days("days", "Days to hand the keys in", 30, 0, 365, 0, 30, 60, 90),),
    ),
)
