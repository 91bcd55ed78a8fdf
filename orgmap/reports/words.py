"""How figures read."""

from typing import Any, NamedTuple

from orgmap.reports.doors import FINEST
from orgmap.reports.models import Level

QUADRANTS = {
    "left_right_hand": ("Left hand, right hand", "they meet the same people, and too little of it is agreed"),
    "aligned": ("Aligned", "they meet the same people and have agreed who does what"),
    "bridged": ("Bridged", "they meet few of the same people and work together all the same"),
    "independent": ("Independent", "they meet few of the same people and have agreed nothing; there is no need to"),
}
"""What the four kinds of pairs are called, and what that means."""

PAIR_ACTIONS = {
    "one_owner": "Consider one owner: this is the same territory.",
    "joint_objective": "Make what both pursue one joint objective.",
    "hand_off": "Agree a hand-off: who answers whom, where.",
}

ACTIONS = {
    "retire": ("Retire", "dormant, and they serve no objective"),
    "revive_or_retire": ("Revive or retire", "dormant, though an objective counts on them"),
    "merge": ("Merge", "awake, and another account does all they do; dormant ones of the kind stand above"),
    "fix_duplicate": ("Put right", "the same handle is registered twice"),
    "check_lookalike": ("Check", "handles so alike that one may be an impostor or a stray"),
    "name_owner": ("Name an owner or a contact", "nobody answers for them"),
    "place": ("Say for whom", "no audience is known"),
    "give_objective": ("Give an objective", "nobody has said why they exist"),
    "borrow_channel": ("Lend an account", "objectives without a channel, whose people an account reaches already"),
    "open_channel": ("Open an account", "objectives without a channel, whose people no account reaches"),
    "split_group": ("Split", "groups too large to work"),
    "focus_tie": ("Give a subject", "agreements about nothing in particular"),
    "one_owner": ("Consider one owner", "pairs that stand on the same territory"),
    "joint_objective": ("Join objectives", "pairs that pursue the same for the same people, apart"),
    "hand_off": ("Agree a hand-off", "pairs that meet the same people"),
    "benefit_gap": ("Ask who wants it", "benefits that nobody pursues"),
    "benefit_declared": ("Staff it", "benefits that somebody wants and nobody works for"),
}
"""Next steps and what they are about."""

CLEAN_UP = (
    "retire", "revive_or_retire", "merge", "fix_duplicate", "check_lookalike", "name_owner", "place", "give_objective",
    "borrow_channel", "open_channel", "split_group", "focus_tie",
)  # fmt: skip
"""The clean-up list, in its order."""

ACCOUNTS = "channels:account_list"
BENEFITS = {
    "gap": ("Open", "nobody pursues it"),
    "declared": ("Wanted", "somebody pursues it, and no account works for it"),
    "single": ("Hangs on one", "one unit alone pursues it"),
    "shared": ("Shared", "several units pursue it, and accounts work for it"),
}
"""How far a benefit is pursued."""

COMPLETENESS = {
    "departments_registered": "of the departments have an account or an objective in a known place",
    "units_registered": "of the units compared have one",
    "accounts_placed": "of the accounts say whom they are for",
    "accounts_placed_by_default": "more have it by default of their department",
    "accounts_with_objective": "serve an objective",
    "accounts_with_contact": "have a contact",
    "accounts_with_activity": "have a known last post",
    "objectives_placed": "of the objectives say whom they are for",
    "objectives_placed_by_default": "of the objectives have it by default of their department",
}
"""What is known: the words behind the share."""


class Known(NamedTuple):
    """What the list behind such a share is called: of records that have it, and that lack it; and where many of those
    can be seen to at once."""

    noun: str
    there: str
    lacking: str
    page: str = ""
    query: str = ""


def _accounts(there: str, lacking: str, query: str = "") -> Known:
    running = f"?{query}&status=active&status=dormant" if query else ""
    return Known("account", f"Accounts that {there}", f"Accounts {lacking}" if lacking else "", ACCOUNTS, running)


KNOWN = {
    "departments_registered": Known(
        "department",
        "Departments with an account or an objective in a known place",
        "Departments without an account or an objective in a known place",
    ),
    "units_registered": Known(
        "unit",
        "Units with an account or an objective in a known place",
        "Units without an account or an objective in a known place",
    ),
    "accounts_placed": _accounts(
        "say themselves whom they are for", "of which nobody says whom they are for", "missing=audience"
    ),
    "accounts_placed_by_default": _accounts("take whom they are for from their department", ""),
    "accounts_with_objective": _accounts(
        "serve an objective that runs", "that serve no objective that runs", "missing=objective"
    ),
    "accounts_with_contact": _accounts("have a contact", "without a contact", "missing=contact"),
    "accounts_with_activity": _accounts(
        "have a known last post, or are known to be dormant", "whose last post nobody knows", "missing=activity"
    ),
    "objectives_placed": Known(
        "objective", "Objectives that say whom they are for", "Objectives that do not say whom they are for"
    ),
    "objectives_placed_by_default": Known(
        "objective", "Objectives that take whom they are for from their department", ""
    ),
    "accounts": _accounts("the figures are computed from", ""),
}
"""The lists behind them. Accounts are those that people can meet: active and dormant ones."""


def at(level: Level) -> str:
    """A level as addresses write it."""
    return FINEST if level.level is None else str(level.level)


def level_name(level: Level, levels: list[Level]) -> str:
    """A level as people say it."""
    if level.level is None:
        return "every department"
    single_root = levels[0].level == 1 and levels[0].units == 1
    if level.level == 1:
        return "the whole organisation" if single_root else "divisions"
    if level.level == 2 and single_root:
        return "divisions"
    return f"level {level.level}"


def several(name: str) -> str:
    """Units of a level as a sentence has them."""
    return "departments" if name == "every department" else f"units of {name}" if name.startswith("level ") else name


def units(level: Level, levels: list[Level]) -> str:
    """How many units a level compares, and which."""
    name = level_name(level, levels)
    if level.level is None:
        return f"{level.units} departments"
    return f"{level.units} {name}" if name == "divisions" else f"{level.units} units of {name}"


def switch(levels: list[Level], here: Level) -> list[dict[str, Any]]:
    """The levels between which a page can be switched: those that compare anything, and the one it stands on."""
    return [
        {"at": at(one), "name": level_name(one, levels), "units": one.units, "here": one == here}
        for one in levels
        if one.units > 1 or one == here
    ]


MOSTLY = 0.5
"""Where fewer of the departments or accounts have a known place, a headline is followed by a sentence that says so."""


def completeness(known: dict[str, Any]) -> list[dict[str, Any]]:
    """What the map knows, as rows: key, share, and words."""
    return [
        {"key": key, "share": known[key], "words": said}
        for key, said in COMPLETENESS.items()
        if known.get(key) is not None
    ]


def lacking(known: dict[str, Any]) -> list[dict[str, Any]]:
    """What a headline has to be read with: the rows of completeness that say how little is placed. Mostly none."""
    few = {"departments_registered"} if (known.get("departments_registered") or 0) < MOSTLY else set()
    placed = [known.get(key) or 0 for key in ("accounts_placed", "accounts_placed_by_default")]
    if sum(placed) < MOSTLY:
        few |= {"accounts_placed", "accounts_placed_by_default"}
    return [row for row in completeness(known) if row["key"] in few and known.get("accounts_placed") is not None]
