"""What Django reads of a catalogue."""

import gettext

import pytest

from minamata_online.configuration import catalogues

FSI, PDI, RLM = "\u2068", "\u2069", "\u200f"
PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=n != 1;\\n"

msgid "For %(title)s"
msgstr "لـ %(title)s"

msgid "<a href=\\"%(address)s\\">%(name)s</a>"
msgstr "<a href=\\"%(address)s\\">%(name)s</a>"

msgid "%(city)s, %(offset)s"
msgstr "%(city)s، %(offset)s"

msgid "Page:\\n%(url)s"
msgstr "صفحة:\\n%(url)s"

msgid "%(count)d seat of %(title)s"
msgid_plural "%(count)d seats of %(title)s"
msgstr[0] "لـ %(title)s"
msgstr[1] "%(count)d لـ %(title)s"
"""


@pytest.fixture
def compiled(tmp_path):
    def read(locale):
        source = tmp_path / locale / "LC_MESSAGES/django.po"
        source.parent.mkdir(parents=True)
        source.write_text(PO)
        catalogues.ready(tmp_path)
        with source.with_suffix(".mo").open("rb") as file:
            return gettext.GNUTranslations(file)

    return read


def test_values_are_isolated_in_a_language_from_the_right(compiled):
    arabic = compiled("ar")

    assert arabic.gettext("For %(title)s") == f"لـ {FSI}%(title)s{PDI}"
    assert arabic.ngettext("%(count)d seat of %(title)s", "%(count)d seats of %(title)s", 5) == (
        f"%(count)d لـ {FSI}%(title)s{PDI}"
    )


def test_what_is_made_of_values_alone_runs_from_the_right(compiled):
    assert compiled("ar").gettext("%(city)s, %(offset)s") == f"{RLM}{FSI}%(city)s{PDI}، {FSI}%(offset)s{PDI}"


def test_addresses_are_not(compiled):
    arabic = compiled("ar")

    assert arabic.gettext('<a href="%(address)s">%(name)s</a>') == f'{RLM}<a href="%(address)s">{FSI}%(name)s{PDI}</a>'
    assert arabic.gettext("Page:\n%(url)s") == "صفحة:\n%(url)s"


def test_languages_from_the_left_have_what_is_written(compiled):
    assert compiled("fr").gettext("For %(title)s") == "لـ %(title)s"
