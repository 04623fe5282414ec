"""Personal addresses, and the only way from the keys in them to a person or a registration.

A key is 144 random bits, stored and unique: one a participant for "my season", one for their calendar to subscribe to,
one to stop a kind of mail and to choose among reminders, another a registration for "join", another an invitation,
another a delegation, so that a link for one purpose opens nothing else.
Signatures would need no column, but they die with the secret that made them, while these addresses sit in calendars
for months.
"""

import re
from functools import cache

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.http import urlsafe_base64_encode

from registrations.models import Certificate, Delegation, Invitation, Participant, Registration

KEY = re.compile(r"[A-Za-z0-9_-]{24}")
# What a page without a language in its path is asked in.
LANGUAGE = "in"
# People who erased their details have no links any more.
KNOWN_PEOPLE = Participant.objects.filter(anonymised_at=None).select_related("season")


def my_season(participant) -> str:
    return _absolute("my_season", participant.key)


def take_part(participant) -> str:
    """Where somebody whom a focal point has named says yes."""
    return _absolute("take_part", participant.key)


def recordings(participant) -> str:
    """Where somebody for whom a session is at night asks for its recording."""
    return _absolute("recordings", participant.key)


def mails(participant) -> str:
    """Where somebody chooses which mails they get, the next season among them."""
    return _absolute("mails", participant.key)


def my_calendar(participant) -> str:
    return _absolute("my_calendar", participant.key)


def own_feed(participant) -> str:
    return _absolute("own_feed", participant.feed_key)


def stop(participant, what) -> str:
    """Where one click ends "reminders" or "announcements", with a key that opens nothing else."""
    return _absolute("stop", what, participant.stop_key)


def stop_next_season(subscriber) -> str:
    """Where one click takes a mailbox off the list of those who hear of the next season."""
    return in_language(_absolute("stop_next_season", subscriber.stop_key), subscriber.language)


def in_language(address, language) -> str:
    """The address of a page that knows nobody, for who reads this language."""
    return address if language == settings.LANGUAGE_CODE else f"{address}?{LANGUAGE}={language}"


def is_key(text: str) -> bool:
    """Whether it is written like a key: a line break in a mail may have cut the rest off."""
    return bool(KEY.fullmatch(text))


def change_slot(registration) -> str:
    return _absolute("change_slot", registration.participant.key, registration.session.slug)


def cancel(registration) -> str:
    return _absolute("cancel", registration.participant.key, registration.session.slug)


def feedback(registration) -> str:
    """Where somebody says what they think of a session that is over."""
    return _absolute("feedback", registration.participant.key, registration.session.slug)


def join(registration) -> str:
    return join_with(registration.join_key)


def join_with(key) -> str:
    return _absolute("join", key)


def invitation(invitation) -> str:
    return _absolute("invitation", invitation.key)


def decline(invitation) -> str:
    """Where the invited person declines; with a proof that only a mail to their mailbox tells."""
    return _absolute("decline_by_mail", invitation.key, proof_of(invitation))


def proof_of(invitation) -> str:
    """Not stored: it is asked for and used within minutes, and another one is a mail away.

    In the characters of a key, so that no log keeps it.
    """
    proof = salted_hmac("registrations.links.decline", invitation.key, algorithm="sha256")
    return urlsafe_base64_encode(proof.digest())


def delegation(asked) -> str:
    """Where a focal point looks at what they typed, and signs everybody up."""
    return _absolute("delegation_to_confirm", asked.key)


def certificate(found) -> str:
    """Where somebody sees and downloads one certificate."""
    return _absolute("certificate", found.key)


def check_of_certificates(number="") -> str:
    """Where anybody compares a number and a name; short, and in no language, since it is printed."""
    return settings.SITE_URL + (f"/c/{number}/" if number else "/c/")


def home() -> str:
    return settings.SITE_URL + reverse("sessions:home")


def sign_in() -> str:
    """Where somebody sees all that is registered under an address."""
    return settings.SITE_URL + reverse("account_request_login_code")


def programme(season) -> str:
    return settings.SITE_URL + season.get_absolute_url()


def sign_up(season) -> str:
    """Nobody's own: where anybody can begin."""
    return settings.SITE_URL + sign_up_path(season)


def sign_up_path(season) -> str:
    """In the active language, as all addresses that are not one person's."""
    return reverse("sign_up:form", args=[season.slug])


def session_page(registration) -> str:
    """The page that everybody sees; of a hidden session the person's own one."""
    if registration.session.is_public:
        return settings.SITE_URL + registration.session.get_absolute_url()
    return _absolute("own_session", registration.participant.key, registration.session.slug)


def participant_behind(key: str) -> Participant:
    """Raises Participant.DoesNotExist."""
    return KNOWN_PEOPLE.get(key=key)


def participant_who_may_stop(stop_key: str) -> Participant:
    """Raises Participant.DoesNotExist."""
    return KNOWN_PEOPLE.get(stop_key=stop_key)


def invitation_behind(key: str) -> Invitation:
    """Raises Invitation.DoesNotExist; a withdrawn one is found too, so that its page can say so."""
    return Invitation.objects.select_related("session__season", "session__stream", "registration").get(key=key)


def certificate_behind(key: str) -> Certificate:
    """Raises Certificate.DoesNotExist; a withdrawn or replaced one is found too, so that its page can say so."""
    related = ["season", "session", "participant", "replaced_by", "issue"]
    theirs = Certificate.objects.exclude(number="").exclude(participant__anonymised_at__isnull=False)
    return theirs.select_related(*related).prefetch_related("entries").get(key=key)


def delegation_behind(key: str) -> Delegation:
    """Raises Delegation.DoesNotExist; one that is done or has expired is found too, so that its page can say so."""
    return Delegation.objects.select_related("season").get(key=key)


def registration_to_join(key: str) -> Registration:
    """Raises Registration.DoesNotExist; a cancelled registration is found too, so that its page can say so."""
    related = ["participant", "occurrence", "session__season", "session__stream"]
    return Registration.objects.select_related(*related).get(join_key=key, participant__anonymised_at=None)


def path(name: str, *args: str) -> str:
    """As Django's reverse, for keys and slugs, which need no escapes."""
    return _pattern(name, len(args)).format(*args)


def _absolute(name: str, *args: str) -> str:
    return settings.SITE_URL + path(name, *args)


@cache
def _pattern(name, number) -> str:
    """/my/{0}/{1}/cancel/: reverse looks for it anew each time, and a person's page has 60 links."""
    names = [f"argument-{n}" for n in range(number)]
    found = reverse(f"registrations:{name}", args=names)
    for n, each in enumerate(names):
        found = found.replace(each, f"{{{n}}}")
    return found
