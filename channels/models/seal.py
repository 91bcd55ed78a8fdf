"""Who confirmed an account, and whether somebody else has changed since what was confirmed.

Triggers keep it, statement by statement: an import, a change of many accounts and SQL count like a form. It is no part
of the account, so that breaking it neither changes a version nor stands in the way of an undo.
"""

import pgtrigger
from django.conf import settings
from django.db import models

WHO = "nullif(nullif(current_setting('pghistory.context_metadata', true), '')::jsonb->>'user', '')::bigint"
"""The person of the running action, as its history has it; none for commands."""
ACTION = "nullif(current_setting('pghistory.context_id', true), '')::uuid"
HERE = "pg_current_xact_id()::text::bigint"
SEALED = """
    ON CONFLICT (account_id) DO UPDATE SET by_id = excluded.by_id, at = excluded.at, xact = excluded.xact,
        broken_at = NULL, broken_by_id = NULL, broken_what = '', broken_in = NULL;
    RETURN NULL;
"""
SEAL = [
    pgtrigger.Trigger(
        name="sealed_new",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="new_values"),
        func=f"""
            INSERT INTO channels_seal (account_id, by_id, at, xact, broken_what)
                SELECT id, {WHO}, clock_timestamp(), {HERE}, '' FROM new_values WHERE last_attested_on IS NOT NULL
            {SEALED}
        """,  # noqa: S608 - texts of ours
    ),
    pgtrigger.Trigger(
        name="sealed",
        when=pgtrigger.After,
        operation=pgtrigger.UpdateOf("last_attested_on"),
        condition=pgtrigger.Q(old__last_attested_on__df=pgtrigger.F("new__last_attested_on")),
        func=f"""
            IF NEW.last_attested_on IS NULL OR NEW.last_attested_on < OLD.last_attested_on THEN
                UPDATE channels_campaignitem item
                    SET state = 'waiting', note = '', answered_at = NULL, answered_by_id = NULL, answered_name = ''
                    FROM channels_campaign campaign
                    WHERE campaign.id = item.campaign_id AND campaign.ended_at IS NULL AND item.account_id = NEW.id
                        AND item.state IN ('confirmed', 'corrected');
            END IF;
            IF NEW.last_attested_on IS NULL THEN
                DELETE FROM channels_seal WHERE account_id = NEW.id;
                RETURN NULL;
            END IF;
            INSERT INTO channels_seal (account_id, by_id, at, xact, broken_what)
                VALUES (NEW.id, {WHO}, clock_timestamp(), {HERE}, '')
            {SEALED}
        """,  # noqa: S608 - texts of ours
    ),
]
"""Triggers of accounts: whatever writes the day of confirmation seals. Who takes it back, as an undo does, leaves the
questions of running campaigns open again."""


def breaks(what: str, *, alone: str, differs: str) -> list[pgtrigger.Trigger]:
    """Triggers of a list of accounts: a change of it by somebody else breaks the seal.

    alone: when a row that comes or goes counts; differs: when a row that changes does, as of ``o`` and ``n``.
    """
    changed = {
        "insert": f"SELECT account_id FROM new_values n WHERE {alone.format('n')}",  # noqa: S608 - texts of ours
        "delete": f"SELECT account_id FROM old_values o WHERE {alone.format('o')}",  # noqa: S608 - texts of ours
        "update": f"SELECT n.account_id FROM old_values o JOIN new_values n USING (id) WHERE {differs}",  # noqa: S608 - texts of ours
    }
    operations = {"insert": pgtrigger.Insert, "delete": pgtrigger.Delete, "update": pgtrigger.Update}
    referencing = {"insert": {"new": "new_values"}, "delete": {"old": "old_values"}}
    return [
        pgtrigger.Trigger(
            name=f"breaks_{way}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operations[way],
            referencing=pgtrigger.Referencing(**referencing.get(way, {"old": "old_values", "new": "new_values"})),
            func=f"""
                UPDATE channels_seal s
                    SET broken_at = clock_timestamp(), broken_by_id = {WHO}, broken_in = {ACTION},
                        broken_what = '{what}'
                    FROM (SELECT DISTINCT account_id FROM ({rows}) changed) c
                    WHERE s.account_id = c.account_id AND s.broken_at IS NULL AND NOT CASE
                        WHEN s.by_id IS NULL AND {WHO} IS NULL THEN s.xact = {HERE}
                        ELSE s.by_id IS NOT DISTINCT FROM {WHO} END;
                RETURN NULL;
            """,  # noqa: S608 - texts of ours
        )
        for way, rows in changed.items()
    ]


class Seal(models.Model):
    """That an account was confirmed. Its day stands on the account (``last_attested_on``)."""

    class What(models.TextChoices):
        OWNER = "owner", "the owner"
        HOLDERS = "holders", "who holds the keys"
        OBJECTIVE = "objective", "the objective"

    account = models.OneToOneField(
        "channels.Account", models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="seal"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    at = models.DateTimeField()
    xact = models.BigIntegerField(help_text="The transaction that confirmed it: what else it wrote is no later change.")
    broken_at = models.DateTimeField(null=True, blank=True)
    broken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    broken_what = models.CharField(max_length=10, choices=What, blank=True, default="")
    broken_in = models.UUIDField(null=True, blank=True, help_text="The action that broke it: see orgmap.history.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(broken_at=None, broken_what="")
                | (models.Q(broken_at__isnull=False) & ~models.Q(broken_what="")),
                name="channels_seal_broken_says_what",
            )
        ]
        indexes = [
            models.Index(fields=["account"], condition=models.Q(broken_at__isnull=False), name="channels_seal_broken")
        ]

    def __str__(self) -> str:
        return f"{self.account_id}, {self.at:%-d %B %Y}"
