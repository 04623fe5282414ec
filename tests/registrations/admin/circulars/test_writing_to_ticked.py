"""Staff tick people in the list and write to these alone."""

import pytest

from registrations.admin.people import write_to
from registrations.models import Circular, Message, Registration
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.messages import said
from tests.support.registrations.circulars import SUBJECT, TEXT, draft, page, send

pytestmark = pytest.mark.django_db
LIST = "/admin/registrations/registration/"


@pytest.fixture
def slot():
    return OccurrenceFactory(session__title="Mercury in air")


def tick(client, registrations):
    return client.post(LIST, {"action": "write_to", "_selected_action": [each.pk for each in registrations]})


def names(people):
    return sorted(people.values_list("participant__name", flat=True))


def test_ticked_people_are_named_on_the_page_and_are_those_who_get_it(officer, slot):
    amina, boris, _other = (
        RegistrationFactory(occurrence=slot, participant__name=n) for n in ("Amina", "Boris", "Zoe")
    )

    shown = officer.get(tick(officer, [amina, boris]).url)
    stored = {"subject": SUBJECT, "text": TEXT, "season": slot.session.season_id}
    officer.post(shown.request["PATH_INFO"], stored | {"ticked": shown.context["form"]["ticked"].value()})

    assert "Amina: Mercury in air, confirmed" in shown.text
    assert "Zoe" not in shown.text
    circular = Circular.objects.get()
    assert circular.audience == {"ticked": [amina.pk, boris.pk]}
    preview = officer.get(page("preview", circular)).text
    assert ("2 registrations" in preview, "Amina" in preview, "Zoe" in preview) == (True, True, False)
    send(circular)
    assert names(Message.objects) == ["Amina", "Boris"]


def test_draft_keeps_those_ticked_and_they_can_be_unticked(officer, slot):
    amina, boris = (RegistrationFactory(occurrence=slot) for _each in range(2))
    circular = draft(slot.session.season, ticked=(amina.pk, boris.pk))

    form = officer.get(page("write", circular)).context["form"]
    typed = {"subject": SUBJECT, "text": TEXT, "shown": form["shown"].value()}
    officer.post(page("write", circular), typed | {"ticked": [boris.pk]})

    assert sorted(form["ticked"].value()) == [amina.pk, boris.pk]
    circular.refresh_from_db()
    assert circular.audience == {"ticked": [boris.pk]}


def test_error_beside_another_field_loses_nobody(officer, slot):
    amina = RegistrationFactory(occurrence=slot)
    address = tick(officer, [amina]).url

    again = officer.post(address, {"season": slot.session.season_id, "text": TEXT, "ticked": [amina.pk]})

    assert again.context["form"].errors.keys() == {"subject"}
    assert again.context["form"]["ticked"].value() == [str(amina.pk)]


def test_people_of_several_seasons_are_refused_with_the_reason(officer, slot):
    here, elsewhere = RegistrationFactory(occurrence=slot), RegistrationFactory()

    assert said(tick(officer, [here, elsewhere])) == [str(write_to.SEVERAL_SEASONS)]


def test_more_than_an_address_can_name_are_refused(officer, slot, monkeypatch):
    monkeypatch.setattr(write_to, "PEOPLE_AT_MOST", 1)

    answer = tick(officer, [RegistrationFactory(occurrence=slot) for _each in range(2)])

    assert said(answer) == ["These are more than 1 people. Choose fewer at once."]


def test_numbers_of_nobody_in_the_address_choose_nobody(officer, slot):
    of_another = RegistrationFactory()
    assert Registration.objects.count() == 1

    shown = officer.get(
        page("add") + f"?season={slot.session.season_id}&ticked={of_another.pk}-x-99999999999999999999-0"
    )

    assert shown.status_code == 200
    assert "ticked" not in shown.context["form"].fields
