"""How large a synthetic organisation is to be."""

from dataclasses import dataclass
from math import ceil

from orgmap.core.errors import DomainError


class BadSize(DomainError):
    """An organisation of this size cannot be made."""


@dataclass(frozen=True, slots=True)
class Size:
    """Numbers of each noun, and the seed that everything is drawn from."""

    departments: int
    accounts: int
    objectives: int
    ties: int
    seed: int = 1


def size_of(
    *, departments: int | None, accounts: int | None, objectives: int | None, ties: int | None, seed: int | None
) -> Size:
    """What is not said follows in proportion: 20 accounts, 10 objectives and 1 agreement a department."""
    given = {"departments": departments, "accounts": accounts, "objectives": objectives, "ties": ties}
    for name, number in given.items():
        if number is not None and number < 0:
            raise BadSize(f"--{name} {number} is below 0. Give a number from 0 upwards.")
    if departments is None:
        wanted = (ceil((accounts or 0) / 20), ceil((objectives or 0) / 10), ties or 0)
        departments = max(wanted) or 500
    if departments < 1:
        raise BadSize("--departments 0 leaves nobody to own an account. Give at least 1.")
    return Size(
        departments=departments,
        accounts=departments * 20 if accounts is None else accounts,
        objectives=departments * 10 if objectives is None else objectives,
        ties=departments if ties is None else ties,
        seed=1 if seed is None else seed,
    )
