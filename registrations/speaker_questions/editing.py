"""Staff word, answer, put together, hide and publish questions to the speakers.

Each action locks the season and then the questions; the audit log has numbers and no words, which are those of people.
"""

from django.db import transaction
from django.db.models import Q

from registrations import audit
from sessions.models import Season, SpeakerQuestion

# What the form of a question changes.
FIELDS = ["wording", "answer", "answered", "shows_name"]


class NotReady(Exception):
    """It has no wording yet, or neither an answer nor was it answered in the session."""


class CannotMerge(Exception):
    """They are of two sessions, fewer than two are left, or one that would go is published."""


def lock(questions) -> dict[int, SpeakerQuestion]:
    """Of these ids those that are there; their seasons are locked as well, and what was put together with them.

    Inside a transaction.
    """
    of = SpeakerQuestion.objects.filter(pk__in=questions)
    seasons = Season.objects.filter(pk__in=of.values("session__season"))
    list(seasons.locked().values_list("pk"))
    together = SpeakerQuestion.objects.filter(Q(pk__in=questions) | Q(merged_into__in=questions))
    locked = together.select_related("session__season").locked()
    return {row.pk: row for row in locked if row.pk in questions}


@transaction.atomic
def add_from_chat(*, session, wording, now, by) -> SpeakerQuestion:
    """One that was asked in the chat of the meeting, of nobody whom the site knows; sent twice, it is stored once."""
    list(Season.objects.filter(pk=session.season_id).locked().values_list("pk"))
    if before := SpeakerQuestion.objects.filter(session=session, asked_in_chat=True, wording=wording).first():
        return before
    times = {"first_asked_at": now, "taken_up_at": now}
    question = SpeakerQuestion.objects.create(session=session, wording=wording, asked_in_chat=True, **times)
    audit.record("speaker-question-added", question, by=by)
    return question


@transaction.atomic
def store(question, new, *, now, by):
    """Write these of FIELDS into a question that `lock` gave."""
    changed = [name for name in FIELDS if name in new and getattr(question, name) != new[name]]
    if not changed:
        return
    for name in changed:
        setattr(question, name, new[name])
    _save(question, changed, now)
    audit.record("speaker-question-worded", question, by=by, after={"changed": changed})


@transaction.atomic
def publish(*, question_id, now, by):
    """Let everybody read it; what was not answered in the session is answered in writing.

    Names stay away where `by` may not see people. Raises NotReady, also of one that is gone, hidden or put together
    with another.
    """
    question = lock([question_id]).get(question_id)
    if question is None or not is_ready(question):
        raise NotReady
    if not question.is_published:
        question.published_at, question.answered = now, question.answered or SpeakerQuestion.Answered.WRITTEN
        question.shows_name = question.shows_name and may_see_names(by)
        _save(question, ["published_at", "answered", "shows_name"], now)
        audit.record("speaker-question-published", question, by=by)


@transaction.atomic
def withdraw(*, question_id, now, by):
    question = lock([question_id]).get(question_id)
    if question and question.is_published:
        _withdraw(question, now)
        audit.record("speaker-question-withdrawn", question, by=by)


@transaction.atomic
def hide(*, question_ids, reason, now, by):
    """Take these not up, for one of SpeakerQuestion.Hidden; those that are published are withdrawn."""
    for question in lock(question_ids).values():
        if question.hidden == reason or question.merged_into_id:
            continue
        if question.is_published:
            _withdraw(question, now)
        question.hidden = reason
        _save(question, ["hidden"], now)
        audit.record("speaker-question-hidden", question, by=by, after={"hidden": reason})


@transaction.atomic
def show_again(*, question_id, now, by):
    question = lock([question_id]).get(question_id)
    if question and question.hidden:
        question.hidden = ""
        _save(question, ["hidden"], now)
        audit.record("speaker-question-taken-up", question, by=by)


@transaction.atomic
def mark_live(*, question_ids, now, by):
    """These were answered in the session."""
    for question in lock(question_ids).values():
        store(question, {"answered": SpeakerQuestion.Answered.LIVE}, now=now, by=by)


@transaction.atomic
def merge(*, question_ids, now, by) -> SpeakerQuestion:
    """Let one question stand for all of these: the published one, else one with words of staff, else the oldest.

    Names go from what is published where `by` may not see those that come along. Raises CannotMerge.
    """
    found = [each for each in lock(question_ids).values() if not each.merged_into_id]
    if len(found) < 2 or len({each.session_id for each in found}) > 1 or sum(each.is_published for each in found) > 1:
        raise CannotMerge
    in_order = sorted(found, key=lambda each: (not each.is_published, not each.wording, each.first_asked_at, each.pk))
    kept, *others = in_order
    if kept.hidden:
        kept.hidden = ""
    kept.shows_name = kept.shows_name and (not kept.is_published or may_see_names(by))
    _save(kept, ["hidden", "shows_name"], now)
    for other in others:
        other.merged.update(merged_into=kept)
        other.merged_into, other.hidden = kept, ""
        _save(other, ["merged_into", "hidden"], now)
        audit.record("speaker-question-merged", other, by=by, after={"into": kept.pk})
    return kept


@transaction.atomic
def separate(*, question_id, now, by):
    """It stands alone again."""
    question = lock([question_id]).get(question_id)
    if question and question.merged_into_id:
        question.merged_into = None
        _save(question, ["merged_into"], now)
        audit.record("speaker-question-separated", question, by=by)


def may_see_names(user) -> bool:
    """None is for the program itself."""
    return user is None or user.has_perm("registrations.view_participant")


def is_ready(question) -> bool:
    """Whether it can be published."""
    is_answered = bool(question.answer) or question.answered == SpeakerQuestion.Answered.LIVE
    return bool(question.wording) and is_answered and not question.hidden and not question.merged_into_id


def _withdraw(question, now):
    question.published_at = None
    _save(question, ["published_at"], now)
    Season.objects.touch(question.session.season_id, now=now)


def _save(question, names, now):
    """What is published is on pages and in their validators."""
    if question.taken_up_at is None:
        question.taken_up_at = now
    question.save(update_fields=[*names, "taken_up_at"])
    if question.is_published:
        Season.objects.touch(question.session.season_id, now=now)
