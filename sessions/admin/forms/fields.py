"""Web addresses, lists of texts and of addresses edited as one a line, and the years that days may have."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions.clocks import dates
from sessions.clocks.wall_clock import YEARS
from sessions.reference.languages import LANGUAGE_WORDS

web_address = URLValidator(schemes=["http", "https"])


class WebAddressField(forms.URLField):
    """One address, or none; without its beginning it gets https://."""

    widget = forms.URLInput(attrs={"class": "vURLField", "placeholder": "https://"})
    default_validators = [web_address]
    # Words of a validator give way to those of its field.
    default_error_messages = {"invalid": gettext_lazy("Type an address that begins with https:// or http://.")}

    def __init__(self, **options):
        super().__init__(max_length=1000, required=False, assume_scheme="https", **options)


class LinesField(forms.CharField):
    """Gives a list of strings; for a JSON column that holds one."""

    widget = forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        if isinstance(value, list):
            return value
        return [line.strip() for line in (value or "").splitlines() if line.strip()]

    def run_validators(self, value):
        """On the text, which is what those of a CharField know."""
        super().run_validators("\n".join(value))


class AddressesField(LinesField):
    """Pages show each line as a link, and one that begins with “javascript:” would be a program."""

    def run_validators(self, value):
        super().run_validators(value)
        for line in value:
            _require_web_address(line)


class EditionsField(LinesField):
    """Gives addresses by code of language; each line is a code and an address."""

    def prepare_value(self, value):
        return "\n".join(f"{code} {url}" for code, url in value.items()) if isinstance(value, dict) else value

    def to_python(self, value):
        if isinstance(value, dict):
            return value
        found = {}
        for line in super().to_python(value):
            code, _blank, url = line.partition(" ")
            if code not in LANGUAGE_WORDS or not url.strip():
                words = _("“%(line)s” is not a code of a language (%(codes)s), a blank and an address.")
                codes = dates.listed(LANGUAGE_WORDS)
                raise ValidationError(words, params={"line": line, "codes": codes}, code="language")
            if code in found:
                raise ValidationError(_("“%(code)s” is there twice."), params={"code": code}, code="twice")
            found[code] = url.strip()
        return found

    def run_validators(self, value):
        super().run_validators(value.values())
        for url in value.values():
            _require_web_address(url)


def _require_web_address(line):
    try:
        web_address(line)
    except ValidationError:
        words = _("“%(line)s” is not a web address. Write one per line, each beginning with https:// or http://.")
        raise ValidationError(words, params={"line": line}, code="address") from None


def in_usual_years(typed):
    """The day or moment as it is, or None. Raises ValidationError for one that not every zone could show."""
    if typed and typed.year not in YEARS:
        years = {"first": YEARS[0], "last": YEARS[-1]}
        raise ValidationError(_("Choose a year from %(first)s to %(last)s."), params=years, code="year")
    return typed
