"""deploy/upgrade.sh and deploy/go-back.sh without a systemd: the copy that is restored, and what runs afterwards."""

import subprocess

import pytest

from tests.support.paths import ROOT

FOLDERS = ["/opt/", "/etc/", "/var/backups/"]
# Saves when it is told to, and notes whether the services run.
SYSTEMCTL = """#!/bin/sh
case "$*" in
"start minamata-backup") cp {tables} {copies}/minamata-$(ls {copies} | wc -l).dump ;;
*" minamata-web minamata-worker minamata-beat") echo "$1" > {services} ;;
esac
"""
# In the place of the program: restores, and knows the tables of its own version only.
AS_SITE = """#!/bin/sh
case "$1" in
deploy/restore.sh) [ ! -e {fails} ] && cp "$2" {tables} ;;
*) [ "$(cat {tables})" = {version} ] || exit 3 ;;
esac
"""
# Changes the tables, and then fails if it is to.
RUN = """#!/bin/sh
echo {version} > {tables}
[ ! -e {fails} ] || exit 1
ln -sfn {folder} {link}
echo restart > {services}
"""


class Machine:
    """With version 1, whose tables it has, and version 2 beside it."""

    def __init__(self, root):
        self._root, self._link = root, root / "opt" / "minamata-online"
        self.fails, self._tables, self._services = root / "fails", root / "tables", root / "services"
        self.copies = root / "var" / "backups" / "minamata-online"
        self.noted = root / "etc" / "minamata-online" / "before"
        for path in (self.copies, self.noted.parent, self._link.parent):
            path.mkdir(parents=True)
        self._tables.write_text("1\n")
        (root / "repository").mkdir()
        self._program("systemctl", SYSTEMCTL)
        for script in ("upgrade.sh", "go-back.sh"):
            self._copy(script)
        self._git(root / "repository", "init", "--quiet")
        for version in "12":
            self._install(version)
        self._link.symlink_to(self.folder("1"))

    def folder(self, version):
        return self._link.with_name(f"minamata-online.{version}")

    def upgrade(self) -> int:
        return self._run("upgrade.sh", "2")

    def upgrade_to_nothing(self) -> int:
        return self._run("upgrade.sh")

    def go_back(self) -> int:
        return self._run("go-back.sh")

    def tables_of_noted_copy(self) -> str:
        folder, copy = self.noted.read_text().split()
        assert folder == f"folder={self.folder('1')}"
        return (self.copies / copy.rpartition("/")[2]).read_text().strip()

    def state(self) -> tuple[str, str, bool]:
        """The version that is linked, that of the tables, and whether the services run."""
        are_started = self._services.read_text() != "stop\n"
        return self._link.readlink().name[-1], self._tables.read_text().strip(), are_started

    def _run(self, script, *arguments) -> int:
        own = {"PATH": f"{self._root}:/usr/bin:/bin"}
        run = subprocess.run([self._root / script, *arguments], env=own, capture_output=True, text=True)
        self.said, self.printed = run.stderr, run.stdout
        return run.returncode

    def _copy(self, script):
        text = (ROOT / "deploy" / script).read_text()
        for folder in FOLDERS:
            text = text.replace(folder, f"{self._root}{folder}")
        self._write(self._root / script, text)

    def _install(self, version):
        folder = self.folder(version)
        self._commit(version)
        self._git(self._root, "clone", "--quiet", "repository", folder)
        (folder / ".installed").touch()
        for name, text in {"as-site.sh": AS_SITE, "run.sh": RUN}.items():
            self._program(folder / "deploy" / name, text, version=version, folder=folder)

    def _commit(self, version):
        """Every version has other settings of nginx, and the same of Caddy."""
        files = {"nginx/minamata-online.conf": f"# of {version}", "caddy/minamata-online.conf": "# of all"}
        for name, text in files.items():
            path = self._root / "repository" / "deploy" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        self._git(self._root / "repository", "add", ".")
        self._git(self._root / "repository", "commit", "--quiet", "-m", version)

    def _git(self, folder, *words):
        somebody = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org"]
        subprocess.run(["git", "-C", folder, *somebody, *words], check=True)

    def _program(self, name, text, **words):
        words |= {"tables": self._tables, "copies": self.copies, "services": self._services}
        self._write(self._root / name, text.format(fails=self.fails, link=self._link, **words))

    def _write(self, path, text):
        path.write_text(text)
        path.chmod(0o755)


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


def test_copy_to_go_back_to_is_the_one_of_before(machine):
    assert machine.upgrade() == 0

    assert machine.tables_of_noted_copy() == "1"


def test_files_that_were_copied_and_have_changed_are_named(machine):
    assert machine.upgrade() == 0

    [line] = [line for line in machine.printed.splitlines() if "has changed" in line]
    assert line.startswith("upgrade: deploy/nginx/minamata-online.conf has changed")


def test_second_try_of_an_upgrade_that_stopped_half_way_keeps_the_copy_of_before(machine):
    # Given an upgrade that ended after it had changed the tables
    machine.fails.touch()
    assert machine.upgrade() == 1

    # When it is tried again
    machine.fails.unlink()
    assert machine.upgrade() == 0

    # Then the way back leads to the tables that the older version knows
    assert len(list(machine.copies.iterdir())) == 2
    assert machine.tables_of_noted_copy() == "1"


def test_second_try_notes_the_newer_copy_where_the_tables_are_unchanged(machine):
    (machine.folder("2") / "deploy" / "run.sh").write_text("#!/bin/sh\nexit 1\n")
    assert [machine.upgrade(), machine.upgrade()] == [1, 1]

    assert machine.noted.read_text().splitlines()[1] == f"copy={machine.copies}/minamata-1.dump"


def test_way_back_is_the_older_version_with_its_tables(machine):
    assert (machine.upgrade(), machine.state()) == (0, ("2", "2", True))

    assert (machine.go_back(), machine.state()) == (0, ("1", "1", True))

    assert [path.read_text() for path in sorted(machine.copies.iterdir())] == ["1\n", "2\n"]


def test_newer_version_runs_on_where_the_copy_cannot_be_restored(machine):
    assert machine.upgrade() == 0
    machine.fails.touch()

    assert (machine.go_back(), machine.state()) == (1, ("2", "2", True))
    assert machine.said.splitlines()[-1] == "go-back: the present version runs on"


def test_no_service_runs_where_the_copy_cannot_be_restored_over_tables_of_half_an_upgrade(machine):
    # Given an upgrade that ended after it had changed the tables, and a copy that cannot be restored
    machine.fails.touch()
    assert machine.upgrade() == 1

    # When one goes back, then nothing is started that would be refused, and the words say so
    assert (machine.go_back(), machine.state()) == (1, ("1", "2", False))
    assert machine.said.splitlines()[-1] == (
        "go-back: no service runs, the present version does not know these tables; end what is named above, then "
        "do this once more"
    )

    # When the reason is gone, then the way back is open
    machine.fails.unlink()
    assert (machine.go_back(), machine.state()) == (0, ("1", "1", True))


def test_way_back_without_an_upgrade_says_so(machine):
    machine.upgrade()
    machine.go_back()

    assert machine.go_back() == 1
    assert machine.said == "go-back: no upgrade is noted; docs/run-without-docker.md, Going back\n"


def test_upgrade_without_a_version_says_how_it_is_called(machine):
    assert machine.upgrade_to_nothing() == 2

    assert machine.said == "upgrade: deploy/upgrade.sh VERSION (the tag or commit of the version)\n"
