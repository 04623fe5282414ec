"""The mail with words that staff have written, to one of the people whom they chose."""

from django.utils.safestring import mark_safe

from registrations import links
from registrations.mail.notices.letters import Letter, message
from registrations.models import Message
from registrations.people.audiences import CAME, Audience
from sessions import marked, rich_text

# Mail programs read `style` attributes and little else; the text has no other tags with a look of their own.
LOOKS = {
    "<p ": '<p style="margin:0 0 16px;" ',
    "<h2 ": '<h2 style="margin:32px 0 8px; font-size:17px; line-height:1.35; font-weight:bold;" ',
    "<a ": '<a style="color:#0b5575;" ',
}


def circular(person, circular, *, about, message_id, now, is_over=False) -> Message:
    """`about` are the sessions by which the person gets it, all of which may be over.

    Only what is not about sessions can be stopped.
    """
    words, audience = circular.words_in(person.reads), Audience.of(circular.audience)
    is_of_sessions = audience.is_of_sessions
    letter = Letter(
        kind="circular",
        key=f"{circular.pk}:{person.pk}",
        participant=person,
        season=circular.season,
        now=now,
        message_id=message_id,
        context={
            "subject": words.subject,
            "plain": rich_text.plain(words.text),
            "formatted": _with_looks(rich_text.each_in_its_direction(words.text)),
            "titles": [marked.words(session, "title", person.reads) for session in about],
            "is_of_sessions": is_of_sessions,
            "is_afterwards": is_of_sessions and (is_over or bool(audience.attendance)),
            "came": audience.attendance == CAME,
        },
        stop_address="" if is_of_sessions else links.stop(person, "announcements"),
    )
    return message(letter)


def _with_looks(html):
    """What stands between tags is escaped, so that only tags are replaced."""
    for tag, with_look in LOOKS.items():
        html = html.replace(tag, with_look)
    # Sanitised by rich_text; the attributes are ours.
    return mark_safe(html)  # noqa: S308
