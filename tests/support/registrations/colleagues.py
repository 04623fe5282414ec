"""Members of staff who are invited, and the links in their mails."""

import re

from django.conf import settings
from django.contrib.auth.models import User

from registrations.colleagues import inviting, membership
from registrations.models import Message
from tests.support.calendars import read_mail
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.signing_up import NOW
from tests.support.staff import PASSWORD

EMAIL = "luis.ortega@example.org"


def administrator(name="claire.dubois"):
    return User.objects.create_superuser(name, email=f"{name}@example.org", password=PASSWORD)


def invited(*, by, role="Viewer", name="luis.ortega"):
    return inviting.invite(name=name, email=EMAIL, role=role, by=by, now=NOW)


def who_came_in(*, by, role="Viewer"):
    user = invited(by=by, role=role)
    user.set_password(PASSWORD)
    user.save()
    return user


def shown(user) -> str:
    return membership.state_of(User.objects.get(pk=user.pk))


def link_in(kind) -> str:
    """The path in the newest mail of this kind, once it has left."""
    send_waiting_mails()
    text = read_mail(Message.objects.filter(kind=kind).latest("pk")).get_body(("plain",)).get_content()
    return re.search(rf"{settings.SITE_URL}(/new-password/\S+/)", text)[1]
