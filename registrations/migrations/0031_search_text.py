from django.db import migrations, models

from registrations.people import search

PEOPLE_AT_ONCE = 1000
DETAILS = ["name", "email", "organisation"]


def fold(apps, schema_editor):
    """By the rule of this version, so that its search finds them. Whom a process of the version before stores later
    has an empty text: `search.matching` finds them as they are written, and a nightly task folds it.
    """
    people = apps.get_model("registrations", "Participant").objects
    to_fold = people.filter(anonymised_at=None, search_text="").order_by("pk")
    last = 0
    while found := list(to_fold.filter(pk__gt=last).only(*DETAILS)[:PEOPLE_AT_ONCE]):
        for person in found:
            person.search_text = search.text_of(**{name: getattr(person, name) for name in DETAILS})
        people.bulk_update(found, ["search_text"])
        last = found[-1].pk


class Migration(migrations.Migration):
    # Each batch by itself: nobody waits for the lock of a row longer than for one of them.
    atomic = False

    dependencies = [("registrations", "0030_octets_stored_as_they_are")]

    operations = [
        migrations.AddField(
            model_name="participant",
            name="search_text",
            field=models.TextField(
                db_default="",
                default="",
                editable=False,
                help_text="Name, e-mail and organisation, folded for searching.",
            ),
        ),
        migrations.RunPython(fold, migrations.RunPython.noop),
    ]
