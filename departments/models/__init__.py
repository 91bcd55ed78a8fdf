"""Who and why: departments, their objectives and their agreements."""

from departments.models.catalogue import Audience, Benefit, Market
from departments.models.department import Department, Membership, Process
from departments.models.objective import CheckIn, Objective, ObjectiveDepartment
from departments.models.tie import Tie, TieSide, WorkingGroup

__all__ = [
    "Audience",
    "Benefit",
    "CheckIn",
    "Department",
    "Market",
    "Membership",
    "Objective",
    "ObjectiveDepartment",
    "Process",
    "Tie",
    "TieSide",
    "WorkingGroup",
]
