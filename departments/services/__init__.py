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
from departments.services.joining import (
    NobodyToAsk,
    answer_invitation,
    invite,
    is_replaced,
    withdraw_invitation,
)
from departments.services.membership import appoint, dismiss, name_heads
from departments.services.merging import CannotMerge, merge_departments, preview_merge
from departments.services.objective import (
    HasEnded,
    NobodysObjective,
    NotTheirs,
    StillNeeded,
    change_objective,
    check_in,
    create_objective,
    delete_objective,
    end_objective,
    resume_objective,
)
from departments.services.placing import tell_placed
from departments.services.tie import (
    AlreadyAnswered,
    NotASide,
    TooFewSides,
    TwoScopes,
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
    "HasEnded",
    "NamesakesBelow",
    "NobodyToAsk",
    "NobodysObjective",
    "NotASide",
    "NotOpen",
    "NotTheirs",
    "NothingSuggested",
    "StillNeeded",
    "TooFewSides",
    "TwoScopes",
    "answer_invitation",
    "answer_tie",
    "appoint",
    "change_department",
    "change_objective",
    "check_in",
    "close_department",
    "create_department",
    "create_objective",
    "delete_department",
    "delete_objective",
    "dismiss",
    "end_objective",
    "end_tie",
    "invite",
    "is_replaced",
    "merge_departments",
    "move_department",
    "name_heads",
    "preview_merge",
    "propose_tie",
    "renew_tie",
    "reopen_department",
    "resume_objective",
    "scope_in_words",
    "suggest_change",
    "tell_placed",
    "withdraw_change",
    "withdraw_invitation",
]
