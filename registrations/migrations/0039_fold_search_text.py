from django.db import migrations

from registrations.people import search

PEOPLE_AT_ONCE = 1000
DETAILS = ["name", "email", "organisation"]


def fold(apps, schema_editor):
    """By the rule of this version, so that its search finds them. Whom a process of the version before stores later
    has an empty text: `search.matching` finds them as they are written, and a nightly task folds it. Who is erased
    while a batch is folded is passed over.
    """
    people = apps.get_model("registrations", "Participant").objects.filter(anonymised_at=None)
    last = 0
    while found := list(people.filter(search_text="", pk__gt=last).order_by("pk").only(*DETAILS)[:PEOPLE_AT_ONCE]):
        for person in found:
            person.search_text = search.text_of(**{name: getattr(person, name) for name in DETAILS})
        people.bulk_update(found, ["search_text"])
        last = found[-1].pk


class Migration(migrations.Migration):
    # Each batch by itself: nobody waits for the lock of a row longer than for one of them. The column is a migration
    # of its own (0031), so that this one can be run again after it was broken off.
    atomic = False

    dependencies = [("registrations", "0038_first_opening_of_a_page")]

    operations = [migrations.RunPython(fold, migrations.RunPython.noop)]
