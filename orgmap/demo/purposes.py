"""Writing who and why: the catalogue's trees, departments, objectives and agreements."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TypeVar

from django.utils import timezone

from departments.models import (
    Audience,
    Benefit,
    CheckIn,
    Department,
    Market,
    Objective,
    ObjectiveDepartment,
    Tie,
    TieSide,
    WorkingGroup,
)
from departments.models.department import DefaultAudience, DefaultMarket
from departments.models.objective import ObjectiveAudience, ObjectiveMarket
from departments.models.tie import TieObjective
from orgmap.demo import records
from orgmap.demo.chance import chance
from orgmap.demo.people import DOMAIN
from orgmap.users.models import User

C = TypeVar("C", Audience, Market)


def add_categories(model: type[C], rows: Iterable[records.Category]) -> dict[str, C]:
    """A catalogue tree by code. What the lead has set up already stays as it is."""
    made = {category.code: category for category in model.objects.all()}
    for position, row in enumerate(rows):
        if row.code not in made:
            parent = made.get(row.parent)
            made[row.code] = model.objects.create(code=row.code, name=row.name, parent=parent, position=position)
    return made


def add_departments(
    rows: tuple[records.Department, ...],
    audiences: Mapping[str, Audience],
    markets: Mapping[str, Market],
    today: date,
) -> dict[str, Department]:
    """The tree by slug, parents first."""
    made: dict[str, Department] = {}
    for row in rows:
        closed = row.closed_ago is not None
        made[row.slug] = Department.objects.create(
            slug=row.slug,
            name=row.name,
            parent=made.get(row.parent),
            process=row.process,
            purpose=row.purpose,
            acronym=row.acronym,
            aliases=list(row.aliases),
            website="" if closed else f"https://www.{DOMAIN}/{row.slug}",
            no_account_reason=row.no_account_reason,
            status=Department.Status.CLOSED if closed else Department.Status.ACTIVE,
            closed_on=None if row.closed_ago is None else today - timedelta(row.closed_ago),
            successor=made.get(row.successor),
        )
    DefaultAudience.objects.bulk_create(
        DefaultAudience(department=made[row.slug], audience=audiences[code])
        for row in rows
        for code in row.audiences.split()
    )
    DefaultMarket.objects.bulk_create(
        DefaultMarket(department=made[row.slug], market=markets[code]) for row in rows for code in row.markets.split()
    )
    return made


def add_objectives(
    rows: tuple[records.Objective, ...],
    departments: Mapping[str, Department],
    audiences: Mapping[str, Audience],
    markets: Mapping[str, Market],
    heads: Mapping[str, User],
    today: date,
) -> dict[str, Objective]:
    """The objectives by key, with how their measures went so far."""
    benefits = {benefit.code: benefit for benefit in Benefit.objects.all()}
    objectives = Objective.objects.bulk_create(objective_of(row, benefits, today) for row in rows)
    made = {row.key: objective for row, objective in zip(rows, objectives, strict=True)}
    ObjectiveDepartment.objects.bulk_create(
        ObjectiveDepartment(objective=made[row.key], department=departments[slug], position=position)
        for row in rows
        for position, slug in enumerate(row.owners.split())
    )
    ObjectiveAudience.objects.bulk_create(
        ObjectiveAudience(objective=made[row.key], audience=audiences[code]) for row in rows for code in row.to.split()
    )
    ObjectiveMarket.objects.bulk_create(
        ObjectiveMarket(objective=made[row.key], market=markets[code]) for row in rows for code in row.where.split()
    )
    CheckIn.objects.bulk_create(
        CheckIn(objective=made[row.key], on=on, value=value, by=heads.get(row.owners.split()[0]))
        for row in rows
        for on, value in check_ins(row, today)
    )
    return made


def objective_of(row: records.Objective, benefits: Mapping[str, Benefit], today: date) -> Objective:
    baseline, target, current = (Decimal(str(figure)) for figure in row.figures) if row.figures else (None, None, None)
    return Objective(
        statement=row.statement,
        benefit=benefits[row.benefit],
        measure=row.measure,
        unit=row.unit,
        baseline=baseline,
        target=target,
        current=current,
        starts_on=today - timedelta(row.since),
        ends_on=None if row.until is None else today + timedelta(row.until),
        status=row.status,
        notes=row.notes,
    )


def check_ins(row: records.Objective, today: date) -> list[tuple[date, Decimal]]:
    """Six looks at a measure on its uneven way from baseline to current value; the last is a few days old."""
    if row.figures is None:
        return []
    baseline, _, current = row.figures
    last = max(2 + int(18 * chance("check-in", row.key)), -(row.until or 0))
    span = row.since - last
    found = []
    for step in range(1, 7):
        progress = step / 6 if step == 6 else step / 6 + 0.12 * (chance(row.key, step) - 0.6)
        value = baseline + (current - baseline) * progress
        places = 1 if abs(current) < 10 else 0
        found.append((today - timedelta(last + span * (6 - step) // 7), Decimal(f"{value:.{places}f}")))
    return [*found[:-1], (found[-1][0], Decimal(str(current)))]


def add_ties(
    rows: tuple[records.Tie, ...],
    departments: Mapping[str, Department],
    objectives: Mapping[str, Objective],
    heads: Mapping[str, User],
    today: date,
) -> dict[str, Tie]:
    """The agreements by key, each with its sides' answers."""
    ties = Tie.objects.bulk_create(tie_of(row, heads, today) for row in rows)
    made = {row.key: tie for row, tie in zip(rows, ties, strict=True)}
    TieSide.objects.bulk_create(
        side for row in rows for side in sides_of(row, made[row.key], departments, heads, today)
    )
    TieObjective.objects.bulk_create(
        TieObjective(tie=made[row.key], objective=objectives[key]) for row in rows for key in row.objectives.split()
    )
    WorkingGroup.objects.bulk_create(
        WorkingGroup(
            tie=made[row.key],
            objective=objectives.get(row.works_on),
            lead=departments.get(row.lead),
            sponsor=departments.get(row.sponsor),
        )
        for row in rows
        if row.kind == Tie.Kind.WORKING_GROUP
    )
    return made


def tie_of(row: records.Tie, heads: Mapping[str, User], today: date) -> Tie:
    def listed(codes: str | None) -> list[str] | None:
        return None if codes is None else codes.split()

    return Tie(
        kind=row.kind,
        title=row.title,
        terms=row.terms,
        contact=row.contact,
        audiences=listed(row.audiences),
        markets=listed(row.markets),
        platforms=listed(row.platforms),
        benefits=listed(row.benefits),
        starts_on=None if row.since is None else today - timedelta(row.since),
        ends_on=today + timedelta(row.until),
        status=row.status,
        proposed_by=heads.get(row.sides.split()[0]),
        ended_reason=row.reason if row.status == Tie.Status.ENDED else "",
    )


def sides_of(
    row: records.Tie, tie: Tie, departments: Mapping[str, Department], heads: Mapping[str, User], today: date
) -> list[TieSide]:
    """Who stands on an agreement's sides, and what they answered."""
    slugs = row.sides.split()
    answers = row.answers.split() or [TieSide.Answer.ACCEPTED] * len(slugs)
    on = today - timedelta(9 if row.since is None else row.since + 4)
    at = timezone.make_aware(datetime.combine(on, time(10, 30)))
    return [
        TieSide(
            tie=tie,
            department=departments[slug],
            position=position,
            answer=answer,
            answered_by=None if answer == TieSide.Answer.WAITING else heads.get(slug),
            answered_at=None if answer == TieSide.Answer.WAITING else at,
            reason=row.reason if answer == TieSide.Answer.DECLINED else "",
        )
        for position, (slug, answer) in enumerate(zip(slugs, answers, strict=True))
    ]
