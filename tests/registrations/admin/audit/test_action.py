"""The audit log as staff read it: its list, its pages, and who sees it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from registrations import audit
from registrations.models import Message, Participant, SlotChange, StaffAction
from sessions.staff import groups
from tests.factories import (
    OccurrenceFactory,
    ParticipantFactory,
    RegistrationFactory,
    SeasonFactory,
)
from tests.support.sessions.admin_pages import confirmed, page
from tests.support.sessions.audit import edit, kept, recorded
from tests.support.sessions.moving import move, slot_with_two_people
from tests.support.staff import sign_in

pytestmark = pytest.mark.django_db


def audit_page(client, **filters):
    return client.get(reverse("admin:registrations_staffaction_changelist"), filters)


def test_list_is_narrowed_by_who_what_when_and_words(admin_client):
    slot = slot_with_two_people()
    move(admin_client, slot, why="The speaker is ill.")
    edit(admin_client, "season", slot.session.season, title="Another title")
    StaffAction.objects.filter(action="changed").update(made_at=timezone.now() - timedelta(days=20))
    who = StaffAction.objects.first().made_by_id

    def found(**filters):
        return [row.action for row in audit_page(admin_client, **filters).context["cl"].result_list]

    assert found() == ["moved", "changed"]
    assert found(action="moved") == found(q="speaker") == ["moved"]
    assert found(q="Another title") == ["changed"]
    assert found(made_by__id__exact=who) == ["moved", "changed"]
    assert found(made_at__gte=f"{timezone.now() - timedelta(days=7):%Y-%m-%d %H:%M:%S}+00:00") == ["moved"]


def changed_address():
    """Of a slot, in the audit log."""
    slot = OccurrenceFactory(meeting_url="https://meet.example.org/old")
    before = audit.facts(slot)
    slot.meeting_url = "https://meet.example.org/new"
    return audit.record_difference(slot, before, audit.facts(slot), by=None)


def test_administrators_alone_read_a_changed_meeting_address(admin_client):
    action = changed_address()
    groups.set_up()
    answers = {"administrator": admin_client.get(reverse("admin:registrations_staffaction_change", args=[action.pk]))}
    for group in ("Registration officer", "Programme editor"):
        user = User.objects.create_user(group, is_staff=True)
        user.groups.add(Group.objects.get(name=group))
        own = sign_in(Client(), user)
        answers[group] = own.get(reverse("admin:registrations_staffaction_change", args=[action.pk]))

    words = ("meet.example.org/old", "meet.example.org/new", "(changed, kept secret)")
    assert {who: [each in answer.text for each in words] for who, answer in answers.items()} == {
        "administrator": [True, True, False],
        "Registration officer": [False, False, True],
        "Programme editor": [False, False, True],
    }


def test_nobody_guesses_a_meeting_address_by_filters(admin_client):
    changed_address()

    for name in ("before__meeting_url__startswith", "after__meeting_url__contains", "after__icontains"):
        answer = audit_page(admin_client, **{name: "https://meet.example.org/"})
        assert (answer.status_code, answer.url) == (302, f"{answer.request['PATH_INFO']}?e=1")


def test_action_recorded_without_the_address_says_so(admin_client):
    slot = OccurrenceFactory()
    old = audit.record("changed", slot, by=None, before={"meeting_url": "set"}, after={"meeting_url": "changed"})

    shown = admin_client.get(reverse("admin:registrations_staffaction_change", args=[old.pk])).text

    assert "(set, kept secret)" in shown
    assert "(changed, kept secret)" in shown


def test_list_and_page_say_it_in_words(admin_client):
    slot = slot_with_two_people()
    edit(admin_client, "occurrence", slot, capacity=20)
    move(admin_client, slot, why="<b>The speaker</b> is ill.")

    shown = audit_page(admin_client).text
    one = admin_client.get(reverse("admin:registrations_staffaction_change", args=[kept().pk])).text

    assert "Capacity: – → 20" in shown
    assert "8 Oct 2030, 09:00 (Geneva) → 8 Oct 2030, 15:00 (Geneva)" in shown
    assert "&lt;b&gt;The speaker&lt;/b&gt; is ill." in one
    assert f'href="{page("occurrence_change", slot.pk)}"' in one
    assert reverse("admin:registrations_slotchange_change", args=[SlotChange.objects.get().pk]) in one


def test_list_has_one_number_of_queries(admin_client, django_assert_max_num_queries):
    counts = []
    for more in (1, 2):
        for _ in range(more):
            slot = OccurrenceFactory(capacity=1)
            edit(admin_client, "occurrence", slot, capacity=20)
        with django_assert_max_num_queries(14) as captured:
            audit_page(admin_client)
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_audit_log_is_only_read(admin_client):
    edit(admin_client, "season", SeasonFactory(), title="New")
    pk = kept().pk
    pages = [reverse(f"admin:registrations_staffaction_{name}", args=[pk]) for name in ("change", "delete")]

    answers = [admin_client.post(address, {"why": "other"}).status_code for address in pages]

    assert (answers, StaffAction.objects.get().why) == ([403, 403], "")


def test_audit_log_survives_what_it_is_about_and_who_did_it(admin_client, admin_user):
    season = SeasonFactory()
    edit(admin_client, "season", season, title="New")
    colleague = User.objects.create_superuser("colleague")
    season.delete()
    admin_user.delete()

    shown = audit_page(sign_in(admin_client, colleague)).text

    assert "New" in shown
    assert ">admin<" in shown


def test_staff_without_the_right_see_no_audit_log(client):
    reader = User.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_season"))
    sign_in(client, reader)

    assert audit_page(client).status_code == 403


def test_nobody_is_in_the_audit_log_by_name(admin_client):
    person = ParticipantFactory(name="Wanjiru Kamau", email="wanjiru@example.org", season=SeasonFactory())
    slot = OccurrenceFactory(session__season=person.season)
    RegistrationFactory(participant=person, occurrence=slot)
    address = page("occurrence_call_off", slot.pk)
    admin_client.post(address, confirmed(admin_client.get(address), people=1))
    Message.objects.update(status="failed")
    chosen = list(Message.objects.values_list("pk", flat=True))
    admin_client.post(
        reverse("admin:registrations_message_changelist"), {"action": "send_again", "_selected_action": chosen}
    )

    assert len(recorded()) == 2
    assert "anjiru" not in str(list(StaffAction.objects.values()))


def test_reasons_about_people_are_for_who_may_view_people(admin_client):
    groups.set_up()
    editor = User.objects.create_user("editor", is_staff=True)
    editor.groups.add(Group.objects.get(name="Programme editor"))
    desk = sign_in(Client(), editor)
    slot = OccurrenceFactory()
    audit.record("moved", slot, by=None, why="The speaker is ill.")
    about_person = audit.record(
        "place-taken-away", RegistrationFactory(occurrence=slot), by=None, why="Zoe is a robot."
    )
    page = reverse("admin:registrations_staffaction_change", args=[about_person.pk])

    shown = [audit_page(desk).text, desk.get(page).text, audit_page(desk, q="robot").text]

    assert "The speaker is ill." in shown[0]
    assert "Zoe is a robot." not in "".join(shown)
    assert "0 staff actions" in shown[2]
    assert "Zoe is a robot." in admin_client.get(page).text
    assert "Zoe is a robot." in audit_page(admin_client, q="robot").text


def test_line_about_a_person_has_the_name_for_who_may_view_people_until_it_is_erased(admin_client):
    registration = RegistrationFactory(participant__name="Amina Otieno", occurrence__session__title="Air")
    person = registration.participant
    for row in (person, registration):
        audit.record("changed", row, by=None)

    def named(client):
        return sorted(row.named for row in audit_page(client).context["cl"].result_list)

    groups.set_up()
    editor = User.objects.create_user("editor", is_staff=True)
    editor.groups.add(Group.objects.get(name="Programme editor"))
    numbers = [f"participant {person.pk}", f"registration {registration.pk}"]
    page_of_one = reverse("admin:registrations_staffaction_change", args=[StaffAction.objects.first().pk])

    assert named(admin_client) == ["Amina Otieno", "Amina Otieno, Air"]
    assert "Amina Otieno" in admin_client.get(page_of_one).text
    assert named(sign_in(Client(), editor)) == numbers

    Participant.objects.update(anonymised_at=timezone.now())

    assert named(admin_client) == numbers
