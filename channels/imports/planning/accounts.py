"""Lists of accounts."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from channels.imports.known import AccountKey, KnownAccount, World
from channels.imports.places import NoPlace, Place, Places
from channels.imports.planning.common import Dates, catalogue, fitting, foreign, names_of
from channels.imports.records import Alteration, Creation, Entry, List, Plan
from channels.imports.values import account_status, is_nothing, language, parts, yes
from channels.platforms.names import name_in

T = TypeVar("T")
TEXTS = {"says": 300, "why_care": 300, "rhythm": 120, "reply_promise": 120, "contact": 254, "custody": 300}
NAMES = {
    "says": "text of what it says",
    "why_care": "text of why people care",
    "rhythm": "rhythm",
    "reply_promise": "reply promise",
    "contact": "contact",
    "custody": "pointer to the keys",
}
DATES = ("contract_ends_on", "last_post_on", "last_attested_on", "opened_on")
NOTED = {
    "kpis": "KPIs",
    "top_content": "Top content",
    "decision": "Keep or deactivate",
    "branding": "Branding check",
    "centralised": "Password centralised",
}
NOT_YOURS = "None of your departments runs it, so it was left as it is."


@dataclass(slots=True)
class Draft:
    """An account as the rows of a list have it, put together."""

    line: int
    place: Place
    sides: list[int]
    fields: dict[str, Any]
    tags: list[str]
    notes: list[str]
    audiences: list[int]
    markets: list[int]
    spellings: set[str] = field(default_factory=set)
    named: str = ""
    """The name that stands in its address, for an account that has none otherwise."""

    @property
    def key(self) -> AccountKey:
        return self.place.platform, self.place.key


class Reader:
    """Turns rows into drafts; refuses and remarks as it goes."""

    def __init__(self, plan: Plan, found: List, world: World) -> None:
        self.plan = plan
        self.world = world
        self.places = Places(world.platforms)
        self.dates = Dates(found, DATES)

    def place(self, entry: Entry) -> Place | None:
        """The account of a row; refused when there is none."""
        if entry.problem:
            self.plan.refuse(entry.line, "", entry.problem)
            return None
        place = self.places.of(entry)
        if isinstance(place, NoPlace):
            self.plan.refuse(entry.line, place.value, place.message)
            return None
        return place

    def draft(self, entry: Entry, place: Place) -> Draft | None:
        """The row as an account; refused when its department is unknown."""
        sides: list[int] = []
        label = entry.get("department")
        if not is_nothing(label):
            found = self.world.index.find(label)
            if found.problem:
                self.plan.refuse(entry.line, label, found.problem)
                return None
            sides = list(found.departments)
            for remark in found.remarks:
                self.plan.remark(entry.line, label, remark)
        for remark in place.remarks:
            self.plan.remark(entry.line, place.written, remark)
        fields = self._fields(entry, place)
        tags = [fitting(self.plan, entry, tag, 60, "tag") for tag in parts(entry.get("tags"), r"[;|,]")]
        audiences = catalogue(self.plan, entry, self.world, "audience", "audiences")
        markets = catalogue(self.plan, entry, self.world, "market", "markets")
        return Draft(
            line=entry.line,
            place=place,
            sides=sides,
            fields=fields,
            tags=list(dict.fromkeys(tags)),
            notes=self._notes(entry),
            audiences=[pk for pk, _ in audiences],
            markets=[pk for pk, _ in markets],
            spellings={place.written},
            named=name_in(entry.get("address") or place.written)[:300],
        )

    def _fields(self, entry: Entry, place: Place) -> dict[str, Any]:
        plan = self.plan
        fields: dict[str, Any] = {}
        for name, limit in TEXTS.items():
            if not is_nothing(entry.get(name)):
                value = entry.get(name)
                if name == "contact":
                    value = ", ".join(parts(value))
                fields[name] = fitting(plan, entry, value, limit, NAMES[name])
        title = entry.get("name") or (entry.get("account") if " " in entry.get("account") else "")
        if not is_nothing(title):
            fields["name"] = fitting(plan, entry, title, 300, "name")
        if not is_nothing(entry.get("agency_run")):
            fields["agency"] = fitting(plan, entry, entry.get("agency_run"), 200, "agency")
        if not is_nothing(entry.get("language")):
            fields["language"] = fitting(plan, entry, language(entry.get("language")), 60, "language")
        for name in DATES:
            if (found := self.dates.read(plan, entry, name)) is not None:
                fields[name] = found
        self._states(entry, fields)
        return fields

    def _states(self, entry: Entry, fields: dict[str, Any]) -> None:
        verified = entry.get("verified")
        if not is_nothing(verified):
            answer = yes(verified)
            if answer is None:
                self.plan.remark(entry.line, verified, f"'{verified}' is neither yes nor no; 'verified' was left out.")
            else:
                fields["is_verified"] = answer
        status = entry.get("status")
        if not is_nothing(status):
            found = account_status(status)
            if found is None:
                known = "planned, active, dormant or retired"
                self.plan.remark(entry.line, status, f"'{status}' is not a status and was left out. Known are {known}.")
            else:
                fields["status"] = found
        decision = entry.get("decision").casefold()
        if decision.startswith(("deactivate", "delete", "close", "remove", "retire")):
            told = f"The list says '{entry.get('decision')}'. It stays on the map until it is retired on its page."
            self.plan.remark(entry.line, entry.get("decision"), told)

    def _notes(self, entry: Entry) -> list[str]:
        notes = [] if is_nothing(entry.get("notes")) else [entry.get("notes")]
        if len(entry.get("says")) > TEXTS["says"]:
            notes.append(entry.get("says"))
        return notes + [f"{name}: {entry.get(cell)}" for cell, name in NOTED.items() if not is_nothing(entry.get(cell))]


def plan_accounts(found: List, world: World) -> Plan:
    """Which accounts a list adds or changes; rows of one account count as one, the first value of each field holds."""
    plan = Plan(found.kind, rows=len(found.entries))
    reader = Reader(plan, found, world)
    drafts: dict[AccountKey, Draft] = {}
    for entry in found.entries:
        place = reader.place(entry)
        draft = reader.draft(entry, place) if place else None
        if draft is None:
            continue
        first = drafts.get(draft.key)
        if first is None:
            drafts[draft.key] = draft
        else:
            merge(plan, world, first, draft)
    existing = world.accounts(drafts.keys())
    for key, draft in drafts.items():
        compare(plan, world, draft, existing.get(key))
    return plan


def merge(plan: Plan, world: World, first: Draft, second: Draft) -> None:
    """Fold a row into an earlier one of the same account; a further department comes to co-manage it."""
    written = second.place.written
    again = written in first.spellings
    told = f"{second.place} stands in line {first.line} already"
    told += "." if again else f", written '{sorted(first.spellings)[0]}'."
    added = [pk for pk in second.sides if pk not in first.sides]
    if added and first.sides:
        owner, joining = names_of(world, first.sides[:1]), names_of(world, added)
        taken = f"Line {first.line} says who runs {second.place}, and this row names another department."
        taken += f" Both are taken as running it: {owner} owns it, {joining} co-manages."
        plan.remark(second.line, names_of(world, added), f"{taken} If that is wrong, correct the list, or the account.")
    first.sides += added
    first.spellings.add(written)
    first.named = first.named or second.named
    for name, value in second.fields.items():
        first.fields.setdefault(name, value)
    first.tags = union(first.tags, second.tags)
    first.notes = union(first.notes, second.notes)
    first.audiences = union(first.audiences, second.audiences)
    first.markets = union(first.markets, second.markets)
    plan.merge(second.line, written, told)


def union(mine: list[T], theirs: list[T]) -> list[T]:
    """Values of both, each once."""
    return list(dict.fromkeys([*mine, *theirs]))


def compare(plan: Plan, world: World, draft: Draft, current: KnownAccount | None) -> None:
    """What the map does not have yet of an account."""
    if current is None:
        if foreign(world, draft.sides[:1]):
            owner = (
                f"'{names_of(world, draft.sides[:1])}' is not one of your departments"
                if draft.sides
                else "It names no department"
            )
            plan.refuse(
                draft.line,
                draft.place.written,
                f"{owner}, so {draft.place} was not added. Only its head or the lead can.",
            )
            return
        if not draft.sides:
            plan.remark(
                draft.line,
                draft.place.written,
                f"{draft.place} has no department in the list; it is on the map without an owner.",
            )
        if draft.fields.get("status") == "retired":
            draft.fields["retired_on"] = world.today
        plan.created.append(Creation(draft.line, str(draft.place), draft))
        return
    fields, data = differences(world, draft, current)
    if not fields:
        plan.same += 1
    elif foreign(world, current.sides):
        plan.refuse(draft.line, draft.place.written, f"{draft.place}: {NOT_YOURS}")
    else:
        plan.changed.append(Alteration(draft.line, str(draft.place), current.pk, fields, data))


def differences(world: World, draft: Draft, current: KnownAccount) -> tuple[dict[str, tuple[str, str]], dict[str, Any]]:
    """Field by field what changes, for people and for writing. Empty cells change nothing."""
    fields: dict[str, tuple[str, str]] = {}
    columns: dict[str, Any] = {}
    data: dict[str, Any] = {"columns": columns, "owner": None, "sides": [], "audiences": [], "markets": []}
    for name, value in draft.fields.items():
        old = current.fields[name]
        if value != old:
            columns[name] = value
            fields[name] = (shown(old), shown(value))
    if draft.named and not current.fields["name"] and "name" not in columns:
        columns["name"] = draft.named
        fields["name"] = ("", draft.named)
    if "status" in columns:
        columns["retired_on"] = world.today if columns["status"] == "retired" else None
    if not current.fields["address"] and draft.place.address:
        columns["address"] = draft.place.address
        fields["address"] = ("", draft.place.address)
    tags = [tag for tag in draft.tags if tag not in current.fields["tags"]]
    if tags:
        columns["tags"] = [*current.fields["tags"], *tags]
        fields["tags"] = (", ".join(current.fields["tags"]), ", ".join(columns["tags"]))
    notes = [note for note in draft.notes if note not in current.fields["notes"]]
    if notes:
        columns["notes"] = joined_notes([current.fields["notes"], *notes])
        fields["notes"] = (current.fields["notes"], columns["notes"])
    sides(world, draft, current, fields, data)
    for name in ("audiences", "markets"):
        added = [pk for pk in getattr(draft, name) if pk not in getattr(current, name)]
        if added:
            data[name] = added
            fields[name] = (f"{len(getattr(current, name))} known", f"{len(added)} more")
    return fields, data


def sides(
    world: World, draft: Draft, current: KnownAccount, fields: dict[str, tuple[str, str]], data: dict[str, Any]
) -> None:
    """Who owns and who co-manages: another owner in the list takes the place of the one on the map."""
    if not draft.sides:
        return
    wanted = list(current.sides)
    if draft.sides[0] not in wanted:
        wanted[:1] = [draft.sides[0]]
        data["owner"] = draft.sides[0]
    data["sides"] = [pk for pk in draft.sides[1:] if pk not in wanted]
    wanted += data["sides"]
    if wanted != list(current.sides):
        fields["departments"] = (names_of(world, current.sides), names_of(world, wanted))


def joined_notes(notes: Iterable[str]) -> str:
    """Notes under each other."""
    return "\n".join(note for note in notes if note)


def shown(value: Any) -> str:
    """A value for people."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value or "")
