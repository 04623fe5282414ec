"""Logs of script/server: appended to, and cut while somebody writes and somebody reads."""

import pytest

from script.supervisor import logs


@pytest.fixture
def log(tmp_path, monkeypatch):
    monkeypatch.setattr(logs, "LARGEST_OCTETS", 10)
    return tmp_path / "web.log"


def test_log_is_appended_to_by_its_owner_alone(log):
    log.write_text("before\n")
    log.chmod(0o644)

    with logs.append_to(log) as file:
        file.write(b"after\n")

    assert log.read_text() == "before\nafter\n"
    assert log.stat().st_mode & 0o777 == 0o600


def test_small_log_is_left_alone(log):
    log.write_text("0123456789")

    logs.cut(log)

    assert log.read_text() == "0123456789"


def test_large_log_is_cut_under_who_writes_and_who_follows_it(log):
    with logs.append_to(log) as writer, log.open("rb") as follower:
        writer.write(b"long ago, long ago\n")
        logs.cut(log)
        writer.write(b"now\n")

        assert follower.read() == b"now\n"
    assert log.with_name("web.log.1").read_text() == "long ago, long ago\n"
    assert log.with_name("web.log.1").stat().st_mode & 0o777 == 0o600


def test_only_the_latest_old_logs_are_kept(log):
    for number in range(6):
        log.write_text(f"number {number} of the logs")
        logs.cut(log)

    kept = {path.name: path.read_text()[:8] for path in log.parent.iterdir()}
    assert kept == {"web.log": "", "web.log.1": "number 5", "web.log.2": "number 4", "web.log.3": "number 3"}


def test_log_that_cannot_be_kept_makes_room(log):
    log.write_text("no room for a copy of this")
    log.with_name("web.log.0").mkdir()

    logs.cut(log)

    assert log.read_text() == ""


def test_log_that_is_not_there_is_not_cut(log):
    logs.cut(log)

    assert not log.exists()
