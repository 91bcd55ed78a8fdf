"""How what hangs on one department goes over to another: used where two become one, and where one closes.

Nothing loses its meaning on the way. Whoever ran an account together with the other department runs it once; an
agreement between the two is over; what stood under the usual audiences of the old department names them from now on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower

from departments.hanging import OWN, is_event, keys, listed
from departments.models import (
    Department,
    Market,
    Membership,
    ObjectiveInvitation,
    Tie,
    TieSide,
    TieVersion,
    WorkingGroup,
)
from departments.services.tie import close_version, settle
from orgmap.core.editing import set_fields
from orgmap.core.errors import DomainError

PAST = ("retired", "achieved", "dropped")
"""Accounts and objectives that are over."""
IN_FORCE = (Tie.Status.PROPOSED, Tie.Status.ACTIVE)
TREATED = frozenset(
    {
        "channels.Suggestion.department",
        "departments.Department.parent",
        "departments.Department.successor",
        "departments.Membership.department",
        "departments.ObjectiveInvitation.department",
        "departments.TieSide.department",
        "departments.TieVersion.closed_for",
        "departments.TieVersion.side",
        "departments.WorkingGroup.lead",
        "departments.WorkingGroup.sponsor",
        *OWN,
    }
)
"""Keys that have a rule of their own below, or that stay because they are about the old department itself. Every other
one, of whichever app, follows by the common rule."""
RANK: dict[str, int] = {Membership.Role.HEAD: 2, Membership.Role.DEPUTY: 1, Membership.Role.MEMBER: 0}


class NamesakesBelow(DomainError):
    """Two departments of one name would stand side by side."""


@dataclass
class Told:
    """What went over, in sentences, each with the names that it is about."""

    lines: list[tuple[str, str]] = field(default_factory=list)

    def say(self, count: int, one: str, many: str, names: Iterable[object] = ()) -> None:
        """A sentence about so many records; none when there are none."""
        if count:
            self.lines.append((f"{count} {one if count == 1 else many}", listed(map(str, names), count)))


def sides() -> list[tuple[Any, str]]:
    """The rows between records and the departments that run or pursue them, and the name of the record in them."""
    found = []
    for key in keys():
        names = [each.name for each in key.model._meta.fields]
        if "position" in names and key.model is not TieSide:
            record = next(
                each.name for each in key.model._meta.fields if isinstance(each, models.ForeignKey) and each is not key
            )
            found.append((key.model, record))
    return found


def records_follow(told: Told, old: Department, new: Department, *, open_only: bool) -> None:
    """Accounts and objectives: each keeps its order of departments, and names each department once."""
    for model, record in sides():
        mine = model.objects.filter(department=old)
        if open_only:
            mine = mine.exclude(**{f"{record}__status__in": PAST})
        what = model._meta.get_field(record).related_model
        one, many = str(what._meta.verbose_name), str(what._meta.verbose_name_plural)
        defaults_stay(told, what, mine.filter(position=0).values_list(record, flat=True), old, new)
        theirs = model.objects.filter(department=new, **{record: OuterRef(record)})
        both = dict(mine.filter(Exists(theirs)).values_list(record, "position"))
        alone = list(mine.exclude(**{f"{record}__in": both}).order_by("pk").values_list(record, flat=True))
        model.objects.filter(department=old, **{f"{record}__in": both}).delete()
        for position in sorted(set(both.values())):
            here = [pk for pk, at in both.items() if at == position]
            model.objects.filter(department=new, position__gt=position, **{f"{record}__in": here}).update(
                position=position
            )
        mine.update(department=new)
        told.say(len(alone), f"{one} goes to {new}", f"{many} go to {new}", names_of(what, alone))
        told.say(
            len(both),
            f"{one} that both had together is {new}'s alone, or {new}'s with the others",
            f"{many} that both had together are {new}'s alone, or {new}'s with the others",
            names_of(what, list(both)),
        )


def names_of(model: Any, pks: list[int]) -> list[object]:
    return list(model.objects.filter(pk__in=pks[:6]).order_by("pk"))


def defaults_stay(told: Told, what: Any, leading: Any, old: Department, new: Department) -> None:
    """Records that say nothing of their own stood under the old department's defaults: now they say them."""
    for name, singular in (("audiences", "audience"), ("markets", "market")):
        usual = set(getattr(old, f"default_{name}").values_list("pk", flat=True))
        other = set(getattr(new, f"default_{name}").values_list("pk", flat=True))
        if name == "markets" and not usual and other:  # none means everywhere
            usual = set(Market.objects.filter(parent=None).values_list("pk", flat=True))
        if not usual or usual == other:
            continue
        through = getattr(what, name).through
        record = what._meta.model_name
        silent = list(
            what.objects.filter(pk__in=leading)
            .filter(~Exists(through.objects.filter(**{record: OuterRef("pk")})))
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        through.objects.bulk_create(
            through(**{f"{record}_id": pk, f"{singular}_id": each}) for pk in silent for each in sorted(usual)
        )
        told.say(
            len(silent),
            f"{what._meta.verbose_name} that stood under the usual {name} of {old} now names them itself",
            f"{what._meta.verbose_name_plural} that stood under the usual {name} of {old} now name them themselves",
            names_of(what, silent),
        )


def agreements_follow(told: Told, old: Department, new: Department) -> None:
    """Agreements in force or proposed. One between the two alone is over; in a larger one the new side speaks for both,
    and with its own answer. Past ones stay where they were made."""
    mine = TieSide.objects.filter(department=old, tie__status__in=IN_FORCE)
    other = TieSide.objects.filter(tie=OuterRef("tie"), department=new)
    both = list(Tie.objects.select_for_update().filter(pk__in=mine.filter(Exists(other)).values("tie")).order_by("pk"))
    over, joined = [], []
    for tie in both:
        rows = {side.department_id: side for side in tie.sides.all()}
        if len(rows) == 2:
            reason = f"{old} became part of {new}: one side was left."
            close_version(tie, TieVersion.State.WITHDRAWN, reason=reason)
            set_fields(tie, {"status": Tie.Status.ENDED, "ended_reason": reason})
            over.append(tie)
            continue
        theirs, ours = rows[old.pk], rows[new.pk]
        theirs.delete()
        if theirs.position < ours.position:
            ours.position = theirs.position
            ours.save(update_fields=["position"])
        settle(tie)
        joined.append(tie)
    moved = list(Tie.objects.filter(sides__in=mine.exclude(tie__in=over)).order_by("pk").values_list("pk", flat=True))
    following = [*moved, *(tie.pk for tie in joined)]
    for role in ("lead", "sponsor"):
        WorkingGroup.objects.filter(tie__in=following, **{role: old}).update(**{role: new})
        for version in TieVersion.objects.filter(tie__in=following, state="open", **{f"terms__{role}": old.pk}):
            set_fields(version, {"terms": {**version.terms, role: new.pk}})
    mine.filter(tie__in=moved).update(department=new)
    twice = WorkingGroup.objects.filter(tie__in=following, lead=new, sponsor=F("lead"))
    unsponsored = list(Tie.objects.filter(group__in=twice).order_by("pk"))
    twice.update(sponsor=None)
    told.say(len(moved), f"agreement goes to {new}", f"agreements go to {new}", names_of(Tie, moved))
    told.say(
        len(joined),
        f"agreement of both with others has {new} as one side, with {new}'s own answer",
        f"agreements of both with others have {new} as one side, with {new}'s own answer",
        joined,
    )
    told.say(
        len(over),
        "agreement between the two ends: it has one side left",
        "agreements between the two end: they have one side left",
        over,
    )
    told.say(
        len(unsponsored),
        f"working group loses its sponsor, since {new} leads it",
        f"working groups lose their sponsor, since {new} leads them",
        unsponsored,
    )


def invitations_follow(told: Told, old: Department, new: Department) -> None:
    """Questions that wait for an answer. What the two have together now needs none; answered ones stay the past."""
    waiting = ObjectiveInvitation.objects.filter(answer=ObjectiveInvitation.Answer.WAITING)
    owned = new.objective_sides.values("objective")
    asked = list(waiting.filter(department=new).values_list("objective", flat=True))
    needless = waiting.filter(department__in=(old, new), objective__in=owned)
    needless |= waiting.filter(department=old, objective__in=asked)
    needless.update(answer=ObjectiveInvitation.Answer.WITHDRAWN, reason=f"{old} became part of {new}.")
    count = waiting.filter(department=old).update(department=new)
    told.say(count, f"invitation waits for {new}", f"invitations wait for {new}")


def people_follow(told: Told, old: Department, new: Department) -> None:
    """People keep the higher of two roles. Who headed the old department heads the new one only if nobody does."""
    here = {membership.user_id: membership for membership in new.memberships.select_related("user")}
    taken = {membership.role for membership in here.values()}
    coming = sorted(old.memberships.select_related("user"), key=lambda each: (-RANK[each.role], each.pk))
    said = []
    for membership in coming:
        role = Membership.Role(membership.role)
        if role == Membership.Role.HEAD and role in taken:
            role = Membership.Role.DEPUTY
        if role == Membership.Role.DEPUTY and role in taken:
            role = Membership.Role.MEMBER
        known = here.get(membership.user_id)
        if known is not None:
            membership.delete()
            if RANK[role] <= RANK[known.role]:
                continue
            membership = known
        membership.department, membership.role = new, role
        membership.save(update_fields=["department", "role"])
        taken.add(role)
        said.append(f"{membership.user} as {role.label.lower()}")
    told.say(len(said), f"person goes to {new}", f"people go to {new}", said)


def branches_follow(told: Told, old: Department, new: Department, *, open_only: bool) -> None:
    """The departments below. Where the new one stood below the old, it first takes the old one's place."""
    if Department.objects.below(old.pk).filter(pk=new.pk).exists():
        beside = Department.objects.filter(parent=old.parent_id).exclude(pk=new.pk)
        if beside.filter(name__iexact=new.name).exists():
            raise NamesakesBelow(
                f"{new} would take the place of {old}, where another department is called {new.name}. Give one of them "
                "another name first."
            )
        set_fields(new, {"parent": old.parent})
        told.lines.append((f"{new} takes the place of {old} in the tree", ""))
    children = Department.objects.filter(parent=old).exclude(pk=new.pk)
    if open_only:
        children = children.active()
    names = new.children.annotate(small=Lower("name")).values("small")
    twice = list(children.annotate(small=Lower("name")).filter(small__in=names).order_by("name")[:5])
    if twice:
        raise NamesakesBelow(
            f"{old} and {new} both have a department below them that is called "
            f"{' or '.join(each.name for each in twice)}. Merge those first, or give one of them another name."
        )
    moved = list(children.order_by("name", "pk"))
    children.update(parent=new)
    told.say(len(moved), f"department below it stands below {new}", f"departments below it stand below {new}", moved)


def others_follow(told: Told, old: Department, new: Department) -> None:
    """Whatever else points at a department, of whichever app. What would say the same twice, or is about the two
    of them as a pair, goes."""
    special = {model for model, _ in sides()}
    for key in keys():
        if str(key) in TREATED or key.model in special or is_event(key.model):
            continue
        rows = key.model._default_manager
        twin = {"a": "b", "b": "a"}.get(key.name)
        if twin:
            rows.filter(**{key.name: old, twin: new}).delete()
        for constraint in key.model._meta.total_unique_constraints:
            if key.name in constraint.fields:
                rest = [name for name in constraint.fields if name != key.name]
                same = rows.filter(**{key.name: new}, **{name: OuterRef(name) for name in rest})
                rows.filter(Q(Exists(same)), **{key.name: old}).delete()
        count = rows.filter(**{key.name: old}).update(**{key.name: new})
        meta = key.model._meta
        told.say(count, f"{meta.verbose_name} follows", f"{meta.verbose_name_plural} follow")
