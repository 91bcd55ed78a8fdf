"""Facts for the engine: what counts today, by the order of names that the method sorts by."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from orgmap.reports.engine import Organisation
from orgmap.reports.engine.arrays import Flags, Ints, Ragged, grouped, ragged, take
from orgmap.reports.engine.catalogue import Tree
from orgmap.reports.engine.layout import Reader, named
from orgmap.reports.engine.organisation import Accounts, Objectives
from orgmap.reports.engine.reading import identified
from orgmap.reports.facts.columns import STATUSES, AccountFacts, ObjectiveFacts, Records, picked

ACTIVE, DORMANT = STATUSES.index("active"), STATUSES.index("dormant")
TENS = 10 ** np.arange(1, 19)


def organisation_of(head: Mapping[str, Any], accounts: AccountFacts, objectives: ObjectiveFacts) -> Organisation:
    """The organisation that the engine computes with. Raises MalformedOrganisation, where the policy is."""
    reader = Reader(head)
    active = np.array([reader.active.get(row["id"], -1) for row in head["departments"]], dtype=np.int64)
    codes = {part: [row["id"] for row in head["catalogue"][part]] for part in head["catalogue"]}
    today = reader.as_of.toordinal()
    live = (
        objectives.active
        & (objectives.starts <= today)
        & ((objectives.ends == 0) | (objectives.ends >= today))
        & has_any(objectives.departments, active >= 0)
    )
    visible = picked(accounts, by_name(accounts.id, (accounts.status == ACTIVE) | (accounts.status == DORMANT)))
    order = by_name(objectives.id, live)
    wanted = picked(objectives, order)
    ids = tuple(map(str, wanted.id.tolist()))
    reader.objective_ids = {*map(str, objectives.id.tolist())}
    position = {key: at for at, key in enumerate(ids)}
    ties = tuple(reader.tie(*row, position) for row in identified(head["ties"], "ties"))
    platforms = named(used(visible.platform, codes["platforms"]), *(tie.platforms for tie in ties))
    benefits = named(used(wanted.benefit, codes["benefits"]), *(tie.benefits for tie in ties))
    served = np.full(len(objectives), -1, dtype=np.int64)
    served[order] = np.arange(len(order))
    return reader.organisation(
        platforms,
        benefits,
        Accounts(
            ids=tuple(map(str, visible.id.tolist())),
            handles=tuple(visible.handle),
            platform=places_in(platforms, codes["platforms"])[visible.platform],
            objectives=mapped(visible.objectives, served, len(ids)),
            last_post=visible.last_post,
            marked_dormant=visible.status == DORMANT,
            contact=said(visible.contact),
            listening=np.zeros(len(visible), dtype=bool),
            gets=said(visible.gets),
            **places(visible, reader, active, codes),
        ),
        Objectives(
            ids=ids,
            benefit=places_in(benefits, codes["benefits"])[wanted.benefit],
            **places(wanted, reader, active, codes),
        ),
        ties,
    )


def places(records: Records, reader: Reader, active: Ints, codes: Mapping[str, list[str]]) -> dict[str, Any]:
    """Owners, audiences and markets of records, as the engine counts them."""
    owners = records.departments.kept(active[records.departments.values] >= 0)
    return {
        "owners": Ragged(owners.starts, active[owners.values]),
        "audiences": leaves(records.audiences, reader.catalogue.audiences, codes["audiences"]),
        "markets": leaves(records.markets, reader.catalogue.markets, codes["markets"], everywhere=True),
        "by_default": records.by_default,
    }


def leaves(lists: Ragged, tree: Tree, codes: list[str], *, everywhere: bool = False) -> Ragged:
    """The leaves that each list of categories means; an empty list means all of them, where that is said."""
    count, below = len(tree.leaves), [tree.below[code] for code in codes]
    if everywhere:
        below.append(tuple(range(count)))
        empty = np.flatnonzero(lists.lengths == 0)
        lists = Ragged(
            lists.starts + np.concatenate(([0], np.cumsum(lists.lengths == 0))),
            np.insert(lists.values, lists.starts[empty], len(codes)),
        )
    rows = take(ragged(below), lists.values)
    return grouped(lists.rows[rows.rows] * max(count, 1) + rows.values, len(lists), count)


def mapped(lists: Ragged, to: Ints, width: int) -> Ragged:
    """Lists of positions as those of other positions, ascending; -1 is left out."""
    values, rows = to[lists.values], lists.rows
    return grouped(rows[values >= 0] * max(width, 1) + values[values >= 0], len(lists), width)


def by_name(ids: Ints, which: Flags) -> Ints:
    """The records flagged, in the order of their ids as texts: by their digits from the left, the shorter one first."""
    chosen = np.flatnonzero(which)
    digits = np.searchsorted(TENS, ids[chosen], side="right")
    left = ids[chosen].astype(np.uint64) * np.uint64(10) ** (digits.max(initial=0) - digits).astype(np.uint64)
    return chosen[np.lexsort((digits, left))]


def said(texts: Sequence[str]) -> Flags:
    """(texts,) which of them say anything."""
    return np.fromiter(map(bool, map(str.strip, texts)), dtype=bool, count=len(texts))


def has_any(lists: Ragged, flags: Flags) -> Flags:
    """Which lists hold a value that is flagged."""
    found = np.zeros(len(lists), dtype=bool)
    found[lists.rows[flags[lists.values]]] = True
    return found


def used(positions: Ints, codes: list[str]) -> list[str]:
    """The codes at these positions."""
    return [codes[at] for at in np.unique(positions).tolist()]


def places_in(names: tuple[str, ...], codes: list[str]) -> Ints:
    """(codes,) where each stands among the names, -1 where it does not."""
    at = {name: place for place, name in enumerate(names)}
    return np.array([at.get(code, -1) for code in codes], dtype=np.int64)
