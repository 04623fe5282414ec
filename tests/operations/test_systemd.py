"""deploy/systemd/ in the eyes of systemd-analyze; the commands of the units are run by tests/deploy/test_units.py."""

import subprocess

import pytest

from tests.deploy import units

pytestmark = pytest.mark.operations

# Of 10, which systemd calls unsafe; its own words for up to 2 are "OK".
EXPOSED_AT_MOST = 1.5
ALL = sorted(path.name for path in units.FOLDER.glob("minamata-*"))


def analyze(*words):
    return subprocess.run(["systemd-analyze", *words], capture_output=True, text=True)


@pytest.fixture
def installed(tmp_path):
    """The units, with programs that are there: systemd-analyze looks for them."""
    for name in ALL:
        text = (units.FOLDER / name).read_text()
        for line in text.splitlines():
            if line.startswith(("ExecStart=", "ExecReload=")):
                program = line.partition("=")[2].split()[0]
                text = text.replace(program, "/bin/true")
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.mark.parametrize("name", ALL)
def test_unit_is_valid(installed, name):
    ended = analyze("verify", "--man=no", str(installed / name))

    assert (ended.returncode, ended.stdout + ended.stderr) == (0, "")


def test_fault_in_a_unit_is_found(installed):
    unit = installed / "minamata-web.service"
    unit.write_text(unit.read_text().replace("Restart=always", "Restart=sometimes"))

    assert "sometimes" in analyze("verify", "--man=no", str(unit)).stderr


@pytest.mark.parametrize("name", [name for name in ALL if name.endswith(".service")])
def test_service_has_few_rights(name):
    threshold = f"--threshold={int(EXPOSED_AT_MOST * 10)}"

    ended = analyze("security", "--offline=true", "--no-pager", threshold, str(units.FOLDER / name))

    assert ended.returncode == 0, ended.stdout
