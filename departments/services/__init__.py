"""What can be done to departments, objectives and agreements: one function per intent.

Each is atomic, says who does it (``by``), and refuses with a sentence (`orgmap.core.errors.DomainError`).
"""

from departments.services.department import (
    CannotClose,
    CannotMove,
    change_department,
    close_department,
    create_department,
    move_department,
)
from departments.services.objective import change_objective, check_in, create_objective
from departments.services.tie import (
    AlreadyAnswered,
    NotASide,
    TooFewSides,
    answer_tie,
    end_tie,
    propose_tie,
    scope_in_words,
)
from departments.services.tie_change import NothingSuggested, NotOpen, renew_tie, suggest_change, withdraw_change

__all__ = [
    "AlreadyAnswered",
    "CannotClose",
    "CannotMove",
    "NotASide",
    "NotOpen",
    "NothingSuggested",
    "TooFewSides",
    "answer_tie",
    "change_department",
    "change_objective",
    "check_in",
    "close_department",
    "create_department",
    "create_objective",
    "end_tie",
    "move_department",
    "propose_tie",
    "renew_tie",
    "scope_in_words",
    "suggest_change",
    "withdraw_change",
]
