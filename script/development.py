"""The settings of a machine where none of production is given: for `script/server`, and for `manage.py` beside it."""

import json
import sys
from contextlib import suppress

from script.supervisor import folder

WEB_PORT = 8000
BROKER_PORT = 6390
FALSE = {"0", "false", "no", "off"}
MAIL_CATCHER = "django_mail_preview.backends.EmailBackend"
# Somebody who sets one of these runs a site of their own, and is told what is missing.
OF_PRODUCTION = (
    *("SECRET_KEY", "SITE_URL", "DATABASE_URL", "REDIS_URL", "TRUSTED_PROXIES"),
    *("EMAIL_HOST", "EMAIL_HOST_PASSWORD", "ORGANIZER_EMAIL"),
)
# What two runs may have differently.
REMEMBERED = ("SITE_URL", "REDIS_URL")


def fill_in(environment, *, port):
    """A default for everything that a first start should not ask for; what is set but empty counts as missing."""
    if not environment.get("SITE_URL", "").startswith("https://"):
        _default(environment, "DEBUG", "1")
    if not environment.get("SECRET_KEY_FILE"):
        _default(environment, "SECRET_KEY", folder.secret_key)
    if _default(environment, "SITE_URL", f"http://localhost:{port}"):
        _default(environment, "ALLOWED_HOSTS", "localhost,127.0.0.1")
    if not _is_off(environment) and not environment.get("EMAIL_HOST"):
        _default(environment, "EMAIL_BACKEND", MAIL_CATCHER)


def fill_in_unless_production(environment):
    """For `manage.py`: the site of `script/server`, where that has run in this folder, and never in secret."""
    if is_production(environment):
        return
    if not _addresses().exists():
        print("script/server makes settings for development when it runs in this folder.", file=sys.stderr)
        return
    for name, value in _remembered().items():
        _default(environment, name, value)
    _default(environment, "REDIS_URL", f"redis://127.0.0.1:{BROKER_PORT}/0")
    fill_in(environment, port=WEB_PORT)
    print(f"Development settings, the data are in {folder.VAR}.", file=sys.stderr)


def is_production(environment) -> bool:
    return bool(of_production(environment))


def of_production(environment) -> list[str]:
    """Names of the settings by which somebody says that this is a site of their own."""
    given = [name for name in OF_PRODUCTION if environment.get(name) or environment.get(f"{name}_FILE")]
    return [*given, "DEBUG"] if environment.get("DEBUG") and _is_off(environment) else given


def remember(environment):
    """Where this server is and its broker, for `manage.py`: both ports may have been others than usual."""
    path = _addresses()
    folder.write_secret(path, json.dumps({name: environment[name] for name in REMEMBERED}))


def _remembered() -> dict[str, str]:
    """Nothing where somebody has written something else into the file."""
    with suppress(OSError, ValueError, AttributeError):
        found = json.loads(_addresses().read_text())
        return {name: found[name] for name in REMEMBERED if isinstance(found.get(name), str)}
    return {}


def _addresses():
    return folder.VAR / "addresses.json"


def _is_off(environment) -> bool:
    return environment.get("DEBUG", "").strip().lower() in FALSE | {""}


def _default(environment, name, value) -> bool:
    """Whether the default was needed."""
    if environment.get(name):
        return False
    environment[name] = value() if callable(value) else value
    return True
