"""What the tests share that ask who was told of their seat."""

from datetime import timedelta

from registrations.mail import health
from registrations.models import Message
from tests.factories import MessageFactory
from tests.support.registrations.signing_up import NOW

LATER = NOW + timedelta(minutes=6)
SENT = Message.Status.SENT


def people_without_mail(now=LATER):
    return list(health.lacking_a_mail(now))


def send_everything(**of_kind):
    Message.objects.filter(**of_kind).update(status=SENT, sent_at=NOW)


def mail_about(registration, **more):
    return MessageFactory(registration=registration, participant=registration.participant, **{"queued_at": NOW} | more)
