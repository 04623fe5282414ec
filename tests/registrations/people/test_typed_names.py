"""Names through every form that takes one: real ones arrive as they were typed, hostile ones go nowhere."""

import pytest
from django.core.cache import cache
from django.test import Client

from registrations.models import AdmissionRequest, Message, Participant, Registration
from tests.factories import InvitationFactory, OccurrenceFactory, ParticipantFactory
from tests.support.calendars import calendar_part, read_mail, text_of
from tests.support.registrations import mail_run
from tests.support.registrations.inviting import hidden_slot
from tests.support.registrations.names import HOSTILE_NAMES, REAL_NAMES
from tests.support.registrations.sign_up_form import corrected, delegation_of, typed
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot():
    return OccurrenceFactory(session__slug="mercury")


@pytest.fixture
def forms(slot):
    """Where a form is sent, and what is sent with a name, by what the form is for."""
    season, hidden = slot.session.season, hidden_slot()
    invited = InvitationFactory(session=hidden.session, opened_at=hidden.changed_at)
    person = ParticipantFactory(season=season, name="Amina Otieno")
    sign_up = f"/sign-up/{season.slug}/"
    return {
        "sign-up": (sign_up, lambda name: typed(slot, name=name)),
        "focal point": (f"{sign_up}delegation/", lambda name: delegation_of(slot, name=name, takes_part="yes")),
        "one of a delegation": (
            f"{sign_up}delegation/",
            lambda name: delegation_of(slot, people=[(name, "x@a.example")]),
        ),
        "correction": (f"/my/{person.key}/details/", lambda name: corrected(name=name)),
        "asking": (f"/invitation/{invited.key}/ask/", lambda name: {"name": name, "email": "zoe@example.org"}),
    }


FORMS = ["sign-up", "focal point", "one of a delegation", "correction", "asking"]


def send(forms, form, name):
    cache.clear()
    path, sent = forms[form]
    return Client().post(path, sent(name))


def test_there_are_enough_of_both():
    assert len(set(HOSTILE_NAMES)) >= 30
    assert len(set(REAL_NAMES)) >= 17


@pytest.mark.parametrize("form", first_always(FORMS))
@pytest.mark.parametrize("names", first_always([HOSTILE_NAMES[::6], HOSTILE_NAMES]), ids=["some", "all"])
def test_hostile_name_is_refused_by_each_form_and_nothing_is_stored(forms, form, names):
    before = sorted(Participant.objects.values_list("name", flat=True))

    statuses = {name: send(forms, form, name).status_code for name in names}

    assert {name: status for name, status in statuses.items() if status != 422} == {}
    assert sorted(Participant.objects.values_list("name", flat=True)) == before
    assert (Registration.objects.count(), Message.objects.count(), AdmissionRequest.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("name", first_always(["O'Brien", "Nguyễn Thị Minh", "محمد عبد الله"]))
@pytest.mark.parametrize("form", FORMS)
def test_real_name_is_taken_by_each_form(forms, form, name):
    assert send(forms, form, name).status_code == 302


@pytest.mark.parametrize("name", first_always(REAL_NAMES, 2))
def test_real_name_arrives_in_the_mail_its_calendar_entry_and_on_the_page(smtp_server, slot, name):
    answer = Client().post(f"/sign-up/{slot.session.season.slug}/", typed(slot, name=name))
    mail_run.send_waiting_mails()

    person = Participant.objects.get()
    [received] = smtp_server.mails
    entry = text_of(calendar_part(read_mail(Message.objects.get()))).replace("\r\n ", "")
    assert answer.status_code == 302
    assert received.rcpt_tos == ("amina@example.org",)
    # The parser of the standard library puts spaces between the encoded words of a name; RFC 2047 6.2 takes none there.
    assert "".join(received.message["To"].addresses[0].display_name.split()) == "".join(person.name.split())
    assert f'CN="{person.name}"' in entry or f"CN={person.name}" in entry
    assert Client().get(f"/my/{person.key}/details/").context["form"]["name"].value() == person.name
    assert person.name.replace(" ", "") == name.replace(" ", "")


def test_text_that_a_template_or_a_database_could_take_for_its_own_stays_text(slot):
    tricks = "{{ 7 }}{% debug %}${7*7} ' OR 1=1; DROP TABLE x; --"
    Client().post(f"/sign-up/{slot.session.season.slug}/", typed(slot, access_needs=tricks))

    person = Participant.objects.get()
    page = Client().get(f"/my/{person.key}/data/").text

    assert person.access_needs == tricks
    assert "{{ 7 }}{% debug %}${7*7} &#x27; OR 1=1; DROP TABLE x; --" in page
