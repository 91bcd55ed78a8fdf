"""The report as it is set on paper: plain texts, figures and addresses, for `templates/reports/report.typ`."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.timezone import localtime

from orgmap.core.templatetags.figures import percent, state
from orgmap.core.words import sentence_list
from orgmap.reports.models import Level, Snapshot
from orgmap.reports.page import contents
from orgmap.reports.reading import Gap, Side
from orgmap.reports.templatetags.reports import iso_day, points, weighed

Run = str | dict[str, Any]
"""A piece of a sentence: text, or a figure with the address of its evidence."""


def printed(snapshot: Snapshot, level: Level, levels: list[Level]) -> dict[str, Any]:
    """Everything that stands on the pages, in order."""
    said = contents(snapshot, level, levels)
    to = Evidence(snapshot.pk, said["at"])
    units = "departments" if level.level is None else said["level_name"]
    return {
        "title": "Silos and overlaps",
        "organisation": settings.ORGANISATION_NAME,
        "date": date_format(snapshot.as_of, "j F Y"),
        "name": snapshot.name,
        "compared": f"Comparing {said['level_name']} ({level.units})",
        "alignment": alignment(said, to, units),
        "known": [
            {"share": fig(percent(row["share"]), to.known(row)), "of": row["share"], "words": row["words"]}
            for row in said["completeness"]
        ],
        "pairs": pairs(said, to, units),
        "groups": groups(said, to),
        "clean_up": [
            {"count": fig(weighed(count), to.page("step_list", key)), "title": title, "because": because}
            for key, title, because, count in said["clean_up"]
        ],
        "silos": silos(said, to),
        "benefits": benefits(said, to),
        "imprint": imprint(said),
        "footer": footer(said),
    }


class Evidence:
    """Where the evidence of a figure is: addresses that work from paper and from a file."""

    def __init__(self, pk: int, at: str) -> None:
        self.pk, self.at = pk, at

    def page(self, name: str, *args: str | int, **query: str) -> str:
        """A page of this report at its level."""
        address = reverse(f"reports:{name}", args=[self.pk, *args])
        return f"{settings.SITE_ADDRESS}{address}?{urlencode({'level': self.at, **query})}"

    def known(self, row: dict[str, Any]) -> str:
        """Where what the map knows, or does not, is listed."""
        return f"{settings.SITE_ADDRESS}{row['url']}"


def fig(text: str, url: str, **more: Any) -> dict[str, Any]:
    """A figure that leads to its evidence."""
    return {"text": text, "url": url, **more}


def alignment(said: dict[str, Any], to: Evidence, units: str) -> dict[str, Any]:
    """The headline, its change, and where they meet."""
    level, trend = said["level"], said["level"].trend
    if level.alignment is None:
        return {
            "headline": ["Nothing to coordinate yet."],
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
        found = [
            fig(f"{points(trend['change'])} points", difference),
            f" since the report of {iso_day(trend['since_on'])} (",
            fig(percent(trend["before"]), difference),
            "): ",
            fig(points(trend["agreements"]), difference),
            " by agreements, ",
            fig(points(trend["map_changed"]), difference),
            " because the map changed.",
        ]
    meet: list[Run] = [
        "They meet at ",
        fig(f"{weighed(level.contested)} place{pluralize(level.contested)}", to.page("place_list")),
        ". At ",
        fig(f"{weighed(level.blind)} of them", to.page("place_list", blind="1")),
        " nobody there has agreed on anything that counts.",
    ]
    return {"headline": headline, "share": level.alignment, "history": said["history"], "trend": found, "text": meet}


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


def pairs(said: dict[str, Any], to: Evidence, units: str) -> dict[str, Any]:
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
        "gaps": [gap(one, to) for one in said["gaps"]],
        "spots": [
            {
                "place": spot["place"],
                "units": fig(f"{len(spot['units'])} units", to.page("place_list", **spot["fields"])),
                "names": ", ".join(name for _, name in spot["units"]),
                "agreed": share(spot["row"].alignment, to.page("place_list", **spot["fields"])),
            }
            for spot in said["hotspots"]
        ],
        "kinds": [
            {"count": fig(weighed(count), to.page("pair_list", kind=key)), "name": name, "means": means}
            for key, name, means, count in said["quadrants"]
        ],
    }


def share(value: float | None, url: str) -> dict[str, Any] | None:
    """A share with its bar."""
    return None if value is None else fig(percent(value), url, share=value, state=state(value))


def gap(one: Gap, to: Evidence) -> dict[str, Any]:
    """Two units that meet the same people."""
    url = to.page("pair_detail", one.a.slug, one.b.slug)
    return {
        "names": f"{one.a.name} and {one.b.name}",
        "url": url,
        "count": fig(f"{weighed(one.count)} shared place{pluralize(one.count)}", url),
        "agreed": share(one.coverage, url),
        "accounts": "; ".join(accounts(side) for side in one.sides if side.accounts),
        "intended": one.intended,
        "action": one.action,
    }


def accounts(side: Side) -> str:
    """The accounts by which a unit meets the others."""
    more = f" and {side.more} more" if side.more else ""
    return f"{side.name}: {', '.join(name for _, name in side.accounts)}{more}"


def groups(said: dict[str, Any], to: Evidence) -> dict[str, Any]:
    """The small groups to form."""
    found = [
        {
            "benefit": group["benefit"],
            "for": group["audience"].lower(),
            "members": ", ".join(name for _, name in group["members"]),
            "gain": fig(f"{points(group['gain'])} points", to.page("place_list", **group["topic"])),
            "after": fig(percent(group["alignment_after"]), to.page("place_list", **group["topic"])),
            "lead": group["lead"],
            "sponsor": group["sponsor"],
            "objectives": "”, “".join(group["objectives"]),
            "share": group["gain"],
        }
        for group in said["groups"]
    ]
    first = said["groups"][0] if said["groups"] else None
    text = "A group of three to seven around one subject closes more of the gap than a task force of dozens."
    if not found:
        text = (
            "No group of three or more is missing: where departments pursue the same for the same people, they have "
            "agreed on it."
        )
    return {
        "text": text,
        "hung": fig(points(first["gain"]), to.page("place_list", **first["topic"])) if first else None,
        "rows": found,
    }


def silos(said: dict[str, Any], to: Evidence) -> dict[str, Any]:
    """Inside divisions and across; who stands alone and who holds it together."""
    found = said["silos"]
    counted = Evidence(to.pk, found["at"])
    within = fig(percent(found["within"]), counted.page("pair_list", where="inside"))
    across = fig(percent(found["across"]), counted.page("pair_list", where="across"))
    text: list[Run] = ["No meetings, no silos to speak of."]
    if found["within"] is not None and found["across"] is not None:
        text = ["We cover ", within, " inside divisions and ", across, " across."]
    elif found["across"] is not None:
        text = ["Across divisions ", across, " is covered. Nothing meets inside one."]
    elif found["within"] is not None:
        text = ["Inside divisions ", within, " is covered. No two divisions meet."]
    isolates = [name for _, name in found["isolates"]]
    lines: list[list[Run]] = []
    if isolates:
        tail = f" meet{pluralize(isolates, 's,')} others and {pluralize(isolates, 'has,have')} no agreement."
        lines.append([f"Alone: {', '.join(isolates)}{tail}"])
    lines += [
        [f"An island: {', '.join(names)} work together and with nobody else."] for names in found["smaller_islands"]
    ]
    lines += [
        [
            f"Keystone: without {row['name']} the rest would fall into ",
            fig(f"{row['pieces']} pieces", to.page("unit_detail", row["slug"])),
            ".",
        ]
        for row in found["keystones"]
    ]
    if found["unregistered"]:
        lines.append([f"Not on the map yet: {', '.join(name for _, name in found['unregistered'])}."])
    gap = found["silo_gap"]
    return {
        "hung": None if gap is None else fig(points(gap), counted.page("pair_list", where="across")),
        "text": text,
        "counted": f"Counted between the {found['counted']}." if found["is_finer"] else "",
        "rows": [
            {
                "name": row["name"],
                "url": counted.page("division_detail", row["slug"]),
                "inside": share(row["inside"], counted.page("division_detail", row["slug"])),
                "across": share(row["outside"], counted.page("division_detail", row["slug"])),
            }
            for row in found["divisions"]
        ],
        "lines": lines,
    }


def benefits(said: dict[str, Any], to: Evidence) -> dict[str, Any]:
    """How many of the things social media is for are staffed, and which are not."""
    found, page = said["benefits"], to.page("benefit_list")
    single = [f"{name} ({who})" if who else name for name, who in found["single"]]
    lines = [
        ("Nobody pursues", [name for name, _ in found["gap"]]),
        ("Wanted, and nobody works for it", [name for name, _ in found["declared"]]),
        ("Hangs on one", single),
    ]
    return {
        "hung": fig(weighed(found["staffed"]), page),
        "text": ["We staff ", fig(f"{found['staffed']} of the {found['count']}", page), " things social media is for."],
        "lines": [f"{what}: {'; '.join(names)}." for what, names in lines if names],
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
            ("accounts_with_objective", "with an objective"),
        )
        if key in shares
    ]
    known = f"; {sentence_list(list(parts), 'and')}" if parts else ""
    policy = snapshot.policy
    rules = f"{policy['min_shared']} shared places, {policy['high_overlap']}, {policy['dormant_days']} days"
    return f"{date_format(snapshot.as_of, 'j F Y')}; policy: {rules}{known}"
