"""Every setting: a wrong value stops the start with its name and what is expected; with a good one it works."""

import re

import pytest
from django.core.exceptions import DisallowedHost
from django.test import RequestFactory

from minamata_online.configuration import parsers, urls
from tests.support.paths import ROOT
from tests.support.processes import start
from tests.support.thorough import first_always

SETTINGS = (ROOT / "minamata_online" / "settings.py").read_text()
README = (ROOT / "README.md").read_text()
# Of developers alone: README's tables are for those who run the site.
NOT_IN_README = {"EMAIL_BACKEND"}
SHOW = "from minamata_online import settings; print(*[getattr(settings, name) for name in {names}], sep='\\n')"

NOT_WHOLE = ["-1", "many", "1.5", "1e3", "1_0", "٣", "99999999999", "0x10"]
NOT_SWITCHES = ["maybe", "2", "-1"]
NOT_TEXT = ["two\nlines", "a\x07bell"]
NOT_NAMES = ["https://a.example", "a b", "a.example/path", "-a.example", "a..example", "256.0.0.1", "ü.example"]
NOT_MAIL = ["events", "events@", "a b@example.org", "events@example.org, b@example.org", "ü@example.org", "0"]
WRONG = {
    "DEBUG": NOT_SWITCHES,
    "SECRET_KEY_FALLBACKS": ["a,,b", *NOT_TEXT],
    "ALLOWED_HOSTS": [*NOT_NAMES, "a.example:443", "*", "a.example,", "[::1]:8000", "fe80::1%eth0"],
    "DATABASE_URL": [
        *("minamata", "mysql://u:p@h/n", "postgres://u:p@h:99999/n", "postgres://u:p@h", "postgres://u:p#q@h/n"),
        *("sqlite://minamata.sqlite3", "sqlite://", "sqlite:///relative.sqlite3", "postgres://u:p/q@h/n", "-1"),
    ],
    "DATABASE_POOLED": NOT_SWITCHES,
    "REDIS_URL": ["valkey", "redis://", "http://h:6379", "redis://h:99999", "redis://h/first", "redis://h:p", "-1"],
    "PROGRAMME_SECONDS": ["-1", "soon", "nan", "inf", "1,5", "99999"],
    "EMAIL_BACKEND": ["smtp", "django.core.mail.backends.nothing.EmailBackend", "-1", "no.such.module.Class"],
    "EMAIL_HOST": [*NOT_NAMES, "mail.example.org:587"],
    "EMAIL_PORT": [*NOT_WHOLE, "0", "65536"],
    "EMAIL_HOST_USER": NOT_TEXT,
    "EMAIL_HOST_PASSWORD": NOT_TEXT,
    "EMAIL_USE_TLS": NOT_SWITCHES,
    "EMAIL_USE_SSL": NOT_SWITCHES,
    "EMAIL_TIMEOUT": [*NOT_WHOLE, "0", "36"],
    "MAIL_LEASE_SECONDS": [*NOT_WHOLE, "0", "3601"],
    "ORGANIZER_EMAIL": NOT_MAIL,
    "REPLY_TO_EMAIL": NOT_MAIL,
    "BOUNCE_ADDRESS": [*NOT_MAIL, "a+b@example.org", "mails-that-came-back-to-us@example.org"],
    "UID_DOMAIN": [*NOT_NAMES, "10.0.0.1", "::1", "a@b.example"],
    "LICENCE_WARNING_PERCENT": [*NOT_WHOLE, "0", "101"],
    "RECALL_MINUTES": [*NOT_WHOLE, "1441"],
    "REMINDER_HOURS": [*NOT_WHOLE, "0", "721", "24,", "72;24", "none,1"],
    "CALENDAR_REPLIES": [
        "mailbox",
        "maildir://relative",
        "imaps://host/INBOX",
        "pop3://u:p@h",
        "imap://desk:hush/hush@127.0.0.1/INBOX",
        "imaps://u:p#q@h",
        "-1",
    ],
    "DATA_TERM_DAYS": [*NOT_WHOLE, "0", "3651"],
    "MAIL_TERM_DAYS": [*NOT_WHOLE, "0", "3651"],
    "OFFERED_LANGUAGES": ["de", "fr;es", "zh"],
    "STATIC_ROOT": ["static", "./static", *NOT_TEXT],
    "MEDIA_ROOT": ["media", "~/media", *NOT_TEXT],
    "PLAYER_HOST": ["https://player.example.org", "player.example.org/embed", "a b", "127.0.0.1"],
    "MATERIAL_MAX_MB": [*NOT_WHOLE, "0", "10001"],
    "FILES_BY_PROXY": [*NOT_SWITCHES, "/", "_media/", "/_media", "//evil/", "/a b/", "/../", "/%2e/"],
    "TRUSTED_PROXIES": [*NOT_WHOLE, "11"],
    "SIGN_UP_SECONDS": [*NOT_WHOLE, "61"],
    "SIGN_UPS_A_MINUTE_OF_A_CLIENT": [*NOT_WHOLE, "0"],
    "SIGN_UPS_A_MINUTE": [*NOT_WHOLE, "0"],
    "STAFF_SECOND_FACTOR": NOT_SWITCHES,
    "METRICS_ALLOWED": ["10.0.0.0/33", "everybody", "10.0.0.0/8,", "-1"],
    "METRICS_TOKEN": ["short", "-1", *NOT_TEXT],
    "LOG_FORMAT": ["xml", "JSON", "-1"],
    "SENTRY_DSN": ["sentry", "https://sentry.example.org/1", "https://key@sentry.example.org/project", "ftp://k@s/1"],
}
# These two are looked at before all others, which depend on them.
FIRST = {
    "SECRET_KEY": (parsers.SECRET, NOT_TEXT),
    "SITE_URL": (
        urls.SITE,
        [
            *(
                "online.example.org",
                "//online.example.org",
                "ftp://online.example.org",
                "https://",
                "-1",
                "https://a b",
            ),
            *("https://online.example.org/season", "https://online.example.org?a=1", "https://online.example.org/#top"),
            *(
                "https://user:password@online.example.org",
                "https://online.example.org:99999",
                "http://a:0",
                "http://a:b",
            ),
            *(
                "https://münster.example",
                "https://-a.example",
                "http://[::1",
                "http://[fe80::1%25eth0]",
                "http://1.2.3",
            ),
        ],
    ),
}
GOOD = {
    "DEBUG": "off",
    "SECRET_KEY_FALLBACKS": "one old key, an older one",
    "ALLOWED_HOSTS": "a.example, .b.example,10.0.0.7,::1,[::2],localhost",
    "DATABASE_URL": "postgresql://minamata:p%23q@db_1:5432/minamata?connect_timeout=5",
    "DATABASE_POOLED": "1",
    "REDIS_URL": "rediss://:secret@valkey:6379/0",
    "PROGRAMME_SECONDS": "0.5",
    "EMAIL_BACKEND": "django_mail_preview.backends.EmailBackend",
    "EMAIL_HOST": "mail_catcher",
    "EMAIL_PORT": " 587",
    "EMAIL_HOST_USER": "us er",
    "EMAIL_HOST_PASSWORD": "$pass,word;#ü",
    "EMAIL_USE_TLS": "YES",
    "EMAIL_USE_SSL": "0",
    "EMAIL_TIMEOUT": "35",
    "MAIL_LEASE_SECONDS": "60",
    "ORGANIZER_EMAIL": "events@example.org",
    "REPLY_TO_EMAIL": "secretariat@example.org",
    "BOUNCE_ADDRESS": "bounces@example.org",
    "UID_DOMAIN": "online.example.org",
    "LICENCE_WARNING_PERCENT": "100",
    "RECALL_MINUTES": "0",
    "REMINDER_HOURS": "1, 24,24",
    "CALENDAR_REPLIES": "imaps://events%40example.org:p%2Fq@mail.example.org/INBOX",
    "DATA_TERM_DAYS": "1",
    "MAIL_TERM_DAYS": "3650",
    "OFFERED_LANGUAGES": "fr,es",
    "STATIC_ROOT": "/srv/static",
    "MEDIA_ROOT": "/srv/media",
    "MATERIAL_MAX_MB": "200",
    "PLAYER_HOST": "player.example.org",
    "FILES_BY_PROXY": "/_media/",
    "TRUSTED_PROXIES": "2",
    "SIGN_UP_SECONDS": "0",
    "SIGN_UPS_A_MINUTE_OF_A_CLIENT": "1000000",
    "SIGN_UPS_A_MINUTE": "1",
    "STAFF_SECOND_FACTOR": "no",
    "METRICS_ALLOWED": "10.0.0.1/8, ::1",
    "METRICS_TOKEN": "0123456789abcdef",
    "LOG_FORMAT": "json",
    "SENTRY_DSN": "https://key@sentry.example.org/sentry/42",
}
ROUNDS = max(len(values) for values in WRONG.values())


def read_by_settings() -> set[str]:
    return set(re.findall(r'env\.read\(\s*"([A-Z_]+)"', SETTINGS))


def refused(**changes) -> dict[str, str]:
    """The name of each setting that the start was refused for, with the whole line."""
    run = start(["-c", SHOW.format(names=[])], **changes)
    assert "Traceback" not in run.stderr
    assert run.returncode == (3 if run.stderr else 0), run.stderr
    return {line.partition(" ")[0]: line for line in run.stderr.splitlines()}


def values(*names, **changes) -> list[str]:
    run = start(["-c", SHOW.format(names=list(names))], **changes)
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()


def test_table_has_every_setting_and_so_have_the_tables_of_readme():
    in_readme = set(re.findall(r"`([A-Z_]{5,})`", "".join(line for line in README.splitlines() if line[:1] == "|")))

    assert {*WRONG, *FIRST} == {*GOOD, *FIRST} == read_by_settings()
    assert read_by_settings() - NOT_IN_README == in_readme


@pytest.mark.parametrize("number", first_always(range(ROUNDS), 3))
def test_wrong_value_is_refused_with_the_name_of_the_setting(number):
    wrong = {name: of_setting[number] for name, of_setting in WRONG.items() if number < len(of_setting)}

    lines = refused(**wrong)

    # Without an address for questions, answers that a program reads and deletes are refused as well.
    assert set(lines) - {"REPLY_TO_EMAIL"} == set(wrong) - {"REPLY_TO_EMAIL"}
    assert [line for name, line in lines.items() if not line.startswith((f"{name} must be ", "REPLY_TO"))] == []


@pytest.mark.parametrize("name", FIRST)
def test_without_a_sound_key_and_address_nothing_starts(name):
    form, wrong = FIRST[name]

    assert set(refused(**{name: wrong[0]})) == {name}
    for value in wrong:
        with pytest.raises(ValueError):  # noqa: PT011 - its words are never shown
            form.parse(value)


def test_value_of_a_secret_is_not_repeated():
    lines = refused(DATABASE_URL="postgres://user:hidden#word@host/name")

    assert "hidden" not in lines["DATABASE_URL"]


def test_good_values_start_and_empty_ones_are_the_defaults():
    assert refused(**GOOD) == {}
    assert refused(**dict.fromkeys(GOOD, "")) == {}
    names = ["REMINDER_HOURS", "EMAIL_PORT", "LOG_FORMAT", "SIGN_UPS_A_MINUTE"]
    assert values(*names, **dict.fromkeys(GOOD, "")) == values(*names)


def test_values_are_what_was_written():
    names = ["REMINDER_HOURS", "EMAIL_HOST_PASSWORD", "EMAIL_USE_TLS", "EMAIL_PORT", "METRICS_ALLOWED"]

    assert values(*names, **GOOD) == [
        "[24, 1]",
        "$pass,word;#ü",
        "True",
        "587",
        "[IPv4Network('10.0.0.0/8'), IPv6Network('::1/128')]",
    ]
    assert values("REMINDER_HOURS", REMINDER_HOURS="none") == ["[]"]


@pytest.mark.parametrize(("given", "place"), [("0", ""), ("1", "/"), ("/_media/", "/_media/")])
def test_files_are_at_the_root_of_caddy_and_in_a_location_of_nginx(given, place):
    assert values("FILES_BY_PROXY", FILES_BY_PROXY=given) == [place]


@pytest.mark.parametrize(
    ("changes", "name"),
    first_always(
        [
            ({"SECRET_KEY": "short"}, "SECRET_KEY"),
            ({"EMAIL_USE_TLS": "1", "EMAIL_USE_SSL": "1"}, "EMAIL_USE_SSL"),
            ({"MAIL_LEASE_SECONDS": "20"}, "MAIL_LEASE_SECONDS"),
            ({"STATIC_ROOT": "/srv/files", "MEDIA_ROOT": "/srv/files/media"}, "MEDIA_ROOT"),
            ({"STATIC_ROOT": "/srv/files", "MEDIA_ROOT": "/srv/files"}, "MEDIA_ROOT"),
            ({"CALENDAR_REPLIES": "maildir:///var/mail/replies"}, "REPLY_TO_EMAIL"),
            ({"DATABASE_POOLED": "1", "DATABASE_URL": "sqlite:////srv/minamata.sqlite3"}, "DATABASE_POOLED"),
            ({"DATABASE_POOLED": "1", "DATABASE_URL": "postgres://u:p@h/n?options=-c%20jit%3Doff"}, "DATABASE_POOLED"),
        ],
        2,
    ),
)
def test_values_that_do_not_go_together_are_refused(changes, name):
    assert set(refused(**changes)) == {name}


@pytest.mark.parametrize(
    ("given", "address", "host", "domain"),
    first_always(
        [
            (
                "https://Online.Example.org:443/",
                "https://online.example.org",
                "online.example.org",
                "online.example.org",
            ),
            ("http://localhost:8000", "http://localhost:8000", "localhost", "localhost"),
            ("http://[::1]:8000", "http://[::1]:8000", "[::1]", "localhost"),
            ("http://127.0.0.1:80", "http://127.0.0.1", "127.0.0.1", "localhost"),
        ],
        2,
    ),
)
def test_address_of_the_site_gives_hosts_and_domains(given, address, host, domain):
    names = ["SITE_URL", "CSRF_TRUSTED_ORIGINS", "ALLOWED_HOSTS", "ORGANIZER_EMAIL", "UID_DOMAIN"]

    assert values(*names, SITE_URL=given) == [address, f"['{address}']", f"['{host}']", f"events@{domain}", domain]


def test_other_names_of_the_site_do_not_take_its_own_away(settings):
    [hosts] = values("ALLOWED_HOSTS", ALLOWED_HOSTS="::1,alias.example.org")
    settings.ALLOWED_HOSTS = ["[::1]"]

    assert hosts == "['online.example.org', '[::1]', 'alias.example.org']"
    assert RequestFactory().get("/", headers={"Host": "[::1]:8000"}).get_host() == "[::1]:8000"
    with pytest.raises(DisallowedHost):
        RequestFactory().get("/", headers={"Host": "elsewhere.example"}).get_host()
