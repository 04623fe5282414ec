"""Ports for the servers of script/server: free ones, held until they are used."""

import socket
from concurrent.futures import ThreadPoolExecutor

from script.supervisor import ports, services
from script.supervisor.children import Family
from tests.support.servers import free_port


def test_taken_port_is_left_alone():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with ports.hold(port) as held:
            assert held.getsockname()[1] > port


def test_port_of_closed_connection_is_taken_again():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            server.accept()[0].close()

    with ports.hold(port) as held:
        assert held.getsockname()[1] == port


def test_port_that_is_held_is_nobody_elses():
    with ports.hold(free_port()) as first, ports.hold(first.getsockname()[1]) as second:
        taken = [held.getsockname()[1] for held in (first, second)]

        assert len(set(taken)) == 2
        assert not set(taken) & set(ports.free(taken[0]))


def test_many_who_want_the_same_port_at_once_get_one_each():
    wanted = free_port()

    with ThreadPoolExecutor(8) as pool:
        held = list(pool.map(lambda _: ports.hold(wanted), range(8)))

    taken = {listener.getsockname()[1] for listener in held}
    for listener in held:
        listener.close()
    assert len(taken) == 8


def test_claimed_port_is_nobody_elses_and_free_for_who_listens():
    with ports.claim(free_port()) as claim:
        port = claim.getsockname()[1]

        assert ports.claim(port) is None
        with socket.create_server(("127.0.0.1", port)) as listener:
            assert listener.getsockname()[1] == port
    with ports.claim(port) as again:
        assert again.getsockname()[1] == port


def test_broker_leaves_the_port_of_one_that_starts_again_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(services, "LOGS", tmp_path)
    monkeypatch.setattr(services, "VAR", tmp_path)
    (tmp_path / "valkey").mkdir()
    family = Family()
    with ports.claim(free_port()) as claim:
        try:
            port = services.start_broker(family, claim.getsockname()[1])
            claimed = ports.claim(port)
        finally:
            family.stop()

        assert port > claim.getsockname()[1]
    assert claimed is None
