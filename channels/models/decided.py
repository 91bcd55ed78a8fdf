"""What people decide about findings, as the history keeps it: who has one, until when, why it may stand, what was said.

The audit opens and closes findings by the thousand; that is no part of the history. What a person decides is, so that
it is one action of the activity and goes back by the same undo as everything else.
"""

import pghistory
import pgtrigger

from channels.models.finding import Finding, FindingNote

SUBJECT = ("rule", "account", "department", "objective", "tie", "benefit", "place")
DECIDED = ("assignee", "due_on", "waived_reason", "waived_until")
ACTING = "coalesce(current_setting('pghistory.context_id', true), '') <> ''"
TABLE, NOTES = "channels_findingevent", "channels_findingnoteevent"
pghistory.track(
    pghistory.ManualEvent("update"),
    fields=[*SUBJECT, *DECIDED],
    obj_field=pghistory.ObjForeignKey(related_name="decided"),
    model_name="FindingEvent",
)(Finding)
pghistory.track(pghistory.ManualEvent("insert"), pghistory.ManualEvent("delete"), model_name="FindingNoteEvent")(
    FindingNote
)


def columns(*names: str) -> list[str]:
    """The columns of these fields of a finding."""
    return [field.column for field in Finding._meta.local_concrete_fields if field.name in names and field.column]


def keep_decisions() -> pgtrigger.Trigger:
    """Copies what a person decided; before it what stood until then, where the audit has moved it since.

    A waiver that ends with its fact or after its last day is the audit's doing.
    """
    kept, decided = columns(*SUBJECT, *DECIDED), columns(*DECIDED)
    names = ", ".join(kept)

    def row(alias: str) -> str:
        return f"ROW({', '.join(f'{alias}.{name}' for name in decided)})"

    changed = f"""
        old_values o JOIN new_values n USING (id)
        WHERE {row("n")} IS DISTINCT FROM {row("o")} AND n.resolved_at IS NOT DISTINCT FROM o.resolved_at
        AND (n.waived_until IS NOT NULL OR coalesce(o.waived_until, CURRENT_DATE) >= CURRENT_DATE)
    """
    return pgtrigger.Trigger(
        name="decided",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        referencing=pgtrigger.Referencing(old="old_values", new="new_values"),
        func=f"""
            IF NOT {ACTING} OR NOT EXISTS (SELECT FROM {changed}) THEN RETURN NULL; END IF;
            INSERT INTO {TABLE} (pgh_created_at, pgh_label, pgh_obj_id, {names})
                SELECT clock_timestamp(), 'update', o.id, {", ".join(f"o.{name}" for name in kept)}
                FROM (SELECT o.* FROM {changed}) o
                LEFT JOIN LATERAL (
                    SELECT * FROM {TABLE} e WHERE e.pgh_obj_id = o.id ORDER BY e.pgh_id DESC LIMIT 1
                ) e ON true
                WHERE e.pgh_id IS NULL OR {row("e")} IS DISTINCT FROM {row("o")};
            INSERT INTO {TABLE} (pgh_created_at, pgh_label, pgh_context_id, pgh_obj_id, {names})
                SELECT clock_timestamp(), 'update', here.action, n.id, {", ".join(f"n.{name}" for name in kept)}
                FROM (SELECT n.* FROM {changed}) n, (SELECT _pgh_attach_context() AS action) here;
            RETURN NULL;
        """,  # noqa: S608 - names of ours
    )


def follow_decisions() -> pgtrigger.Trigger:
    """Where a decision is taken back, the state follows from what stands: it is never said apart from it."""
    return pgtrigger.Trigger(
        name="follows",
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf("assignee_id", "waived_until"),
        condition=pgtrigger.Q(old__state=pgtrigger.F("new__state")),
        func="""
            NEW.state := CASE WHEN NEW.resolved_at IS NOT NULL THEN 'resolved'
                WHEN NEW.waived_until IS NOT NULL THEN 'waived'
                WHEN NEW.assignee_id IS NOT NULL THEN 'assigned' ELSE 'open' END;
            RETURN NEW;
        """,
    )


def keep_notes(way: str) -> pgtrigger.Trigger:
    """Copies a note that a person wrote or took back; not what goes with its finding."""
    rows = "new_values" if way == "insert" else "old_values"
    names = [field.column for field in FindingNote._meta.local_concrete_fields if field.column]
    wanted = f"{rows} WHERE kind = 'note'"
    return pgtrigger.Trigger(
        name=f"said_{way}",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert if way == "insert" else pgtrigger.Delete,
        referencing=pgtrigger.Referencing(**{"new" if way == "insert" else "old": rows}),
        func=f"""
            IF pg_trigger_depth() > 1 OR NOT {ACTING} OR NOT EXISTS (SELECT FROM {wanted}) THEN RETURN NULL; END IF;
            INSERT INTO {NOTES} (pgh_created_at, pgh_label, pgh_context_id, pgh_obj_id, {", ".join(names)})
                SELECT clock_timestamp(), '{way}', here.action, said.id, {", ".join(f"said.{name}" for name in names)}
                FROM (SELECT * FROM {wanted}) said, (SELECT _pgh_attach_context() AS action) here;
            RETURN NULL;
        """,  # noqa: S608 - names of ours
    )


pgtrigger.register(keep_decisions(), follow_decisions())(Finding)
pgtrigger.register(keep_notes("insert"), keep_notes("delete"))(FindingNote)
