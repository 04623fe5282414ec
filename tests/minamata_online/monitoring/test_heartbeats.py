"""Heartbeats of a process that is short of something for a while."""

from threading import Event

from minamata_online.monitoring import heartbeats
from tests.support.threads import no_thread_starts


def test_heart_beats_again_after_no_thread_could_be_started(monkeypatch, caplog):
    # Given a heartbeat for which there is no thread
    monkeypatch.setattr(heartbeats, "EVERY_SECONDS", 0)
    recorded = Event()
    heartbeat = heartbeats.Heartbeat(recorded.set)
    with no_thread_starts():
        heartbeat.beat()
    assert "the heartbeat was not stored: can't start new thread" in caplog.text

    # When there are threads again
    heartbeat.beat()

    # Then it is recorded
    assert recorded.wait(timeout=20)
