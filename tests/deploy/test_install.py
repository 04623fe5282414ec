"""deploy/install.sh with a Python that cannot be used: a version is installed whole, or not at all."""

import subprocess

import pytest

from tests.support.paths import ROOT


class Machine:
    """With a repository of one commit, and a folder in the place of /opt."""

    def __init__(self, root):
        self.opt, self.repository, self._script = root / "opt", root / "repository", root / "install.sh"
        self.opt.mkdir()
        subprocess.run(["git", "init", "--quiet", self.repository], check=True)
        subprocess.run(["git", *self._git, "commit", "--quiet", "--allow-empty", "-m", "1"], check=True)
        self.commit = subprocess.check_output(["git", *self._git, "rev-parse", "HEAD"], text=True).strip()[:7]
        text = (ROOT / "deploy" / "install.sh").read_text()
        self._script.write_text(text.replace("/opt/", f"{self.opt}/").replace("/usr/bin/python3", "/bin/false"))

    @property
    def _git(self):
        return ["-C", str(self.repository), "-c", "user.name=Somebody", "-c", "user.email=somebody@example.org"]

    def install(self, version) -> tuple[int, str]:
        run = subprocess.run(["sh", self._script, self.repository, version], capture_output=True, text=True)
        return run.returncode, run.stderr


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


def test_version_that_is_not_there_is_named_and_leaves_nothing(machine):
    status, said = machine.install("0123abc")

    assert (status, said.splitlines()[-1]) == (1, f"install: {machine.repository} has no version 0123abc")
    assert list(machine.opt.iterdir()) == []


def test_version_whose_packages_cannot_be_installed_leaves_nothing(machine):
    status, said = machine.install(machine.commit)

    assert (status, said) == (1, "")
    assert list(machine.opt.iterdir()) == []
