"""Copies of the project in which script/server and manage.py run."""

import os
import shutil
import subprocess
import sys

from tests.support import warm

# What the program does without. Its compiled modules are copied: every process would compile them again.
NOT_COPIED = shutil.ignore_patterns(".venv", "var", ".git", ".*_cache", ".hypothesis", "tests", "docs", "bench")


def run_in(tree, *command, behind=(), **given):
    """Python with this command; `behind` begins the command line."""
    given = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ} | given
    if not behind:
        return warm.run(command, cwd=tree, env=given)
    return subprocess.run(
        [*behind, sys.executable, *command],
        cwd=tree,
        env=given,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


SHOW = "from django.conf import settings as s; print(s.SITE_URL, s.DEBUG, s.CELERY_BROKER_URL, len(s.SECRET_KEY) > 50)"
COUNT = "from sessions.models import Season; print(Season.objects.count())"
