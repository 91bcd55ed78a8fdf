"""Addresses that fill in a form: what a report, a map or a register page knows already need not be typed.

docs/agreements.md lists the parameters. Codes, slugs and numbers that name nothing are left out.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from departments.models import Audience, Benefit, Department, Market, Objective, Tie

if TYPE_CHECKING:
    from django.http import QueryDict

    from orgmap.users.models import User

USUAL = timedelta(days=182)
"""An agreement is usually looked at again after half a year."""
KINDS = (Tie.Kind.HAND_OFF, Tie.Kind.LIAISON)


def first_text(user: User, asked: QueryDict, today: date) -> dict[str, Any]:
    """What a new agreement's form says first."""
    kind = asked.get("kind", "")
    found: dict[str, Any] = {
        "kind": kind if kind in KINDS else Tie.Kind.HAND_OFF,
        "departments": first_departments(user, asked),
        "title": asked.get("title", "")[:200],
        "ends_on": today + USUAL,
        "objectives": numbers(asked, "objective"),
    }
    return found | first_scope(asked)


def first_group(user: User, asked: QueryDict, today: date) -> dict[str, Any]:
    """What a new group's form says first."""
    objectives = list(Objective.objects.filter(pk__in=numbers(asked, "objective")).values_list("pk", flat=True))
    names = {each.slug: each for each in Department.objects.active().filter(slug__in=slugs(asked, "lead", "sponsor"))}
    return first_scope(asked) | {
        "departments": first_departments(user, asked),
        "title": asked.get("title", "")[:200],
        "ends_on": today + USUAL,
        "objective": objectives[0] if objectives else None,
        "lead": names.get(asked.get("lead", "")),
        "sponsor": names.get(asked.get("sponsor", "")),
    }


def first_departments(user: User, asked: QueryDict) -> list[Department]:
    """Those that the address names, in its order; the person's own first when none of theirs is among them."""
    wanted = slugs(asked, "department", "with", "member")
    known = {each.slug: each for each in Department.objects.active().filter(slug__in=wanted)}
    found = [known[slug] for slug in wanted if slug in known]
    heading = user.memberships.filter(role__in=["head", "deputy"]).select_related("department").order_by("pk")
    own = [each.department for each in heading]
    mine = Department.objects.answered_for_by(user).filter(pk__in=[each.pk for each in found])
    return found if not own or mine.exists() else [own[0], *found]


def first_scope(asked: QueryDict) -> dict[str, Any]:
    """The filters that the address names."""
    found: dict[str, Any] = {"platforms": slugs(asked, "platform")}
    for name, model in (("audiences", Audience), ("markets", Market), ("benefits", Benefit)):
        codes = slugs(asked, name.removesuffix("s"))
        found[name] = list(model.objects.filter(code__in=codes).values_list("pk", flat=True)) if codes else []
    return found


def slugs(asked: QueryDict, *names: str) -> list[str]:
    """Each slug or code once, in the order of the names."""
    return list(dict.fromkeys(word for name in names for word in asked.getlist(name)[:50] if word and "\0" not in word))


def numbers(asked: QueryDict, name: str) -> list[int]:
    """The keys that an address or a form names."""
    return [int(key) for key in asked.getlist(name)[:200] if key.isascii() and key.isdecimal() and len(key) < 18]
