"""People ask the speakers of a session of theirs, and take back what is not published."""

import unicodedata
from hashlib import sha256

from django.db import transaction

from registrations.models import AskedQuestion, Participant
from registrations.speaker_questions import forgetting, opening
from registrations.speaker_questions.opening import Opening
from sessions.models import SpeakerQuestion

# Of one person about one session.
MOST_EACH = 5


class Refused(Exception):
    """The question is not stored."""


class NotRegistered(Refused):
    """The person has no place in the session, and waits for none."""


class SessionOver(Refused):
    """The last time slot of the session has ended."""


class SessionCalledOff(Refused):
    """The session has no time slot that is held."""


class SwitchedOff(Refused):
    """Staff let the session take no questions."""


class AskedEnough(Refused):
    """The person has asked MOST_EACH questions about the session."""


CLOSED = {Opening.OVER: SessionOver, Opening.CALLED_OFF: SessionCalledOff, Opening.OFF: SwitchedOff}


class PublishedAlready(Exception):
    """What is published is the text of staff: the person can erase their details, not the text."""


@transaction.atomic
def ask(*, participant_id, session, text, language, now, with_name=False, with_sign_up=False) -> AskedQuestion:
    """Store the question; of one that the person has asked before, only whether their name goes with it.

    Who asks the same as somebody else is one more person behind the question that is there. No name is added to what is
    published: staff have not seen it. What comes `with_sign_up` may be sent by anybody: it is one at most, and changes
    nothing that is there. A closed session says so to everybody, registered or not. Locks the person and the question.
    Raises one of Refused.
    """
    _require_open(session, now)
    person = Participant.objects.locked().filter(pk=participant_id, anonymised_at=None).first()
    if person is None or not person.registrations.active().filter(session=session).exists():
        raise NotRegistered
    own, digest = _of_session(person, session), digest_of(session, text)
    if before := own.filter(digest=digest).first():
        if not with_sign_up:
            before.with_name = with_name and (before.with_name or not _is_published(before.question))
            before.save(update_fields=["with_name"])
        return before
    if own.count() >= MOST_EACH or (with_sign_up and own.filter(with_sign_up=True).exists()):
        raise AskedEnough
    question = _same(digest) or SpeakerQuestion.objects.create(session=session, first_asked_at=now)
    with_name = with_name and not _is_published(question)
    return AskedQuestion.objects.create(
        participant=person,
        question=question,
        text=text,
        digest=digest,
        language=language,
        with_name=with_name,
        with_sign_up=with_sign_up,
        asked_at=now,
    )


@transaction.atomic
def take_back(*, participant_id, asked_id):
    """Delete what the person has asked; nothing where it is gone. Locks the person. Raises PublishedAlready."""
    list(Participant.objects.locked().filter(pk=participant_id).values_list("pk"))
    asked = AskedQuestion.objects.filter(pk=asked_id, participant=participant_id).first()
    if asked is None:
        return
    locked = forgetting.lock([asked.question_id])
    if SpeakerQuestion.objects.published().filter(pk__in=locked).exists():
        raise PublishedAlready
    asked.delete()
    forgetting.delete_nobodys(locked, words=[asked.text])


def digest_of(session, text) -> str:
    """Equal for one text of one session, however it is spaced, capitalised and ended."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    letters = "".join(sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in folded)
    return sha256(f"{session.pk} {' '.join(letters.split())}".encode()).hexdigest()[:32]


def _require_open(session, now):
    state = opening.of(session, list(session.occurrences.all()), now)
    if state in CLOSED:
        raise CLOSED[state]


def _of_session(person, session):
    return AskedQuestion.objects.filter(participant=person, question__session=session)


def _is_published(question) -> bool:
    """Whether it is, or what it was put together with; locks both at once, so that they are locked by id."""
    return SpeakerQuestion.objects.published().filter(pk__in=forgetting.lock([question.pk])).exists()


def _same(digest) -> SpeakerQuestion | None:
    """The question of somebody else who asked this, locked with what it was put together with.

    None too where they take it back at this moment.
    """
    other = AskedQuestion.objects.filter(digest=digest).order_by("pk").values_list("question", flat=True).first()
    return SpeakerQuestion.objects.filter(pk=other, pk__in=forgetting.lock([other])).first() if other else None
