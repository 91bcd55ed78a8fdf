"""What the audit says, and what became of it."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import NullIf
from django.db.models.lookups import Exact
from django.utils import timezone

from channels.audit import RULES, SUBJECTS, Rule
from channels.finding_querysets import FindingQuerySet
from channels.models.account import Account
from channels.models.tally import COUNTED
from departments.models import Benefit, Department, Objective, Tie
from orgmap.core.models import Stamped
from orgmap.core.tracking import tracked


def one_subject() -> Exact:
    """Exactly one of the subjects is named."""
    named = [NullIf("place", models.Value("")) if each == "place" else models.F(each) for each in SUBJECTS]
    return Exact(models.Func(*named, function="num_nonnulls", output_field=models.IntegerField()), 1)


class Finding(models.Model):
    """One thing that one rule says about one subject. It lives as long as that, and opens and closes with the fact.

    A rule speaks of a subject once: a fact that comes back opens the same row again. Rows are written by the audit and
    by people's decisions (`channels.services.finding`), never by hand. The database itself removes them with their
    subject, so that undo, which deletes and brings back by statements of its own, finds nothing in its way.
    """

    class State(models.TextChoices):
        OPEN = "open", "Open"
        ASSIGNED = "assigned", "Assigned"
        WAIVED = "waived", "Waived"
        RESOLVED = "resolved", "Resolved"

    rule = models.CharField(max_length=40, help_text="A code of channels.audit.")
    account = models.ForeignKey(
        Account, models.DO_NOTHING, null=True, blank=True, db_index=False, db_constraint=False, related_name="findings"
    )
    department = models.ForeignKey(
        Department,
        models.DO_NOTHING,
        null=True,
        blank=True,
        db_index=False,
        db_constraint=False,
        related_name="findings",
    )
    objective = models.ForeignKey(
        Objective,
        models.DO_NOTHING,
        null=True,
        blank=True,
        db_index=False,
        db_constraint=False,
        related_name="findings",
    )
    tie = models.ForeignKey(
        Tie, models.DO_NOTHING, null=True, blank=True, db_index=False, db_constraint=False, related_name="findings"
    )
    benefit = models.ForeignKey(
        Benefit, models.DO_NOTHING, null=True, blank=True, db_index=False, db_constraint=False, related_name="findings"
    )
    place = models.CharField(
        max_length=300, blank=True, default="", help_text="A meeting place: channel|audience|market|platform."
    )
    concerns = ArrayField(
        models.BigIntegerField(), default=list, help_text="Departments that it concerns, the one that answers first."
    )
    detail = models.JSONField(default=dict, help_text="The facts that its sentence needs, dates as 2026-03-31.")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    first_seen = models.DateField(help_text="When the fact was seen for the first time.")
    since = models.DateField(help_text="When it was opened last.")
    last_seen = models.DateField(
        null=True, blank=True, help_text="The last audit that saw the fact; empty: the latest audit sees it."
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        blank=True,
        db_index=False,
        db_constraint=False,
        related_name="assigned_findings",
    )
    due_on = models.DateField(null=True, blank=True)
    waived_reason = models.CharField(max_length=300, blank=True, default="")
    waived_until = models.DateField(null=True, blank=True, help_text="The last day of the waiver.")
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        blank=True,
        db_index=False,
        db_constraint=False,
        related_name="+",
        help_text="Who mended it; nobody: the fact was gone by itself.",
    )

    objects = FindingQuerySet.as_manager()

    class Meta:
        triggers = COUNTED
        constraints = [
            *(
                models.UniqueConstraint(
                    fields=[subject, "rule"],
                    condition=~models.Q(place="") if subject == "place" else models.Q(**{f"{subject}__isnull": False}),
                    name=f"channels_finding_{subject}_once",
                )
                for subject in SUBJECTS
            ),
            models.CheckConstraint(condition=one_subject(), name="channels_finding_one_subject"),
            models.CheckConstraint(
                condition=models.Q(state="waived", waived_until__isnull=False)
                | (~models.Q(state="waived") & models.Q(waived_until__isnull=True, waived_reason="")),
                name="channels_finding_waiver_ends",
                violation_error_message="A waiver needs the day on which it ends; other findings have none.",
            ),
            models.CheckConstraint(
                condition=models.Q(state="resolved", resolved_at__isnull=False)
                | (~models.Q(state="resolved") & models.Q(resolved_at__isnull=True, resolved_by__isnull=True)),
                name="channels_finding_resolved_has_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["rule", "state", "id"], name="channels_finding_decided", condition=~models.Q(state="open")
            ),
            models.Index(
                fields=["rule", "id"],
                name="channels_finding_to_do",
                condition=models.Q(state__in=["open", "assigned"]),
            ),
            GinIndex(
                fields=["concerns"],
                name="channels_finding_concerns",
                condition=models.Q(state__in=["open", "assigned", "waived"]),
            ),
            GinIndex(
                OpClass(models.F("detail__ids"), "jsonb_path_ops"),
                name="channels_finding_paired",
                condition=models.Q(rule__in=["duplicate", "look-alike"]),
            ),
            models.Index(
                fields=["assignee", "id"],
                name="channels_finding_by_assignee",
                condition=models.Q(assignee__isnull=False),
            ),
            models.Index(fields=["waived_until"], name="channels_finding_waivers", condition=models.Q(state="waived")),
            models.Index(
                fields=["-resolved_at"], name="channels_finding_resolved", condition=models.Q(state="resolved")
            ),
        ]

    named_with = ("account", "department", "objective", "tie", "benefit")
    """What the history loads with it, so that it can be named."""

    def __str__(self) -> str:
        known = RULES.get(self.rule)
        return f"{known.title if known else self.rule}: {self._subject()}"

    def _subject(self) -> str:
        """What it is about by name, as far as that was loaded."""
        kind = self.subject_kind
        return str(self._state.fields_cache.get(kind) or f"{kind} {self.subject_key}")

    @property
    def subject_kind(self) -> str:
        """Which of the six kinds of things it is about."""
        return next(kind for kind in SUBJECTS if self._key(kind))

    @property
    def subject_key(self) -> int | str:
        """Number of the record it is about; of a meeting place its written form."""
        return self._key(self.subject_kind)

    @property
    def about(self) -> Rule:
        """The rule that it comes from: title, why it matters, what to do, severity."""
        return RULES[self.rule]

    def sentence(self, today: date) -> str:
        """What is the matter with this one, as of a day."""
        return self.about.says(self.detail, today)

    @property
    def owner_id(self) -> int | None:
        """The department that answers for it first."""
        return self.concerns[0] if self.concerns else None

    @property
    def is_live(self) -> bool:
        """Whether the fact stands, whatever was decided about it."""
        return self.state != self.State.RESOLVED

    def _key(self, kind: str) -> int | str:
        return self.place if kind == "place" else getattr(self, f"{kind}_id")


class FindingNote(models.Model):
    """What somebody said about a finding, or did with it; nobody: the audit."""

    class Kind(models.TextChoices):
        NOTE = "note", "Note"
        ASSIGNED = "assigned", "Assigned"
        WAIVED = "waived", "Waived"
        REOPENED = "reopened", "Opened again"
        UNDONE = "undone", "Undone"
        RESOLVED = "resolved", "Resolved"

    finding = models.ForeignKey(Finding, models.DO_NOTHING, db_constraint=False, related_name="said")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.NOTE)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        blank=True,
        db_index=False,
        db_constraint=False,
        related_name="+",
    )
    at = models.DateTimeField(default=timezone.now)
    text = models.CharField(max_length=1000, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-at", "-id"], name="channels_finding_note_latest")]

    def __str__(self) -> str:
        return self.text or self.get_kind_display()


@tracked()
class RuleSetting(Stamped):
    """How the lead has set a rule: on or off, and parameters that differ from the usual ones."""

    rule = models.CharField(max_length=40, unique=True)
    is_on = models.BooleanField("is asked", default=True)
    parameters = models.JSONField(default=dict, blank=True)

    class Meta(Stamped.Meta):
        pass

    def __str__(self) -> str:
        return self.rule


class FindingCount(models.Model):
    """How many findings of a rule stood open at the end of a day, and how many opened and closed on it."""

    rule = models.CharField(max_length=40)
    day = models.DateField()
    open = models.PositiveIntegerField(default=0, help_text="Open or assigned; waived ones apart.")
    waived = models.PositiveIntegerField(default=0)
    opened = models.PositiveIntegerField(default=0)
    closed = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rule", "day"], name="channels_finding_count_once_a_day")]
        indexes = [models.Index(fields=["day"], name="channels_finding_count_day")]

    def __str__(self) -> str:
        return f"{self.day}: {self.open} {self.rule}"


class AuditRun(models.Model):
    """One look of the audit at the map: of all of it, or of what changed since the last one."""

    as_of = models.DateField(help_text="The day by which it judged.")
    looked_at = models.DateTimeField()
    seen = models.TextField(help_text="The database's snapshot that it read: see orgmap.history.pulse.")
    is_full = models.BooleanField(default=True)
    handed = models.JSONField(
        null=True, help_text="What a roll-up handed down with its places and pairs; empty: none did."
    )
    subjects = models.PositiveIntegerField(default=0, help_text="So many records were asked about.")
    opened = models.PositiveIntegerField(default=0)
    closed = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["-id"], name="channels_audit_run_handed", condition=models.Q(handed__isnull=False))
        ]

    def __str__(self) -> str:
        return f"{'Full audit' if self.is_full else 'Audit'} of {self.looked_at:%-d %B %Y, %H:%M}"
