"""What a form of the programme does to people who are registered: a sentence for each entry that matters to them."""

from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registrations.enrolment import waiting_list
from registrations.models import Answer
from sessions.admin import wording
from sessions.clocks import dates
from sessions.clocks.dates import number
from sessions.models import Material, Occurrence, Question, Session


def of_season(form, formsets) -> list[str]:
    changed = set(form.changed_data)
    said = _days(form) if {"starts_on", "ends_on"} & changed else []
    said += [_reminders(form.instance)] if "reminder_hours" in changed else []
    return said


def of_session(form, formsets, *, now) -> list[str]:
    """With the rows of its slots and materials."""
    said = _by_invitation(form)
    for formset in formsets:
        doomed = [row.instance for row in formset.initial_forms if row in formset.deleted_forms]
        if formset.model is Material:
            said += [_deleted_material(row) for row in doomed if row.url or row.file]
        elif formset.model is Occurrence:
            said += [_deleted_slot(row) for row in doomed]
            said += [
                words
                for row in formset.initial_forms
                if row not in formset.deleted_forms
                for words in of_slot(row, now=now)
            ]
    return said


def of_slot(form, *, now) -> list[str]:
    return _more_places(form, now) + _no_address(form, now)


def _more_places(form, now) -> list[str]:
    """The instance of the form has the new capacity."""
    slot = form.instance
    if "capacity" not in form.changed_data or not slot.waiting:
        return []
    people = waiting_list.number_to_seat(slot, now)
    if not people:
        return []
    text = ngettext(
        "%(time)s: %(number)s person on the waiting list gets a place, and a mail that says so. The mail leaves at "
        "once, and the place cannot be taken back with it.",
        "%(time)s: %(number)s people on the waiting list get a place, and a mail that says so. The mails leave at "
        "once, and the places cannot be taken back with them.",
        people,
    )
    return [text % {"time": wording.on_season_clock(slot), "number": number(people)}]


def _no_address(form, now) -> list[str]:
    """An emptied meeting address matters as long as people may come in."""
    slot = form.instance
    is_emptied = "meeting_url" in form.changed_data and not form.cleaned_data.get("meeting_url")
    return [no_way_in(slot)] if is_emptied and slot.taken and slot.stretches_without_address(now) else []


def no_way_in(slot) -> str:
    """Of a slot with people, or of a part of one, that had an address before."""
    text = ngettext(
        "%(time)s has no meeting address any more: %(number)s person with a place finds no way into the meeting.",
        "%(time)s has no meeting address any more: %(number)s people with a place find no way into the meeting.",
        slot.taken,
    )
    return text % {"time": wording.on_season_clock(slot), "number": number(slot.taken)}


def _reminders(season) -> str:
    """Of a season with its new hours."""
    if not season.reminders_before:
        return _("Nobody who is registered gets a reminder any more.")
    hours = dates.all_of([number(hours) for hours in season.reminders_before])
    text = _(
        "Reminders leave %(hours)s hours before each session. A number that is new reaches everybody who gets any."
    )
    return text % {"hours": hours}


def _days(form) -> list[str]:
    first, last = form.cleaned_data["starts_on"], form.cleaned_data["ends_on"]
    said = [
        _("The season runs from %(first)s to %(last)s on its pages and in lists.")
        % {"first": dates.day(first), "last": dates.day(last)}
    ]
    if "ends_on" in form.changed_data:
        days = {"new": _forgotten_on(last), "old": _forgotten_on(form.initial["ends_on"])}
        said.append(_("The details of people are removed after %(new)s; until now it was after %(old)s.") % days)
    return [*said, _("Time slots stay where they are.")]


def _forgotten_on(last_day) -> str:
    return dates.day(last_day + timedelta(days=settings.DATA_TERM_DAYS))


def _by_invitation(form) -> list[str]:
    if "access" not in form.changed_data:
        return []
    if form.cleaned_data["access"] == Session.Access.INVITATION:
        return [
            _("By invitation from now on: who is registered keeps the place, and who waits still moves up."),
            _("Nobody else can register without an invitation."),
            _("The entries in people’s calendars are renewed with these words. Nobody gets a mail."),
        ]
    return [
        _("Open to all from now on: everybody can register, on the same terms as those who were invited."),
        _("The entries in people’s calendars are renewed with these words. Nobody gets a mail."),
    ]


def of_answers(formsets) -> list[str]:
    """What it does to answers that people gave, also those who have cancelled since."""
    rows = [row for formset in formsets if formset.model is Question for row in formset.initial_forms]
    return [words for row in rows if "words" in row.changed_data for words in _other_words(row)]


def _other_words(row) -> list[str]:
    """Of a question that people have answered: their answers were to what it said then."""
    people = Answer.objects.filter(question=row.instance.pk).values("participant").distinct().count()
    if not people:
        return []
    text = ngettext(
        "“%(old)s” is asked as “%(new)s” from now on: %(number)s person has answered the old words, and that answer "
        "is shown beside the new ones.",
        "“%(old)s” is asked as “%(new)s” from now on: %(number)s people have answered the old words, and their answers "
        "are shown beside the new ones.",
        people,
    )
    words = {"old": row.initial["words"], "new": row.cleaned_data["words"]}
    return [text % {**words, "number": number(people)}]


def _deleted_slot(slot) -> str:
    text = _("%(time)s is deleted: nobody is registered for it, and nobody can choose it any more.")
    return text % {"time": wording.on_season_clock(slot)}


def _deleted_material(material) -> str:
    text = _("“%(title)s” is deleted: people who were registered, and everybody else, cannot open it any more.")
    return text % {"title": material.title}
