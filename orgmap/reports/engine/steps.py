"""Next steps about accounts and objectives: the same at every level. METHOD section 5."""

from collections import Counter
from collections.abc import Iterable
from itertools import chain, product
from typing import Any

from .findings import Findings
from .organisation import Organisation

Row = dict[str, Any]
BORROW_FROM = 50
IDS_OF_A_STEP = 5


def steps(organisation: Organisation, findings: Findings, most: int | None = None) -> tuple[list[Row], dict[str, int]]:
    """The rows, at most so many of each kind (fewer where each names many records), and how many are left out."""
    blocks = findings.blocks
    rows = chain(
        _handles(blocks["duplicates"]),
        _accounts(findings),
        _objectives(blocks["silent_objectives"], organisation),
    )
    if most is None:
        return list(rows), {}
    found: list[Row] = []
    left_out, counts, ids = Counter[str](), Counter[str](), Counter[str]()
    for step in rows:
        action = step["action"]
        ids[action] += len(step["subject"])
        if counts[action] == most or ids[action] > most * IDS_OF_A_STEP:
            left_out[action] += 1
        else:
            counts[action] += 1
            found.append(step)
    return found, dict(left_out)


def row(action: str, subject: Iterable[str], because: Any, value: float | None = None) -> Row:
    """One step."""
    return {"action": action, "subject": list(subject), "because": because, "value": value}


def _handles(duplicates: list[list[str]]) -> Iterable[Row]:
    for kind, first, second in duplicates:
        yield row("fix_duplicate" if kind == "duplicate" else "check_lookalike", (first, second), kind)


def _accounts(findings: Findings) -> Iterable[Row]:
    flags = findings.flags
    dormant = [account for account, flag in flags.items() if flag["dormant"]]
    for account in dormant:
        if flags[account]["no_objective"]:
            yield row("retire", [account], "dormant and serves no objective")
        else:
            yield row("revive_or_retire", [account], "dormant, yet serves an objective")
    for found in findings.blocks["removable"]:
        if not flags[found["account"]]["dormant"]:
            subject = (found["account"], *found["covered_by"])
            yield row("merge", subject, "every place and purpose it serves is already served")
    for account, flag in flags.items():
        if flag["no_objective"] and not flag["dormant"]:
            yield row("give_objective", [account], "serves no objective")
        if flag["orphan"]:
            yield row("name_owner", [account], "no active department or no contact answers for it")
        if flag["unplaced"]:
            yield row("place", [account], "no audience recorded")


def _objectives(silent: list[str], organisation: Organisation) -> Iterable[Row]:
    """A live objective without channel borrows an account that reaches its people, else opens one."""
    here: dict[tuple[str, str], list[str]] = {}
    for account in organisation.visible if silent else ():
        for place in product(account.audiences, account.markets):
            here.setdefault(place, []).append(account.id)
    for key in silent:
        wanted = organisation.objectives[key]
        there = (here.get(place, [])[:BORROW_FROM] for place in product(wanted.audiences, wanted.markets))
        reaching = sorted(set().union(*there))[:BORROW_FROM]
        yield row("borrow_channel" if reaching else "open_channel", [key], reaching)
