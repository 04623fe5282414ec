"""What becomes of questions when the people who asked them go: only what staff published stays, without a name."""

from django.db.models import Exists, OuterRef, Q

from registrations.models import AskedQuestion
from sessions.models import SpeakerQuestion

ASKED = AskedQuestion.objects.filter(question=OuterRef("pk"))
ASKED_OF_MERGED = AskedQuestion.objects.filter(question__merged_into=OuterRef("pk"))
CHAT_OF_MERGED = SpeakerQuestion.objects.filter(merged_into=OuterRef("pk"), asked_in_chat=True)


def forget(people):
    """Delete what these people (ids) asked, inside a transaction that has locked them."""
    asked = AskedQuestion.objects.filter(participant__in=people)
    found = list(asked.values_list("question", "text"))
    if not found:
        return
    questions = lock({question for question, _text in found})
    asked.delete()
    delete_nobodys(questions, words=[text for _question, text in found])


def lock(questions) -> list[int]:
    """Those of these ids, and what they were put together with: who asks the same at this moment waits."""
    together = SpeakerQuestion.objects.filter(Q(pk__in=questions) | Q(merged__in=questions))
    return sorted(SpeakerQuestion.objects.filter(pk__in=together.values("pk")).locked().values_list("pk", flat=True))


def delete_nobodys(questions, *, words):
    """Of these questions (ids), which are locked, delete those behind which nobody is left and that are not published.

    Where others asked the same in other words, a wording that was taken over from `words` goes: it was the text of who
    is not there any more. What was asked in the chat of the meeting is nobody's from the beginning.
    """
    rows = SpeakerQuestion.objects.filter(pk__in=questions, published_at=None, asked_in_chat=False)
    rows.filter(~Exists(ASKED), ~Exists(ASKED_OF_MERGED), ~Exists(CHAT_OF_MERGED)).delete()
    rows.filter(wording__in=words).update(wording="", translations={})


def move(participant, *, to):
    """To somebody who is the same person; both are locked. What both asked stays once."""
    own = AskedQuestion.objects.filter(participant=participant)
    same = list(own.filter(digest__in=to.asked_questions.values("digest")).values_list("pk", flat=True))
    own.filter(pk__in=same).delete()
    own.update(participant=to)
