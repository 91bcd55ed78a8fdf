from django.db import migrations

TEMPLATES = (
    # process, statement, benefit, measure, unit
    ("customer_service", "Questions are answered in public, so that fewer people need to call", "B10", "Calls a week", "calls"),
    ("customer_service", "Customers are happier after they have asked us", "B10", "Customers who say so when asked", "%"),
    ("human_resources", "Open posts are filled by people who know what working here is like", "B06", "Posts filled", "posts"),
    ("product", "We learn what consumers want before we build it", "B09", "Ideas from outside that were tried", "ideas"),
    ("brand", "People who do not know us see the campaign", "B11", "People reached", "people"),
    ("public_relations", "Our messages travel: others pass them on", "B13", "Messages passed on a month", "messages"),
    ("marketing", "Prospects learn that we can help them", "B11", "Prospects who ask for more", "people"),
    ("sales", "People with a problem that we solve find us", "B08", "Conversations that became an offer", "offers"),
    ("research", "We learn from people outside who work on the same questions", "B03", "Exchanges that changed our work", "exchanges"),
    ("development", "What we make is tried by people outside while it can still change", "B04", "People who tried it", "people"),
    ("accounting", "Suppliers find out by themselves when and how they are paid", "B14", "Questions about invoices a month", "questions"),
    ("it", "Staff and customers know within minutes what is down and when it will be back", "B14", "Minutes until the first notice", "minutes"),
    ("legal", "People understand their rights and our terms without a lawyer", "B05", "Questions about terms a month", "questions"),
    ("operations", "Everybody concerned hears of a disturbance before they meet it", "B05", "Minutes until the first notice", "minutes"),
    ("leadership", "Staff who rarely meet know what the others are working on", "B12", "Staff who say so when asked", "%"),
    ("", "People outside learn something that helps them from our work", "B05", "People who say that it helped", "people"),
    ("", "Departments answer the same people with one voice", "B01", "Answers that had to be corrected a month", "answers"),
)  # fmt: skip


def add(apps, schema_editor):
    benefits = {benefit.code: benefit for benefit in apps.get_model("departments", "Benefit").objects.all()}
    Template = apps.get_model("departments", "ObjectiveTemplate")
    Template.objects.bulk_create(
        Template(
            process=process, statement=statement, benefit=benefits[code], measure=measure, unit=unit, position=position
        )
        for position, (process, statement, code, measure, unit) in enumerate(TEMPLATES)
        if code in benefits
    )


def remove(apps, schema_editor):
    statements = [statement for _, statement, _, _, _ in TEMPLATES]
    apps.get_model("departments", "ObjectiveTemplate").objects.filter(statement__in=statements).delete()


class Migration(migrations.Migration):
    """The usual objectives of each kind of work: the lead may reword, add and remove them."""

    dependencies = [("departments", "0002_benefits")]
    operations = [migrations.RunPython(add, remove)]
