"""Links to recordings: one to the site whose recordings play on our pages has to lead to a single one."""

import pytest

from sessions.models import Material
from tests.factories import MaterialFactory, SessionFactory
from tests.support.sessions.admin_pages import edit_session, errors_of
from tests.support.sessions.uploads import add_material

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
PLAYLIST = "https://www.youtube.com/playlist?list=PL0123456789"


def test_link_to_the_site_of_the_player_leads_to_one_recording(admin_client, settings):
    settings.PLAYER_HOST = "www.youtube-nocookie.com"

    answer = add_material(admin_client, SessionFactory(), kind="recording", url=PLAYLIST)

    [errors] = errors_of(answer, "materials")
    assert "such as https://www.youtube.com/watch?v=…." in errors["url"][0]
    assert PLAYLIST in answer.text
    assert not Material.objects.exists()


@pytest.mark.parametrize(
    ("kind", "host"), [("document", "www.youtube-nocookie.com"), ("recording", "player.vimeo.com"), ("recording", "")]
)
def test_other_links_to_that_site_are_stored(admin_client, settings, kind, host):
    settings.PLAYER_HOST = host

    add_material(admin_client, SessionFactory(), kind=kind, url=PLAYLIST)

    assert Material.objects.get().url == PLAYLIST


def test_link_that_was_stored_before_keeps_nobody_from_saving(admin_client, settings):
    settings.PLAYER_HOST = "www.youtube-nocookie.com"
    material = MaterialFactory(kind="recording", url=PLAYLIST)

    edit_session(admin_client, material.session, materials__0__duration_minutes="72")

    material.refresh_from_db()
    assert (material.url, material.duration_minutes) == (PLAYLIST, 72)
