"""Only sessions.clocks.dates spells out dates, times and lists; what programs read is named here."""

import re
from pathlib import Path

import pytest

from tests.support.paths import ROOT

PYTHON = re.compile(
    r"""
    %[a-zA-Z]*[YmdHMBbAaj][^\w"'(]?%[YmdHMSBbAaj]  # strftime, in a format or in an f-string
    | \{[^{}"']*:%[a-zA-Z]                          # one directive: {day:%A}
    | \bstrftime | \b(date|time|number)_format\b | \bDateFormat\b | \bget_text_list\b
    | ["'](,\ |،\ ?|、)["']\.join
    | \bbabel\b
    """,
    re.VERBOSE,
)
TEMPLATE = re.compile(
    r"""\|(date|time|localtime)\b(?!:['"]c['"])|\|join:\s*["'],|forloop\.last %\}, |\{%\s*(now|localtime)\b"""
)

# What each writes is read by programs, or typed and read back.
PROGRAMS_READ = {
    "minamata_online/configuration/catalogues.py": "what Django reads of a catalogue",
    "minamata_online/configuration/parsers.py": "codes of languages in a message for who runs the server, in English",
    "minamata_online/middleware/browser_policies.py": "a header",
    "registrations/admin/invitations/invitation.py": "the name of a file",
    "registrations/admin/people/export.py": "the name of a file",
    "registrations/admin/people/telephone_form.py": "the value of a button",
    "registrations/circulars/sending.py": "the key of a mail",
    "sessions/admin/season_pages/clock.py": "the values of fields for a day and an hour",
    "registrations/invitations/guest_languages.py": "names of languages as people type them",
    "registrations/mail/notices/__init__.py": "the key of a mail",
    "registrations/mailings/reminders.py": "the key of a mail",
    "sessions/admin/forms/programme.py": "hours as staff type them, with commas",
    "sessions/admin/forms/wall_times.py": "the values of date and time fields in HTML",
    "sessions/calendar/events.py": "iCalendar's basic format",
    "sessions/calendar/links.py": "iCalendar's basic format in addresses",
    "sessions/clocks/dates.py": "the one place",
    "sessions/clocks/lengths.py": "beside dates.py: lists of units are not lists of words",
    "sessions/clocks/wall_clock.py": "the wall time that a slot keeps beside its instant",
    "sessions/clocks/zones.py": "names of zones that CLDR knows by other names",
    "sessions/management": "output of commands, in English",
    "sessions/models/languages.py": "codes of languages as staff type them, with commas",
    "sessions/reference/party_list.py": "days as people type them",
    "sessions/seasons": "the loader's file and its report, in English",
    "sessions/tables": "cells of a workbook as text",
}


def sources(folders, *endings):
    files = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in endings]
    return [path.relative_to(ROOT) for path in files if "migrations" not in path.parts]


def with_pattern(paths, pattern):
    return {str(path) for path in paths if pattern.search((ROOT / path).read_text())}


def exception(path):
    return next((name for name in PROGRAMS_READ if Path(path).is_relative_to(name)), None)


def test_no_python_module_spells_out_a_date_or_a_list():
    found = with_pattern(sources(["minamata_online", "registrations", "sessions"], ".py"), PYTHON)

    assert {path for path in found if exception(path) is None} == set(), (
        "words for people: use sessions/clocks/dates.py; for programs: say which in PROGRAMS_READ"
    )
    assert {exception(path) for path in found} == set(PROGRAMS_READ)


def test_no_template_spells_out_a_date_or_a_list():
    templates = sources(["templates"], ".html", ".txt", ".xml")

    assert len(templates) > 100
    assert with_pattern(templates, TEMPLATE) == set()


@pytest.mark.parametrize(
    "line",
    [
        'f"{day:%d %B}"',
        'f"{day:%A}"',
        'day.strftime("%x")',
        '"%H:%M"',
        'date_format(day, "j F")',
        '", ".join(words)',
        'get_text_list(words, "and")',
    ],
)
def test_pattern_in_python_would_be_found(line):
    assert PYTHON.search(line)


@pytest.mark.parametrize(
    "line",
    [
        '{{ x|date:"j F" }}',
        "{{ x|time }}",
        "{{ x|date }}",
        '{{ x|join:", " }}',
        '{% now "Y" %}',
        "{% if not forloop.last %}, {% endif %}",
    ],
)
def test_pattern_in_a_template_would_be_found(line):
    assert TEMPLATE.search(line)
