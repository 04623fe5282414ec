"""Processes of the site, started with settings of their own."""

import os
import subprocess
import sys

from tests.support.paths import ROOT

GIVEN = {"SECRET_KEY": "k9-" * 20, "SITE_URL": "https://online.example.org", "DATABASE_URL": "sqlite://:memory:"}


def start(command, **changes):
    given = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ} | GIVEN | changes
    given = {name: value for name, value in given.items() if value is not None}
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=given, capture_output=True, text=True, timeout=60, check=False
    )
