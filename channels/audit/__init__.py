"""The audit's rules: plain Python over facts of one moment. Which findings they lead to is for services to keep."""

from channels.audit import activity, agreements, keys, life, names, ownership, places, purpose, units
from channels.audit.facts import SUBJECTS, Detail, Given
from channels.audit.rule import SEVERITIES, Parameter, Rule

RULES: dict[str, Rule] = {
    rule.code: rule
    for module in (ownership, keys, life, purpose, activity, names, places, agreements, units)
    for rule in module.RULES
}
"""All rules by code, in the order in which pages list them. A code never changes: findings and settings carry it."""

__all__ = ["RULES", "SEVERITIES", "SUBJECTS", "Detail", "Given", "Parameter", "Rule"]
