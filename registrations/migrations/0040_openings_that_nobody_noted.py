from django.db import migrations
from django.db.models import F

PEOPLE_AT_ONCE = 1000


def mark(apps, schema_editor):
    """Whether people stored before it was noted have opened their page is not known: they have not "never" opened it.

    The moment at which they agreed stands for that (`Participant.is_opening_known`).
    """
    people = apps.get_model("registrations", "Participant").objects
    unknown = people.filter(anonymised_at=None, page_opened_at=None)
    last = 0
    while pks := list(unknown.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:PEOPLE_AT_ONCE]):
        unknown.filter(pk__in=pks).update(page_opened_at=F("consented_at"))
        last = pks[-1]


class Migration(migrations.Migration):
    # Each batch by itself; run again, it goes on with those that are left.
    atomic = False

    dependencies = [("registrations", "0039_fold_search_text")]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
