"""What staff may type as languages: codes with commas between them."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sessions.reference.languages import LANGUAGE_WORDS, codes_in, is_known


def validate_codes(text: str):
    """Raises ValidationError with words for who typed it."""
    for code in codes_in(text):
        if not is_known(code):
            words = _("“%(code)s” is no code of a language. Use %(codes)s, with commas between them.")
            raise ValidationError(words, params={"code": code, "codes": ", ".join(LANGUAGE_WORDS)}, code="language")
