"""Small tables beside the report: five questions per account, stakeholders by process, call deflection. METHOD 1.8."""

from collections.abc import Sequence
from dataclasses import dataclass

from .organisation import Organisation

PROCESSES = (
    "research",
    "development",
    "human resources",
    "sales",
    "marketing",
    "public relations",
    "accounting",
    "customer service",
)
COST_PER_CONTACT = 35.0
QUESTIONS = ("who", "what", "where", "when", "why")


def five_questions(account: str, organisation: Organisation) -> dict[str, bool]:
    """Which of the five questions the record of a visible account answers. Raises ValueError for an unknown one.

    who: an active owner and a contact; what: a live objective; where: an audience and a market; when: activity or a
    date since which it listens; why: what the audience gets.
    """
    known = organisation.accounts
    at = known.ids.index(account)
    return {
        "who": bool(known.owners.lengths[at] and known.contact[at]),
        "what": bool(known.with_objective[at]),
        "where": bool(known.placed[at]),
        "when": bool(known.last_post[at] or known.marked_dormant[at] or known.listening[at]),
        "why": bool(known.gets[at]),
    }


def stakeholder_grid(organisation: Organisation, processes: Sequence[str] = PROCESSES) -> dict[str, dict[str, str]]:
    """Stakeholder (audience root) x process of the owning departments: none, declared or staffed, as for benefits."""
    audiences, wanted = organisation.catalogue.audiences, organisation.objectives
    roots = [_root(leaf, audiences.parents) for leaf in audiences.leaves]
    done = [organisation.departments[department].process for department in organisation.active]
    grid = {root: dict.fromkeys(processes, "none") for root in sorted(set(roots))}
    staffed = organisation.channels.lengths > 0
    for at in range(len(wanted)):
        for root in {roots[leaf] for leaf in wanted.audiences[at].tolist()}:
            for process in {done[owner] for owner in wanted.owners[at].tolist()}:
                if process in grid[root] and grid[root][process] != "staffed":
                    grid[root][process] = "staffed" if staffed[at] else "declared"
    return grid


def _root(node: str, parents: dict[str, str | None]) -> str:
    while (up := parents[node]) is not None:
        node = up
    return node


@dataclass(frozen=True)
class Deflection:
    """What answering in public may save, with every number that went into it."""

    answers: int
    deflection_rate: float
    cost: float
    cost_per_contact: float

    @property
    def saving(self) -> float:
        """answers x deflection_rate x cost_per_contact - cost; may be negative."""
        return self.answers * self.deflection_rate * self.cost_per_contact - self.cost

    @property
    def sum(self) -> str:
        """The arithmetic as a line to show beside the figure."""
        return (
            f"{self.answers:,} answers × {self.deflection_rate:.0%} × {self.cost_per_contact:,.2f} "
            f"− {self.cost:,.2f} = {self.saving:,.2f}"
        )


def call_deflection(
    *, answers: int, deflection_rate: float, cost: float, cost_per_contact: float = COST_PER_CONTACT
) -> Deflection:
    """Calls avoided by public answers, in money. The rate has no default: not every answer replaces a call.

    Raises ValueError for a rate outside [0, 1].
    """
    if not 0 <= deflection_rate <= 1:
        raise ValueError(f"{deflection_rate!r} is not a share between 0 and 1.")
    return Deflection(answers, deflection_rate, cost, cost_per_contact)
