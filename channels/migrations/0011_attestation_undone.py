"""Who takes the day of a confirmation back opens the questions of running campaigns again."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0010_audit"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="account",
            name="sealed",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="account",
            trigger=pgtrigger.compiler.Trigger(
                name="sealed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."last_attested_on" IS DISTINCT FROM (NEW."last_attested_on"))',
                    func="\n            IF NEW.last_attested_on IS NULL OR NEW.last_attested_on < OLD.last_attested_on THEN\n                UPDATE channels_campaignitem item\n                    SET state = 'waiting', note = '', answered_at = NULL, answered_by_id = NULL, answered_name = ''\n                    FROM channels_campaign campaign\n                    WHERE campaign.id = item.campaign_id AND campaign.ended_at IS NULL AND item.account_id = NEW.id\n                        AND item.state IN ('confirmed', 'corrected');\n            END IF;\n            IF NEW.last_attested_on IS NULL THEN\n                DELETE FROM channels_seal WHERE account_id = NEW.id;\n                RETURN NULL;\n            END IF;\n            INSERT INTO channels_seal (account_id, by_id, at, xact, broken_what)\n                VALUES (NEW.id, nullif(nullif(current_setting('pghistory.context_metadata', true), '')::jsonb->>'user', '')::bigint, clock_timestamp(), pg_current_xact_id()::text::bigint, '')\n            \n    ON CONFLICT (account_id) DO UPDATE SET by_id = excluded.by_id, at = excluded.at, xact = excluded.xact,\n        broken_at = NULL, broken_by_id = NULL, broken_what = '', broken_in = NULL;\n    RETURN NULL;\n\n        ",
                    hash="fc5d912340cdf1a03c35d5902d9e615da55dcbb9",
                    operation='UPDATE OF "last_attested_on"',
                    pgid="pgtrigger_sealed_a4d08",
                    table="channels_account",
                    when="AFTER",
                ),
            ),
        ),
    ]
