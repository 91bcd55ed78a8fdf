"""What each kind of change is called, and what is said about chosen accounts that it leaves alone."""

from channels.models import BulkChange

What, How = BulkChange.What, BulkChange.How

LABELS = {
    What.OWNER: "Set the owner",
    What.AUDIENCE: "Set an audience",
    What.MARKET: "Set a market",
    What.OBJECTIVE: "Link an objective",
    What.STATUS: "Set the status",
    What.TAG: "Set a tag",
    What.CONTACT: "Name a contact",
    What.HOLDER: "Name a holder",
}
"""What can be done with many accounts, as a choice offers it."""


def staying(change: BulkChange, *, same: int, retired: int = 0, away: int = 0) -> list[str]:
    """The end of a sentence for each reason. away: left the map or those departments since they were chosen."""
    return [
        f"{count:,} {one if count == 1 else many}"
        for count, one, many in [
            (same, *of_the_same(change)),
            (
                retired,
                "is retired, so its keys are handed in and nobody is named",
                "are retired, so their keys are handed in and nobody is named",
            ),
            (
                away,
                "is gone, or no longer run by a department that you answer for",
                "are gone, or no longer run by departments that you answer for",
            ),
        ]
        if count
    ]


def of_the_same(change: BulkChange) -> tuple[str, str]:
    """What is said about one account, or several, that say already what is to be set."""
    if change.what == What.HOLDER:
        said = f"{change.label} already{' as the first to ask' if change.how == How.ONLY else ''}"
        return f"names {said} and stays as it is", f"name {said} and stay as they are"
    if change.what == What.CONTACT and change.how == How.ADD:
        return "names one already and stays as it is", "name one already and stay as they are"
    return "says so already and stays as it is", "say so already and stay as they are"


def left_alone(change: BulkChange) -> list[str]:
    """Of a change that was made. One from before the reasons were counted says what it was then."""
    left = {name: int(change.left.get(name, 0)) for name in ("retired", "away")}
    return staying(change, same=max(change.position - change.changed - sum(left.values()), 0), **left)
