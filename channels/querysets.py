"""Accounts, named for the pages that show them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import connection, models
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from departments.policies import answered_departments
from orgmap.users.policies import is_lead

if TYPE_CHECKING:
    from orgmap.users.models import User

HALF_A_YEAR = timedelta(days=180)
"""After so long an account counts as silent, and has to be confirmed again."""
ASKED_AFTER = timedelta(days=150)
"""So long after it was confirmed its owner is asked again, a month before that is due."""
DISOWNED = """EXISTS (
    SELECT FROM channels_attestation said
    LEFT JOIN channels_seal seal ON seal.account_id = said.account_id
    LEFT JOIN channels_accountdepartment side ON side.account_id = said.account_id AND side.position = 0
    WHERE said.account_id = channels_account.id AND said.outcome IN ('not_ours', 'not_needed')
    AND (seal.at IS NULL OR seal.at < said.at) AND said.department_id IS NOT DISTINCT FROM side.department_id)"""
"""Its owner, still the same, said that it is not theirs or not needed, and nobody confirmed it since."""
WAIVED = """EXISTS (
    SELECT FROM channels_finding finding WHERE finding.account_id = channels_account.id
    AND finding.state = 'waived' AND finding.rule IN ('never-attested', 'attestation-overdue'))"""
"""The lead decided that it need not be confirmed for now."""
BROKEN = """EXISTS (
    SELECT FROM channels_seal seal WHERE seal.account_id = channels_account.id AND seal.broken_at IS NOT NULL)"""
"""Somebody else changed its owner, holders or objective since it was confirmed."""


def so(condition: str) -> RawSQL:
    """A condition on accounts, written in SQL."""
    return RawSQL(condition, (), output_field=models.BooleanField())  # noqa: S611 - texts of ours


def placed(what: str, pks: Sequence[int]) -> RawSQL:
    """Whether an account names one of these audiences or markets, or has it by default: asked of each in turn."""
    return RawSQL(  # noqa: S611 - the keys are parameters
        f"coalesce((SELECT bool_or(own.{what}_id = ANY(%s)) FROM channels_account{what} own"  # noqa: S608 - names of ours
        " WHERE own.account_id = channels_account.id),"
        f" (SELECT bool_or(usual.{what}_id = ANY(%s)) FROM channels_accountdepartment side"
        f" JOIN departments_default{what} usual ON usual.department_id = side.department_id"
        " WHERE side.account_id = channels_account.id AND side.position = 0), false)",
        (list(pks), list(pks)),
        output_field=models.BooleanField(),
    )


def owned_by(departments: Sequence[int]) -> RawSQL:
    """Whether one of these departments owns an account: asked of each in turn."""
    return RawSQL(
        "coalesce((SELECT side.department_id = ANY(%s) FROM channels_accountdepartment side"
        " WHERE side.account_id = channels_account.id AND side.position = 0), false)",
        (list(departments),),
        output_field=models.BooleanField(),
    )


def in_campaign() -> models.QuerySet[Any]:
    """The waiting question of a running campaign about the outer account."""
    items = apps.get_model("channels", "CampaignItem").objects
    return items.filter(account=models.OuterRef("pk"), state="waiting", campaign__ended_at=None)


HANDLE_EVERY = timedelta(days=90)
"""So often somebody looks whether the handle of a closed account is still ours."""
MISTAKABLE = """
    SELECT account_id FROM channels_finding WHERE rule = ANY(%(rules)s) AND state <> 'resolved'
    UNION SELECT (other->>'id')::bigint
        FROM channels_finding finding, jsonb_array_elements(finding.detail->'others') other
        WHERE rule = ANY(%(rules)s) AND state <> 'resolved'
"""
"""Both accounts of each pair. They are asked for once, as numbers: a walk along an index asks of every account."""


class AccountQuerySet(models.QuerySet[Any]):
    """Accounts."""

    walks = False

    def one_by_one(self) -> Self:
        """Ask each account in turn instead of looking all up first: for a walk along an index that soon stops."""
        copy = self.all()
        copy.walks = True
        return copy

    def _clone(self) -> Self:
        copy = super()._clone()  # type: ignore[misc]  # the stubs leave it out
        copy.walks = self.walks
        return copy

    def visible_to(self, user: User) -> Self:
        """Everyone who has logged in reads the whole directory."""
        return self if user.is_authenticated else self.none()

    def public(self) -> Self:
        """Accounts that outsiders may ask about: shown to anyone, and running."""
        return self.filter(is_public=True, status__in=["active", "dormant"])

    def running(self) -> Self:
        """Visible accounts of the method: active or dormant."""
        return self.filter(status__in=["active", "dormant"])

    def among(self, pks: Sequence[int]) -> Self:
        """The accounts with these keys: one array, however many there are."""
        return self.filter(pk__in=RawSQL("SELECT unnest(%s::bigint[])", (list(pks),)))

    def run_by(self, departments: Sequence[int]) -> Self:
        """Owned or co-managed by one of these departments."""
        return self.filter(
            pk__in=RawSQL(
                "SELECT account_id FROM channels_accountdepartment WHERE department_id = ANY(%s)", (list(departments),)
            )
        )

    def speaking_to(self, audiences: Sequence[int]) -> Self:
        """Those that name one of these audiences, or name none and have it by default of their first department."""
        return self._placed("audience", audiences)

    def speaking_in(self, markets: Sequence[int]) -> Self:
        """Those that name one of these markets, or name none and have it by default of their first department."""
        return self._placed("market", markets)

    def _placed(self, what: str, pks: Sequence[int]) -> Self:
        named, usual = f"channels_account{what}", f"departments_default{what}"
        if self.walks:
            return self.filter(placed(what, pks))
        return self.filter(
            pk__in=RawSQL(  # noqa: S611 - the keys are parameters
                f"SELECT account_id FROM {named} WHERE {what}_id = ANY(%s) UNION ALL"  # noqa: S608 - names of ours
                " SELECT side.account_id FROM channels_accountdepartment side"
                f" JOIN {usual} usual ON usual.department_id = side.department_id"
                f" WHERE side.position = 0 AND usual.{what}_id = ANY(%s)"
                f" AND NOT EXISTS (SELECT FROM {named} own WHERE own.account_id = side.account_id)",
                (list(pks), list(pks)),
            )
        )

    def handles_due(self, today: date) -> Self:
        """Retired accounts whose handle nobody has looked at for 90 days, the longest unseen first.

        A second record of an account that goes on under the other one left no handle behind, unless it ran again since.
        """
        looks = self._rows("handle_checks").order_by("-on", "-pk")
        looked = Coalesce(models.Subquery(looks.values("on")[:1]), "retired_on", output_field=models.DateField())
        rows = self.filter(status="retired", platform__is_past=False).annotate(
            looked_on=looked, last_seen=models.Subquery(looks.values("seen")[:1])
        )
        over = models.Q(last_seen="gone") | models.Q(last_seen="merged", looked_on__gte=models.F("retired_on"))
        due = rows.filter(looked_on__lte=today - HANDLE_EVERY).exclude(models.Q(last_seen__isnull=False) & over)
        return due.order_by("looked_on", "pk")

    def seen_to_by(self, user: User) -> Self:
        """Those that this person keeps: the lead all, heads those of their departments."""
        if is_lead(user):
            return self
        own = answered_departments(user)
        return self.run_by(sorted(own)) if own else self.none()

    def without_owner(self) -> Self:
        """No department stands beside it."""
        return self.filter(~models.Exists(self._rows("sides")))

    def without_active_owner(self) -> Self:
        """No department answers for it; one that is closed does not."""
        return self.filter(~models.Exists(self._rows("sides").filter(department__status="active")))

    def without_objective(self, today: date) -> Self:
        """It serves no objective that is live, as the report counts it."""
        links = self._rows("objectives")
        live = links.model._meta.get_field("objective").related_model.objects.live(today)
        return self.filter(~models.Exists(links.filter(objective__in=live)))

    def without_audience(self) -> Self:
        """Nobody said whom it speaks to, not even by default of its first department."""
        usual = RawSQL(
            "NOT EXISTS (SELECT FROM channels_accountdepartment side"
            " JOIN departments_defaultaudience usual ON usual.department_id = side.department_id"
            " WHERE side.account_id = channels_account.id AND side.position = 0)",
            (),
            output_field=models.BooleanField(),
        )
        return self.filter(~models.Exists(self._rows("audiences")), usual)

    def without_contact(self) -> Self:
        """Nobody can be asked about it."""
        return self.filter(contact="")

    def without_post(self, today: date) -> Self:
        """Silent for half a year as far as anybody knows, or marked as dormant."""
        return self.filter(models.Q(status="dormant") | models.Q(last_post_on__lt=today - HALF_A_YEAR))

    def without_known_post(self) -> Self:
        """Nobody knows when it last posted; one that is marked as dormant is known not to."""
        return self.filter(last_post_on=None).exclude(status="dormant")

    def without_confirmation(self, today: date) -> Self:
        """Nobody confirmed within half a year that it still holds; never confirmed counts as overdue."""
        return self.filter(models.Q(last_attested_on=None) | models.Q(last_attested_on__lt=today - HALF_A_YEAR))

    def with_broken_seal(self) -> Self:
        """Somebody else changed its owner, holders or objective since its owner confirmed it."""
        return self.filter(so(BROKEN))

    def owned_by(self, departments: Collection[int]) -> Self:
        """Whose first department is one of these."""
        return self.filter(
            pk__in=RawSQL(
                "SELECT account_id FROM channels_accountdepartment WHERE position = 0 AND department_id = ANY(%s)",
                (list(departments),),
            )
        )

    def asked_for(self, today: date) -> Self:
        """Running accounts whose owner is to confirm them: a campaign asks, the seal is broken, or it is time.

        What its owner disowned, or the lead waived, is asked again only by a campaign.
        """
        due = models.Q(last_attested_on=None) | models.Q(last_attested_on__lte=today - ASKED_AFTER)
        standing = (due | so(BROKEN)) & ~so(DISOWNED) & ~so(WAIVED)
        return self.running().filter(models.Exists(in_campaign()) | standing)

    def disowned(self) -> Self:
        """Running accounts whose owner said that they are not theirs or not needed, and nobody has acted on it."""
        return self.running().filter(so(DISOWNED))

    def without_holders(self) -> Self:
        """Fewer than two named people hold its keys."""
        held = RawSQL(
            "SELECT account_id FROM channels_holder WHERE left_on IS NULL GROUP BY account_id HAVING count(*) > 1", ()
        )
        return self.exclude(pk__in=held)

    def mistakable(self, rules: Sequence[str]) -> Self:
        """The audit says that it could be mistaken for another account, or another for it."""
        with connection.cursor() as cursor:
            cursor.execute(MISTAKABLE, {"rules": list(rules)})
            pks = [pk for (pk,) in cursor.fetchall()]
        same = RawSQL("channels_account.id = ANY(%s::bigint[])", (pks,), output_field=models.BooleanField())
        return self.filter(same)

    def _rows(self, name: str) -> models.QuerySet[Any]:
        """The rows of a list that hangs on the outer account."""
        field = self.model._meta.get_field(name)
        rows = getattr(getattr(field, "remote_field", None), "through", None) or field.related_model
        return rows.objects.filter(account=models.OuterRef("pk"))


class SuggestionQuerySet(models.QuerySet[Any]):
    """Suggestions, named for the pages that show them."""

    def visible_to(self, user: User) -> Self:
        """Everyone who has logged in reads what was suggested: only fields that everyone reads can be suggested for."""
        return self if user.is_authenticated else self.none()

    def waiting(self) -> Self:
        """Not answered yet, the oldest first."""
        rows = self.filter(state="waiting").select_related("account__platform", "department", "by")
        return rows.order_by("created_at", "pk")

    def waiting_for(self, user: User) -> Self:
        """Those that this person can answer: the owner's head or deputy, and the lead."""
        if is_lead(user):
            return self.waiting()
        own = answered_departments(user)
        if not own:
            return self.none()
        return self.waiting().filter(
            models.Q(department__among=own)
            | models.Q(account__sides__position=0, account__sides__department__among=own)
        )


LACKS: dict[str, Callable[[AccountQuerySet, date], AccountQuerySet]] = {
    "owner": lambda accounts, today: accounts.without_active_owner(),
    "objective": lambda accounts, today: accounts.without_objective(today),
    "audience": lambda accounts, today: accounts.without_audience(),
    "contact": lambda accounts, today: accounts.without_contact(),
    "post": lambda accounts, today: accounts.without_post(today),
    "activity": lambda accounts, today: accounts.without_known_post(),
    "confirmation": lambda accounts, today: accounts.without_confirmation(today),
    "seal": lambda accounts, today: accounts.with_broken_seal(),
    "holders": lambda accounts, today: accounts.without_holders(),
}
"""What an account can lack, by the word that the directory's filter and the lead's home have for it."""
