"""Staff say that people whose sign-ups look made up are real, or take that back."""

from django.db import transaction

from registrations import audit
from registrations.models import ClearedSuspect, Participant
from registrations.people import identification


@transaction.atomic
def clear(*, participant_ids, likeness, by, now) -> int:
    """Mark these people as real, as far as they are alike in this way; returns how many were not marked yet.

    Who came to their group since staff saw it is not among them, and brings the group back. Locks the people, so that
    no mark stays of somebody who erases their details meanwhile.
    """
    people = Participant.objects.filter(pk__in=participant_ids, anonymised_at=None)
    identification.lock(people)
    new = people.exclude(cleared__likeness=likeness).order_by("pk")
    marks = [ClearedSuspect(participant=each, likeness=likeness, cleared_at=now, cleared_by=by) for each in new]
    ClearedSuspect.objects.bulk_create(marks)
    return _recorded("suspects-cleared", len(marks), likeness, by)


@transaction.atomic
def list_again(*, participant_ids, likeness, by) -> int:
    """Take the marks away; returns how many there were."""
    marks = ClearedSuspect.objects.filter(participant__in=participant_ids, likeness=likeness)
    number, _by_model = marks.delete()
    return _recorded("suspects-listed-again", number, likeness, by)


def _recorded(action, people, likeness, by) -> int:
    """What they have in common may say who they are, and is not told."""
    if people:
        about = str(ClearedSuspect._meta.verbose_name_plural)
        alike = str(ClearedSuspect.Likeness(likeness).label)
        audit.record(action, by=by, about=about, after={"people": people, "alike_in": alike})
    return people
