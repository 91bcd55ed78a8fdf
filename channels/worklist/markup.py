"""The rows of the worklist as HTML. Fifty make a page, so they are plain strings; whatever a person typed goes through
``escape``."""

from collections.abc import Sequence
from html import escape
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString

from channels.models import Finding
from channels.worklist.lines import Line

State = Finding.State
NOBODY = '<span class="muted">no department</span>'


class Rows:
    """Writes rows of one list. ``asked`` is the list's query string, ``of_rule`` whether all are of one rule."""

    def __init__(self, *, asked: str, of_rule: bool, decides: bool) -> None:
        self.asked, self.query = asked, f"?{escape(asked)}"
        self.of_rule, self.decides = of_rule, decides
        self.pages = {
            name: reverse(f"channels:finding_{name}", args=[0])
            for name in ("detail", "fix", "assign", "waive", "reopen")
        }
        self.department = reverse("reports:department_detail", args=["0"])

    def __call__(self, lines: Sequence[Line]) -> SafeString:
        return SafeString("\n".join([self.row(line) for line in lines]))

    def row(self, line: Line, *, told: str = "", action: UUID | None = None) -> SafeString:
        """One row. With ``told`` it takes the place of the one that was decided about, and says what became of it; the
        action can be undone from there."""
        attributes = ' hx-swap-oob="true" class="done"' if told else ""
        state = f'<span class="finding-told">{escape(told)}</span>' if told else state_of(line)
        do = self.undo(line, action) if told else self.do(line) if line.may_decide else ""
        cells = [
            self.tick(line) if self.decides else "",
            self.about(line),
            f'<td class="finding-where">{self.where(line)}</td>',
            f'<td class="finding-state">{state}</td>',
            f'<td class="finding-do">{do}</td>' if self.decides else "",
        ]
        return SafeString(f'<tr id="finding_{line.pk}" data-finding{attributes}>{"".join(cells)}</tr>')

    def undo(self, line: Line, action: UUID | None) -> str:
        """The way back. The list is a form, which a button can send elsewhere."""
        if action is None:
            return ""
        there, here = reverse("reports:action_undo", args=[action]), f"{reverse('channels:audit_list')}{self.query}"
        return (
            f'<button class="btn btn-sm" type="submit" formaction="{there}" name="next" value="{here}">Undo'
            f'<span class="visually-hidden">: {escape(line.subject)}</span></button>'
        )

    def tick(self, line: Line) -> str:
        if not line.may_decide:
            return '<td class="choose"></td>'
        name = f"Choose {escape(line.subject)}: {escape(line.title)}"
        return (
            '<td class="choose"><input class="form-check-input" type="checkbox" name="finding"'
            f' value="{line.pk}" aria-label="{name}"></td>'
        )

    def about(self, line: Line) -> str:
        says = ""
        if not self.of_rule:
            says = f'<span class="finding-rule">{escape(line.title)}.</span> {escape(line.says)}'
        elif line.finding.detail or line.name:
            says = escape(line.says if line.finding.detail else line.name)
        return (
            f'<th scope="row"><a class="finding-subject" href="{self.page("detail", line)}">{escape(line.subject)}</a>'
            f' <span class="muted small">{escape(line.kind)}</span>'
            + (f'<p class="finding-says">{says}</p>' if says else "")
            + "</th>"
        )

    def where(self, line: Line) -> str:
        if not line.departments:
            return NOBODY
        first, more = line.departments[0], len(line.departments) - 1
        link = f'<a href="{self.department.replace("0", first.slug)}">{escape(first.name)}</a>'
        return link + (f' <span class="muted small">and {more} more</span>' if more else "")

    def do(self, line: Line) -> str:
        links = []
        if line.fix is not None:
            address = self.page("fix", line) if line.fix.in_place else escape(line.fix.address(self.asked))
            links.append(self.link("e", line.fix.label, address, line, in_place=line.fix.in_place))
        if line.finding.state in {State.WAIVED, State.RESOLVED}:
            links.append(self.link("a", "Open again", self.page("reopen", line), line))
        else:
            links.append(self.link("a", "Assign", self.page("assign", line), line))
            links.append(self.link("w", "Waive", self.page("waive", line), line))
        return f'<span class="row-do">{"".join(links)}</span>'

    def link(self, key: str, label: str, address: str, line: Line, *, in_place: bool = True) -> str:
        here = f' hx-get="{address}" hx-target="#finding_panel"' if in_place else ""
        hidden = f'<span class="visually-hidden">: {escape(line.subject)}</span>'
        return f'<a data-do="{key}" href="{address}"{here}>{label}{hidden}</a>'

    def page(self, name: str, line: Line) -> str:
        return self.pages[name].replace("0", str(line.pk)) + self.query


def state_of(line: Line) -> SafeString:
    """Where a finding stands, in a few words."""
    return SafeString(_state(line))


def _state(line: Line) -> str:
    found = line.finding
    if found.state == State.WAIVED:
        return f'<span class="tag quiet">Waived until {day(found.waived_until)}</span>'
    if found.state == State.RESOLVED:
        return f'<span class="tag covered">Resolved {day(found.resolved_at)}</span>'
    if found.assignee is not None:
        who = f"<span>{escape(str(found.assignee))}</span>"
        if found.due_on is None:
            return who
        mark, words = ("overdue", "overdue since") if line.is_overdue else ("muted", "until")
        return f'{who} <br><span class="small {mark}">{words} {day(found.due_on)}</span>'
    days = f"for {line.days} day{'' if line.days == 1 else 's'}" if line.days else "since today"
    return f'<span class="muted small">open {days}</span>'


def day(when: Any) -> str:
    return date_format(when, "j M Y")
