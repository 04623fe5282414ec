"""Staff put the numbers of a session on its page, with the texts that they chose one by one, and take them back."""

from django.db import transaction

from registrations import audit
from registrations.feedback import hiding
from registrations.feedback.questions import QUESTIONS
from registrations.models import Feedback
from sessions.models import Season, Session


class NotReadable(Exception):
    """Nobody can read the answers yet, or they were too few."""


class NothingToShow(Exception):
    """Small numbers leave none that everybody may see, and no text was chosen."""


class ChangedMeanwhile(Exception):
    """Something else is published than was shown."""


def for_everybody(feedback) -> dict[str, list]:
    """The numbers by question as others see them, or would; questions of which too little is left are not in it."""
    if feedback.shown is not None:
        return feedback.shown
    found = {
        asked.name: hiding.shown(feedback.counts[asked.name], first_hidden=asked.first_hidden)
        for asked in QUESTIONS
        if asked.name in feedback.counts
    }
    return {name: numbers for name, numbers in found.items() if numbers is not None}


def state(feedback) -> str:
    """Equal as long as the same is published."""
    keys = sorted(feedback.words.filter(is_published=True).values_list("key", flat=True))
    return f"{feedback.published_at or ''} {' '.join(keys)}"


@transaction.atomic
def publish(*, session_id, keys, seen, by, now) -> int:
    """Show the numbers that are left, and the texts with these keys and no others; returns how many texts.

    `seen` is the state that was shown. Once published, what is hidden in the numbers stays hidden. Locks the season and
    the feedback. Raises NotReadable, NothingToShow or ChangedMeanwhile.
    """
    found = _locked(session_id, seen)
    found.shown = for_everybody(found)
    found.words.exclude(key__in=keys).update(is_published=False)
    chosen = found.words.filter(key__in=keys).update(is_published=True)
    if not found.shown and not chosen:
        raise NothingToShow
    found.published_at = now
    found.save(update_fields=["shown", "published_at"])
    audit.record("feedback-published", found.session, by=by, after={"texts": chosen})
    Season.objects.touch(found.session.season_id, now=now)
    return chosen


@transaction.atomic
def take_back(*, session_id, seen, by, now):
    """Locks the season and the feedback. Raises NotReadable or ChangedMeanwhile."""
    found = _locked(session_id, seen)
    if found.published_at is None:
        raise ChangedMeanwhile
    found.published_at = None
    found.save(update_fields=["published_at"])
    found.words.update(is_published=False)
    audit.record("feedback-taken-back", found.session, by=by)
    Season.objects.touch(found.session.season_id, now=now)


def _locked(session_id, seen) -> Feedback:
    season = Session.objects.values_list("season", flat=True).get(pk=session_id)
    list(Season.objects.filter(pk=season).locked().values_list("pk"))
    found = Feedback.objects.locked().readable().select_related("session").filter(session=session_id).first()
    if found is None:
        raise NotReadable
    if state(found) != seen:
        raise ChangedMeanwhile
    return found
