"""The rules as pages name them. A finding of a rule that is gone keeps its code for a name."""

from datetime import date

from channels.audit import RULES, SEVERITIES, Rule
from channels.models import Finding

HOW_SEVERE = {"high": "Serious", "medium": "Middling", "low": "Slight"}
SEVERITY_CHOICES = [(severity, HOW_SEVERE[severity]) for severity in SEVERITIES]


def title(code: str) -> str:
    rule = RULES.get(code)
    return rule.title if rule else code


def severity(code: str) -> str:
    rule = RULES.get(code)
    return rule.severity if rule else SEVERITIES[-1]


def says(finding: Finding, today: date) -> str:
    """What is wrong, as a sentence."""
    rule = RULES.get(finding.rule)
    return rule.says(finding.detail, today) if rule else "Its rule is not asked any more."


def of_severity(wanted: str) -> list[str]:
    return [code for code, rule in RULES.items() if rule.severity == wanted]


__all__ = ["HOW_SEVERE", "RULES", "SEVERITY_CHOICES", "Rule", "of_severity", "says", "severity", "title"]
