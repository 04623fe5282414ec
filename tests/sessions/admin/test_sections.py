"""The form of a session in sections."""

import re

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from sessions.staff import groups
from tests.factories import MaterialFactory, OccurrenceFactory, SeasonFactory, SpeakerFactory
from tests.support import staff
from tests.support.sessions.admin_pages import page, sent_by

pytestmark = pytest.mark.django_db
EVERY = ["slots", "texts", "speakers", "materials", "people", "mails", "after"]


def form_for(group, session):
    groups.set_up()
    user = User.objects.create_user(group, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return staff.sign_in(Client(), user).get(page("session_change", session.pk))


def full_session():
    session = OccurrenceFactory(meeting_url="https://meet.example.org/secret").session
    SpeakerFactory(session=session)
    MaterialFactory(session=session, url="https://example.org/slides")
    return session


def test_sections_come_in_the_order_of_the_navigation_with_the_slots_first(admin_client):
    text = admin_client.get(page("session_change", full_session().pk)).text

    assert re.findall(r'<li><a href="#([a-z]+)">', text) == EVERY
    assert re.findall(r'<section id="([a-z]+)" class="section"', text) == EVERY


def test_every_entry_is_on_the_page_once(admin_client):
    response = admin_client.get(page("session_change", full_session().pk))

    names = [name for name in sent_by(response) if name not in ("shown", "asked")]
    counts = {name: len(re.findall(f' name="{re.escape(name)}"', response.text)) for name in names}
    assert {name: count for name, count in counts.items() if count != 1} == {}


def test_new_session_begins_with_its_texts(admin_client):
    text = admin_client.get(f"{page('session_add')}?season={SeasonFactory().pk}").text

    assert 'class="sections"' not in text
    assert text.index('name="title"') < text.index("new_slots-0-day")


@pytest.mark.parametrize(
    ("group", "closed"),
    [
        ("Viewer", ["registration_changelist", "invitation_changelist", "slotchange_changelist", "announce", "invite"]),
        ("Programme editor", ["registration_changelist", "invitation_changelist"]),
    ],
)
def test_nothing_leads_to_pages_that_do_not_open(group, closed):
    text = form_for(group, full_session()).text

    addresses = re.findall(r'href="(/admin/[^"?]*)', text)
    assert [each for each in addresses if any(f"/{name.partition('_')[0]}/" in each for name in closed)] == []


def test_viewer_sees_no_meeting_address_and_no_empty_section():
    text = form_for("Viewer", full_session()).text

    assert "secret" not in text
    assert re.findall(r'<section id="([a-z]+)" class="section"', text) == [name for name in EVERY if name != "mails"]


def test_every_part_of_the_form_has_a_section(admin_client):
    context = admin_client.get(page("session_change", full_session().pk)).context

    shown = [inline.formset.prefix for section in context["sections"] for inline in section.inlines]
    titles = [fieldset.name for section in context["sections"] for _number, fieldset in section.fieldsets]

    assert sorted(shown) == sorted(inline.formset.prefix for inline in context["inline_admin_formsets"])
    assert sorted(map(str, titles)) == sorted(str(fieldset.name) for fieldset in context["adminform"])


def test_way_to_delete_is_at_the_end_and_not_in_the_row_of_buttons(admin_client):
    session = full_session()

    text = admin_client.get(page("session_change", session.pk)).text

    sections, row = text.split('<div class="submit-row">')
    assert sections.count(page("session_delete", session.pk)) == 1
    assert "delete" not in row.split("</div>")[0]
    assert page("session_delete", session.pk) not in form_for("Programme editor", session).text
