"""How staff find people: by parts of name, address and organisation, whatever the letter case, accents or order."""

import re
import unicodedata

from django.db.models import Q

from registrations.models import Participant
from sessions import addresses

ROWS_AT_ONCE = 1000
# SQLite takes no statement of a thousand conditions.
MOST_WORDS = 20
PLAIN = ["name", "email", "organisation"]
# Letters that Unicode does not take apart, and those of the Arabic script that keyboards mix up.
ONE_LETTER = str.maketrans("øłđıħŧəىیکەة", "oldihteييكهه")
SEVERAL_LETTERS = {"æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
APOSTROPHES = re.compile("['`´\u02b9-\u02bf\u2018-\u201b\u2032\u05f3\uff07]")
DASHES = re.compile("[-\u05be\u2010-\u2015\u2212]")
ARABIC_STRETCH = "\u0640"


def fold(text: str) -> str:
    """The text for searching, in words with single spaces: small letters without accents, apostrophes and dashes.

    Marks that are vowels of their own, as in Hindi, stay.
    """
    plain = "".join(filter(_is_kept, unicodedata.normalize("NFKD", text)))
    folded = "".join(filter(_is_kept, unicodedata.normalize("NFKD", plain.casefold()))).translate(ONE_LETTER)
    for letter, letters in SEVERAL_LETTERS.items():
        folded = folded.replace(letter, letters)
    return " ".join(DASHES.sub(" ", APOSTROPHES.sub("", folded)).split())


def text_of(*, name, email, organisation) -> str:
    """What is stored of a person to be searched."""
    return fold(f"{name} {email} {organisation}")


def matching(typed: str, of: str = "") -> Q | None:
    """People who have each word that was typed; None where no word is left of it.

    `of` leads from the rows asked for to the person, as "participant__". People whom a process of an earlier version
    stored have no folded text yet (`bring_up_to_date`) and are found as they are written.
    """
    stored = addresses.as_stored(typed)
    words = fold(stored).split()[:MOST_WORDS]
    if not words:
        return None
    folded, plain = Q(), Q(**{f"{of}search_text": ""})
    for word in words:
        folded &= Q(**{f"{of}search_text__contains": word})
    for word in stored.split()[:MOST_WORDS]:
        plain &= Q(*((f"{of}{name}__icontains", word) for name in PLAIN), _connector=Q.OR)
    return folded | plain


def bring_up_to_date() -> int:
    """Fold anew what a process of an earlier version has written, or an earlier rule folded; returns how many.

    Each row by a statement of its own, which passes over who corrects or erases their details meanwhile. Whom an
    earlier version erased loses the text that it did not know.
    """
    erased = Participant.objects.filter(anonymised_at__isnull=False).exclude(search_text="").update(search_text="")
    people = Participant.objects.filter(anonymised_at=None).order_by()
    wrong = [
        (pk, details, text)
        for pk, found, *values in people.values_list("pk", "search_text", *PLAIN).iterator(ROWS_AT_ONCE)
        if found != (text := text_of(**(details := dict(zip(PLAIN, values, strict=True)))))
    ]
    return erased + sum(people.filter(pk=pk, **details).update(search_text=text) for pk, details, text in wrong)


def _is_kept(character) -> bool:
    is_mark = unicodedata.combining(character)
    return not is_mark and unicodedata.category(character) != "Cf" and character != ARABIC_STRETCH
