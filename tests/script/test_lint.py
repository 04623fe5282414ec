"""The tools that look at the code without running it."""

import re

import yaml

from tests.support.paths import ROOT


def test_pre_commit_runs_the_lint_of_script_test():
    script = (ROOT / "script/test").read_text()
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())

    run_by_script = re.findall(r"^ +(\.venv/bin/python -m .+) \|\| lint=1$", script, re.MULTILINE)

    assert len(run_by_script) == 3
    assert [hook["entry"] for repo in config["repos"] for hook in repo["hooks"]] == run_by_script
