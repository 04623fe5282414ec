"""What people ask the speakers while others are at work, and what staff make of it."""

from contextlib import suppress

from registrations.models import AskedQuestion
from registrations.speaker_questions import asking, editing
from sessions.models import SpeakerQuestion
from tests.support.registrations.signing_up import NOW
from tests.support.registrations.world import KNOWN, in_letters


def ask_the_speakers(world, number, who):
    """Every third time somebody takes one back."""
    person = world.person(KNOWN[number % 3])
    text = f"What about {in_letters(number % 4)}?"
    with suppress(asking.Refused):
        said = {"text": text, "language": "en", "with_name": number % 2 == 0}
        asking.ask(participant_id=person.pk, session=world.first, now=NOW, **said)
    own = AskedQuestion.objects.filter(participant=person).order_by("pk").values_list("pk", flat=True)
    if number % 3 == 2 and (asked := own.first()):
        with suppress(asking.PublishedAlready):
            asking.take_back(participant_id=person.pk, asked_id=asked)


def answer_the_questions(world, number, who):
    ask_the_speakers(world, number, who)
    editing.add_from_chat(session=world.first, wording=f"What about {number % 2}?", now=NOW, by=None)
    found = list(SpeakerQuestion.objects.order_by("pk").values_list("pk", flat=True)[:3])
    with suppress(editing.CannotMerge):
        editing.merge(question_ids=found, now=NOW, by=None)
    for pk in found[number % 2 :]:
        editing.hide(question_ids=[pk], reason="unfit", now=NOW, by=None)
        editing.show_again(question_id=pk, now=NOW, by=None)
        editing.separate(question_id=pk, now=NOW, by=None)
        editing.mark_live(question_ids=[pk], now=NOW, by=None)
        SpeakerQuestion.objects.filter(pk=pk, merged_into=None).update(wording="Why?")
        with suppress(editing.NotReady):
            editing.publish(question_id=pk, now=NOW, by=None)
        if number % 2:
            editing.withdraw(question_id=pk, now=NOW, by=None)
