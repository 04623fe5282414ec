"""Processes of the site, started with settings of their own."""

import os

from tests.support import warm

GIVEN = {"SECRET_KEY": "k9-" * 20, "SITE_URL": "https://online.example.org", "DATABASE_URL": "sqlite://:memory:"}


def start(command, **changes):
    given = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ} | GIVEN | changes
    given = {name: value for name, value in given.items() if value is not None}
    return warm.run(command, env=given)
