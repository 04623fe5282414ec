"""nginx of Debian with the cache of deploy/nginx/ before the real site: what it keeps, and what it never may."""

import ssl
from http.client import HTTPSConnection

import pytest

from tests.faults.waiting import wait_until
from tests.operations.nginx import Nginx
from tests.support import site_map

pytestmark = pytest.mark.operations

# The same for everybody, and all that nginx keeps.
KEPT = {
    "sessions:home",
    "sessions:season",
    "sessions:session",
    "sessions:season_feed",
    "sessions:stream_feed",
    "sessions:session_feed",
    "sign_up:check_your_mail",
}
NOT_KEPT = {None, "MISS", "BYPASS"}


@pytest.fixture(scope="module")
def running_servers(site_to_watch):
    return site_to_watch


@pytest.fixture(scope="module")
def nginx(running_servers, tmp_path_factory):
    with Nginx(tmp_path_factory.mktemp("nginx"), running_servers.port, has_cache=True) as proxy:
        yield proxy


@pytest.fixture
def ask(servers, nginx):
    """Call it with a path and headers: the answer, read; its header X-Cache-Status says what nginx did."""

    def answer(path, **headers):
        context = ssl._create_unverified_context()
        connection = HTTPSConnection("127.0.0.1", nginx.https, timeout=60, context=context)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path, headers={"Host": "localhost"} | sent)
        found = connection.getresponse()
        found.read()
        connection.close()
        return found

    return answer


def state(answer) -> str | None:
    return answer.getheader("X-Cache-Status")


def test_what_is_for_everybody_is_kept_and_nothing_else(ask):
    rows = site_map.one_of_everything()
    paths = {name: site_map.opened_by(rows, name) for name in site_map.routes()}

    twice = {name: [state(ask(path)) for _ in range(2)][1] for name, path in paths.items()}

    assert {name for name, found in twice.items() if found not in NOT_KEPT} == KEPT
    assert KEPT.isdisjoint(site_map.KEYED)


@pytest.mark.parametrize("name", sorted(KEPT))
def test_page_that_is_a_second_old_is_asked_for_by_its_validator(ask, name):
    path = site_map.opened_by(site_map.one_of_everything(), name)

    wait_until(lambda: state(ask(path)) == "HIT")
    wait_until(lambda: state(ask(path)) == "REVALIDATED")

    assert ask(path, If_None_Match=ask(path).getheader("ETag")).status == 304


@pytest.mark.parametrize("cookie", ["sessionid=of-somebody", "zone=Asia%2FTokyo; messages=hello", "csrftoken=a"])
def test_who_has_a_cookie_of_their_own_is_asked_for_each_time(ask, cookie):
    path = site_map.opened_by(site_map.one_of_everything(), "sessions:season")
    wait_until(lambda: state(ask(path)) == "HIT")

    assert [state(ask(path, Cookie=cookie)) for _ in range(2)] == ["BYPASS", "BYPASS"]


def test_time_zones_have_pages_of_their_own(ask):
    path = site_map.opened_by(site_map.one_of_everything(), "sessions:season")
    tokyo, nairobi = ({"Cookie": f"zone={zone}"} for zone in ("Asia%2FTokyo", "Africa%2FNairobi"))
    for zone in (tokyo, nairobi):
        wait_until(lambda zone=zone: state(ask(path, **zone)) == "HIT")

    assert ask(path, **tokyo).getheader("ETag") != ask(path, **nairobi).getheader("ETag")
