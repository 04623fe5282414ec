"""The mail that a certificate is ready."""

from registrations import links
from registrations.mail.notices.letters import Letter, message
from registrations.models import Certificate, Message
from sessions import marked


def certificate(certificate, *, message_id, now) -> Message:
    """To its person, or to a speaker whom staff typed; `replaces` is read with it."""
    person = certificate.participant
    language = person.reads if person else certificate.language
    about = certificate.session or certificate.season
    letter = Letter(
        kind="certificate",
        key=str(certificate.pk),
        participant=person,
        season=certificate.season,
        now=now,
        message_id=message_id,
        context={
            "season": certificate.season,
            "season_title": marked.words(certificate.season, "title", language),
            "title": marked.words(about, "title", language),
            "is_of_season": certificate.session is None,
            "spoke": certificate.part == Certificate.Part.SPOKE,
            "replaces": hasattr(certificate, "replaces"),
            "certificate_url": links.certificate(certificate),
            "check_url": links.check_of_certificates(),
        },
        address=certificate.email,
        addressee=certificate.name,
        language=language,
    )
    return message(letter)
