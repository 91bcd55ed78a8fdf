"""The organisation's tree and the people in it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Lower, Upper

from departments.models.catalogue import Audience, Market
from departments.querysets import DepartmentQuerySet
from orgmap.core.models import Stamped, no_cycles
from orgmap.core.spelling import learns
from orgmap.core.tracking import tracked


class Process(models.TextChoices):
    """What kind of work a department does. The first eight are the rows of the stakeholder grid."""

    RESEARCH = "research", "Research"
    DEVELOPMENT = "development", "Development"
    HUMAN_RESOURCES = "human_resources", "Human resources"
    SALES = "sales", "Sales"
    MARKETING = "marketing", "Marketing"
    PUBLIC_RELATIONS = "public_relations", "Public relations"
    ACCOUNTING = "accounting", "Accounting"
    CUSTOMER_SERVICE = "customer_service", "Customer service"
    BRAND = "brand", "Brand"
    PRODUCT = "product", "Product"
    IT = "it", "IT"
    LEGAL = "legal", "Legal"
    OPERATIONS = "operations", "Operations"
    LEADERSHIP = "leadership", "Leadership"
    OTHER = "other", "Other"


@tracked()
class Department(Stamped):
    """A node of the organisation's tree."""

    class Status(models.TextChoices):
        ACTIVE = "active", "Active"
        CLOSED = "closed", "Closed"

    name = models.CharField(max_length=200)
    slug = models.SlugField(
        max_length=80, unique=True, help_text="Its identity in addresses, figures and files; never changes."
    )
    acronym = models.CharField(max_length=30, blank=True)
    aliases = ArrayField(
        models.CharField(max_length=200), default=list, blank=True, help_text="Other names that lists use for it."
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="part of"
    )
    process = models.CharField("kind of work", max_length=20, choices=Process, blank=True)
    purpose = models.TextField(blank=True, help_text="What this department is there for, in a sentence or two.")
    website = models.URLField(max_length=500, blank=True)
    default_audiences = models.ManyToManyField(Audience, blank=True, through="DefaultAudience", related_name="+")
    default_markets = models.ManyToManyField(Market, blank=True, through="DefaultMarket", related_name="+")
    status = models.CharField(max_length=10, choices=Status, default=Status.ACTIVE)
    closed_on = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="predecessors")
    no_account_reason = models.CharField(
        "why it runs no account", max_length=300, blank=True, help_text="Said here, the audit no longer asks."
    )

    objects = DepartmentQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(
                "parent",
                Lower("name"),
                nulls_distinct=False,
                name="departments_department_name_once",
                violation_error_message="A department of this name stands here already.",
            ),
            models.CheckConstraint(
                condition=models.Q(status="closed", closed_on__isnull=False)
                | models.Q(status="active", closed_on__isnull=True),
                name="departments_department_closed_has_date",
                violation_error_message="A closed department needs the day on which it closed; an active one has none.",
            ),
        ]
        indexes = [
            models.Index(fields=["parent"], name="departments_dept_parent"),
            GinIndex(OpClass(Upper("name"), "gin_trgm_ops"), name="departments_dept_name_trgm"),
        ]
        triggers = [
            *Stamped.Meta.triggers,
            no_cycles("department_tree"),
            *learns("ARRAY[name, acronym, purpose]::text[] || aliases::text[]"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class DefaultAudience(models.Model):
    """An audience that the department's accounts and objectives have unless they name one."""

    department = models.ForeignKey(Department, models.CASCADE, related_name="+")
    audience = models.ForeignKey(Audience, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["department", "audience"], name="departments_default_audience_once")
        ]

    def __str__(self) -> str:
        return f"{self.department_id}: {self.audience_id}"


@tracked()
class DefaultMarket(models.Model):
    """A market that the department's accounts and objectives have unless they name one."""

    department = models.ForeignKey(Department, models.CASCADE, related_name="+")
    market = models.ForeignKey(Market, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["department", "market"], name="departments_default_market_once")]

    def __str__(self) -> str:
        return f"{self.department_id}: {self.market_id}"


@tracked()
class Membership(Stamped):
    """A user's place in a department. Head and deputy answer for it and for everything below."""

    class Role(models.TextChoices):
        HEAD = "head", "Head"
        DEPUTY = "deputy", "Deputy"
        MEMBER = "member", "Member"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    department = models.ForeignKey(Department, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role, default=Role.MEMBER)

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(fields=["user", "department"], name="departments_membership_once"),
            models.UniqueConstraint(
                fields=["department"],
                condition=models.Q(role="head"),
                name="departments_one_head",
                violation_error_message="This department has a head already. Make that person a member first.",
            ),
            models.UniqueConstraint(
                fields=["department"],
                condition=models.Q(role="deputy"),
                name="departments_one_deputy",
                violation_error_message="This department has a deputy already. Make that person a member first.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} of {self.department_id}"
