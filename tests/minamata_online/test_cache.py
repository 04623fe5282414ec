"""The shared cache, and pages while it is dead, frozen, or reads its data after a start."""

import socket
import time

import pytest
import redis
from django.conf import settings as real_settings
from django.core.cache import cache

from minamata_online.cache import SharedCache
from registrations.limits.rates import Limit, take
from tests.support.loading_broker import loading_broker

# Much more than it takes, and much less than a request may; without a limit a frozen server holds it for ever.
SOON = 10
TWICE = Limit("test", 2, 60)


@pytest.fixture
def silent_server():
    """Takes connections and never says a word, as a frozen server does."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


@pytest.fixture
def loading_server():
    with loading_broker() as address:
        yield address


@pytest.fixture(autouse=True)
def pause_is_over(monkeypatch):
    monkeypatch.setattr(SharedCache, "_away_until", 0.0)


@pytest.fixture
def away(settings, silent_server, loading_server):
    """Call it with "dead", "frozen" or "loading": every cache of this process is so from then on."""

    def goes(how):
        location = {"dead": "redis://127.0.0.1:9/0", "frozen": silent_server, "loading": loading_server}[how]
        settings.CACHES = {"default": real_settings.CACHES["default"] | {"LOCATION": location}}

    return goes


@pytest.mark.parametrize("how", ["dead", "frozen", "loading"])
def test_limits_hold_in_each_process_while_the_cache_is_away(away, caplog, how):
    away(how)
    cache.clear()

    began = time.monotonic()
    taken = [take(TWICE, "amina@example.net") for _ in range(3)]

    assert taken == [True, True, False]
    assert time.monotonic() - began < SOON
    assert "shared cache is away" in caplog.text


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["dead", "frozen", "loading"])
@pytest.mark.parametrize("path", ["/staff/sign-in/", "/my/send-link/", "/account/sign-in/"])
def test_forms_answer_soon_while_the_cache_is_away(away, client, how, path):
    away(how)

    began = time.monotonic()
    answer = client.post(path, {"email": "amina@example.net", "login": "owner", "password": "guess"})

    assert answer.status_code in (200, 302)
    assert time.monotonic() - began < SOON


def test_clearing_the_cache_leaves_the_queue_in_the_same_database_alone():
    broker = redis.Redis.from_url(real_settings.CELERY_BROKER_URL)
    broker.set("celery-something", "waits")
    cache.set("ours", "goes")

    cache.clear()

    assert (broker.get("celery-something"), cache.get("ours")) == (b"waits", None)
    broker.delete("celery-something")
