"""The form of a session in sections, in the order in which staff work: its time slots first."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

# Names of fieldsets, in the form and here.
TEXTS, REGISTRATION, MAILS = _("Texts"), _("Registration and people"), _("Mails")
AFTER, PROVENANCE = _("After the session"), _("Where it comes from")
# The place in the address, the word in the navigation, and what is in it: names of fieldsets and prefixes of inlines.
SECTIONS = [
    ("slots", _("Slots"), ["occurrences", "new_slots"]),
    ("texts", _("Texts"), [TEXTS]),
    ("speakers", _("Speakers"), ["speakers"]),
    ("materials", _("Materials"), ["materials"]),
    ("people", _("People"), [REGISTRATION, "questions"]),
    ("mails", _("Mails"), [MAILS]),
    ("after", _("After"), [AFTER, PROVENANCE]),
]


@dataclass(frozen=True)
class Section:
    """`fieldsets` are pairs of their number in the form, which names their headings, and themselves."""

    anchor: str
    word: str
    fieldsets: list
    inlines: list


def of(adminform, inlines) -> list[Section]:
    """Without those in which there is nothing for who looks at it."""
    fieldsets, by_prefix = list(enumerate(adminform)), {inline.formset.prefix: inline for inline in inlines}
    sections = [
        Section(
            anchor,
            word,
            [(number, each) for number, each in fieldsets if each.name in names],
            [by_prefix[name] for name in names if name in by_prefix],
        )
        for anchor, word, names in SECTIONS
    ]
    return [section for section in sections if section.fieldsets or section.inlines]
