"""What stands in the way of going back, worked out until nothing moves any more."""

from typing import Any

from orgmap.history.undo.traces import Trace, relations, run


def settle(traces: list[Trace]) -> None:
    """Keep what something that stays points to, the parts of what stays, and what points to something that is gone."""
    known = {trace.model: trace for trace in traces}
    moved = True
    while moved:
        moved = sum(step(trace, known) for trace in traces) > 0


def step(trace: Trace, known: dict[Any, Trace]) -> bool:
    moved = 0
    if trace.count("u.way = 'delete' AND u.kept IS NULL"):
        moved += leave_parts_of_what_stays(trace, known)
        for link in relations(trace.model):
            moved += keep_what_is_used(trace, link, known.get(link.model))
    if trace.count("u.way IN ('insert', 'update') AND u.kept IS NULL"):
        for link in trace.links:
            moved += keep_what_would_dangle(trace, link, known.get(link.related_model))
    return moved > 0


def keep_what_is_used(trace: Trace, link: Any, users: Trace | None) -> int:
    """A record that the action added stays when a row points to it that does not go with it."""
    leaving = ""
    if users:
        column = f"{link.column}"
        leaving = f"""
            AND NOT EXISTS (
                SELECT FROM {users.name} w WHERE w.pk = r.id AND w.kept IS NULL AND (
                    w.way = 'delete'
                    OR (w.way = 'update' AND (w.before).{column} IS DISTINCT FROM u.pk
                        AND (w.after).{column} IS DISTINCT FROM (w.before).{column} AND '{column}' <> ALL(w.newer))
                )
            )
        """
    label = f"used:{link.model._meta.label_lower}"
    return changed(
        f"UPDATE {trace.name} u SET kept = %s FROM {link.model._meta.db_table} r"
        f" WHERE r.{link.column} = u.pk AND u.way = 'delete' AND u.kept IS NULL {leaving}",
        [label],
    )


def leave_parts_of_what_stays(trace: Trace, known: dict[Any, Trace]) -> int:
    """Parts that the action added stay with the record that they belong to, without a word of their own."""
    whole = known.get(trace.whole.related_model) if trace.whole else None
    if whole is None:
        return 0
    return changed(
        f"UPDATE {trace.name} u SET way = NULL FROM {whole.name} w"
        f" WHERE (u.after).{trace.whole.column} = w.pk AND u.way = 'delete' AND u.kept IS NULL"  # type: ignore[union-attr]
        " AND w.way = 'delete' AND w.kept IS NOT NULL"
    )


def keep_what_would_dangle(trace: Trace, link: Any, targets: Trace | None) -> int:
    """A record does not come back, or get a value back, that points to something that is gone and stays gone."""
    coming = ""
    if targets:
        coming = (
            f" AND NOT EXISTS (SELECT FROM {targets.name} w WHERE w.pk = (u.before).{link.column}"
            " AND w.way = 'insert' AND w.kept IS NULL)"
        )
    part = link == trace.whole and targets is not None
    remark = "way = NULL" if part else f"kept = 'target:{link.column}'"
    return changed(
        f"UPDATE {trace.name} u SET {remark} WHERE u.way IN ('insert', 'update') AND u.kept IS NULL"
        f" AND (u.before).{link.column} IS NOT NULL"
        f" AND (u.way = 'insert' OR ((u.after).{link.column} IS DISTINCT FROM (u.before).{link.column}"
        f" AND '{link.column}' <> ALL(u.newer)))"
        f" AND NOT EXISTS (SELECT FROM {link.related_model._meta.db_table} t"
        f" WHERE t.{link.target_field.column} = (u.before).{link.column}) {coming}"
    )


def changed(query: str, values: list[Any] | None = None) -> int:
    """How many rows an UPDATE changed."""
    return len(run(f"{query} RETURNING 1", values))


def keep_refused(trace: Trace, refused: dict[int, str]) -> None:
    """Keep the records that the database refused to set back."""
    for pk, sentence in refused.items():
        run(f"UPDATE {trace.name} SET kept = %s WHERE pk = %s", [f"refused:{sentence}", pk])
