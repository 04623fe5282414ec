"""deploy/upgrade.sh without a systemd: the copy that deploy/go-back.sh would restore."""

import subprocess

import pytest

from tests.support.paths import ROOT

FOLDERS = ["/opt/", "/etc/", "/var/backups/"]
# Saves when it is told to, and starts nothing.
SYSTEMCTL = """#!/bin/sh
[ "$*" != "start minamata-backup" ] || echo "$(cat {tables})" > {copies}/minamata-$(ls {copies} | wc -l).dump
"""
# In the place of the program: knows the tables of its own version only.
AS_SITE = '#!/bin/sh\n[ "$(cat {tables})" = {version} ] || exit 3\n'
# Changes the tables, and then fails if it is to.
RUN = "#!/bin/sh\necho {version} > {tables}\n[ ! -e {fails} ] || exit 1\nln -sfn {folder} {link}\n"


class Machine:
    """With version 1, whose tables it has, and version 2 beside it."""

    def __init__(self, root):
        self.fails, self._tables, self._root = root / "fails", root / "tables", root
        self.copies = root / "var" / "backups" / "minamata-online"
        for path in (self.copies, root / "etc" / "minamata-online", root / "opt"):
            path.mkdir(parents=True)
        self._program("systemctl", SYSTEMCTL.format(tables=self._tables, copies=self.copies))
        self._program("upgrade.sh", self._moved((ROOT / "deploy" / "upgrade.sh").read_text()))
        self._tables.write_text("1")
        for version in "12":
            self._install(version)
        (root / "opt" / "minamata-online").symlink_to(root / "opt" / "minamata-online.1")

    def upgrade(self) -> int:
        own = {"PATH": f"{self._root}:/usr/bin:/bin"}
        return subprocess.run([self._root / "upgrade.sh", "2"], env=own, capture_output=True).returncode

    def to_go_back_to(self) -> str:
        """The tables in the copy that is noted."""
        noted = (self._root / "etc" / "minamata-online" / "before").read_text().split()
        assert noted[0] == f"folder={self._root}/opt/minamata-online.1"
        return (self.copies / noted[1].rpartition("/")[2]).read_text().strip()

    def _moved(self, text):
        for folder in FOLDERS:
            text = text.replace(folder, f"{self._root}{folder}")
        return text

    def _install(self, version):
        folder, link = (self._root / "opt" / f"minamata-online{end}" for end in (f".{version}", ""))
        (folder / "deploy").mkdir(parents=True)
        (folder / ".installed").touch()
        words = {"version": version, "tables": self._tables, "fails": self.fails, "folder": folder, "link": link}
        for name, text in {"as-site.sh": AS_SITE, "run.sh": RUN}.items():
            self._program(folder / "deploy" / name, text.format(**words))

    def _program(self, name, text):
        path = self._root / name
        path.write_text(text)
        path.chmod(0o755)


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


def test_copy_to_go_back_to_is_the_one_of_before(machine):
    assert machine.upgrade() == 0

    assert machine.to_go_back_to() == "1"


def test_second_try_of_an_upgrade_that_stopped_half_way_keeps_the_copy_of_before(machine):
    # Given an upgrade that ended after it had changed the tables
    machine.fails.touch()
    assert machine.upgrade() == 1

    # When it is tried again
    machine.fails.unlink()
    assert machine.upgrade() == 0

    # Then the way back leads to the tables that the older version knows
    assert len(list(machine.copies.iterdir())) == 2
    assert machine.to_go_back_to() == "1"


def test_second_try_notes_the_newer_copy_where_the_tables_are_unchanged(machine):
    (machine.copies.parents[2] / "opt" / "minamata-online.2" / "deploy" / "run.sh").write_text("#!/bin/sh\nexit 1\n")
    assert [machine.upgrade(), machine.upgrade()] == [1, 1]

    noted = (machine.copies.parents[2] / "etc" / "minamata-online" / "before").read_text()
    assert noted.splitlines()[1] == f"copy={machine.copies}/minamata-1.dump"
