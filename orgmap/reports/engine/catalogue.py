"""The catalogue: trees of audiences and markets with the weights of their leaves, lists of platforms and benefits."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from . import reading
from .arrays import Floats, as_floats
from .errors import MalformedOrganisation
from .reading import short

EVERYWHERE = "*"


@dataclass(frozen=True)
class Tree:
    """Categories by id with their parents; a category means all its leaves. METHOD 1.2."""

    parents: dict[str, str | None]
    weights: dict[str, Fraction]

    @cached_property
    def leaves(self) -> tuple[str, ...]:
        """All leaves, sorted."""
        inner = set(self.parents.values())
        return tuple(sorted(node for node in self.parents if node not in inner))

    @cached_property
    def below(self) -> dict[str, tuple[int, ...]]:
        """The leaves of every category by position, ascending; itself where it is one."""
        found: dict[str, list[int]] = {node: [] for node in self.parents}
        for at, leaf in enumerate(self.leaves):
            node: str | None = leaf
            while node is not None:
                found[node].append(at)
                node = self.parents[node]
        return {node: tuple(leaves) for node, leaves in found.items()}

    @cached_property
    def leaf_weights(self) -> Floats:
        """(leaves,) the weight of each."""
        return as_floats(self.weights[leaf] for leaf in self.leaves)

    def expand(self, categories: Iterable[str]) -> tuple[int, ...]:
        """The leaves that the categories mean together, by position, ascending. Unknown ones mean none."""
        return tuple(sorted({leaf for category in categories for leaf in self.below.get(category, ())}))


@dataclass(frozen=True)
class Catalogue:
    """What records refer to. Platforms and benefits may also be named without standing here."""

    audiences: Tree
    markets: Tree
    platforms: tuple[str, ...]
    benefits: tuple[str, ...]


def catalogue(value: object, path: str = "catalogue") -> Catalogue:
    """Reads the catalogue; one without markets has a single market, `*`."""
    given = reading.mapping(value, path)
    markets = _tree(given.get("markets"), f"{path}.markets")
    if not markets.parents:
        markets = Tree({EVERYWHERE: None}, {EVERYWHERE: Fraction(1)})
    return Catalogue(
        audiences=_tree(given.get("audiences"), f"{path}.audiences"),
        markets=markets,
        platforms=tuple(key for _, key, _ in reading.identified(given.get("platforms"), f"{path}.platforms")),
        benefits=tuple(key for _, key, _ in reading.identified(given.get("benefits"), f"{path}.benefits")),
    )


def known_parents(wanted: dict[str, tuple[str, str]]) -> dict[str, str | None]:
    """Each node's parent, None where the wanted one is unknown or empty.

    wanted: id -> (path of the record, id of the parent or ""). Raises where parents run in a circle.
    """
    parents: dict[str, str | None] = {node: up if up in wanted else None for node, (_, up) in wanted.items()}
    settled: set[str] = set()
    for start in parents:
        trail: dict[str, None] = {}
        node: str | None = start
        while node is not None and node not in settled:
            if node in trail:
                raise MalformedOrganisation(
                    f"{wanted[node][0]}.parent",
                    f"{short(wanted[node][1])} lies below {short(node)} itself: parents run in a circle.",
                )
            trail[node] = None
            node = parents[node]
        settled.update(trail)
    return parents


def _tree(value: object, path: str) -> Tree:
    wanted: dict[str, tuple[str, str]] = {}
    weights: dict[str, Fraction] = {}
    for here, key, row in reading.identified(value, path):
        wanted[key] = (here, reading.text(row, "parent", here))
        weight = row.get("weight")
        weights[key] = Fraction(1) if weight is None else reading.number(weight, f"{here}.weight")
    return Tree(known_parents(wanted), weights)
