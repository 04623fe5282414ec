"""What the children get from the environment, with the settings of a developer's machine where none is given."""

import os
from pathlib import Path

from minamata_online.configuration.parsers import whole_number
from script import development

PORT = whole_number(1, 65535)
# Their values decide here what is started, and how; the children read all other files themselves.
LOOKED_AT = ("DEBUG", "SITE_URL", "REDIS_URL", "EMAIL_HOST")


class BadPort(Exception):
    """The message says what PORT must be."""


def wanted_port() -> int:
    """Raises BadPort."""
    try:
        return PORT.parse(os.environ.get("PORT") or str(development.WEB_PORT))
    except ValueError:
        raise BadPort(f"PORT must be {PORT.expected}.") from None


def build(port) -> dict[str, str]:
    """Raises OSError where a file that should hold a value cannot be read."""
    environment = dict(os.environ) | {"PORT": str(port)}
    for name in LOOKED_AT:
        if path := environment.pop(f"{name}_FILE", None):
            environment[name] = Path(path).read_text().strip()
    development.fill_in(environment, port=port)
    return environment
