from django.db import migrations

BENEFITS = {
    "B01": ("Integrate functions", "Departments work as one towards the same people."),
    "B02": ("Break down silos", "People hear of each other's work across departments."),
    "B03": ("Learn", "As persons and as an organisation, inside and outside."),
    "B04": ("Innovate", "New things are made with people inside and outside."),
    "B05": ("Educate", "Clients, prospects and communities come to know more."),
    "B06": ("Let staff tell their story", "People who love the work say so themselves."),
    "B07": ("Spread knowledge of the organisation", "Through small circles, person to person."),
    "B08": ("Learn of problems it may already solve", "Somebody out there has a problem that we have an answer to."),
    "B09": ("Learn of problems it could come to solve", "Somebody out there has a problem worth solving next."),
    "B10": ("Connect solvers with problems", "People who can solve it meet people who have it."),
    "B11": ("Reach prospects", "People learn that it can help who did not know."),
    "B12": ("Build trust among staff", "Between people who rarely meet."),
    "B13": ("Build a reputation", "Made from the reputations of its people."),
    "B14": ("Smooth the work", "Freer, smoother days."),
    "B15": ("Have fun", "In daily work."),
}


def add(apps, schema_editor):
    Benefit = apps.get_model("departments", "Benefit")
    Benefit.objects.bulk_create(
        Benefit(code=code, name=name, explanation=explanation) for code, (name, explanation) in BENEFITS.items()
    )


def remove(apps, schema_editor):
    apps.get_model("departments", "Benefit").objects.filter(code__in=BENEFITS).delete()


class Migration(migrations.Migration):
    """The fifteen benefits: the lead may reword them, their ids stay."""

    dependencies = [("departments", "0001_models")]
    operations = [migrations.RunPython(add, remove)]
