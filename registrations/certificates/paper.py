"""The paper: an A4 sheet in the language of its person and in English, and what its fonts cannot print."""

from datetime import date

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import override

from registrations import links
from registrations.certificates import code, numbers
from registrations.certificates.words import OPENED, CertificateWords, days_of
from registrations.models import Certificate
from sessions import translations
from sessions.clocks import dates
from sessions.typesetting import typesetter

ENGLISH = "en"


def of(certificate, make=typesetter.pdf) -> bytes:
    """The PDF of one that says whose it is; the same octets each time. With typesetter.png its picture.

    Titles stand there without characters that no font has. Raises typesetter.MissingCharacters for a name with one:
    none is issued.
    """
    language = translations.offered(certificate.language)
    languages = [language] if language == ENGLISH else [language, ENGLISH]
    address = links.check_of_certificates(certificate.number)
    prefetch_related_objects([certificate], "entries")
    entries, words = certificate.entries.all(), CertificateWords(certificate)
    name = {"name": certificate.name}
    values = {
        "texts": [_texts(words, each) for each in languages],
        "days": [_day(certificate, entry) for entry in entries],
        "minutes": [None if entry.minutes is None else str(entry.minutes) for entry in entries],
        "number": numbers.shown(certificate.number),
        "address": links.check_of_certificates().partition("//")[2],
        "code": code.svg(address),
        "rehearsal": certificate.season.is_rehearsal,
    }
    title = values["texts"][0]["title"]
    return typesetter.as_far_as_it_goes(
        lambda left: make("certificate", left | name, title=title, language=language), values
    )


def _day(certificate, entry) -> str:
    """2030-10-08, on the clock of the season: of all ways to write a day the one that every country reads the same.

    Of a session in parts 2030-10-08 – 2030-10-09.
    """
    return " – ".join(map(date.isoformat, days_of(entry, certificate.season.zone)))


def missing(text: str) -> str:
    """The characters in it that no certificate can have, each once; empty if there are none."""
    try:
        typesetter.pdf("name", {"name": text}, title="name", language=ENGLISH)
    except typesetter.MissingCharacters as problem:
        return problem.characters
    return ""


def _texts(words, language) -> dict:
    with override(language):
        spoke = words.certificate.part == Certificate.Part.SPOKE
        return {
            "title": _("Certificate of a speaker") if spoke else _("Certificate of participation"),
            "certify": _("This is to certify that"),
            "spoke": spoke,
            "what": words.what_of_paper,
            "season": str(words.season),
            "days": words.days,
            "organiser": words.organiser,
            "titles": [str(each.title) for each in words.lines],
            "session": _("Session"),
            "day": _("Date"),
            "minutes": _("Minutes"),
            "opened": str(OPENED),
            "basis": words.basis,
            "check": _(
                "Anybody can check this certificate: scan the code, or type the number and the name at this address."
            ),
            "number": _("Number"),
            "issued": _("Issued on %(day)s.") % {"day": words.issued_on},
            "blank": dates.blank(),
            "rehearsal": _("REHEARSAL"),
            "certifies_nothing": _("REHEARSAL: It was made to practise with and certifies nothing."),
            "code": _("Code with the address of the check"),
            "lang": language.partition("-")[0],
            "region": "CN" if language == "zh-hans" else "",
            "dir": "rtl" if language == "ar" else "ltr",
        }
