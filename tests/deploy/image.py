"""The steps of the Dockerfile that need no Docker engine, taken in a folder; and its processes, with few rights."""

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from tests.support.paths import ROOT
from tests.support.servers import Guardian, free_port, signal_group, wait_until

DOCKERFILE = ROOT / "Dockerfile"
NOT_COPIED = shutil.ignore_patterns("__pycache__")
# Inside its own user namespace root is an ordinary user, for whom a folder without write bits is read-only.
ORDINARY_USER = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]


def instructions() -> list[tuple[str, str]]:
    text = DOCKERFILE.read_text().replace("\\\n", "")
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [tuple(line.split(maxsplit=1)) for line in lines]


def last(instruction) -> str:
    return [rest for name, rest in instructions() if name == instruction][-1]


def command_of_image() -> list[str]:
    return json.loads(last("CMD"))


class Image:
    """What a container would see, in `folder`: the program read-only, `static`, `media` and `tmp` its own."""

    def __init__(self, folder):
        self.folder, self.app = Path(folder), Path(folder) / "app"
        self._started, self._guardian = [], Guardian()
        for name in ("app", "static", "media", "tmp"):
            (self.folder / name).mkdir()
        for name, rest in instructions():
            if name == "COPY":
                self._copy(*rest.split())
        self.web_port = free_port()

    def _copy(self, source, target):
        where = self.app / target
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, where, ignore=NOT_COPIED)
        else:
            shutil.copy(ROOT / source, where)

    def make_read_only(self):
        for path in [self.app, *self.app.rglob("*")]:
            path.chmod(path.stat().st_mode & ~0o222)

    def paths(self) -> list[str]:
        return sorted(str(path.relative_to(self.app)) for path in self.app.rglob("*"))

    def run(self, command, environment, timeout=120):
        return subprocess.run(
            self._here(command), **self._surroundings(environment), capture_output=True, text=True, timeout=timeout
        )

    def start(self, name, command, environment, ready):
        """The process and its log, as soon as `ready(text of the log)`."""
        log = self.folder / f"{name}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                self._here(command),
                **self._surroundings(environment),
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._guardian.watch(process)
        self._started.append(process)
        wait_until(lambda: ready(log.read_text()), process, log)
        return process, log

    def _here(self, command) -> list[str]:
        parts = ["sh", "-c", command] if isinstance(command, str) else command
        parts = [part.replace("/tmp", str(self.folder / "tmp")) for part in parts]
        parts = [part.replace("0.0.0.0:8000", f"127.0.0.1:{self.web_port}") for part in parts]
        parts = [part.replace("localhost:8000", f"127.0.0.1:{self.web_port}") for part in parts]
        return [*(ORDINARY_USER if os.getuid() == 0 else []), *parts]

    def _surroundings(self, environment) -> dict:
        own = {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "HOSTNAME": os.uname().nodename,
            "HOME": "/nonexistent",
            "TMPDIR": str(self.folder / "tmp"),
        }
        return {"cwd": self.app, "env": own | self._of_dockerfile() | environment}

    def _of_dockerfile(self) -> dict[str, str]:
        pairs = [pair.split("=", 1) for name, rest in instructions() if name == "ENV" for pair in shlex.split(rest)]
        return {name: value.replace("/srv/", f"{self.folder}/") for name, value in pairs}

    def stop(self):
        self._guardian.dismiss()
        for process in reversed(self._started):
            signal_group(process, 15)
        for process in reversed(self._started):
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                signal_group(process, 9)
                process.wait()
        # What has no write bits cannot be removed by somebody who is not root.
        for path in [self.app, *self.app.rglob("*")]:
            path.chmod(0o755)


def health_command(healthcheck) -> str | list[str]:
    """The command of a healthcheck: a text for the shell, or the parts after CMD."""
    test = healthcheck["test"]
    return test if isinstance(test, str) else test[1:]
