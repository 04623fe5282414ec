"""The files of deploy/ in the eyes of promtool, and of a Prometheus that looks at a running site."""

import json
import subprocess
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest
import yaml

from tests.faults.waiting import wait_until
from tests.support import alarms, servers
from tests.support.paths import ROOT

pytestmark = pytest.mark.operations

FOLDER = ROOT / "deploy" / "prometheus"
BOARD = json.loads((ROOT / "deploy" / "grafana" / "minamata-online.json").read_text())
EXPRESSIONS = [target["expr"] for panel in BOARD["panels"] for target in panel["targets"]]


def promtool(*arguments, text="") -> str:
    """What it says, of which nothing is a fault."""
    ended = subprocess.run(["promtool", *arguments], input=text, capture_output=True, text=True, cwd=FOLDER)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout + ended.stderr


def test_rules_and_example_are_valid():
    assert f"SUCCESS: {len(alarms.read())} rules found" in promtool("check", "rules", "rules.yml")
    assert "SUCCESS" in promtool("check", "config", "--syntax-only", "prometheus.yml")


def test_alarms_ring_after_their_time_and_not_before():
    assert "SUCCESS" in promtool("test", "rules", "rules_test.yml")


def test_every_alarm_is_tried():
    tried = yaml.safe_load((FOLDER / "rules_test.yml").read_text())["tests"]

    named = {case["alertname"] for test in tried for case in test["alert_rule_test"]}

    assert named == {alarm.name for alarm in alarms.read()}


def test_numbers_of_a_running_site_are_as_prometheus_wants_them(site_to_watch):
    request = Request(f"http://127.0.0.1:{site_to_watch.port}/metrics", headers={"Host": "localhost"})
    with urlopen(request) as answer:
        text = answer.read().decode()

    assert "minamata_can_write" in text
    assert promtool("check", "metrics", text=text) == ""


@pytest.fixture(scope="module")
def ask_prometheus(site_to_watch, tmp_path_factory):
    """Call it with a path of the API of a real Prometheus: the example, but with this site, and asking each second."""
    folder = tmp_path_factory.mktemp("prometheus")
    example = yaml.safe_load((FOLDER / "prometheus.yml").read_text())
    example["global"] = dict.fromkeys(example["global"], "1s")
    example["rule_files"] = [str(FOLDER / "rules.yml")]
    del example["alerting"]
    [job, _certificate] = example["scrape_configs"]
    example["scrape_configs"] = [job]
    del job["authorization"]
    job |= {"scheme": "http", "static_configs": [{"targets": [f"localhost:{site_to_watch.port}"]}]}
    (folder / "prometheus.yml").write_text(yaml.safe_dump(example))
    port = servers.free_port()
    command = ["prometheus", f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/data"]
    command += [f"--web.listen-address=127.0.0.1:{port}"]
    site_to_watch._spawn(command, {}, folder / "prometheus.log")

    def ask(path):
        with urlopen(f"http://127.0.0.1:{port}/api/v1/{path}", timeout=10) as answer:
            return json.load(answer)["data"]

    wait_until(lambda: is_watched(ask))
    return ask


def is_watched(ask) -> bool:
    try:
        samples = ask("query?query=" + quote("count_over_time(minamata_answers_total[10s])"))["result"]
    except OSError:
        return False
    return bool(samples) and min(int(sample["value"][1]) for sample in samples) >= 2


def test_example_watches_the_site_by_the_name_that_the_rules_know(ask_prometheus):
    [answer] = ask_prometheus(f"query?query={quote(alarms.ANSWERS)}")["result"]

    assert answer["value"][1] == "1"


def test_prometheus_reckons_every_rule(ask_prometheus):
    wait_until(lambda: {rule["health"] for rule in rules_of(ask_prometheus)} == {"ok"})

    assert len(rules_of(ask_prometheus)) == len(alarms.read())


def rules_of(ask) -> list[dict]:
    return [rule for group in ask("rules")["groups"] for rule in group["rules"]]


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_board_shows_something(ask_prometheus, expression):
    # A rate over five minutes has its first value as soon as there are two samples.
    wait_until(lambda: ask_prometheus(f"query?query={quote(expression)}")["result"], seconds=20)
