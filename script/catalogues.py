"""Bring the catalogues in locale/ up to date with what the code says: `.venv/bin/python -m script.catalogues`.

A new one is begun by naming its language: `... script.catalogues fr`. A text that changed is untranslated from then on;
none is guessed from one that reads alike. Only what participants can meet is translated: the pages of staff are in
English. Django reads what is made of them at the next start. Who has read one as a whole writes it down:
`... script.catalogues --reviewed fr Zoé Martin`; its pages are no draft any more.
"""

import ast
import re
import sys
from datetime import UTC, date, datetime
from gettext import c2py
from io import BytesIO
from pathlib import Path
from textwrap import dedent

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import to_language, to_locale
from django.utils.translation.template import templatize

from minamata_online.configuration.catalogues import REVIEWED, digest_of
from sessions.clocks.dates import LOCALES

ROOT = Path(__file__).parents[1]
CATALOGUES = ROOT / "locale"
SOURCES = ("minamata_online", "registrations", "sessions", "templates")
# What is read by staff alone, and by who installs or watches the site.
STAFF = re.compile(
    r"/(admin|management|mfa|migrations|staff|configuration|monitoring)/|registrations/(audit|attendance|colleagues)"
    r"|registrations/(corrections|seat_removals|transfers|publishing)/|figures/gender|presenters/(figures_file|sentence)"
    r"|^sessions/(tables|seasons/|partners)"
    r"|invitations/guest_list|emails/(_why_)?(staff|password)|_why_password|account/(\w*password|_reauth|reauth)"
    # Why a mail cannot leave again, and who did not get one.
    r"|mail/(composers|conditions|failures|invitation_mails|sending_again|slot_change_mails)\.py|invitations/inviting"
    r"|registrations/(circulars|mailings|next_season)/|privacy/anonymisation"
    r"|forms/(number|reason)\.py|invitations/guest_headings|sessions/rich_text"
)
# In the models, names of choices that participants read; the rest of them is for the desk.
MODELS = re.compile("(registrations|sessions)/models/")
CHOICES_SEEN = {
    "registrations/models/people.py": {"Stakeholder", "CalendarEntries"},
    "sessions/models/materials.py": {"Kind"},
    "sessions/models/pages.py": {"Page"},
    "sessions/models/sessions.py": {"Access"},
}
KEYWORDS = {
    **dict.fromkeys(["_", "gettext", "gettext_lazy", "gettext_noop"]),
    **dict.fromkeys(["ngettext", "ngettext_lazy"], (1, 2)),
    **dict.fromkeys(["pgettext", "pgettext_lazy"], ((1, "c"), 2)),
    **dict.fromkeys(["npgettext", "npgettext_lazy"], ((1, "c"), 2, 3)),
}
WIDTH = 120
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]")
TAGS = re.compile(r"</?\w+[^>]*>")
# When a text came is in the history of the file; a date in it would change with each run.
EVER_THE_SAME = datetime(2026, 11, 29, tzinfo=UTC)


def texts() -> Catalog:
    """Everything that participants can read, in English, with the files in which it stands."""
    catalogue = Catalog()
    for path in sorted(path for source in SOURCES for path in (ROOT / source).rglob("*")):
        name = path.relative_to(ROOT).as_posix()
        if STAFF.search(name) or (MODELS.match(name) and name not in CHOICES_SEEN):
            continue
        for _line, text, comments, context in _found_in(path, name):
            catalogue.add(text, locations=[(name, 0)], auto_comments=comments, context=context)
    return catalogue


def path_of(language) -> Path:
    """The catalogue of a language, by its code of Django."""
    return CATALOGUES / to_locale(language) / "LC_MESSAGES/django.po"


def read(language) -> Catalog:
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=LOCALES[language])
    with path.open("rb") as file:
        return read_po(file, locale=LOCALES[language])


def update(language):
    catalogue = read(language)
    catalogue.update(texts(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    write(language, catalogue)


def write(language, catalogue):
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.header_comment = f"# Minamata Online: {catalogue.locale.english_name}"
    catalogue.project, catalogue.version = "Minamata Online", "1"
    catalogue.creation_date = catalogue.revision_date = EVER_THE_SAME
    catalogue.fuzzy = False
    with path.open("wb") as file:
        write_po(file, catalogue, width=WIDTH, sort_by_file=True, include_lineno=False)


def problems(catalogue) -> list[str]:
    """A sentence for each text that is missing, may be wrong, or would lose or invent a placeholder."""
    found = []
    for message in catalogue:
        if message.id:
            wrong = _problem(message, catalogue)
            found += [f"{wrong}: {message.id!r}"] if wrong else []
    return found


def _problem(message, catalogue) -> str:
    ids = message.id if message.pluralizable else (message.id,)
    texts = message.string if message.pluralizable else (message.string,)
    if message.fuzzy:
        return "not sure"
    if len(texts) != (catalogue.num_plurals if message.pluralizable else 1) or not all(texts):
        return "not translated"
    needed = _placeholders(ids[-1])
    for number, text in enumerate(texts):
        has = _placeholders(text)
        if has - needed:
            return f"unknown placeholder {has - needed}"
        # "One day", "two days" can do without the number; what holds for many numbers has to say which.
        may_lack = 1 if message.pluralizable and _numbers_of(number, catalogue) <= 1 else 0
        if len(needed - has) > may_lack:
            return f"no placeholder {needed - has}"
        if TAGS.findall(text) != TAGS.findall(ids[-1]) or _edges(text) != _edges(ids[-1]):
            return "other tags or blanks at its ends"
    return ""


def _placeholders(text) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def _edges(text) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def _numbers_of(form, catalogue) -> int:
    """How many of the numbers up to 200 have this plural form."""
    index_of = c2py(catalogue.plural_expr)
    return sum(index_of(number) == form for number in range(201))


def _found_in(path, name):
    if path.suffix == ".py":
        source = (_choices_in(path, CHOICES_SEEN[name]) if name in CHOICES_SEEN else path.read_text()).encode()
    elif path.suffix in (".html", ".txt"):
        # In brackets, where Python takes indented lines as they come.
        source = f"(\n{templatize(path.read_text(), origin=name)}\n)".encode()
    else:
        return []
    return extract("python", BytesIO(source), keywords=KEYWORDS, comment_tags=["Translators:"])


def _choices_in(path, names) -> str:
    """The classes of these names in a module of models."""
    source = path.read_text()
    classes = [each for each in ast.walk(ast.parse(source)) if isinstance(each, ast.ClassDef) and each.name in names]
    return "\n".join(dedent(ast.get_source_segment(source, each, padded=True)) for each in classes)


def note_reviewed(language, name):
    """Somebody has read the catalogue as it is today; a change of it makes it a draft again."""
    line = f"{language} {date.today().isoformat()} {digest_of(CATALOGUES, language)} {name}"
    with (CATALOGUES / REVIEWED).open("a") as file:
        print(line, file=file)


def main():
    if sys.argv[1:2] == ["--reviewed"]:
        note_reviewed(sys.argv[2], " ".join(sys.argv[3:]))
        return
    settings.configure()
    for language in sys.argv[1:] or [path.parts[-3] for path in CATALOGUES.glob("*/LC_MESSAGES/django.po")]:
        update(to_language(language))


if __name__ == "__main__":
    main()
