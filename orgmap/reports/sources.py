"""Which records figures are made of."""

from channels.models import Account, AccountAudience, AccountDepartment, AccountMarket, AccountObjective, Platform
from departments.models import Audience, Benefit, Department, Market, Objective, ObjectiveDepartment, Tie, TieSide
from departments.models.department import DefaultAudience, DefaultMarket
from departments.models.objective import ObjectiveAudience, ObjectiveMarket
from departments.models.tie import TieObjective
from orgmap.reports.models import Policy

FACTS = (
    Account, AccountAudience, AccountDepartment, AccountMarket, AccountObjective, Platform,
    Audience, Benefit, Market, Department, DefaultAudience, DefaultMarket,
    Objective, ObjectiveAudience, ObjectiveDepartment, ObjectiveMarket, Tie, TieObjective, TieSide, Policy,
)  # fmt: skip
"""Changes to other records (people, holders, sampled figures) leave figures alone."""

SOURCES = [f"{model._meta.db_table}event" for model in FACTS]
"""The names under which the history counts changes to those records."""
