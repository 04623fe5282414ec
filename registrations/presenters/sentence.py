"""The sentence for reports as a page shows it: its parts, where each number is explained, and the text to copy."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from registrations.figures import sentence
from registrations.figures.sentence import ATTENDANCES, COUNTRIES, HOURS, PEOPLE, REGISTRATIONS, SESSIONS, SHARES, Part

LANGUAGES = {"en": _("English"), "fr": _("French")}
EXPLANATIONS = {
    SESSIONS: (_("Sessions"), _("Sessions of which at least one time slot was held. One that was called off was not.")),
    HOURS: (_("Hours"), _("All time slots that were held, as long as they were planned, together.")),
    REGISTRATIONS: (
        _("Registrations"),
        _("A person in a session, once, with those who cancelled: nobody knows yet who came to any time slot."),
    ),
    ATTENDANCES: (
        _("Attendances"),
        _("A person who came to a time slot, by the report of the meeting or else by the click on “Join”."),
    ),
    PEOPLE: (_("People"), _("Each once, to however many sessions they came or, where that is not known, signed up.")),
    COUNTRIES: (_("Countries"), _("Countries and areas that these people said is theirs, without “no country”.")),
    SHARES: (
        _("Regions"),
        _("Of these people, by the regions of the United Nations Statistics Division (M49). Small ones are left out."),
    ),
}


@dataclass(frozen=True)
class Explanation:
    counted: str
    word: str
    text: str


@dataclass(frozen=True)
class InLanguage:
    code: str
    name: str
    parts: list[Part]
    text: str


@dataclass(frozen=True)
class Sentence:
    in_languages: list[InLanguage]
    explanations: list[Explanation]


def of_season(tables, shown, names, *, until, has_shares=True) -> Sentence:
    """`tables` of the sessions that everybody can see, counted `until` then; `shown` are these as others see them.

    Without shares it says nothing of regions: sentences of two days with them could tell together of one person.
    """
    numbers = sentence.numbers(tables, shown, names, until=until, has_shares=has_shares)
    found = []
    for code, name in LANGUAGES.items():
        parts = sentence.parts(numbers, code)
        found.append(InLanguage(code, str(name), parts, sentence.text(parts)))
    counted = [part.counted for part in found[0].parts if part.counted]
    return Sentence(found, [Explanation(each, *map(str, EXPLANATIONS[each])) for each in counted])
