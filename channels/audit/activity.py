"""Whether anything is still said there."""

from __future__ import annotations

from datetime import date

from channels.audit.facts import Account, Detail, Given
from channels.audit.rule import Rule, count, day, days, days_since


def silent(account: Account, given: Given) -> Detail | None:
    """A running account without a post for longer than the limit, or marked as dormant."""
    if not account.is_reachable:
        return None
    limit, last = given.values["silent"]["days"], account.last_post_on
    is_late = last is not None and (given.today - last).days > limit
    if not is_late and account.status != "dormant":
        return None
    return {
        "last_post_on": last.isoformat() if last else "",
        "limit": limit,
        **({"dormant": True} if account.status == "dormant" else {}),
    }


def says_silent(detail: Detail, today: date) -> str:
    last = detail["last_post_on"]
    if detail.get("dormant"):
        known = (
            f"its last post was on {day(last)}, {days_since(last, today)} ago" if last else "its last post is unknown"
        )
        return f"It is marked as dormant; {known}."
    return f"No post since {day(last)}, {days_since(last, today)}; the limit is {count(detail['limit'], 'day')}."


def quiet(account: Account, given: Given) -> Detail | None:
    """An active account without a post for longer than the first limit, but not yet for longer than that of silence."""
    last = account.last_post_on
    if account.status != "active" or account.is_past or last is None:
        return None
    passed, limit = (given.today - last).days, given.values["quiet"]["days"]
    if not limit < passed <= given.values["silent"]["days"]:
        return None
    return {"last_post_on": last.isoformat(), "limit": limit}


def says_quiet(detail: Detail, today: date) -> str:
    last = detail["last_post_on"]
    return f"No post since {day(last)}, {days_since(last, today)}; to be watched after {count(detail['limit'], 'day')}."


def activity_unknown(account: Account, given: Given) -> Detail | None:
    """An active account of which nobody knows when it posted last."""
    is_unknown = account.is_reachable and account.status == "active" and account.last_post_on is None
    return {} if is_unknown else None


RULES = (
    Rule(
        "silent",
        "account",
        "medium",
        "No post for long",
        "Visitors take silence for indifference, and nobody notices what others write beneath.",
        "Revive it or retire it, and say there where the conversation goes on.",
        silent,
        says_silent,
        (days("days", "Days without a post", 180, 30, 1095, 90, 120, 180, 270, 365),),
    ),
    Rule(
        "quiet",
        "account",
        "low",
        "Going quiet",
        "It is cheaper to revive an account before its readers have left.",
        "Ask its owner what is planned.",
        quiet,
        says_quiet,
        (days("days", "Days without a post", 90, 14, 365, 30, 60, 90, 120),),
    ),
    Rule(
        "activity-unknown",
        "account",
        "low",
        "Activity unknown",
        "An account of which nobody knows whether it posts can be neither kept nor retired with good reason.",
        "Look when it posted last and enter the day, or import a list of figures.",
        activity_unknown,
        lambda detail, today: "Nobody entered when it posted last.",
    ),
)
