"""Public calendar text: what anybody may download or subscribe to."""

from django.utils.translation import gettext as _

from sessions import vevent


def slot(occurrence, page_url: str) -> str:
    """The download of one time slot, METHOD:PUBLISH without attendee (RFC 5546 3.2.1), in the active language.

    The same octets until the slot changes: DTSTAMP and LAST-MODIFIED are the moment of its last change.
    """
    entry = vevent.Entry(
        uid=occurrence.uid,
        sequence=occurrence.sequence,
        stamp=occurrence.changed_at,
        modified_at=occurrence.changed_at,
        starts_at=occurrence.starts_at,
        ends_at=occurrence.ends_at,
        summary=summary(occurrence),
        description=_description(occurrence, page_url),
        page_url=page_url,
        is_cancelled=occurrence.is_called_off,
    )
    return vevent.calendar("PUBLISH", [vevent.event(entry)])


def summary(occurrence) -> str:
    """The title, with the words that some programs need because they do not show STATUS."""
    title = title_in_calendar(occurrence.session)
    return _("Called off: %(title)s") % {"title": title} if occurrence.is_called_off else title


def title_in_calendar(session) -> str:
    return _("Rehearsal: %(title)s") % {"title": session.title} if session.season.is_rehearsal else session.title


def _description(occurrence, page_url) -> str:
    first = _("Session page: %(url)s") % {"url": page_url}
    if occurrence.is_called_off:
        return "\n\n".join([first, _("This time slot is called off.")])
    season = _("A session of %(season)s.") % {"season": occurrence.session.season.title}
    how = _("To join, register on the session page. You then get a personal link.")
    return "\n\n".join([first, season, how, _("This entry is a copy. It does not change when the session is moved.")])
