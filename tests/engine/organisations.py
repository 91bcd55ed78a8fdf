"""Small random organisations with every odd corner that the method names."""

import random
from typing import Any

from hypothesis import strategies as st

AUDIENCES = [("all", None), ("buyers", "all"), ("smb", "buyers"), ("press", None), ("fans", "nowhere")]
MARKETS = [("eu", None), ("uk", "eu"), ("de", "eu"), ("us", None)]
PLATFORMS = ["facebook", "x", "youtube"]
BENEFITS = ["B1", "B2", "B3"]
WEIGHTS = [None, None, None, 1, 2, "1/3", 0.25, "3/7", 0]
DAYS = ["2026-08-23", "2026-08-24", "2026-08-25", "2026-11-01", "2026-11-20", "2026-12-24", None]
HANDLES = [
    "@Acme", "acme", "acme_uk", "acmeUK", "acme-us", "acmehelp", "acme.help", "acmehelps", "acnehelp", "ACMEHELP?x=1",
    "https://x.com/acmehelp/", "http://host/a/@acme//", "", "@", "...", "ａｃｍｅ", "uk", "us", None, "https://x.com",
    "\u0430cmehelp", "stra\u00dfe", "strasse", "\U0001f642" * 6, "\U0001f642" * 5 + "\U0001f643", "acme\0help",
]  # fmt: skip


def organisation(dice: random.Random) -> dict[str, Any]:
    """One organisation; about half of them small enough to read."""
    count = dice.choice((1, 2, 3, 4, 5, 7, 9))
    units = [f"d{number}" for number in range(count)]
    objectives = [f"o{number}" for number in range(dice.randrange(7))]
    made = {
        "as_of": "2026-11-22",
        "policy": _policy(dice),
        "catalogue": {
            "audiences": [_node(dice, *node) for node in AUDIENCES[: dice.choice((1, 3, 5))]],
            "markets": [_node(dice, *node) for node in MARKETS[: dice.choice((0, 1, 3, 4))]],
            "platforms": [{"id": platform} for platform in PLATFORMS[:2]],
            "benefits": [{"id": benefit} for benefit in BENEFITS[: dice.choice((0, 1, 2))]],
        },
        "departments": [_department(dice, at, units) for at in range(count)],
        "accounts": [_account(dice, number, units, objectives) for number in range(dice.choice((0, 2, 5, 9, 13)))],
        "objectives": [_objective(dice, key, units) for key in objectives],
        "ties": [_tie(dice, number, units, objectives) for number in range(dice.choice((0, 1, 2, 4, 7)))],
    }
    for key in ("departments", "accounts", "objectives", "ties"):
        dice.shuffle(made[key])
    return made


def crowded(dice: random.Random) -> dict[str, Any]:
    """One organisation whose many departments meet in few places, for few purposes: there are groups to propose."""
    made = organisation(dice)
    units = [f"d{number}" for number in range(dice.choice((5, 8, 12)))]
    objectives = [f"o{number}" for number in range(2 * len(units))]
    flat = dice.random() < 0.5
    made["catalogue"]["audiences"] = [_node(dice, *node) for node in AUDIENCES]
    made["catalogue"]["markets"] = [_node(dice, *node) for node in MARKETS]
    made["departments"] = [
        _department(dice, at, units) | ({"parent": None} if flat else {}) for at in range(len(units))
    ]
    made["accounts"] = [_account(dice, number, units, objectives) for number in range(len(units))]
    made["objectives"] = [_objective(dice, key, units) | {"departments": [dice.choice(units)]} for key in objectives]
    made["ties"] = [_tie(dice, number, units, objectives) for number in range(dice.choice((0, 2, 5)))]
    for record in (*made["accounts"], *made["objectives"]):
        record |= {"audiences": dice.choice((["smb"], ["press"], ["press", "smb"])), "status": "active"}
        record["markets"] = dice.choice((["uk"], ["us"], ["eu"]))
    for key in ("departments", "accounts", "objectives", "ties"):
        dice.shuffle(made[key])
    return made


def seeded(seed: int) -> dict[str, Any]:
    """The organisation of a seed."""
    dice = random.Random(seed)
    return crowded(dice) if dice.random() < 0.4 else organisation(dice)


def organisations() -> st.SearchStrategy[dict[str, Any]]:
    """Random organisations for property tests."""
    return st.integers(0, 2**32 - 1).map(seeded)


def levels() -> st.SearchStrategy[int | None]:
    """Reporting levels."""
    return st.sampled_from((None, None, 1, 2, 3))


def _some(dice: random.Random, names: list[str], most: int = 3) -> list[str]:
    return [dice.choice(names) for _ in range(dice.randrange(most + 1))] if names else []


def _policy(dice: random.Random) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, values in {
        "min_shared": (0, 1, 3, "1/2", 0.5),
        "high_overlap": (0, "1/3", 0.5, 1),
        "high_coverage": (0, 0.25, "2/3", 1),
        "same_territory": (0, "1/2", 1),
        "unscoped_cap": (0, 1, "1/4"),
        "group_min": (0, 2, 4),
        "group_cap": (1, 2, 3, 4),
        "groups_per_department": (0, 1, 2),
        "max_proposals": (0, 1, 9),
        "dormant_days": (0, 30, 400),
        "crowded": (0, 1, 2),
        "lookalike_min_len": (0, 3, 9),
        "kinds": ({"audience": 0}, {"channel": "1/2", "purpose": None}, {"purpose": 0}),
        "strength": ({"liaison": "1/3"}, {"working_group": 0.5, "co_managed": 0}),
    }.items():
        if dice.random() < 0.12:
            made[key] = dice.choice(values)
    return made


def _node(dice: random.Random, key: str, parent: str | None) -> dict[str, Any]:
    return {"id": key, "parent": parent, "weight": dice.choice(WEIGHTS)}


def _department(dice: random.Random, at: int, units: list[str]) -> dict[str, Any]:
    parent = dice.choice([*units[:at], None, "nobody"]) if at else None
    if at and dice.random() < 0.5:
        parent = units[(at - 1) // 2]
    return {"id": units[at], "parent": parent, "status": dice.choice(("active", "active", "active", None, "closed"))}


def _owners(dice: random.Random, units: list[str]) -> list[str]:
    return [dice.choice([*units, *units, "ghost"]) for _ in range(dice.choice((0, 1, 1, 1, 1, 2, 2, 3)))]


def _where(dice: random.Random) -> dict[str, Any]:
    audiences = [name for name, _ in AUDIENCES]
    return {
        "audiences": dice.choice((["all"], ["smb"], ["press"], _some(dice, [*audiences, "aliens"]), None)),
        "markets": dice.choice(
            ([], ["uk"], ["eu"], _some(dice, ["eu", "uk", "de", "us", "mars", "*"]), ["mars"], None)
        ),
        "placed_by": dice.choice((None, None, None, "d0")),
    }


def _account(dice: random.Random, number: int, units: list[str], objectives: list[str]) -> dict[str, Any]:
    return _where(dice) | {
        "id": f"x{number}",
        "platform": dice.choice(PLATFORMS),
        "handle": dice.choice(HANDLES),
        "departments": _owners(dice, units),
        "status": dice.choice(("active", "active", "active", None, "dormant", "planned", "retired")),
        "objectives": _some(dice, [*objectives, *objectives, "wish"], 2),
        "last_post": dice.choice(DAYS),
        "contact": dice.choice(("desk@example.com", "desk@example.com", "", "  ", None)),
    }


def _objective(dice: random.Random, key: str, units: list[str]) -> dict[str, Any]:
    return _where(dice) | {
        "id": key,
        "departments": _owners(dice, units),
        "benefit": dice.choice((*BENEFITS, "B1", "B1", "B1")),
        "starts": dice.choice((None, None, "2026-11-22", "2026-11-23")),
        "ends": dice.choice((None, None, None, "2026-11-22", "2026-11-21")),
        "status": dice.choice(("active", "active", None, "dropped")),
    }


def _tie(dice: random.Random, number: int, units: list[str], objectives: list[str]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": f"t{number}",
        "kind": dice.choice(("working_group", "hand_off", "liaison")),
        "departments": [dice.choice([*units, "ghost"]) for _ in range(dice.choice((1, 2, 2, 3, 4, 9)))],
        "starts": dice.choice((None, None, None, "2026-11-22", "2027-01-01")),
        "ends": dice.choice((None, None, None, "2026-11-22", "2026-11-21")),
        "status": dice.choice(("active", "active", None, "proposed")),
        "objectives": _some(dice, [*objectives, "wish"], 2) if dice.random() < 0.4 else dice.choice(([], None)),
    }
    if dice.random() < 0.5:
        names = {
            "audiences": ["all", "smb", "press", "aliens"],
            "markets": ["eu", "uk", "us", "mars"],
            "platforms": [*PLATFORMS, "telex"],
            "benefits": [*BENEFITS, "B9"],
        }
        for key, values in names.items():
            if dice.random() < 0.4:
                made[key] = _some(dice, values, 2)
    return made
