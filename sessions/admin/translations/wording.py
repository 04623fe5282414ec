"""Texts, languages and states of translations in words."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import get_language_info, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from sessions import translations
from sessions.clocks import dates
from sessions.models import PageText, Season, Session, Speaker, SpeakerQuestion
from sessions.reference.languages import LANGUAGE_WORDS
from sessions.translations import LANGUAGES, State

COLUMNS = {
    "title": gettext_lazy("Title"),
    "place": gettext_lazy("Name of the clock"),
    "organiser": gettext_lazy("Organiser"),
    "introduction": gettext_lazy("Introduction"),
    "note": gettext_lazy("Note"),
    "summary": gettext_lazy("Summary"),
    "expect_afterwards": gettext_lazy("What to expect afterwards"),
    "attendance_note": gettext_lazy("Note on the number of people"),
    "role": gettext_lazy("Role"),
    "affiliation": gettext_lazy("Affiliation"),
    "words": gettext_lazy("Question"),
    "help_text": gettext_lazy("Help"),
    "choices": gettext_lazy("Choices"),
    "text": gettext_lazy("Text"),
    "wording": gettext_lazy("Question to speakers"),
    "answer": gettext_lazy("Answer"),
}
STATES = {
    State.MISSING: gettext_lazy("missing"),
    State.USUAL: gettext_lazy("comes with the site"),
    State.THERE: gettext_lazy("there"),
    State.CHANGED: gettext_lazy("English changed since"),
}
THERE = {State.THERE, State.CHANGED, State.USUAL}
HIDDEN = gettext_lazy("there, hidden")


def language(code) -> str:
    return str(LANGUAGE_WORDS[code.partition("-")[0]])


def direction(code) -> str:
    return "rtl" if get_language_info(code)["bidi"] else "ltr"


def row(of) -> str:
    if isinstance(of, Season):
        return _("This season")
    if isinstance(of, PageText):
        return _("This page")
    if isinstance(of, Session):
        return _("Session “%(title)s”") % {"title": of.title}
    kind = {"kind": capfirst(of._meta.verbose_name), "name": of.wording if isinstance(of, SpeakerQuestion) else str(of)}
    return of.name if isinstance(of, Speaker) else _("%(kind)s “%(name)s”") % kind


def text(each) -> str:
    """A text among others: of which row, and which column."""
    return _("%(row)s: %(column)s") % {"row": row(each.row), "column": COLUMNS[each.name]}


def state(each, code) -> str:
    found = each.state(code)
    return str(HIDDEN if found == State.THERE and each.is_hidden(code) else STATES[found])


def is_usual(of) -> bool:
    """Whether it is a page about the site for which staff have written nothing."""
    return isinstance(of, PageText) and not of.text


def done(of) -> str:
    """The languages in which a row has all its texts, for lists."""
    if is_usual(of):
        return _("the usual text comes in every language")
    names = [name for name in of.TRANSLATED if getattr(of, name)]
    complete = [code for code in LANGUAGES if names and all(_is_there(of, name, code) for name in names)]
    return dates.listed([language(code) for code in complete])


def link(of) -> str:
    """From the form of a row to the table of its texts; empty before it is saved."""
    if of.pk is None:
        return ""
    languages = done(of)
    words = _("Translations (complete: %(languages)s)") if languages else _("Translations (no language is complete)")
    words = _("Translations (%(languages)s)") if is_usual(of) else words
    address = reverse(f"admin:online_sessions_{of._meta.model_name}_translations", args=[of.pk])
    return format_html('<a href="{}">{}</a>', address, words % {"languages": languages})


def _is_there(of, name, code) -> bool:
    is_hidden = translations.is_hidden(of, name, code)
    return translations.state(of, name, code) in THERE and not is_hidden


def saved(new) -> str:
    codes = [code for code in LANGUAGES if any(each.language == code for each in new)]
    words = ngettext(
        "%(number)s translation is saved (%(languages)s).",
        "%(number)s translations are saved (%(languages)s).",
        len(new),
    )
    return words % {"number": dates.number(len(new)), "languages": dates.listed([language(code) for code in codes])}
