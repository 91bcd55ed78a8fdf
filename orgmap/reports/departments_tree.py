"""The organisation's tree with what each department has, itself and with all below.

The shape of the whole tree is a few numbers a department and is kept until something changes; names and the other
counts are read for the departments that are drawn.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

from django.core.cache import cache
from django.db import connection
from django.db.models import QuerySet
from django.utils.safestring import SafeString

from departments.models import Department
from orgmap.core.templatetags.look import icon
from orgmap.history import pulse

WHOLE = 200
"""Up to so many departments the whole tree is drawn; of a larger one two levels at a time."""
LEVELS = 2
KEPT_SECONDS = 60


@dataclass(slots=True)
class Node:
    """A department with its counts. Accounts count for their owner, so that sums are exact."""

    pk: int
    name: str
    slug: str
    acronym: str
    version: int = 0
    head: str = ""
    objectives: int = 0
    ties: int = 0
    accounts: int = 0
    accounts_below: int = 0
    """With its own."""
    depth: int = 1
    children: list["Node"] = field(default_factory=list)
    is_folded: bool = False
    """It has departments below that are not drawn here."""


@dataclass(frozen=True)
class Tree:
    """The active departments by key in the order of their names: the one above each, and its accounts."""

    parents: dict[int, int | None]
    accounts: dict[int, int]

    @property
    def children(self) -> dict[int | None, list[int]]:
        """The departments below each, by name; those at the top below None."""
        found: dict[int | None, list[int]] = defaultdict(list)
        for pk, parent in self.parents.items():
            found[parent if parent in self.parents else None].append(pk)
        return found

    def above(self, pk: int) -> list[int]:
        """The departments above one, from the top."""
        path: list[int] = []
        parent = self.parents[pk]
        while parent in self.parents and parent is not None:
            path.insert(0, parent)
            parent = self.parents[parent]
        return path

    def drawn(self, branch: int | None) -> list[Node]:
        """The whole tree or a branch of it, folded below two levels when the whole would be too much."""
        children = self.children
        roots = children[None] if branch is None else [branch]
        levels = len(self.parents)
        if len(self.parents) > WHOLE:
            levels = LEVELS if len(roots) < WHOLE else 1
        depths = dict.fromkeys(roots, 1)
        level = roots
        for depth in range(2, levels + 2):
            level = [child for pk in level for child in children.get(pk, ())]
            if not level:
                break
            depths |= dict.fromkeys(level, depth)
        nodes = self.nodes(depths)
        below = self.accounts_below(children)
        for pk, depth in depths.items():
            node = nodes[pk]
            node.depth, node.accounts_below = depth, below[pk]
            node.children = [nodes[child] for child in children.get(pk, ()) if child in nodes]
            node.is_folded = pk in children and not node.children
        return [nodes[root] for root in roots]

    def downwards(self, branch: int | None) -> Iterator[int]:
        """Every department of the tree or of a branch before those below it."""
        children = self.children
        return downwards(children[None] if branch is None else [branch], children)

    def accounts_below(self, children: dict[int | None, list[int]]) -> dict[int, int]:
        """How many accounts each department owns with all departments below it."""
        below = {pk: self.accounts.get(pk, 0) for pk in self.parents}
        for pk in reversed(list(downwards(children.get(None, []), children))):
            parent = self.parents[pk]
            if parent in below:
                below[parent] += below[pk]
        return below

    def nodes(self, pks: Iterable[int], *, counted: bool = True) -> dict[int, Node]:
        """What is read of these departments, in one query; without counts only what they are called."""
        with connection.cursor() as cursor:
            cursor.execute(NODES if counted else NAMES, [list(pks)])
            nodes = {row[0]: Node(*row) for row in cursor.fetchall()}
        for pk, node in nodes.items():
            node.accounts = self.accounts.get(pk, 0)
        return nodes


NODES = """
    SELECT department.id, department.name, department.slug, department.acronym, department.version,
        coalesce((SELECT coalesce(nullif(person.name, ''), person.email) FROM departments_membership membership
            JOIN users_user person ON person.id = membership.user_id
            WHERE membership.department_id = department.id AND membership.role = 'head'), ''),
        (SELECT count(*) FROM departments_objectivedepartment side
            JOIN departments_objective objective ON objective.id = side.objective_id
            WHERE side.department_id = department.id AND objective.status = 'active'),
        (SELECT count(*) FROM departments_tieside side JOIN departments_tie tie ON tie.id = side.tie_id
            WHERE side.department_id = department.id AND tie.status = 'active')
    FROM departments_department department WHERE department.id = ANY(%s)
"""
NAMES = "SELECT id, name, slug, acronym FROM departments_department WHERE id = ANY(%s)"


def tree(departments: QuerySet[Department]) -> Tree:
    """The shape of these departments. Three queries, whatever their number; one while nothing changes."""
    shape = departments.order_by("name", "pk").values_list("pk", "parent_id")
    beat = pulse.beat()
    key = f"reports.departments_tree:{hash(str(shape.query))}"
    kept = cache.get(key)
    if kept and kept[0] == beat:
        return Tree(*kept[1:])
    found = Tree(dict(shape), owned())
    if len(found.parents) > WHOLE:
        cache.set(key, (beat, found.parents, found.accounts), KEPT_SECONDS)
    return found


def owned() -> dict[int, int]:
    """How many accounts each department owns."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT department_id, count(*) FROM channels_accountdepartment WHERE position = 0 GROUP BY department_id"
        )
        return dict(cursor.fetchall())


def downwards(roots: Iterable[int], children: dict[int | None, list[int]]) -> Iterator[int]:
    """Every department before those below it."""
    waiting = list(roots)[::-1]
    while waiting:
        pk = waiting.pop()
        waiting.extend(reversed(children.get(pk, ())))
        yield pk


def markup(roots: Sequence[Node], *, movable: bool) -> SafeString:
    """The list of these departments and those below, as HTML. Plain strings: they are hundreds.

    ``movable``: each can be dragged onto another one.
    """
    return SafeString("".join(_markup(root, icon("chevron-right"), movable) for root in roots))


def _markup(node: Node, chevron: str, movable: bool) -> str:
    name, more, below, drag = escape(node.name), "", "", ""
    if movable:
        drag = f' draggable="true" data-department="{node.slug}" data-version="{node.version}"'
    if node.is_folded:
        more = (
            f'<a class="small" href="?branch={node.slug}" hx-get="?branch={node.slug}" hx-target="#department_tree"'
            f' hx-push-url="true">open this branch<span class="visually-hidden">: {name}</span></a>'
        )
    if node.children:
        inside = "".join([_markup(child, chevron, movable) for child in node.children])
        below = (
            f'<details{" open" if node.depth < 3 else ""}><summary>{chevron}<span class="visually-hidden">Departments'
            f" below {name}</span></summary><ul>{inside}</ul></details>"
        )
    acronym = f' <span class="muted">{escape(node.acronym)}</span>' if node.acronym else ""
    head = f'<span class="muted small">{escape(node.head) or "no head yet"}</span>'
    whole = f" of {node.accounts_below:,}" if node.accounts_below != node.accounts else ""
    counts = (
        _count(f"{node.accounts:,}{whole}", node.accounts_below, "account")
        + _count(f"{node.objectives:,}", node.objectives, "objective")
        + _count(f"{node.ties:,}", node.ties, "agreement")
    )
    return (
        f'<li><div class="node{"" if node.children else " leaf"}"{drag}>'
        f'<a href="/departments/{node.slug}/">{name}</a>{acronym}{head}'
        f'<span class="small counts">{counts}</span>{more}</div>{below}</li>'
    )


def _count(text: str, number: int, noun: str) -> str:
    return f'<span class="count">{text} <span class="muted">{noun}{"" if number == 1 else "s"}</span></span>'
