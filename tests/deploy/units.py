"""Reads deploy/systemd/ as systemd would: sections with names that may come twice, and commands of several lines."""

import shlex
from collections import defaultdict

from tests.support.paths import ROOT

FOLDER = ROOT / "deploy" / "systemd"
SETTINGS = FOLDER / "env.example"
INSTALLED = "/opt/minamata-online"
SERVICES = ["minamata-web", "minamata-worker", "minamata-beat"]


def read(name) -> dict[str, list[str]]:
    """All values of each name, of all sections."""
    found = defaultdict(list)
    for line in (FOLDER / name).read_text().replace("\\\n", " ").splitlines():
        if "=" in line and not line.startswith("#"):
            key, _, value = line.partition("=")
            found[key].append(value)
    return found


def command(name) -> list[str]:
    """The words of ExecStart; its program is looked for in the environment of the tests, which is in PATH."""
    [line] = read(name)["ExecStart"]
    return [word.removeprefix(f"{INSTALLED}/.venv/bin/") for word in shlex.split(line)]


def environment(name) -> dict[str, str]:
    """What the unit itself sets, without its EnvironmentFile."""
    return dict(pair.split("=", 1) for line in read(name)["Environment"] for pair in shlex.split(line))


def settings() -> dict[str, str]:
    """Of the example, as a file for EnvironmentFile is read."""
    lines = [line for line in SETTINGS.read_text().splitlines() if line and not line.startswith("#")]
    return {name: " ".join(shlex.split(value)) for name, _, value in (line.partition("=") for line in lines)}
