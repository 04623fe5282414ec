"""A certificate that ends soon, as Debian's blackbox exporter sees it with its own settings and ours of Prometheus."""

import os
import ssl
import threading
from contextlib import contextmanager
from http.server import HTTPServer, SimpleHTTPRequestHandler
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
import yaml

from tests.support import alarms
from tests.support.certificates import certificate_for_loopback
from tests.support.paths import ROOT
from tests.support.servers import RealServers, free_port, wait_until

pytestmark = pytest.mark.operations

SETTINGS = "/etc/prometheus/blackbox.yml"


@contextmanager
def site_with(certificate):
    """The address of a server that speaks TLS."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    server = HTTPServer(("127.0.0.1", 0), SimpleHTTPRequestHandler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"https://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def seen(folder, address, certificate) -> dict[str, float]:
    """What the exporter says, under the name that Prometheus gives to it."""
    [job] = [job for job in _jobs() if job["metrics_path"] == "/probe"]
    servers, port = RealServers(folder), free_port()
    command = ["prometheus-blackbox-exporter", f"--config.file={SETTINGS}", f"--web.listen-address=127.0.0.1:{port}"]
    log = folder / "blackbox.log"
    process = servers._spawn(command, {"env": os.environ | {"SSL_CERT_FILE": str(certificate)}}, log)
    try:
        wait_until(lambda: "Listening" in log.read_text(), process, log)
        asked = urlencode(job["params"] | {"target": [address]}, doseq=True)
        with urlopen(f"http://127.0.0.1:{port}{job['metrics_path']}?{asked}", timeout=20) as answer:
            lines = [line.rsplit(" ", 1) for line in answer.read().decode().splitlines() if not line.startswith("#")]
    finally:
        servers.stop()
    return {f'{name}{{job="{job["job_name"]}"}}': float(number) for name, number in lines}


def _jobs() -> list[dict]:
    jobs = yaml.safe_load((ROOT / "deploy" / "prometheus" / "prometheus.yml").read_text())["scrape_configs"]
    return [{"metrics_path": "/metrics"} | job for job in jobs]


@pytest.mark.parametrize(("days", "rings"), [(13, {"CertificateEnds"}), (15, set())])
def test_certificate_that_ends_within_two_weeks_rings(days, rings, tmp_path):
    certificate = certificate_for_loopback(days=days)

    with site_with(certificate) as address:
        numbers = seen(tmp_path, address, certificate)

    assert numbers['probe_success{job="minamata-online-certificate"}'] == 1
    assert alarms.ringing(numbers) == rings
