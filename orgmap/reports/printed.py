"""The report as it is set on paper: plain texts, figures and addresses, for `templates/reports/report.typ`."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.template.defaultfilters import pluralize
from django.utils.formats import date_format
from django.utils.timezone import localtime

from orgmap.core.templatetags.figures import percent
from orgmap.core.words import sentence_list
from orgmap.reports import words
from orgmap.reports.models import Level, Snapshot
from orgmap.reports.page import Room, Some, contents
from orgmap.reports.paper import Evidence, Run, called, fig, listed, more, share, short
from orgmap.reports.reading import Gap, Side
from orgmap.reports.templatetags.reports import iso_day, points, stands_still, weighed

PROPOSED_UP_TO = 500
"""Of so many units at the most the engine proposes groups."""

ROOMS = (
    Room(names=16, islands=8, divisions=14),
    Room(names=8, islands=3, divisions=12, spots=2, accounts=2, letters=70),
    Room(names=5, islands=2, divisions=8, spots=1, accounts=1, letters=48, size=0.95),
    Room(names=4, islands=1, divisions=6, spots=1, accounts=1, letters=40, size=0.9),
    Room(names=3, islands=1, divisions=5, spots=1, accounts=0, groups=3, letters=36, size=0.85),
    Room(names=2, islands=1, divisions=4, spots=1, accounts=0, groups=2, letters=28, size=0.85),
)
"""How long lists may be on paper: the first with which a report stands on two pages."""


def printed(snapshot: Snapshot, level: Level, levels: list[Level], room: Room = ROOMS[0]) -> dict[str, Any]:
    """Everything that stands on the pages, in order."""
    said = contents(snapshot, level, levels, room)
    to = Evidence(snapshot.pk, said["at"])
    units = words.several(said["level_name"])
    return {
        "title": "Silos and overlaps",
        "size": room.size,
        "organisation": short(settings.ORGANISATION_NAME, room),
        "date": date_format(snapshot.as_of, "j F Y"),
        "name": short(snapshot.name, room),
        "compared": f"Comparing {said['level_name']} ({level.units})",
        "alignment": alignment(said, to, units),
        "known": [
            {"share": fig(percent(row["share"]), to.known(row)), "of": row["share"], "words": row["words"]}
            for row in said["completeness"]
        ],
        "pairs": pairs(said, to, units, room),
        "groups": groups(said, to, room),
        "clean_up": [
            {"count": fig(weighed(count), to.page("step_list", key)), "title": title, "because": because}
            for key, title, because, count in said["clean_up"]
        ],
        "silos": silos(said, to, room),
        "benefits": benefits(said, to, room),
        "imprint": imprint(said),
        "footer": footer(said),
    }


def alignment(said: dict[str, Any], to: Evidence, units: str) -> dict[str, Any]:
    """The headline, its change, and where they meet."""
    level, trend = said["level"], said["level"].trend
    if level.alignment is None:
        return {
            "headline": ["Nothing to coordinate yet."],
            "caveat": caveat(said, to),
            "share": None,
            "history": [],
            "trend": [],
            "text": [lacking(said)],
        }
    headline: list[Run] = [
        f"Where several of our {units} meet the same people, ",
        fig(percent(level.alignment), to.page("place_list")),
        " of the meetings are covered by an agreement.",
    ]
    found: list[Run] = []
    if trend and trend["change"] is not None:
        difference = to.page("report_difference", trend["since"])
        still = stands_still(trend)
        found = [
            fig("Unchanged" if still else f"{points(trend['change'])} points", difference),
            f" since the report of {iso_day(trend['since_on'])} (",
            fig(percent(trend["before"]), difference),
        ]
        parts: list[Run] = [
            "): ",
            fig(points(trend["agreements"]), difference),
            " by agreements, ",
            fig(points(trend["map_changed"]), difference),
            " because the map changed.",
        ]
        found += [")."] if still else parts
    meet: list[Run] = [
        "They meet at ",
        fig(f"{weighed(level.contested)} place{pluralize(level.contested)}", to.page("place_list")),
        ". At ",
        fig(f"{weighed(level.blind)} of them", to.page("place_list", blind="1")),
        " nobody there has agreed on anything that counts.",
    ]
    return {
        "caveat": caveat(said, to),
        "headline": headline,
        "share": level.alignment,
        "history": said["history"],
        "trend": found,
        "text": meet,
    }


def caveat(said: dict[str, Any], to: Evidence) -> list[Run]:
    """How little the map knows, where it does."""
    found: list[Run] = []
    for at, row in enumerate(said["caveat"]):
        last = at == len(said["caveat"]) - 1
        found.append("As far as the map knows: " if at == 0 else " and " if last else ", ")
        found += [fig(percent(row["share"]), to.known(row)), f" {row['words']}"]
    return [*found, "."] if found else []


def lacking(said: dict[str, Any]) -> str:
    """What is missing before anything can be compared."""
    if not said["accounts"]:
        return "No account is on the map."
    if said["level"].units < 2:
        return "At this level everything is one unit, and a unit cannot meet itself. Compare a finer level."
    return (
        "No two of them reach the same audience in the same market, as far as the map knows. What it does not know "
        "stands beside this: an account without an audience stands nowhere."
    )


def pairs(said: dict[str, Any], to: Evidence, units: str, room: Room) -> dict[str, Any]:
    """The widest gaps, the places where most meet, and all pairs by kind."""
    apart = said["level"].figures["quadrants"]["left_right_hand"]
    text: list[Run] = ["No pair meets the same people without an agreement that covers at least half of it."]
    if said["gaps"]:
        text = [
            fig(f"{weighed(apart)} pair{pluralize(apart)}", to.page("pair_list", kind="left_right_hand")),
            f" of {units} meet{pluralize(apart, 's,')} the same people, and too little of it is agreed. "
            f"The widest gap{pluralize(len(said['gaps']), ' is,s are')}:",
        ]
    return {
        "hung": fig(weighed(apart), to.page("pair_list", kind="left_right_hand")),
        "text": text,
        "gaps": [gap(one, to, room) for one in said["gaps"]],
        "spots": [
            {
                "place": spot["place"],
                "units": fig(f"{weighed(spot['units'].count)} units", to.page("place_list", **spot["fields"])),
                "names": listed(called(spot["units"]), room),
                "agreed": share(spot["row"].alignment, to.page("place_list", **spot["fields"])),
            }
            for spot in said["hotspots"]
        ],
        "kinds": [
            {"count": fig(weighed(count), to.page("pair_list", kind=key)), "name": name, "means": means}
            for key, name, means, count in said["quadrants"]
        ],
    }


def gap(one: Gap, to: Evidence, room: Room) -> dict[str, Any]:
    """Two units that meet the same people."""
    url = to.page("pair_detail", one.a.slug, one.b.slug)
    return {
        "names": f"{short(one.a.name, room)} and {short(one.b.name, room)}",
        "url": url,
        "count": fig(f"{weighed(one.count)} shared place{pluralize(one.count)}", url),
        "agreed": share(one.coverage, url),
        "accounts": "; ".join(accounts(side, room) for side in one.sides if side.accounts and room.accounts),
        "intended": short(one.intended, Room(letters=3 * room.letters)),
        "action": one.action,
    }


def accounts(side: Side, room: Room) -> str:
    """The accounts by which a unit meets the others."""
    names = [name for _, name in side.accounts]
    shown = names[: room.accounts]
    return f"{short(side.name, room)}: {listed(Some(shown, side.more + len(names) - len(shown)), room)}"


def groups(said: dict[str, Any], to: Evidence, room: Room) -> dict[str, Any]:
    """The small groups to form."""
    found = [
        {
            "benefit": group["benefit"],
            "for": group["audience"].lower(),
            "members": ", ".join(short(name, room) for _, name in group["members"]),
            "gain": fig(f"{points(group['gain'])} points", to.page("place_list", **group["topic"])),
            "after": fig(percent(group["alignment_after"]), to.page("place_list", **group["topic"])),
            "lead": short(group["lead"], room),
            "sponsor": short(group["sponsor"], room),
            "objectives": short("”, “".join(group["objectives"]), Room(letters=3 * room.letters)),
            "share": group["gain"],
        }
        for group in said["groups"][: room.groups]
    ]
    first = said["groups"][0] if said["groups"] else None
    text = "A group of three to seven around one subject closes more of the gap than a task force of dozens."
    if not found:
        text = (
            "No group of three or more is proposed: where units pursue the same for the same people, they have agreed "
            f"on it or sit in {said['snapshot'].policy['groups_per_department']} groups already."
        )
        if said["level"].units > PROPOSED_UP_TO:
            text = "At this level there are too many units to propose groups. Compare a coarser one."
    return {
        "text": text,
        "hung": fig(points(first["gain"]), to.page("place_list", **first["topic"])) if first else None,
        "rows": found,
        "more": more(len(said["groups"]) - len(found), "group", to),
    }


def silos(said: dict[str, Any], to: Evidence, room: Room) -> dict[str, Any]:
    """Inside divisions and across; who stands alone and who holds it together."""
    found = said["silos"]
    counted = Evidence(to.pk, found["at"])
    within = fig(percent(found["within"]), counted.page("pair_list", where="inside"))
    across = fig(percent(found["across"]), counted.page("pair_list", where="across"))
    text: list[Run] = ["No meetings as far as the map knows, so no silos to speak of."]
    if found["within"] is not None and found["across"] is not None:
        text = ["We cover ", within, " inside divisions and ", across, " across."]
    elif found["across"] is not None:
        text = ["Across divisions ", across, " is covered. As far as the map knows nothing meets inside one."]
    elif found["within"] is not None:
        text = ["Inside divisions ", within, " is covered. As far as the map knows no two divisions meet."]
    alone = found["isolates"].count
    lines: list[list[Run]] = []
    if alone:
        tail = f" meet{pluralize(alone, 's,')} others and {pluralize(alone, 'has,have')} no agreement."
        lines.append([f"Alone: {listed(called(found['isolates']), room)}{tail}"])
    lines += [
        [f"An island: {listed(names, room)} work together and with nobody else."]
        for names in found["smaller_islands"].shown
    ]
    lines.append(more(found["smaller_islands"].more, "island", to))
    lines += [
        [
            f"Keystone: without {short(row['name'], room)} the rest would fall into ",
            fig(f"{row['pieces']} pieces", to.page("unit_detail", row["slug"])),
            ".",
        ]
        for row in found["keystones"].shown
    ]
    lines.append(more(found["keystones"].more, "keystone", to))
    if found["unregistered"].count:
        lines.append([f"Not on the map yet: {listed(called(found['unregistered']), room)}."])
    rest = found["divisions"].more
    if rest:
        least = f"These {len(found['divisions'].shown)} have agreed least with others. "
        lines.insert(0, [least, *more(rest, "division", to)])
    gap = found["silo_gap"]
    return {
        "hung": None if gap is None else fig(points(gap), counted.page("pair_list", where="across")),
        "text": text,
        "counted": f"Counted between the {found['counted']}." if found["is_finer"] else "",
        "rows": [
            {
                "name": short(row["name"], room),
                "url": counted.page("division_detail", row["slug"]),
                "inside": share(row["inside"], counted.page("division_detail", row["slug"])),
                "across": share(row["outside"], counted.page("division_detail", row["slug"])),
            }
            for row in found["divisions"].shown
        ],
        "lines": [line for line in lines if line],
    }


def benefits(said: dict[str, Any], to: Evidence, room: Room) -> dict[str, Any]:
    """How many of the things social media is for are staffed, and which are not."""
    found, page = said["benefits"], to.page("benefit_list")
    single = [f"{name} ({short(who, room)})" if who else name for name, who in found["single"]]
    wide = Room(letters=2 * room.letters)
    lines = [
        (what, listed(Some.of(names, room.names), wide, "; "))
        for what, names in (
            ("Nobody pursues", [name for name, _ in found["gap"]]),
            ("Wanted, and nobody works for it", [name for name, _ in found["declared"]]),
            ("Hangs on one", single),
        )
    ]
    return {
        "hung": fig(weighed(found["staffed"]), page),
        "text": ["We staff ", fig(f"{found['staffed']} of the {found['count']}", page), " things social media is for."],
        "lines": [f"{what}: {names}." for what, names in lines if names],
        "squares": ["staffed"] * found["staffed"] + ["declared"] * len(found["declared"]) + ["gap"] * len(found["gap"]),
    }


def imprint(said: dict[str, Any]) -> list[str]:
    """When, from what and under which rules."""
    snapshot, policy = said["snapshot"], said["snapshot"].policy
    published = date_format(localtime(snapshot.published_at), "j F Y, H:i")
    return [
        f"As of {date_format(snapshot.as_of, 'j F Y')}, computed {published} from {weighed(said['accounts'])} "
        f"account{pluralize(said['accounts'])}.",
        f"Policy: a pair meets the same people from {policy['min_shared']} shared places and {policy['high_overlap']} "
        "of the smaller one on; half agreed counts as agreed; "
        f"silent for {policy['dormant_days']} days counts as dormant. "
        f"Catalogue {snapshot.catalogue_version[:8]}, facts {snapshot.input_hash[:8]}.",
        "A figure compares only with one under the same policy. Alignment states how much of what meets is agreed; it "
        "forecasts nothing.",
    ]


def footer(said: dict[str, Any]) -> str:
    """What stands at the foot of each page: date, policy and completeness in one line."""
    snapshot = said["snapshot"]
    shares = {row["key"]: row["share"] for row in said["completeness"]}
    parts: Sequence[str] = [
        f"{percent(shares[key])} {noun}"
        for key, noun in (
            ("departments_registered", "departments registered"),
            ("accounts_placed", "accounts placed"),
            ("accounts_placed_by_default", "more by default"),
            ("accounts_with_objective", "with an objective"),
        )
        if key in shares
    ]
    known = f"; {sentence_list(list(parts), 'and')}" if parts else ""
    policy = snapshot.policy
    rules = f"{policy['min_shared']} shared places, {policy['high_overlap']}, {policy['dormant_days']} days"
    return f"{date_format(snapshot.as_of, 'j F Y')}; policy: {rules}{known}"
