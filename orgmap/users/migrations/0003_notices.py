"""What people are told, and how letters come to them."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("users", "0002_find"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="letters",
            field=models.CharField(
                choices=[
                    ("each", "Each by itself, at once"),
                    ("daily", "Gathered once a day, in the morning"),
                    ("weekly", "Gathered once a week, on Monday morning"),
                    ("never", "Never"),
                ],
                db_default="each",
                default="each",
                max_length=10,
                verbose_name="letters by mail",
            ),
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.SlugField(
                        help_text="What it is about, for programs: see orgmap.users.telling.", max_length=40
                    ),
                ),
                ("subject", models.CharField(max_length=300)),
                ("text", models.TextField(blank=True)),
                ("link", models.CharField(help_text="Where it leads to: a path of ours.", max_length=1000)),
                (
                    "about",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        blank=True,
                        default=list,
                        help_text="Keys of the records of its kind that it is about.",
                        size=None,
                    ),
                ),
                (
                    "once",
                    models.CharField(blank=True, help_text="Nobody is told twice under the same word.", max_length=200),
                ),
                ("made_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                ("by_mail", models.BooleanField(default=True)),
                ("mailed_at", models.DateTimeField(blank=True, null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                (
                    "try_at",
                    models.DateTimeField(
                        blank=True, help_text="Not before, after the mail server refused it.", null=True
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notices", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("user"),
                        models.OrderBy(models.F("made_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="users_notice_latest",
                    ),
                    models.Index(condition=models.Q(("read_at", None)), fields=["user"], name="users_notice_unread"),
                    models.Index(
                        condition=models.Q(("by_mail", True), ("mailed_at", None)),
                        fields=["made_at"],
                        name="users_notice_to_mail",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("once", ""), _negated=True),
                        fields=("user", "once"),
                        name="users_notice_once",
                    )
                ],
            },
        ),
    ]
