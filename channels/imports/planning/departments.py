"""Lists of departments."""

import re
import unicodedata
from dataclasses import replace

from channels.imports.known import World
from channels.imports.planning.claims import SEVERAL, Claims
from channels.imports.planning.common import fitting
from channels.imports.planning.draft import Draft
from channels.imports.planning.placing import place, with_aliases
from channels.imports.planning.superiors import Superiors
from channels.imports.records import Alteration, Creation, Entry, List, Plan
from channels.imports.values import is_nothing, parts
from departments.labels import KnownDepartment, key, loose, split_acronym

PROCESSES = {
    "research": "research",
    "r and d": "research",
    "development": "development",
    "human resources": "human_resources",
    "people": "human_resources",
    "sales": "sales",
    "marketing": "marketing",
    "public relations": "public_relations",
    "pr": "public_relations",
    "communications": "public_relations",
    "accounting": "accounting",
    "finance": "accounting",
    "customer service": "customer_service",
    "customer care": "customer_service",
    "support": "customer_service",
    "brand": "brand",
    "product": "product",
    "it": "it",
    "information technology": "it",
    "legal": "legal",
    "operations": "operations",
    "leadership": "leadership",
    "management": "leadership",
    "other": "other",
}
TEXTS = ("acronym", "purpose", "process", "website")
ONLY_LEAD = "Only the social media lead adds departments. Ask for it to be added."


def plan_departments(found: List, world: World) -> Plan:
    """Which departments a list adds or changes. A superior may stand anywhere in the list, or on the map."""
    plan = Plan(found.kind, rows=len(found.entries))
    drafts: dict[int, Draft] = {}
    superiors = Superiors(found, world)
    claims = Claims(plan, world)
    for entry in found.entries:
        if entry.problem:
            plan.refuse(entry.line, "", entry.problem)
            continue
        draft = draft_of(plan, entry)
        if draft is None:
            continue
        match = match_of(world, drafts, draft, superiors, claims)
        if match is None and world.allowed is not None:
            plan.refuse(entry.line, draft.name, f"'{draft.name}' is not on the map. {ONLY_LEAD}")
            continue
        pk = match if match is not None else -len(drafts) - 1
        claims.leave(draft, pk)
        if pk in drafts:
            merge(plan, world, drafts[pk], draft)
        else:
            draft.pk, draft.before = pk, world.index.departments[pk] if match is not None else None
            drafts[pk] = draft
            world.index.add(known(draft))
        if key(draft.name) in superiors.repeated:
            claims.hold(SEVERAL, [key(draft.name)])
        else:
            claims.hold(pk, [name for names in asked_by(draft) for name in names])
    place(plan, world, drafts)
    compare(plan, world, drafts)
    return plan


def draft_of(plan: Plan, entry: Entry) -> Draft | None:
    """The department of a row, None when it has no name."""
    written = entry.get("name")
    if is_nothing(written) or not key(written):
        labels = parts(entry.get("label"))
        if not labels:
            plan.refuse(entry.line, written, "This row has no name of a department. Add one.")
            return None
        written = labels[0]
    name, bracketed = split_acronym(written)
    acronym = entry.get("acronym") if not is_nothing(entry.get("acronym")) else bracketed
    fields = {
        "acronym": fitting(plan, entry, acronym, 30, "acronym"),
        "purpose": entry.get("purpose") if not is_nothing(entry.get("purpose")) else "",
        "process": process_of(plan, entry),
        "website": website_of(plan, entry),
    }
    draft = Draft(0, entry.line, entry, fitting(plan, entry, name, 200, "name"), fields)
    for alias in (*parts(entry.get("label")), bracketed):
        add_alias(draft, alias)
    return draft


def add_alias(draft: Draft, alias: str) -> None:
    """Remember a further name, unless it says nothing new."""
    known_keys = {key(each) for each in (draft.name, draft.fields["acronym"], *draft.aliases)}
    if alias and not is_nothing(alias) and key(alias) and key(alias) not in known_keys and len(alias) <= 200:
        draft.aliases.append(alias)


def process_of(plan: Plan, entry: Entry) -> str:
    """The kind of work that a cell names; a remark when it names none."""
    cell = entry.get("process")
    if is_nothing(cell):
        return ""
    found = PROCESSES.get(key(cell), "")
    if not found:
        plan.remark(entry.line, cell, f"'{cell}' is not a kind of work that is known here and was left out.")
    return found


def website_of(plan: Plan, entry: Entry) -> str:
    """The address of a department's own pages; a remark when it is none."""
    cell = entry.get("website")
    if is_nothing(cell):
        return ""
    address = cell if "://" in cell else f"https://{cell}"
    if re.fullmatch(r"https?://[\w\-]+(\.[\w\-]+)+([/?#:]\S*)?", address) and len(address) <= 500:
        return address
    plan.remark(entry.line, cell, f"'{cell}' is not the address of a website and was left out.")
    return ""


def match_of(world: World, drafts: dict[int, Draft], draft: Draft, superiors: Superiors, claims: Claims) -> int | None:
    """The department that the row means: of the map or of a row above."""
    index = world.index
    names, labels = asked_by(draft)
    is_repeated = key(draft.name) in superiors.repeated
    above = superiors.named(draft.entry.get("parent"), draft.name)
    for table, wanted in (
        *((index.by_name, name) for name in names),
        *((index.by_other, name) for name in names),
        *((claims.held, name) for name in names),
        *((table, label) for label in labels for table in (index.by_name, index.by_other)),
    ):
        matches = table.get(wanted, set())
        if is_repeated:
            matches = {pk for pk in matches if superiors.of(drafts, pk) == above}
        if len(matches) == 1:
            return next(iter(matches))
    if is_repeated:
        return None
    for pk in sorted(index.by_loose.get(loose(draft.name), set()), key=lambda pk: (pk < 0, abs(pk))):
        other = index.departments[pk]
        purpose = drafts[pk].fields["purpose"] if pk in drafts else other.purpose
        alike = not purpose or not draft.fields["purpose"] or purpose == draft.fields["purpose"]
        if alike and superiors.of(drafts, pk) == above:
            return pk
    return None


def asked_by(draft: Draft) -> tuple[list[str], list[str]]:
    """The keys by which a row is looked up: its name as written and without the acronym, and its further labels."""
    names = [key(draft.entry.get("name")), key(draft.name)]
    labels = [key(label) for label in parts(draft.entry.get("label"))]
    return [name for name in names if name], [label for label in labels if label]


def merge(plan: Plan, world: World, first: Draft, second: Draft) -> None:
    """Fold a row into an earlier one of the same department."""
    told = f"'{second.entry.get('name')}' is the same department as line {first.line} ('{first.name}')."
    if key(second.name) != key(first.name):
        add_alias(first, second.entry.get("name"))
        told += " Its name was kept as an alias."
    elif key(second.entry.get("parent")) == key(second.name):
        told += " It cannot stand below itself: call one of the two otherwise if there are two."
    for name, value in second.fields.items():
        first.fields[name] = first.fields[name] or value
    for alias in second.aliases:
        add_alias(first, alias)
    world.index.add(known(first))
    plan.merge(second.line, second.entry.get("name"), told)


def compare(plan: Plan, world: World, drafts: dict[int, Draft]) -> None:
    """Which drafts are new, which change what is on the map."""
    slugs = {
        "new",
        *(department.slug for department in world.index.departments.values()),
    }  # /departments/new/ is a page
    for draft in drafts.values():
        current = draft.before
        if current is None:
            draft.slug = free_slug(draft.name, slugs)
            plan.created.append(Creation(draft.line, draft.name, draft))
            continue
        fields: dict[str, tuple[str, str]] = {}
        data: dict[str, object] = {}
        for name in TEXTS:
            old, new = getattr(current, name), draft.fields[name]
            if new and new != old:
                fields[name], data[name] = (old, new), new
        if draft.parent != current.parent:
            above = world.index.departments
            old = above[current.parent].name if current.parent is not None else ""
            fields["parent"] = (old, above[draft.parent].name if draft.parent is not None else "")
            data["parent"] = draft.parent
        if "acronym" in fields and current.acronym:
            draft.aliases.append(current.acronym)
        added = new_aliases(current, draft)
        if added:
            fields["aliases"] = (", ".join(current.aliases), ", ".join([*current.aliases, *added]))
            data["aliases"] = added
        if not fields:
            plan.same += 1
        elif world.allowed is not None and draft.pk not in world.allowed:
            plan.refuse(
                draft.line,
                draft.name,
                f"'{draft.name}' is not one of your departments; only its head or the lead changes it.",
            )
        elif world.allowed is not None and "parent" in fields:
            plan.refuse(
                draft.line, draft.name, f"Only the social media lead moves '{draft.name}' to '{fields['parent'][1]}'."
            )
        else:
            plan.changed.append(Alteration(draft.line, current.name, draft.pk, fields, data))


def new_aliases(current: KnownDepartment, draft: Draft) -> list[str]:
    """Further names that the map does not have yet."""
    known_keys = {key(each) for each in (current.name, draft.fields["acronym"] or current.acronym, *current.aliases)}
    return list({key(alias): alias for alias in reversed(draft.aliases) if key(alias) not in known_keys}.values())[::-1]


def known(draft: Draft) -> KnownDepartment:
    """A draft as the index takes it."""
    if draft.before is not None:
        now = with_aliases(draft.before, draft.aliases)
        return replace(now, acronym=draft.fields["acronym"] or now.acronym)
    return KnownDepartment(draft.pk, draft.name, acronym=draft.fields["acronym"], aliases=tuple(draft.aliases))


def free_slug(name: str, taken: set[str]) -> str:
    """The department's part of addresses: "bureau-of-economic-analysis", numbered when it is taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    base = "-".join(re.findall(r"[a-z0-9]+", plain))[:70].strip("-") or "department"
    slug, count = base, 1
    while slug in taken:
        count += 1
        slug = f"{base}-{count}"
    taken.add(slug)
    return slug
