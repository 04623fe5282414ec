"""The library of the API is loaded by the first answer that is not cached, and by no start of a process."""

import subprocess
import sys

from tests.support.paths import ROOT

LOOK = """
import sys, django
django.setup()
from django.urls import reverse
reverse("api:slots", args=["autumn"])
print("ninja" in sys.modules, "pydantic" in sys.modules)
"""


def test_no_process_loads_it_at_its_start():
    run = subprocess.run([sys.executable, "-c", LOOK], cwd=ROOT, capture_output=True, text=True)

    assert (run.returncode, run.stdout.split()) == (0, ["False", "False"]), run.stderr
