"""What each measure means, with an example from the figures that stand. Words and numbers only; a page lays them out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from orgmap.core.templatetags.figures import percent
from orgmap.reports.names import Names
from orgmap.reports.templatetags.reports import weighed


@dataclass(frozen=True)
class Measure:
    """One measure: what it is in a sentence, how it came out here, and what it does not say. evidence: a kind of page."""

    key: str
    name: str
    sentence: str
    example: str
    limits: str
    evidence: str = ""


def measures(figures: Mapping[str, Any], pair: Mapping[str, Any] | None, known: Names) -> Iterator[Measure]:
    """All measures in the order of the report. pair: the row of the widest gap of this level, if there is one."""
    alignment, silos, sprawl = figures["alignment"], figures["silos"], figures["sprawl"]
    benefits = figures["benefits"]["by_benefit"]
    yield Measure(
        "place",
        "Meeting place",
        "A place where people can meet us: an audience in a market, on a platform or for a purpose.",
        f"Our units meet the same people at {alignment['contested']} places; they stand at {alignment['touchpoints']} in all."
        if alignment["contested"]
        else "No two units meet the same people yet.",
        "An account stands where somebody said whom it speaks to. What nobody said is not on the map: completeness stands "
        "beside every figure.",
        "places",
    )
    yield from _pair(pair, known)
    yield Measure(
        "alignment",
        "Alignment",
        "On average, where several of our units meet the same people, so much of the meetings is covered by an agreement.",
        f"It is {percent(alignment['alignment'])} over {alignment['contested']} places; at {alignment['blind']} of them "
        "nothing that counts is agreed."
        if alignment["alignment"] is not None
        else "Nothing is contested, so there is nothing to average: that is not 0 %.",
        "It states a fact about agreements and is no forecast of performance. It falls when departments register honestly, "
        "since more meetings become visible; the change is therefore split into agreements and map.",
        "blind",
    )
    yield Measure(
        "strength",
        "What an agreement counts for",
        "In a group about something a member can sustain six working relationships; in a group about nothing, one.",
        "A group of 8 with an objective counts 6/7 for each pair, one of 25 counts 1/4, one of 8 without an objective 1/7. "
        "A liaison counts half. Of several agreements the strongest counts, never their sum.",
        "Whether people really talk is not measured; an agreement past its end does not count.",
    )
    yield Measure(
        "silos",
        "Silo gap",
        "How much better we agree inside divisions than across them.",
        f"Inside {percent(silos['within'])}, across {percent(silos['across'])}."
        if silos["within"] is not None and silos["across"] is not None
        else "At this level nothing meets inside a division, or nothing across: there is no gap to state.",
        "Divisions are those of the organisation's tree, which need not be how people work.",
    )
    yield Measure(
        "islands",
        "Islands and keystones",
        "An island is a set of units that agreements join to each other and to nobody else; a keystone is a unit without which "
        "an island would fall apart.",
        f"There {'is' if len(silos['islands']) == 1 else 'are'} {len(silos['islands'])} "
        f"{'island' if len(silos['islands']) == 1 else 'islands'} and {len(silos['keystones'])} "
        f"{'keystone' if len(silos['keystones']) == 1 else 'keystones'}.",
        "They show how agreements hang together, not how important a unit is. A unit alone that meets nobody is no problem.",
        "map",
    )
    yield from _sprawl(sprawl, known)
    staffed = [code for code, row in benefits.items() if row["state"] in ("single", "shared")]
    yield Measure(
        "benefits",
        "Benefit coverage",
        "Of the things that social media is for, so many are pursued by somebody who has an account for it.",
        f"We staff {len(staffed)} of {len(benefits)}.",
        "An objective that nobody works for counts as declared, not as staffed. How well it works is not measured.",
    )


def _pair(pair: Mapping[str, Any] | None, known: Names) -> Iterator[Measure]:
    names = (known.department(pair["a"]), known.department(pair["b"])) if pair else ("", "")
    count = 0 if pair is None else pair["shared"] if pair["count"] is None else pair["count"]
    yield Measure(
        "overlap",
        "Overlap",
        "So much of everything that the smaller of two units does is also done by the other.",
        f"{names[0]} and {names[1]} share {weighed(count)} places: {percent(pair['overlap'])} of the smaller."
        if pair
        else "No two units share a place.",
        "It is measured on the smaller unit, so registering unrelated accounts does not lower it. An overlap may be wanted: "
        "then it is marked as intended, with a reason and a date.",
        "pair" if pair else "",
    )
    yield Measure(
        "coverage",
        "Coverage",
        "For so much of what two units share they have agreed who does what.",
        f"{names[0]} and {names[1]} have agreed on {percent(pair['coverage'])} of it."
        if pair
        else "Nothing is shared.",
        "Only agreements that are active today count, each for what it says it is about. A common superior is no agreement.",
        "pair" if pair else "",
    )


def _sprawl(sprawl: Mapping[str, Any], known: Names) -> Iterator[Measure]:
    total = sprawl["total"]
    spread = sorted(
        ((row["accounts"], code, row) for code, row in sprawl["by_platform"].items() if row["effective_owners"]),
        key=lambda item: (-item[0], item[1]),
    )
    if spread:
        accounts, code, row = spread[0]
        example = (
            f"Our {accounts} accounts on {known.of('platform', code)} are run as if by "
            f"{row['effective_owners']:.1f} units of equal size."
        )
    else:
        example = "No account has an owner yet."
    yield Measure(
        "owners",
        "Effective owners",
        "As many units of equal size would spread the accounts of a platform as they are spread now.",
        example,
        "Many owners are no fault by themselves; they are a reason to look at who answers whom.",
    )
    yield Measure(
        "dormant",
        "Dormant",
        "Nobody has posted for longer than the policy's days, or somebody marked the account as dormant.",
        f"{percent(total['dormant'])} of {total['accounts']} accounts; of {percent(total['activity_unknown'])} the last post is "
        "not known."
        if total["accounts"]
        else "There is no account yet.",
        "An unknown last post is never counted as dormant.",
    )
