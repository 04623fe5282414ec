"""What the children get from the environment, with the settings of a developer's machine where none is given."""

import os

from minamata_online.setting_forms import whole_number
from script import development

PORT = whole_number(1, 65535)


class BadPort(Exception):
    """The message says what PORT must be."""


def wanted_port() -> int:
    """Raises BadPort."""
    try:
        return PORT.parse(os.environ.get("PORT") or str(development.WEB_PORT))
    except ValueError:
        raise BadPort(f"PORT must be {PORT.expected}.") from None


def build(port) -> dict[str, str]:
    environment = dict(os.environ) | {"PORT": str(port)}
    development.fill_in(environment, port=port)
    return environment
