"""One clock for the programme, and who may ask another one."""

import json
import subprocess
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path

from sessions.clocks import moment
from tests.support.paths import ROOT

PRODUCT = ("minamata_online", "registrations", "sessions")


def test_moment_is_aware_and_in_utc():
    before = datetime.now(UTC)

    now = moment.now()

    assert before <= now <= datetime.now(UTC)
    assert now.tzinfo == UTC


def test_who_asks_the_machine_is_named_in_the_lint_rule_and_nobody_is_named_in_vain():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["ruff"]["lint"]["per-file-ignores"]
    named = {name for name, rules in settings.items() if "TID251" in rules and name.startswith(PRODUCT)}
    unexcused = ["--select=TID251", "--config=lint.per-file-ignores={}", "--output-format=json", "--no-cache"]

    lint = [sys.executable, "-m", "ruff", "check", *unexcused, *PRODUCT]
    found = json.loads(subprocess.run(lint, cwd=ROOT, capture_output=True, text=True, check=False).stdout)

    asking = {Path(each["filename"]).relative_to(ROOT) for each in found}
    assert {name for name in named if any(path.match(name) for path in asking)} == named
    assert {path for path in asking if not any(path.match(name) for name in named)} == set()
