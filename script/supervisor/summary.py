"""What is on the terminal when everything runs: where the site is, and who can sign in."""

import shlex

from script import development
from script.supervisor.folder import LOGS, STAFF_PASSWORD, VAR

FIRST_STEPS = ("createsuperuser", "load_season sessions/data/season-2020.toml")


def lines(environment, *, given, password_is_new) -> list[str]:
    """`given` is the environment without what was filled in."""
    site = environment["SITE_URL"].rstrip("/")
    return [
        *("", "Minamata Online is ready.", "", f"  Site    {site}/", f"  Admin   {site}/admin/"),
        *(_of_production(environment, given) if development.is_production(given) else _password(password_is_new)),
        *_mail(environment, site),
        *(f"  Logs    {LOGS}", "", "Ctrl-C stops everything."),
    ]


def _password(is_new):
    if is_new:
        yield f"          user staff, password {STAFF_PASSWORD.read_text().strip()}  (kept in {STAFF_PASSWORD})"
    elif STAFF_PASSWORD.exists():
        yield f"          user staff, password in {STAFF_PASSWORD}"


def _of_production(environment, given):
    names = ", ".join(development.of_production(given))
    yield f"          No season and no user is made where settings of production are given ({names})."
    yield "          If the database has none yet, type with the same settings:"
    filled_in = list(_filled_in(environment, given))
    command = shlex.join([*(["env", *filled_in] if filled_in else []), ".venv/bin/python", "manage.py"])
    yield from (f"            {command} {step}" for step in FIRST_STEPS)


def _filled_in(environment, given):
    """What manage.py needs and is not given; the secret is named by its file."""
    if not (given.get("SECRET_KEY") or given.get("SECRET_KEY_FILE")):
        yield f"SECRET_KEY_FILE={VAR / 'secret-key.txt'}"
    if not (given.get("SITE_URL") or given.get("SITE_URL_FILE")):
        yield f"SITE_URL={environment['SITE_URL']}"


def _mail(environment, site):
    if environment.get("EMAIL_BACKEND") == development.MAIL_CATCHER:
        yield f"  Mail    {site}/dev/mail/  (every mail ends here, none leaves this machine)"
