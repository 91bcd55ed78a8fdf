"""The words, dates and scope of an agreement as one plain text, to keep beside the next and to compare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from departments.models import Audience, Benefit, Department, Market, Objective, Tie, TieVersion
from departments.services.lists import set_list
from orgmap.core.editing import set_fields

WORDS = ("title", "terms", "contact")
DAYS = ("starts_on", "ends_on")
FILTERS = ("audiences", "markets", "platforms", "benefits")
GROUP = ("group_objective", "lead", "sponsor")
LABELS = {
    "title": "Title",
    "terms": "What is agreed",
    "contact": "Contact",
    "starts_on": "From",
    "ends_on": "Ends or is reviewed on",
    "objectives": "Objectives",
    "audiences": "Audiences",
    "markets": "Markets",
    "platforms": "Platforms",
    "benefits": "Benefits",
    "group_objective": "Works on",
    "lead": "Lead",
    "sponsor": "Sponsor",
}


def terms_of(tie: Tie) -> dict[str, Any]:
    """What an agreement says now: words, ISO dates, codes, and the keys of objectives and departments."""
    found: dict[str, Any] = {name: getattr(tie, name) for name in WORDS}
    found |= {name: iso(getattr(tie, name)) for name in DAYS}
    found["objectives"] = sorted(tie.objectives.values_list("pk", flat=True))
    found |= {name: getattr(tie, name) for name in FILTERS}
    group = getattr(tie, "group", None)
    if group is not None:
        found |= {
            "group_objective": group.objective_id,
            "lead": group.lead_id,
            "sponsor": group.sponsor_id,
        }
    return found


def text_on_table(tie: Tie) -> dict[str, Any]:
    """The text that a suggestion starts from: the one on the table, else what is agreed."""
    latest = tie.versions.filter(state=TieVersion.State.OPEN).first()
    return latest.terms if latest is not None else terms_of(tie)


def put_terms(tie: Tie, terms: Mapping[str, Any]) -> None:
    """Make an agreement say what a version says."""
    fields: dict[str, Any] = {name: terms[name] for name in (*WORDS, *FILTERS)}
    fields |= {name: day(terms[name]) for name in DAYS}
    narrowed = any(fields[name] is not None for name in FILTERS)
    objectives = [] if narrowed else list(Objective.objects.filter(pk__in=terms["objectives"]))
    if narrowed:
        set_list(tie.objectives, [])
    set_fields(tie, fields)
    set_list(tie.objectives, objectives)
    group = getattr(tie, "group", None)
    if group is not None:
        set_fields(
            group,
            {
                "objective": Objective.objects.filter(pk=terms.get("group_objective") or 0).first(),
                "lead": Department.objects.filter(pk=terms.get("lead") or 0).first(),
                "sponsor": Department.objects.filter(pk=terms.get("sponsor") or 0).first(),
            },
        )


def iso(value: date | None) -> str | None:
    return value.isoformat() if value else None


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@dataclass(frozen=True)
class Line:
    """One thing that an agreement says, in words, and what the version before it said."""

    label: str
    now: str
    before: str

    @property
    def differs(self) -> bool:
        return self.now != self.before


class Wording:
    """Turns terms into words; asks for names once for all versions of an agreement."""

    def __init__(self, versions: list[Mapping[str, Any]], platforms: Mapping[str, str] | None = None) -> None:
        objectives = {pk for terms in versions for pk in terms["objectives"]}
        objectives |= {terms["group_objective"] for terms in versions if terms.get("group_objective")}
        departments = {terms[name] for terms in versions for name in ("lead", "sponsor") if terms.get(name)}
        codes = {name: {code for terms in versions for code in terms[name] or ()} for name in FILTERS}
        self.objectives = dict(Objective.objects.filter(pk__in=objectives).values_list("pk", "statement"))
        self.departments = dict(Department.objects.filter(pk__in=departments).values_list("pk", "name"))
        self.names: dict[str, dict[str, str]] = {"platforms": dict(platforms or {})}
        for name, model in (("audiences", Audience), ("markets", Market), ("benefits", Benefit)):
            wanted = codes[name]
            self.names[name] = dict(model.objects.filter(code__in=wanted).values_list("code", "name")) if wanted else {}

    def say(self, terms: Mapping[str, Any], name: str) -> str:
        """One thing in words; empty for nothing said."""
        value = terms.get(name)
        if name in DAYS:
            found = day(value)
            return f"{found:%-d %B %Y}" if found else ""
        if name == "objectives":
            return "; ".join(self.objectives.get(pk, f"objective {pk}") for pk in value or ())
        if name in FILTERS:
            return "any" if value is None else ", ".join(self.names[name].get(code, code) for code in value) or "none"
        if name == "group_objective":
            return self.objectives.get(value, "") if value else ""
        if name in ("lead", "sponsor"):
            return self.departments.get(value, "") if value else ""
        return str(value or "")

    def lines(self, terms: Mapping[str, Any], before: Mapping[str, Any]) -> list[Line]:
        """Everything that either version says."""
        found = [
            Line(label, self.say(terms, name), self.say(before, name))
            for name, label in LABELS.items()
            if name in terms or name in before
        ]
        return [line for line in found if line.now or line.before]

    def scope(self, terms: Mapping[str, Any]) -> str:
        """What an agreement is about, as one phrase: its objectives, its filters, or nothing in particular."""
        if terms["objectives"]:
            return ", ".join(f"“{self.objectives.get(pk, pk)}”" for pk in terms["objectives"])
        parts = [f"{LABELS[name].lower()}: {self.say(terms, name)}" for name in FILTERS if terms[name] is not None]
        return "; ".join(parts) or "nothing in particular, so it counts for little"
