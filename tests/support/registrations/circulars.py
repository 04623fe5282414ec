"""What the tests of circulars share: a draft to people who are chosen, and sending it as it was seen."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from registrations.circulars import drafts, sending
from registrations.models import Circular
from registrations.people.audiences import Audience
from tests.support.registrations.signing_up import NOW

SUBJECT = "The meeting has another address"
TEXT = "The meeting **begins** as planned.\n\n- [The new address](https://meet.example/2)\n- The old one is closed"


def page(name, *circular) -> str:
    return reverse(f"admin:registrations_circular_{name}", args=[each.pk for each in circular])


def draft(season, *, subject=SUBJECT, text=TEXT, now=NOW, by=None, **chosen) -> Circular:
    audience = Audience(**chosen)
    return drafts.write(season=season, audience=audience, subject=subject, text=text, now=now, by=by)


def circular_on_pages(session, *, at=None, **chosen) -> Circular:
    """One to everybody in a session, or as `chosen`, whose mails have left; without the mails."""
    at = at or timezone.now() - timedelta(days=1)
    circular = draft(session.season, now=at, **(chosen or {"sessions": (session.pk,)}))
    circular.made_at = circular.mails_leave_at = circular.prepared_at = at
    circular.save()
    return circular


def send(circular, *, people=None, seen=None, now=NOW, by=None) -> Circular:
    """As staff who have seen it just now, and type the right number."""
    circular = Circular.objects.select_related("season").get(pk=circular.pk)
    number = sending.recipients(circular, now=now).count() if people is None else people
    seen = seen or sending.state(circular, now=now)
    return sending.send(circular_id=circular.pk, people=number, seen=seen, now=now, by=by)
