"""The departments of a synthetic organisation: a tree, and the ground that each of them works."""

from dataclasses import dataclass, field
from random import Random

from departments.models import Process
from orgmap.demo.synthetic import words
from orgmap.demo.synthetic.draw import Uneven, some_of

WORKS = {
    Process.CUSTOMER_SERVICE: "Customer care",
    Process.MARKETING: "Marketing",
    Process.SALES: "Sales",
    Process.OPERATIONS: "Operations",
    Process.HUMAN_RESOURCES: "Human resources",
    Process.PRODUCT: "Product",
    Process.PUBLIC_RELATIONS: "Press office",
    Process.BRAND: "Brand",
    Process.IT: "IT",
    Process.RESEARCH: "Research",
    Process.DEVELOPMENT: "Development",
    Process.ACCOUNTING: "Accounting",
    Process.LEGAL: "Legal",
}


@dataclass(slots=True)
class Node:
    """A department: its number, the ground it works (audiences and markets), and how busy it is."""

    number: int
    parent: int | None
    depth: int
    name: str
    slug: str
    process: str
    ground: dict[str, list[str]]
    """The audiences it works, below their roots."""
    markets: list[str]
    busy: float
    closed: bool = False
    has_head: bool = False
    takes_default: bool = False
    objectives: list[int] = field(default_factory=list)

    @property
    def default_audience(self) -> str | None:
        """What its accounts are for unless they say so."""
        return next(iter(self.ground.values()))[0] if self.takes_default else None


def ground(lots: Random, roots: Uneven[str]) -> dict[str, list[str]]:
    """One to three kinds of people, and most of the segments of each."""
    leaves = words.audience_codes()
    return {root: some_of(lots, leaves[root], 2, 6) for root in roots.some(lots, lots.randint(1, 3))}


def tree(lots: Random, count: int) -> list[Node]:
    """Departments from the root down: 8 to 12 divisions, then 5 to 12 below each, until there are enough."""
    roots = Uneven(words.AUDIENCE_ROOTS, 0.6)
    markets = Uneven([leaf for leaves in zip(*words.market_codes().values(), strict=True) for leaf in leaves], 0.4)
    works = Uneven(list(WORKS), 0.7)
    names = words.place_names(lots, count)
    nodes: list[Node] = []
    parents = iter(nodes)
    parent: Node | None = None
    left = 0
    for number in range(count):
        if number and not left:
            parent = next(parents)
            left = lots.randint(8, 12) if parent.parent is None else lots.randint(5, 12)
        left -= 1 if number else 0
        work = works.one(lots)
        depth = parent.depth + 1 if parent else 1
        nodes.append(
            Node(
                number=number,
                parent=parent.number if parent else None,
                depth=depth,
                name=f"{WORKS[work]} {names[number]}" if parent else f"{names[number]} Group",
                slug=f"{work}-{names[number]}".lower().replace(" ", "-").replace("_", "-") if parent else "synthetic",
                process=work if parent else Process.LEADERSHIP,
                ground=ground(lots, roots),
                markets=markets.some(lots, lots.randint(4, 16)),
                busy=lots.lognormvariate(0, 0.7),
                closed=depth > 2 and lots.random() < 0.02,
                has_head=number == 1 or lots.random() < 0.7,
                takes_default=lots.random() < 0.2,
            )
        )
    for node in nodes:
        if node.parent is not None and nodes[node.parent].closed:
            node.closed = True
    return nodes
