"""A large made-up organisation in the plain layout: same numbers in, same organisation out."""

import random
from typing import Any

DAY = "2026-11-22"
PLATFORMS = [f"p{number:02}" for number in range(12)]


def organisation(
    departments: int, accounts: int | None = None, objectives: int | None = None, ties: int | None = None, seed: int = 1
) -> dict[str, Any]:
    """20 accounts, 10 objectives and one declared tie per department unless told otherwise; 40 x 30 leaf places."""
    dice = random.Random(seed)
    accounts = departments * 20 if accounts is None else accounts
    objectives = departments * 10 if objectives is None else objectives
    ties = departments if ties is None else ties
    audiences = [f"a{group}{leaf}" for group in range(8) for leaf in range(5)]
    markets = [f"m{region}{leaf}" for region in range(5) for leaf in range(6)]
    benefits = [f"B{number:02}" for number in range(1, 16)]
    units = [f"d{number:05}" for number in range(departments)]
    home = [dice.randrange(40) for _ in units]
    return {
        "as_of": DAY,
        "policy": {},
        "catalogue": {
            "audiences": [{"id": f"a{group}"} for group in range(8)]
            + [{"id": leaf, "parent": leaf[:2]} for leaf in audiences],
            "markets": [{"id": f"m{region}"} for region in range(5)]
            + [{"id": leaf, "parent": leaf[:2]} for leaf in markets],
            "platforms": [{"id": platform} for platform in PLATFORMS],
            "benefits": [{"id": benefit} for benefit in benefits],
        },
        "departments": [
            {"id": unit, "parent": None if at == 0 else units[(at - 1) // 6]} for at, unit in enumerate(units)
        ],
        "accounts": [
            {
                "id": f"x{number:06}",
                "departments": _owners(dice, units, number, 0.12),
                "platform": dice.choice(PLATFORMS),
                "handle": f"{dice.choice(('acme', 'our', 'the'))}{dice.getrandbits(36):x}",
                "audiences": _audiences(dice, audiences, home[number % departments]),
                "markets": [] if dice.random() < 0.02 else dice.sample(markets, dice.choice((1, 2, 3, 5))),
                "objectives": [
                    f"o{(number % departments + departments * dice.randrange(10)) % max(objectives, 1):06}"
                    for _ in range(dice.choice((0, 1, 1, 2)))
                ],
                "last_post": None
                if dice.random() < 0.05
                else f"2026-{dice.randrange(5, 12):02}-{dice.randrange(1, 22):02}",
                "contact": "" if dice.random() < 0.1 else "desk@example.com",
            }
            for number in range(accounts)
        ],
        "objectives": [
            {
                "id": f"o{number:06}",
                "departments": _owners(dice, units, number, 0.12),
                "benefit": dice.choice(benefits),
                "audiences": _audiences(dice, audiences, home[number % departments]),
                "markets": [] if dice.random() < 0.02 else dice.sample(markets, dice.choice((1, 2, 3, 5))),
                "ends": dice.choice((None, None, None, "2027-06-30", "2026-06-30")),
            }
            for number in range(objectives)
        ],
        "ties": [_tie(dice, number, units, audiences, objectives) for number in range(ties)],
    }


def _owners(dice: random.Random, units: list[str], number: int, shared: float) -> list[str]:
    first = number % len(units)
    if dice.random() >= shared:
        return [units[first]]
    others = dice.sample(range(len(units)), min(dice.choice((1, 1, 1, 2)), len(units)))
    return [units[first], *(units[other] for other in others)]


def _audiences(dice: random.Random, audiences: list[str], home: int) -> list[str]:
    near = [audiences[(home + step) % len(audiences)] for step in (0, 0, 1, 3, 7, dice.randrange(40))]
    return [dice.choice(near)] if dice.random() < 0.97 else [dice.choice(near)[:2]]


def _tie(dice: random.Random, number: int, units: list[str], audiences: list[str], objectives: int) -> dict[str, Any]:
    size = min(dice.choice((2, 2, 2, 3, 3, 4, 5, 6, 7, 12)), len(units))
    tie: dict[str, Any] = {
        "id": f"t{number:05}",
        "kind": dice.choice(("working_group", "hand_off", "hand_off", "liaison")),
        "departments": dice.sample(units, size),
        "ends": dice.choice((None, "2027-03-31", "2027-03-31", "2026-03-31")),
    }
    about = dice.random()
    if about < 0.4 and objectives:
        tie["objectives"] = [f"o{dice.randrange(objectives):06}" for _ in range(dice.choice((1, 2)))]
    elif about < 0.85:
        tie["audiences"] = dice.sample(audiences, dice.choice((1, 2, 5)))
        if dice.random() < 0.5:
            tie["platforms"] = dice.sample(PLATFORMS, 3)
    return tie
