"""Shares of a count."""


def share(part: int, whole: int) -> float | None:
    """part / whole, in [0, 1]; None where there is nothing to share."""
    return part / whole if whole else None
