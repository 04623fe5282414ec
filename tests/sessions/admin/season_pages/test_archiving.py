"""Taking an archive of a season at the desk."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone

from registrations.models import StaffAction
from sessions.clocks import dates
from sessions.models import Season
from tests.factories import OccurrenceFactory, SessionFactory
from tests.support.messages import said
from tests.support.sessions.admin_pages import page
from tests.support.sessions.uploads import material_with_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def material(media, settings):
    settings.LANGUAGES = [("en", "English")]
    slot = OccurrenceFactory(session__season__slug="autumn")
    SessionFactory(season=slot.session.season, stream=slot.session.stream, access="invitation")
    return material_with_file(session=slot.session)


def test_page_says_what_will_be_in_it(admin_client, material):
    season = material.session.season

    shown = admin_client.get(page("season_archive", season.pk))

    assert shown.context["facts"] == [
        "1 session that is open to all.",
        "1 published file, 2.1\xa0KB.",
        "1 time slot is still to come: the archive says that registration for it is closed.",
    ]
    assert f'href="{page("season_archive", season.pk)}"' in admin_client.get(page("season_overview", season.pk)).text


def test_archive_of_a_rehearsal_is_of_its_own_day(admin_client, settings):
    settings.LANGUAGES = [("en", "English")]
    starts_at = timezone.now() + timedelta(days=50)
    slot = OccurrenceFactory(starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))
    season = slot.session.season
    Season.objects.filter(pk=season.pk).update(is_rehearsal=True, clock_ahead=timedelta(days=30))

    shown = admin_client.get(page("season_archive", season.pk))
    sent = admin_client.post(page("season_archive", season.pk))

    assert any("still to come" in fact for fact in shown.context["facts"])
    with zipfile.ZipFile(io.BytesIO(sent.getvalue())) as archive:
        [index] = [name for name in archive.namelist() if name.count("/") == 1 and name.endswith("/index.html")]
        html = archive.read(index).decode()
    day = (timezone.now() + timedelta(days=30)).astimezone(season.zone).date()
    assert dates.full_day(day) in html


def test_button_sends_the_zip_and_is_on_record(admin_client, admin_user, material):
    season = material.session.season

    answer = admin_client.post(page("season_archive", season.pk))

    assert answer["Content-Disposition"] == 'attachment; filename="minamata-autumn.zip"'
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as file:
        assert {"minamata-autumn/index.html", f"minamata-autumn/files/{material.pk}-slides.pdf"} <= set(file.namelist())
    action = StaffAction.objects.get(action="archived")
    assert (action.made_by, action.object_id) == (admin_user, season.pk)


def test_draft_and_missing_file_are_said_and_nothing_is_on_record(admin_client, material):
    season = material.session.season
    material.file.storage.delete(material.file.name)
    missing = admin_client.post(page("season_archive", season.pk))
    Season.objects.update(is_published=False)
    draft = admin_client.post(page("season_archive", season.pk))

    assert said(missing)[0].startswith(f"The file “{material.title}” of the session “{material.session.title}” is not")
    assert said(draft)[-1] == "Publish the season first: an archive has what everybody sees."
    assert not StaffAction.objects.filter(action="archived").exists()
