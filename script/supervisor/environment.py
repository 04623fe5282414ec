"""What the children get from the environment, with a default for everything that a first start should not ask for."""

import os

from script.supervisor import folder, ports

WEB_PORT = 8000
BROKER_PORT = 6390
TRUE = {"1", "true", "yes", "on", "y", "ok"}  # as django-environ reads it
MAIL_CATCHER = "django_mail_preview.backends.EmailBackend"


def build(say) -> dict[str, str]:
    environment = dict(os.environ)
    port = _port(int(environment.get("PORT") or WEB_PORT), "the site", say)
    environment["PORT"] = str(port)
    _default(environment, "DEBUG", "1")
    _default(environment, "SECRET_KEY", folder.secret_key)
    if _default(environment, "SITE_URL", f"http://localhost:{port}"):
        _default(environment, "ALLOWED_HOSTS", "localhost,127.0.0.1")
    if environment["DEBUG"].lower() in TRUE and not environment.get("EMAIL_HOST"):
        _default(environment, "EMAIL_BACKEND", MAIL_CATCHER)
    return environment


def choose_broker(environment, say) -> int | None:
    """The port of the broker to start, or None when REDIS_URL names one that runs already."""
    if environment.get("REDIS_URL"):
        return None
    port = _port(BROKER_PORT, "Valkey", say)
    environment["REDIS_URL"] = f"redis://127.0.0.1:{port}/0"
    return port


def _default(environment, name, value) -> bool:
    """Whether the default was needed; a variable that is set but empty counts as missing."""
    if environment.get(name):
        return False
    environment[name] = value() if callable(value) else value
    return True


def _port(preferred, whose, say) -> int:
    port = ports.choose(preferred)
    if port != preferred:
        say(f"Port {preferred} is taken; {whose} uses {port}.")
    return port
