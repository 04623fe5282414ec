"""One language out as a table, filled by a translator, and back in."""

import base64
import csv
import io
import json
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from sessions import tables, translations
from sessions.admin.translations import tables as translated
from sessions.models import Session
from sessions.tables.writing import csv_lines, safe, unguarded
from sessions.tables.writing_workbooks import workbook
from sessions.translations import State
from tests.factories import OccurrenceFactory, QuestionFactory

pytestmark = pytest.mark.django_db
SUMMARY = "About it:\r\n\r\n- one; =two\r\n- three"
ARABIC = "الزئبق في التجارة"


@pytest.fixture
def session():
    return OccurrenceFactory(session__title="Mercury in trade", session__summary=SUMMARY).session


def address(row, *, of="bring_translations", rest=()):
    return reverse(f"admin:online_sessions_{row._meta.model_name}_{of}", args=[row.pk, *rest])


def taken(client, row, kind, language="ar") -> list[list[str]]:
    answer = client.get(address(row, of="translations_table", rest=[language, kind]))
    if kind == "csv":
        return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";"))
    return tables.read(b"".join(answer.streaming_content), translated.LIMITS).rows


def file(rows, kind="csv") -> SimpleUploadedFile:
    if kind == "csv":
        octets = "".join(csv_lines(rows, delimiter=";")).encode()
    else:
        with workbook(sheet="Arabic", headings=rows[0], rows=rows[1:]) as written:
            octets = written.read()
    return SimpleUploadedFile(f"translated.{kind}", octets)


def _packed(found) -> str:
    return base64.b64encode(zlib.compress(json.dumps(found).encode())).decode()


def bring(client, row, rows, kind="csv"):
    return client.post(address(row), {"file": file(rows, kind)})


def confirm(client, row, preview):
    sent = {name: preview.context[name] for name in ("packed", "seen")}
    return client.post(address(row), sent | {"save": "Save"}, follow=True)


def filled(rows, **texts) -> list[list[str]]:
    """With translations by the name of their column in the database."""
    by_name = {row[0].split(" ")[0].rpartition("-")[2]: row for row in rows[1:]}
    for name, text in texts.items():
        by_name[name][3:] = [text]
    return rows


def stored(session):
    return Session.objects.get(pk=session.pk)


def refused(answer) -> list[str]:
    return [each.reason for each in answer.context["found"].refused]


def test_table_has_the_english_and_what_is_there(admin_client, session):
    translations.put(session, "title", "ar", ARABIC)
    session.save()

    rows = taken(admin_client, session, "xlsx")

    assert rows[0] == ["Reference", "Text", "English", "Arabic (ar)"]
    assert rows[1][1:] == ["Session “Mercury in trade”: Title", "Mercury in trade", ARABIC]
    assert rows[2][2] == SUMMARY.replace("\r\n", "\n")


def test_table_of_a_season_has_the_texts_of_its_sessions(admin_client, session):
    labels = [row[1] for row in taken(admin_client, session.season, "csv")]

    assert "This season: Title" in labels
    assert "Session “Mercury in trade”: Summary" in labels


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("of", ["session", "season"])
def test_filled_table_is_shown_then_stored(admin_client, session, kind, of):
    owner = session if of == "session" else session.season
    rows = filled(taken(admin_client, session, kind), title=ARABIC, summary="عنه:\n\n- واحد; =اثنان\n- ثلاثة")

    preview = bring(admin_client, owner, rows, kind)
    assert stored(session).translations == {}
    done = confirm(admin_client, owner, preview)

    row = stored(session)
    assert translations.words(row, "title", "ar") == ARABIC
    assert translations.words(row, "summary", "ar") == "عنه:\n\n- واحد; =اثنان\n- ثلاثة"
    assert translations.state(row, "summary", "ar") == State.THERE
    assert "2 translations are saved (Arabic)." in done.text


def test_untouched_table_changes_nothing(admin_client, session):
    translations.put(session, "summary", "ar", "- =واحد")
    session.save()

    preview = bring(admin_client, session, taken(admin_client, session, "csv"))

    assert (preview.context["found"].changes, preview.context["found"].refused) == ([], [])
    assert "Nothing in it is to be saved." in preview.text


def test_emptied_cell_takes_nothing_away(admin_client, session):
    translations.put(session, "title", "ar", ARABIC)
    session.save()
    rows = filled(taken(admin_client, session, "csv"), title="")

    assert bring(admin_client, session, rows).context["found"].changes == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda rows: rows[1].__setitem__(0, ""), "Its reference is missing or was changed"),
        (lambda rows: rows[1].__setitem__(0, "session-1-title x -"), "Its reference is missing or was changed"),
        (lambda rows: rows[1].__setitem__(0, rows[1][0].replace("session-", "session-9")), "This text is not here"),
        (lambda rows: rows[1].__setitem__(3, "a" * 301), "at most 300 characters"),
        (lambda rows: rows.append(list(rows[1])), "Another line has this text already."),
    ],
)
def test_line_that_does_not_fit_is_refused_with_the_reason(admin_client, session, change, reason):
    rows = filled(taken(admin_client, session, "csv"), title=ARABIC)
    change(rows)

    [why] = refused(bring(admin_client, session, rows))

    assert reason in why


def test_what_a_colleague_wrote_meanwhile_is_not_overwritten(admin_client, session):
    rows = filled(taken(admin_client, session, "csv"), title=ARABIC)
    translations.put(session, "title", "ar", "كلمات أخرى")
    session.save()

    [why] = refused(bring(admin_client, session, rows))

    assert why == "A colleague has written this since the table was made: “كلمات أخرى”."


def test_translation_of_older_english_is_stored_and_marked(admin_client, session):
    rows = filled(taken(admin_client, session, "csv"), title=ARABIC)
    Session.objects.filter(pk=session.pk).update(title="Mercury in world trade")

    preview = bring(admin_client, session, rows)
    confirm(admin_client, session, preview)

    assert preview.context["found"].changes[0].note == "The English was changed since the table was made."
    assert translations.state(stored(session), "title", "ar") == State.CHANGED


def test_number_of_choices_has_to_be_that_of_the_english(admin_client, session):
    QuestionFactory(season=None, session=session, kind="one", choices=["By train", "On foot"])
    rows = filled(taken(admin_client, session, "xlsx"), choices="بالقطار")

    assert "Write 2 lines" in refused(bring(admin_client, session, rows, "xlsx"))[0]


def test_preview_that_is_not_true_any_more_is_shown_again(admin_client, session):
    preview = bring(admin_client, session, filled(taken(admin_client, session, "csv"), title=ARABIC))
    translations.put(session, "title", "ar", "كلمات أخرى")
    session.save()

    again = confirm(admin_client, session, preview)

    assert translations.words(stored(session), "title", "ar") == "كلمات أخرى"
    assert again.context["found"].changes == []


@pytest.mark.parametrize(
    "octets", [b"", b"%PDF-1.7", b"Reference;English\n1;2\n", b"Reference;Arabic (ar);French (fr)\n1;2;3\n"]
)
def test_other_files_are_refused_beside_the_field(admin_client, session, octets):
    answer = admin_client.post(address(session), {"file": SimpleUploadedFile("a.csv", octets)})

    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]


FORGED = [[["Reference", "Arabic (ar)"], ["", "\ud800"]], [[]] * (translated.LIMITS.rows + 1), [[1]], {}]


@pytest.mark.parametrize("packed", ["AAAA", "eJwDAAAAAAE=", "%", translated.__name__, *map(_packed, FORGED)])
def test_what_no_preview_sends_is_no_table(admin_client, session, packed):
    answer = admin_client.post(address(session), {"packed": packed, "save": "x"})

    assert answer.context["form"].errors["file"] == ["Choose a file."]


@pytest.mark.parametrize("rest", [["de", "csv"], ["ar", "pdf"], ["en", "xlsx"]])
def test_there_are_no_other_tables(admin_client, session, rest):
    assert admin_client.get(address(session, of="translations_table", rest=rest)).status_code == 404


@given(st.text("a'=-+@ ;,\n\t\"|", max_size=12))
def test_cell_of_a_csv_is_read_as_it_was_written(text):
    """Where a text has no apostrophe itself that would be taken for the guard."""
    if "'" not in text:
        assert unguarded(safe(text)) == text
