"""What a time slot in parts says of itself, to whom chooses it."""

from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from sessions.models import Occurrence, Part
from sessions.presenters.slots import SlotTime
from tests.support.registrations.story_of_parts import DAY, HOUR, MORNING, slot_in_parts

pytestmark = pytest.mark.django_db
ALL = "Held in 3 parts: one place is for all of them"


@pytest.fixture
def slot():
    return slot_in_parts(MORNING, MORNING + DAY, MORNING + 2 * DAY)


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (HOUR / 2, ALL),
        (HOUR, "1 of 3 parts has been held: one place is for what follows"),
        (DAY + HOUR, "2 of 3 parts have been held: one place is for what follows"),
        (2 * DAY + HOUR / 2, "2 of 3 parts have been held: one place is for what follows"),
        (2 * DAY + HOUR, ALL),
    ],
)
def test_slot_says_how_many_of_its_parts_were_held_while_others_follow(slot, after, words):
    assert SlotTime(slot, "UTC", MORNING + after).in_parts == words


def test_part_that_was_called_off_was_not_held(slot):
    first, *others = slot.parts
    slot.parts = (replace(first, is_called_off=True), *others)

    said = [SlotTime(slot, "UTC", MORNING + after).in_parts for after in (2 * HOUR, DAY + HOUR)]

    assert said == [
        "Held in 2 parts: one place is for all of them",
        "1 of 2 parts has been held: one place is for what follows",
    ]


def test_one_part_that_is_left_says_nothing_of_parts(slot):
    first, *others = slot.parts
    slot.parts = (first, *(replace(part, is_called_off=True) for part in others))

    assert SlotTime(slot, "UTC", MORNING).in_parts == ""


def test_it_says_so_in_arabic(slot):
    with override("ar"):
        assert SlotTime(slot, "UTC", MORNING + HOUR).in_parts == (
            "عدد الأجزاء: \u20683\u2069، عُقد منها: \u20681\u2069، ومقعد واحد يشمل ما تبقّى منها"
        )


@pytest.mark.parametrize("page", ["session", "sign-up"])
def test_pages_on_which_it_is_chosen_say_so_from_the_end_of_the_first_part(client, page):
    start = timezone.now() - HOUR / 2
    slot = slot_in_parts(start, start + DAY)
    session = slot.session
    address = {"session": session.get_absolute_url(), "sign-up": reverse("sign_up:form", args=[session.season.slug])}
    words = "1 of 2 parts has been held: one place is for what follows"

    before = client.get(address[page]).text
    parts = tuple(Part(number, at - HOUR, at) for number, at in ((1, timezone.now()), (2, start + DAY + HOUR)))
    Occurrence.objects.update(parts=parts, starts_at=parts[0].starts_at, ends_at=parts[1].ends_at)
    after = client.get(address[page]).text

    assert (words in before, words in after) == (False, True)
