"""The organisation's tree with what each department has, itself and with all below."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Count, QuerySet

from channels.models import AccountDepartment
from departments.models import Department, Membership, ObjectiveDepartment, TieSide

WHOLE = 200
"""Up to so many departments the whole tree is drawn; of a larger one two levels at a time."""
LEVELS = 2


@dataclass
class Node:
    """A department with its counts. Accounts count for their owner, so that sums are exact."""

    pk: int
    parent: int | None
    name: str
    slug: str
    acronym: str
    version: int
    head: str = ""
    accounts: int = 0
    accounts_below: int = 0
    """With its own."""
    objectives: int = 0
    ties: int = 0
    depth: int = 1
    children: list["Node"] = field(default_factory=list)
    is_folded: bool = False
    """It has departments below that are not drawn here."""


@dataclass(frozen=True)
class Tree:
    """The active departments by key, and those at the top."""

    nodes: dict[int, Node]
    roots: list[Node]

    def path(self, node: Node) -> list[Node]:
        """The departments above one, from the top."""
        above: list[Node] = []
        while node.parent in self.nodes:
            node = self.nodes[node.parent]
            above.insert(0, node)
        return above

    def drawn(self, roots: list[Node]) -> list[Node]:
        """These branches, folded below two levels when the whole would be too much."""
        if len(self.nodes) <= WHOLE:
            return roots
        return [folded(root, LEVELS if len(roots) < WHOLE else 1) for root in roots]


def tree(departments: QuerySet[Department]) -> Tree:
    """All of these departments. Five queries, whatever their number."""
    nodes = {
        row[0]: Node(*row)
        for row in departments.order_by("name", "pk").values_list(
            "pk", "parent_id", "name", "slug", "acronym", "version"
        )
    }
    heads = Membership.objects.filter(role=Membership.Role.HEAD).values_list(
        "department_id", "user__name", "user__email"
    )
    for pk, name, email in heads:
        if pk in nodes:
            nodes[pk].head = name or email
    for pk, count in counted(AccountDepartment.objects.filter(position=0)):
        if pk in nodes:
            nodes[pk].accounts = nodes[pk].accounts_below = count
    for pk, count in counted(ObjectiveDepartment.objects.filter(objective__status="active")):
        if pk in nodes:
            nodes[pk].objectives = count
    for pk, count in counted(TieSide.objects.filter(tie__status="active")):
        if pk in nodes:
            nodes[pk].ties = count
    below: dict[int | None, list[Node]] = defaultdict(list)
    for node in nodes.values():
        below[node.parent if node.parent in nodes else None].append(node)
    for node in nodes.values():
        node.children = below[node.pk]
    roots = below[None]
    for node in reversed(list(downwards(roots))):
        node.accounts_below += sum(child.accounts_below for child in node.children)
    return Tree(nodes, roots)


def counted(
    sides: QuerySet[AccountDepartment] | QuerySet[ObjectiveDepartment] | QuerySet[TieSide],
) -> Iterator[tuple[int, int]]:
    """How many rows each department has."""
    yield from (
        sides.order_by().values("department_id").annotate(count=Count("pk")).values_list("department_id", "count")
    )


def downwards(roots: list[Node]) -> Iterator[Node]:
    """Every node before those below it; says how deep each one stands."""
    waiting = list(reversed(roots))
    while waiting:
        node = waiting.pop()
        for child in node.children:
            child.depth = node.depth + 1
        waiting.extend(reversed(node.children))
        yield node


def folded(node: Node, levels: int) -> Node:
    """A node with as many levels below it; a department at the edge says that there is more."""
    if levels == 0:
        node.is_folded, node.children = bool(node.children), []
    else:
        node.children = [folded(child, levels - 1) for child in node.children]
    return node
