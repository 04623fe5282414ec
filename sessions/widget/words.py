"""What the widget says, in the active language: the script has it in all languages, the fragment in one."""

from datetime import UTC, datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from sessions.clocks import dates

STARTS_AT, ENDS_AT = (datetime(2020, 1, 1, hour, hour, tzinfo=UTC) for hour in (11, 12))
# Where browsers have another name for it, or digits and an order of their own.
LOCALES = {"ar": "ar-u-nu-latn", "zh-hans": "zh-Hans", "en": "en-GB"}


def in_all_languages() -> dict[str, dict[str, str]]:
    """By the codes of those on offer."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found[code] = of_script() | ({"locale": LOCALES[code]} if code in LOCALES else {})
    return found


def of_script() -> dict[str, str]:
    """`hours` has {0} and {1} where the script puts the start and the end."""
    hours = dates.hours(STARTS_AT, ENDS_AT)
    return common() | {
        "clock": _("Times are on your clock."),
        "offline": _("You seem to be offline. This link leads to the sessions:"),
        "wrong": _("The sessions cannot be shown here. This link leads to them:"),
        "hours": hours.replace(dates.time(STARTS_AT), "{0}").replace(dates.time(ENDS_AT), "{1}"),
    }


def common() -> dict[str, str]:
    return {
        "heading": _("Coming sessions"),
        "sign_up": _("Sign up"),
        "wait": _("Join the waiting list"),
        "none": _("No session is to come."),
        "programme": _("The whole programme"),
    }
