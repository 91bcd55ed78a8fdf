"""Steps in words, with the pages behind them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from orgmap.core.words import sentence_list
from orgmap.reports.names import Names, lower_first, names
from orgmap.reports.whatif.steps import Agree, Close, Merge, Step

TITLES = {
    "working_group": "Working group",
    "hand_off": "Hand-off",
    "liaison": "Liaison",
    "merge": "Merge accounts",
    "close": "Close a department",
}


def named(steps: Sequence[Step], *, departments: set[str] | None = None) -> Names:
    """The names of all that steps are about, and of some more departments."""
    slugs, records = set(departments or ()), set[str]()
    for step in steps:
        if isinstance(step, Agree):
            slugs |= set(step.departments)
        elif isinstance(step, Merge):
            records |= {f"account:{step.gone}", f"account:{step.kept}"}
        else:
            slugs |= {step.department, step.successor} - {""}
    return names(departments=slugs, records=records)


def sentence(step: Step, known: Names) -> str:
    """A step as one sentence."""
    if isinstance(step, Agree):
        members = sentence_list([known.department(slug) for slug in step.departments], "and")
        verb = "form a group" if step.kind == "working_group" else "agree"
        return f"{members} {verb} {subject(step, known) or 'about nothing in particular'}."
    if isinstance(step, Merge):
        return f"{known.account(str(step.gone))} goes over into {known.account(str(step.kept))}."
    follower = f"{known.department(step.successor)} takes over" if step.successor else "nobody takes over"
    return f"{known.department(step.department)} closes, and {follower}."


def subject(step: Agree, known: Names) -> str:
    """What an agreement to try is about: *to educate, for families in Leeds*; empty where it is about nothing."""
    aim = f"to {lower_first(known.of('benefit', step.benefit))}" if step.benefit else ""
    return ", ".join(filter(None, (aim, who(step, known, "for" if aim else "about"))))


def who(step: Agree, known: Names, first: str) -> str:
    """Whom it is about and where."""
    parts = [f"{first} {lower_first(known.of('audience', step.audience))}"] if step.audience else []
    parts += [f"in {known.of('market', step.market)}"] if step.market else []
    parts += [f"on {known.of('platform', step.platform)}"] if step.platform else []
    return " ".join(parts)


def title(step: Agree, known: Names) -> str:
    """What a proposed agreement could be called."""
    aim = known.of("benefit", step.benefit) if step.benefit else TITLES[step.kind]
    place = who(step, known, "for")
    names = " and ".join(known.department(slug) for slug in step.departments[:2])
    return f"{aim} {place}"[:200] if place else f"{aim}: {names}"[:200]


def pages(step: Step, known: Names) -> list[tuple[str, str]]:
    """What a step is about, as names with addresses."""
    if isinstance(step, Merge):
        return [
            (known.account(str(pk)), reverse("channels:account_detail", args=[pk])) for pk in (step.gone, step.kept)
        ]
    slugs = step.departments if isinstance(step, Agree) else tuple(filter(None, (step.department, step.successor)))
    return [(known.department(slug), reverse("reports:department_detail", args=[slug])) for slug in slugs]


def by_hand(step: Step) -> str:
    """The page on which a step is taken that is no agreement."""
    if isinstance(step, Merge):
        return f"{reverse('channels:account_merge', args=[step.gone])}?kept={step.kept}"
    if isinstance(step, Close):
        address = reverse("departments:department_close", args=[step.department])
        return f"{address}?successor={step.successor}" if step.successor else address
    return ""


def rows(steps: Sequence[Step], known: Names) -> list[dict[str, Any]]:
    """Steps as a page lists them."""
    return [
        {
            "step": step,
            "kind": TITLES[step.kind],
            "sentence": sentence(step, known),
            "pages": pages(step, known),
            "is_agreement": isinstance(step, Agree),
            "by_hand": by_hand(step),
        }
        for step in steps
    ]
