"""Objectives, accounts and agreements of a synthetic organisation, as numbers and codes."""

from dataclasses import dataclass, field
from itertools import accumulate
from random import Random

from orgmap.demo.synthetic import words
from orgmap.demo.synthetic.draw import Uneven, some_of, state
from orgmap.demo.synthetic.size import Size
from orgmap.demo.synthetic.tree import Node, tree

PLATFORMS = {root: Uneven(words.platforms_for(root), 0.9) for root in words.AUDIENCE_ROOTS}
BENEFITS = {root: Uneven(words.benefits_for(root), 0.7) for root in words.AUDIENCE_ROOTS}
HANDLES = {"bluesky": "{}.synthetic.example"}
"""How a handle looks where a plain word is none."""
KINDS = {"linkedin": "company"}
"""What an account is where it is no profile."""


@dataclass(slots=True)
class Pursuit:
    """An objective."""

    benefit: str
    owners: list[int]
    audiences: list[str]
    markets: list[str]
    status: str
    since: int
    until: int | None


@dataclass(slots=True)
class Presence:
    """An account. ``post`` and the other days count backwards."""

    platform: str
    handle: str
    name: str
    owners: list[int]
    audiences: list[str]
    markets: list[str]
    objectives: list[int]
    status: str
    post: int | None
    attested: int | None
    opened: int
    has_contact: bool
    keys: int
    followers: int | None


@dataclass(slots=True)
class Agreement:
    """An agreement; of the filters None means any."""

    kind: str
    sides: list[int]
    objectives: list[int]
    audiences: list[str] | None
    platforms: list[str] | None
    status: str
    since: int
    until: int


@dataclass(slots=True)
class Drawn:
    """A whole synthetic organisation."""

    departments: list[Node]
    objectives: list[Pursuit] = field(default_factory=list)
    accounts: list[Presence] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)


def draw(size: Size) -> Drawn:
    """Everything from one seed; each noun has lots of its own, so that a larger number of one leaves others alone."""
    drawn = Drawn(tree(lots_for(size, "departments"), size.departments))
    busy = list(accumulate(0.0 if node.closed else node.busy for node in drawn.departments))
    lots = lots_for(size, "objectives")
    drawn.objectives = [objective(lots, drawn.departments, busy, number) for number in range(size.objectives)]
    lots, taken = lots_for(size, "accounts"), dict[tuple[str, str], int]()
    drawn.accounts = [account(lots, drawn, busy, taken) for _ in range(size.accounts)]
    lots = lots_for(size, "ties")
    drawn.agreements = [agreement(lots, drawn, busy) for _ in range(size.ties)] if size.departments > 2 else []
    return drawn


def lots_for(size: Size, noun: str) -> Random:
    return Random(f"{size.seed} {noun} {size.departments}")  # noqa: S311 - repeatable, nothing secret


def busy_one(lots: Random, nodes: list[Node], busy: list[float]) -> Node:
    return nodes[lots.choices(range(len(nodes)), cum_weights=busy)[0]] if busy[-1] else nodes[0]


def partners(lots: Random, nodes: list[Node], node: Node, count: int) -> list[int]:
    """Other departments: half of the time near in the tree, otherwise anywhere."""
    found: list[int] = []
    for _ in range(4 * count):
        if len(found) == count:
            break
        reach = 40 if lots.random() < 0.5 else len(nodes)
        other = min(max(node.number + lots.randint(-reach, reach), 0), len(nodes) - 1)
        if other != node.number and other not in found and not nodes[other].closed:
            found.append(other)
    return found


def objective(lots: Random, nodes: list[Node], busy: list[float], number: int) -> Pursuit:
    node = busy_one(lots, nodes, busy)
    node.objectives.append(number)
    root = lots.choice(list(node.ground))
    joint = partners(lots, nodes, node, lots.randint(1, 2)) if lots.random() < 0.04 else []
    since = lots.randint(10, 400)
    return Pursuit(
        benefit=BENEFITS[root].one(lots),
        owners=[node.number, *joint],
        audiences=some_of(lots, node.ground[root], 1, 2) if lots.random() < 0.94 else [],
        markets=some_of(lots, node.markets, 1, 11),
        status=state(lots, {"active": 0.85, "achieved": 0.08, "dropped": 0.04, "draft": 0.03}),
        since=since,
        until=None
        if lots.random() < 0.1
        else lots.randint(5, 400)
        if lots.random() < 0.95
        else -lots.randint(1, since),
    )


def account(lots: Random, drawn: Drawn, busy: list[float], taken: dict[tuple[str, str], int]) -> Presence:
    nodes = drawn.departments
    node = busy_one(lots, nodes, busy)
    root = lots.choice(list(node.ground))
    platform = PLATFORMS[root].one(lots)
    stem = "".join(part for part in node.name.split(" ")[-1].lower() if part.isalnum())[:11]
    taken[platform, stem] = turn = taken.get((platform, stem), 0) + 1
    owned = lots.random()
    status = state(lots, {"active": 0.86, "dormant": 0.08, "retired": 0.04, "planned": 0.02})
    idle = lots.randint(95, 900) if status in {"dormant", "retired"} else int(lots.expovariate(1 / 35))
    opened = idle + lots.randint(30, 3000)
    return Presence(
        platform=platform,
        handle=HANDLES.get(platform, "{}").format(stem if turn == 1 else f"{stem}{turn}"),
        name=f"{node.name} on {platform}",
        owners=[]
        if owned < 0.015
        else [node.number, *(partners(lots, nodes, node, lots.randint(1, 2)) if owned > 0.95 else [])],
        audiences=some_of(lots, node.ground[root], 1, 3) if lots.random() < 0.92 else [],
        markets=some_of(lots, node.markets, 1, 11) if lots.random() < 0.995 else [],
        objectives=some_of(lots, node.objectives, 1, 2) if node.objectives and lots.random() < 0.7 else [],
        status=status,
        post=None if status == "planned" or lots.random() < 0.08 else idle,
        attested=lots.randint(0, 400) if lots.random() < 0.6 else None,
        opened=opened,
        has_contact=lots.random() < 0.93,
        keys=lots.choice((0, 1, 1, 1, 2, 2)),
        followers=int(lots.lognormvariate(7, 1.8)) if lots.random() < 0.9 else None,
    )


def agreement(lots: Random, drawn: Drawn, busy: list[float]) -> Agreement:
    nodes = drawn.departments
    node = busy_one(lots, nodes, busy)
    kind = state(lots, {"hand_off": 0.35, "working_group": 0.5, "liaison": 0.15})
    crowd = kind == "working_group" and lots.random() < 0.03
    others = 1 if kind != "working_group" else lots.randint(10, 40) if crowd else lots.randint(3, 6)
    sides = [node.number, *partners(lots, nodes, node, others)]
    scope = 1.0 if crowd else lots.random()
    objectives = some_of(lots, node.objectives, 1, 2) if scope < 0.3 else []
    by_filter = not objectives and scope < 0.85
    since = lots.randint(10, 500)
    return Agreement(
        kind=kind,
        sides=sides,
        objectives=objectives,
        audiences=some_of(lots, [leaf for leaves in node.ground.values() for leaf in leaves], 1, 4)
        if by_filter
        else None,
        platforms=some_of(lots, [*words.EVERYWHERE, *words.ELSEWHERE[:3]], 1, 4)
        if by_filter and lots.random() < 0.3
        else None,
        status=state(lots, {"active": 0.85, "proposed": 0.08, "ended": 0.05, "declined": 0.02})
        if len(sides) > 1
        else "ended",
        since=since,
        until=lots.randint(5, 300) if lots.random() < 0.95 else -lots.randint(0, since),
    )
