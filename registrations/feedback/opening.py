"""Once a form is closed, its answers become readable in one go, or go where too few answered."""

import logging

from django.db import transaction

from registrations.feedback import pile, window
from registrations.models import Feedback, FeedbackWords
from sessions.clocks import moment

log = logging.getLogger(__name__)

# So many answer about a session, and so many answer a question, or nobody reads any of it.
NEEDED = 5


def open_due(season=None):
    """Open what is due, each on the clock of its season; what an old key has sealed and waits is sealed anew.

    Of this season alone, if one is given.
    """
    collected = Feedback.objects.collected().order_by("pk")
    of_season = collected.filter(session__season=season) if season else collected
    for pk in of_season.values_list("pk", flat=True):
        try:
            _open_or_keep(pk)
        except pile.CannotOpen:
            log.error("Feedback %s: SECRET_KEY was changed, and the old one is no fallback.", pk)


def cannot_be_opened() -> list[Feedback]:
    """Those that were sealed with a key that is not here, with their sessions."""
    collected = Feedback.objects.collected().select_related("session__season").order_by("pk")
    return [found for found in collected if not _opens(found)]


def _opens(found) -> bool:
    try:
        pile.unseal(found.pile, session_id=found.session_id)
    except pile.CannotOpen:
        return False
    return True


@transaction.atomic
def _open_or_keep(pk):
    """Locks it."""
    found = Feedback.objects.locked().filter(pk=pk).collected().select_related("session__season").first()
    if found is None:
        return
    now = moment.of(found.session.season)
    if window.has_closed(found.session, now):
        _open(found, now)
    elif found.pile and not pile.is_sealed_anew(found.pile, session_id=found.session_id):
        collected = pile.unseal(found.pile, session_id=found.session_id)
        found.pile = pile.seal(collected, session_id=found.session_id)
        found.save(update_fields=["pile"])


def _open(found, now):
    collected = pile.unseal(found.pile, session_id=found.session_id)
    found.pile, found.opened_on = b"", now.astimezone(found.session.season.zone).date()
    if collected.answers >= NEEDED:
        found.answers = collected.answers
        found.counts = {name: counts for name, counts in collected.counts.items() if sum(counts) >= NEEDED}
        _keep_words(found, collected.words)
    found.save(update_fields=["pile", "opened_on", "answers", "counts"])


def _keep_words(found, texts):
    if len(texts) >= NEEDED:
        rows = [FeedbackWords(feedback=found, text=text) for text in texts]
        # By their random keys, so that the order in which they are stored is the order in which all see them.
        FeedbackWords.objects.bulk_create(sorted(rows, key=lambda row: row.key))
