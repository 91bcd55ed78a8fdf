"""What every record that people edit has in common."""

import pgtrigger
from django.contrib.postgres.functions import TransactionNow
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models


def stamp(*, quiet: tuple[str, ...] = ()) -> pgtrigger.Trigger:
    """Keep ``version`` and ``updated_at``. quiet: columns that may change without the record having changed."""
    differs = "NEW IS DISTINCT FROM OLD"
    if quiet:
        left_out = ", ".join(f"'{name}'" for name in quiet)
        differs = f"to_jsonb(NEW) - ARRAY[{left_out}] IS DISTINCT FROM to_jsonb(OLD) - ARRAY[{left_out}]"
    return pgtrigger.Trigger(
        name="stamp",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=f"""
                    NEW.version := OLD.version; NEW.updated_at := OLD.updated_at; NEW.created_at := OLD.created_at;
                    IF {differs} THEN
                        NEW.version := OLD.version + 1; NEW.updated_at := clock_timestamp();
                    END IF;
                    RETURN NEW;
                """,
    )


class Stamped(models.Model):
    """A record that knows when it was made, when it last changed, and how often.

    ``version`` and ``updated_at`` are kept by a trigger, so bulk updates and COPY count too. A form carries the
    version that it was opened with; a save with an older one is a conflict, not an overwrite.
    """

    created_at = models.DateTimeField(db_default=TransactionNow(), editable=False)
    updated_at = models.DateTimeField(db_default=TransactionNow(), editable=False)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        abstract = True
        triggers = [stamp()]


class Word(models.Model):
    """A word that some record is found by, in small letters without accents: see orgmap.core.spelling.

    One may stand here twice: those who write at the same time do not wait for each other.
    """

    word = models.TextField()

    class Meta:
        indexes = [
            models.Index(fields=["word"], name="core_word_word"),
            GinIndex(OpClass("word", "gin_trgm_ops"), name="core_word_near"),
        ]

    def __str__(self) -> str:
        return self.word


def no_cycles(name: str) -> pgtrigger.Trigger:
    """A guard for a tree: a record never becomes its own ancestor, not even when two people move at once."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("parent_id"),
        condition=pgtrigger.Q(new__parent__isnull=False),
        func=pgtrigger.Func(
            """
            IF TG_OP = 'INSERT' THEN
                IF NEW.parent_id = NEW.id THEN
                    RAISE EXCEPTION 'A record cannot stand below itself.'
                        USING ERRCODE = 'check_violation', CONSTRAINT = '{meta.db_table}_no_cycle';
                END IF;
                RETURN NULL;
            END IF;
            PERFORM pg_advisory_xact_lock(hashtext('{meta.db_table}'));
            IF EXISTS (
                WITH RECURSIVE up AS (
                    SELECT id, parent_id FROM {meta.db_table} WHERE id = NEW.parent_id
                    UNION SELECT t.id, t.parent_id FROM {meta.db_table} t JOIN up ON t.id = up.parent_id
                )
                SELECT 1 FROM up WHERE id = NEW.id
            ) THEN
                RAISE EXCEPTION 'A record cannot stand below itself.'
                    USING ERRCODE = 'check_violation', CONSTRAINT = '{meta.db_table}_no_cycle';
            END IF;
            RETURN NULL;
            """
        ),
    )
