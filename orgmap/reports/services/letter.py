"""The headline and the three changes that matter, once a month, to whoever wants it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format

from orgmap.core.templatetags.figures import THIN, percent
from orgmap.core.words import sentence_list
from orgmap.reports import doors, words
from orgmap.reports.difference import Change, difference
from orgmap.reports.known import caveat
from orgmap.reports.models import LetterReader, Level, Snapshot
from orgmap.reports.names import Names, names
from orgmap.reports.templatetags.reports import points
from orgmap.users.models import Notice, User
from orgmap.users.posting import in_full
from orgmap.users.telling import tell

KIND = "monthly-report"
CHANGES = 3


@dataclass(frozen=True)
class Told:
    """One change in words, with the page of it."""

    says: str
    link: str

    @property
    def address(self) -> str:
        return f"{settings.SITE_ADDRESS}{self.link}"


def subscribe(*, user: User, on: date) -> None:
    """Have a letter each month, from the next one on."""
    LetterReader.objects.get_or_create(user=user, defaults={"since": on})


def unsubscribe(*, user: User) -> None:
    """Have no letter any more."""
    LetterReader.objects.filter(user=user).delete()


def write_letters(*, now: datetime, today: date) -> int:
    """Write to everybody who was not written to this month. Asked often, late or twice, there is one letter a month.

    Months in which nobody worked are not made up for.
    """
    month = today.replace(day=1)
    once = f"{KIND} {month:%Y-%m}"
    readers = User.objects.filter(is_active=True, pk__in=LetterReader.objects.filter(since__lt=month).values("user"))
    waiting = list(readers.exclude(pk__in=Notice.objects.filter(once=once).values("user")).order_by("pk"))
    snapshot = Snapshot.objects.latest_published() if waiting else None
    if snapshot is None:
        return 0
    said = letter(snapshot, month)
    return tell(
        people=waiting,
        kind=KIND,
        subject=said["subject"],
        template="reports/monthly.txt",
        context=said,
        link=said["link"],
        now=now,
        once=once,
    )


def letter(snapshot: Snapshot, month: date) -> dict[str, Any]:
    """What the letter of a month says: the report that stands, and what is different since before the month before."""
    levels = doors.levels(snapshot)
    after = doors.level(levels, {})
    units = words.several(words.level_name(after, levels))
    first = (month - timedelta(days=1)).replace(day=1)
    earlier, before = compared(snapshot, after.level, first)
    share = percent(after.alignment).replace(THIN, "\u00a0")
    headline = (
        f"Where several of our {units} meet the same people, {share} of the meetings are covered by an agreement."
    )
    if after.alignment is None:
        headline = "Nothing to coordinate yet: no two of our departments are known to reach the same people."
    change = None
    if before is not None and before.alignment is not None and after.alignment is not None:
        change = after.alignment - before.alignment
    link = f"{reverse('reports:report_detail', args=[snapshot.pk])}?level={words.at(after)}"
    if earlier is not None:
        link = f"{reverse('reports:report_difference', args=[earlier.pk, snapshot.pk])}?level={words.at(after)}"
    moved = f", {points(change)} points" if change is not None else ""
    return {
        "subject": "Silos and overlaps" + (f": {share} agreed{moved}" if after.alignment is not None else ""),
        "headline": headline,
        "caveat": caveat_sentence(snapshot, after, levels),
        "change": points(change) if change is not None else "",
        "since": date_format(earlier.as_of, "j F Y") if earlier is not None else "",
        "changes": changes(before, after, snapshot.pk) if before is not None else [],
        "link": link,
    }


def caveat_sentence(snapshot: Snapshot, level: Level, levels: list[Level]) -> str:
    """How little the map knows, where it does."""
    found = caveat(snapshot, level, levels)
    said = [f"{percent(row['share'])} {row['words']}".replace(THIN, "\u00a0") for row in found]
    return f"As far as the map knows: {sentence_list(said, 'and')}." if said else ""


def compared(snapshot: Snapshot, level: int | None, first: date) -> tuple[Snapshot | None, Level | None]:
    """The last report before a day, at the same level; without one, the oldest that is kept."""
    others = Level.objects.filter(level=level, snapshot__published_at__lt=snapshot.published_at)
    others = others.select_related("snapshot").defer("actions")
    found = others.filter(snapshot__as_of__lt=first).order_by("-snapshot__published_at", "-pk").first()
    found = found or others.order_by("snapshot__published_at", "pk").first()
    return (found.snapshot, found) if found is not None else (None, None)


def changes(before: Level, after: Level, pk: int) -> list[Told]:
    """The pairs whose gap moved most, in words."""
    found = difference(before, after).changes[:CHANGES]
    known = names(
        departments={unit for one in found for unit in (one.a, one.b)},
        records={key for one in found for key in (*one.records_new, *one.records_gone)},
        ties={key for one in found for key in (*one.ties_new, *one.ties_gone)},
        seen_by=before.snapshot,
    )
    at = words.at(after)
    told = []
    for one in found:
        link = f"{reverse('reports:pair_detail', args=[pk, one.a, one.b])}?level={at}"
        if not one.after:
            link = f"{reverse('reports:report_difference', args=[before.snapshot_id, pk])}?level={at}"
        told.append(Told(sentence(one, known), link))
    return told


def sentence(one: Change, known: Names) -> str:
    """A changed pair: what it was, what it is, and because of what."""
    was = words.QUADRANTS[one.before][0].lower() if one.before else "did not meet"
    now = words.QUADRANTS[one.after][0].lower() if one.after else "do not meet"
    why = [f"“{known.tie(key)}” was agreed" for key in one.ties_new[:2]]
    why += [f"“{known.tie(key)}” has ended" for key in one.ties_gone[:2]]
    if not why:
        named = [record(key, known) for key in (one.records_new or one.records_gone)[:2]]
        verb = "came" if one.records_new else "went"
        why = [f"{sentence_list(named, 'and')} {verb}"] if named else []
    because = f" ({'; '.join(why)})" if why else ""
    return f"{known.department(one.a)} and {known.department(one.b)}: {was}, now {now}{because}."


def record(key: str, known: Names) -> str:
    """An account or objective by name."""
    kind, _, pk = key.partition(":")
    return known.account(pk) if kind == "account" else f"“{known.objectives.get(pk, pk)}”"


in_full(KIND)
