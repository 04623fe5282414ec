"""The folder of a site: its secret, and one supervisor at a time."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from script.supervisor import folder


def test_secret_is_for_its_owner_only_and_stays(var):
    key = folder.secret_key()

    assert folder.secret_key() == key
    assert (var / "secret-key.txt").stat().st_mode & 0o777 == 0o600
    assert len(key) > 50


def test_second_supervisor_is_refused_while_the_first_lives(var):
    with folder.lock(), pytest.raises(folder.AlreadyRunning, match=str(os.getpid())):
        folder.lock()


def test_two_who_ask_for_the_secret_at_once_get_the_same(var):
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: folder.secret_key(), range(8)))

    assert len(keys) == 1
    assert [path.name for path in var.iterdir()] == ["secret-key.txt"]
