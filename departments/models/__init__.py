"""Who and why: departments, their objectives and their agreements."""

from departments.models.catalogue import Audience, Benefit, Market
from departments.models.department import Department, Membership, Process
from departments.models.invitation import ObjectiveInvitation
from departments.models.objective import CheckIn, Objective, ObjectiveDepartment
from departments.models.template import ObjectiveTemplate
from departments.models.tie import Tie, TieObjective, TieSide, WorkingGroup
from departments.models.tie_version import TieReminder, TieVersion

__all__ = [
    "Audience",
    "Benefit",
    "CheckIn",
    "Department",
    "Market",
    "Membership",
    "Objective",
    "ObjectiveDepartment",
    "ObjectiveInvitation",
    "ObjectiveTemplate",
    "Process",
    "Tie",
    "TieObjective",
    "TieReminder",
    "TieSide",
    "TieVersion",
    "WorkingGroup",
]
