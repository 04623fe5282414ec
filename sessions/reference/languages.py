"""The languages of sessions and materials in words."""

from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

LANGUAGE_WORDS = {
    "en": _("English"),
    "fr": _("French"),
    "es": _("Spanish"),
    "ru": _("Russian"),
    "ar": _("Arabic"),
    "zh": _("Chinese"),
}
OTHER = "other"
# As each calls itself, in the order of the United Nations.
OWN_NAMES = {"ar": "العربية", "zh": "中文", "en": "English", "fr": "Français", "ru": "Русский", "es": "Español"}


def in_words(code: str) -> str:
    """Empty for no code; a code without a name is shown as it is."""
    if code == OTHER:
        return str(_("another language"))
    if code in LANGUAGE_WORDS or not code:
        return str(LANGUAGE_WORDS.get(code, ""))
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def codes_in(text: str) -> list[str]:
    """The codes that staff typed with commas between them."""
    return [code.strip() for code in text.split(",") if code.strip()]


def is_known(code: str) -> bool:
    try:
        return code in LANGUAGE_WORDS or bool(get_language_info(code))
    except KeyError:
        return False
