"""The rows of the directory: whatever a row shows, for 3 accounts or for 50, in one query."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection

from channels.cells import Named, Row
from channels.models import Account
from channels.sentence import Facts

LONG_SILENT_DAYS = 180
STATUS = dict(Account.Status.choices)


def _names(catalogue: str, link: str, of: str) -> str:
    """Names of a catalogue that a record names, in the catalogue's order."""
    return (
        f"ARRAY(SELECT word.name FROM {link} link JOIN departments_{catalogue} word ON word.id = link.{catalogue}_id"  # noqa: S608 - names of ours
        f" WHERE {of} ORDER BY word.position, word.name, link.id)"
    )


ROWS = f"""
    SELECT account.id, platform.name, account.handle, account.name, account.says, account.why_care, account.rhythm,
        account.reply_promise, account.status, account.last_post_on, account.last_attested_on, account.language,
        account.contact <> '', account.tags, account.address,
        (SELECT json_agg(json_build_array(who.id, who.name, who.acronym, who.slug) ORDER BY side.position, side.id)
            FROM channels_accountdepartment side JOIN departments_department who ON who.id = side.department_id
            WHERE side.account_id = account.id),
        {_names("audience", "channels_accountaudience", "link.account_id = account.id")},
        {_names("audience", "departments_defaultaudience", "link.department_id = owner.department_id")},
        {_names("market", "channels_accountmarket", "link.account_id = account.id")},
        {_names("market", "departments_defaultmarket", "link.department_id = owner.department_id")},
        ARRAY(SELECT why.statement FROM channels_accountobjective link
            JOIN departments_objective why ON why.id = link.objective_id
            WHERE link.account_id = account.id ORDER BY why.id)
    FROM unnest(%s::bigint[]) WITH ORDINALITY AS asked(id, place)
    JOIN channels_account account ON account.id = asked.id
    JOIN channels_platform platform ON platform.id = account.platform_id
    LEFT JOIN channels_accountdepartment owner ON owner.account_id = account.id AND owner.position = 0
    ORDER BY asked.place
"""  # noqa: S608 - names of ours


def rows(pks: Sequence[int], today: date, pages: str, forms: str = "") -> list[Row]:
    """The rows of these accounts, in this order. ``pages`` is the address of the page of account 0, ``forms`` that of
    its form, to which missing words then lead."""
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [list(pks)])
        return [_row(values, today, pages, forms) for values in cursor.fetchall()]


def _row(values: tuple[Any, ...], today: date, pages: str, forms: str) -> Row:
    (
        pk, platform, handle, name, says, why_care, rhythm, reply_promise, status, last_post, last_attested, language,
        has_contact, tags, link, sides, audiences, usual_audiences, markets, usual_markets, objectives,
    ) = values  # fmt: skip
    departments = [Named(*side) for side in sides or ()]
    facts = Facts(
        platform=platform,
        handle=handle,
        departments=[side.name for side in departments],
        says=says,
        audiences=audiences,
        default_audiences=usual_audiences,
        markets=markets,
        default_markets=usual_markets,
        objectives=objectives,
        why_care=why_care,
        rhythm=rhythm,
        reply_promise=reply_promise,
    )
    return Row(
        pk=pk,
        address=pages.replace("0", str(pk)),
        link=link,
        platform=platform,
        handle=handle,
        name=name,
        departments=departments,
        audiences=audiences or usual_audiences,
        audiences_by_default=not audiences and bool(usual_audiences),
        markets=markets or usual_markets,
        markets_by_default=not markets and bool(usual_markets),
        objectives=objectives,
        status=STATUS[status],
        last_post_on=last_post,
        is_silent=last_post is not None and (today - last_post).days > LONG_SILENT_DAYS,
        last_attested_on=last_attested,
        language=language,
        has_contact=has_contact,
        rhythm=rhythm,
        tags=tags,
        facts=facts,
        form=forms.replace("0", str(pk)),
    )
