"""What can be done to departments, objectives and agreements: one function per intent.

Each is atomic, says who does it (``by``), and refuses with a sentence (`orgmap.core.errors.DomainError`).
"""

from departments.services.department import (
    CannotClose,
    CannotDelete,
    CannotMove,
    CannotReopen,
    change_department,
    close_department,
    create_department,
    delete_department,
    move_department,
    reopen_department,
)
from departments.services.following import NamesakesBelow
from departments.services.membership import appoint, dismiss
from departments.services.merging import CannotMerge, merge_departments, preview_merge
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
    "CannotDelete",
    "CannotMerge",
    "CannotMove",
    "CannotReopen",
    "NamesakesBelow",
    "NotASide",
    "NotOpen",
    "NothingSuggested",
    "TooFewSides",
    "answer_tie",
    "appoint",
    "change_department",
    "change_objective",
    "check_in",
    "close_department",
    "create_department",
    "create_objective",
    "delete_department",
    "dismiss",
    "end_tie",
    "merge_departments",
    "move_department",
    "preview_merge",
    "propose_tie",
    "renew_tie",
    "reopen_department",
    "scope_in_words",
    "suggest_change",
    "withdraw_change",
]
