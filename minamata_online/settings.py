"""All settings; what differs between machines comes from the environment, and whatever is wrong stops the start."""

from pathlib import Path
from urllib.parse import urlsplit

from minamata_online.configuration import (
    beat_schedule,
    catalogues,
    content_security,
    languages,
    logs,
    parsers,
    queue,
    stores,
    urls,
)
from minamata_online.configuration.environment import Environment
from minamata_online.monitoring import sentry, watched

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment()

SECRET_KEY = env.read("SECRET_KEY", parsers.SECRET)
# Links in mails come from here, never from the Host header of a request.
SITE_URL = env.read("SITE_URL", urls.SITE)
env.end_if_refused()
DEBUG = env.read("DEBUG", parsers.SWITCH, default=False)
IS_ENCRYPTED = SITE_URL.startswith("https://")
if IS_ENCRYPTED and len(SECRET_KEY) < 32:
    env.refuse("SECRET_KEY must be a long random text, of at least 32 characters where SITE_URL begins with https://.")
# While a key is exchanged for a new one: cookies and codes signed with these old ones still hold.
SECRET_KEY_FALLBACKS = env.read("SECRET_KEY_FALLBACKS", parsers.SECRETS, default=[])

SITE_HOST = urlsplit(SITE_URL).netloc.removesuffix(f":{urlsplit(SITE_URL).port}")
# Its own name always: the first of these replaces the host that a watcher names (health.AnyHost).
ALLOWED_HOSTS = [SITE_HOST, *env.read("ALLOWED_HOSTS", parsers.HOSTS, default=[])]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
# Asked by programs that know a process by its address alone: under any host, and without TLS.
WATCHED = watched.PATHS

INSTALLED_APPS = [
    # First, because the staff desk puts an admin of its own in the place of theirs.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "sessions",
    "registrations",
    # Its commands.
    "minamata_online",
    "sessions.staff.apps.StaffSiteConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_mail_preview",
    "csp",
]

MIDDLEWARE = [
    "minamata_online.middleware.request_ids.RequestIds",
    "minamata_online.monitoring.health.AnyHost",
    "django.middleware.security.SecurityMiddleware",
    "minamata_online.middleware.browser_policies.BrowserPolicies",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "minamata_online.middleware.compression.GZipPages",
    "csp.middleware.CSPMiddleware",
    "minamata_online.middleware.open_answers.OpenAnswers",
    "minamata_online.middleware.error_pages.UnreadableRequests",
    "minamata_online.middleware.clock_parts.ClockParts",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "minamata_online.middleware.language.LanguageOfTheAddress",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "minamata_online.middleware.staff_gate.StaffGate",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "minamata_online.urls"
WSGI_APPLICATION = "minamata_online.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Database

SQLITE = stores.sqlite(BASE_DIR / "var" / "minamata.sqlite3")
DATABASE_POOLED = env.read("DATABASE_POOLED", parsers.SWITCH, default=False)
DATABASES = stores.databases(env.read("DATABASE_URL", urls.DATABASE, default=SQLITE), is_pooled=DATABASE_POOLED)
if problem := stores.problem_of_pool(DATABASES["default"]):
    env.refuse(problem)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Caches

REDIS_URL = env.read("REDIS_URL", urls.BROKER, default="")
CACHES = stores.caches(REDIS_URL)
# Public pages and feeds ask the database for the state of what they show no more often than this.
PROGRAMME_SECONDS = env.read("PROGRAMME_SECONDS", parsers.number(0, 60), default=1.0)

# Mail

EMAIL_BACKEND = env.read("EMAIL_BACKEND", parsers.BACKEND, default="django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = env.read("EMAIL_HOST", parsers.HOST, default="localhost")
EMAIL_PORT = env.read("EMAIL_PORT", parsers.whole_number(1, 65535), default=25)
EMAIL_HOST_USER = env.read("EMAIL_HOST_USER", parsers.WORDS, default="")
EMAIL_HOST_PASSWORD = env.read("EMAIL_HOST_PASSWORD", parsers.WORDS, default="")
EMAIL_USE_TLS = env.read("EMAIL_USE_TLS", parsers.SWITCH, default=False)
EMAIL_USE_SSL = env.read("EMAIL_USE_SSL", parsers.SWITCH, default=False)
if EMAIL_USE_TLS and EMAIL_USE_SSL:
    env.refuse("EMAIL_USE_SSL must be 0 where EMAIL_USE_TLS is 1: the first is for port 465, the second for port 587.")
# How long the mail server may be silent; less than a task may last.
EMAIL_TIMEOUT = env.read("EMAIL_TIMEOUT", parsers.whole_number(1, 35), default=20)
# Longer than a task may last (CELERY_TASK_TIME_LIMIT): a worker that holds a mail longer is dead; another sends it.
# Shorter than a minute: so long after a worker died everybody has their mail.
MAIL_LEASE_SECONDS = env.read("MAIL_LEASE_SECONDS", parsers.whole_number(2, 3600), default=50)
if MAIL_LEASE_SECONDS <= EMAIL_TIMEOUT:
    env.refuse("MAIL_LEASE_SECONDS must be more than EMAIL_TIMEOUT: a mail that is being sent would be sent twice.")
MAIL_PREVIEW_ROOT = BASE_DIR / "var" / "mail"
MAIL_PREVIEW_MAX_MESSAGES = 500

# One address for From and ORGANIZER: a calendar ties later messages to it, and DMARC wants it in our own domain.
MAIL_DOMAIN = SITE_HOST if parsers.is_domain(SITE_HOST) else "localhost"
ORGANIZER_EMAIL = env.read("ORGANIZER_EMAIL", parsers.EMAIL_ADDRESS, default=f"events@{MAIL_DOMAIN}")
ORGANIZER_NAME = "Minamata Online"
SENDER_NAME = f"{ORGANIZER_NAME}, Secretariat of the Minamata Convention on Mercury"
# Where people write to: the foot of every page and mail names it, and answers to mails go there.
REPLY_TO_EMAIL = env.read("REPLY_TO_EMAIL", parsers.EMAIL_ADDRESS, default=ORGANIZER_EMAIL)
# The right-hand side of calendar UIDs and Message-IDs; never change it once mails are out.
UID_DOMAIN = env.read("UID_DOMAIN", parsers.DOMAIN, default=MAIL_DOMAIN)

# The admin warns of a time slot when so much of its capacity, the licence of the meeting, is in use.
LICENCE_WARNING_PERCENT = env.read("LICENCE_WARNING_PERCENT", parsers.whole_number(1, 100), default=80)
# How long staff can take back a change of a time slot before its mails leave; none is held up when the slot is near.
RECALL_MINUTES = env.read("RECALL_MINUTES", parsers.whole_number(0, 1440), default=10)
# Reminders leave so many hours before a session, where its season says nothing else.
REMINDER_HOURS = env.read("REMINDER_HOURS", parsers.hours(720), default=[72, 24, 1])
# Where answers to invitations arrive: maildir:///path or imaps://user:password@host/INBOX. Empty: nobody reads them.
CALENDAR_REPLIES = env.read("CALENDAR_REPLIES", urls.REPLIES, default="")
if CALENDAR_REPLIES:
    # No default here: a question that somebody sends to the organiser's address would be deleted with the answers.
    REPLY_TO_EMAIL = env.read("REPLY_TO_EMAIL", parsers.EMAIL_ADDRESS)
# What mail servers send back, they send to bounces+…@example.org, which arrives there too. Empty: to ORGANIZER_EMAIL.
BOUNCE_ADDRESS = env.read("BOUNCE_ADDRESS", parsers.BOUNCE_ADDRESS, default="")

# Queue: a task is acknowledged when it is done, so a killed worker loses nothing.

CELERY_BROKER_URL = REDIS_URL or "redis://127.0.0.1:6379/0"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
# Celery closes the connection to the database around every task, which costs more than most tasks; ours look after it.
CELERY_DB_REUSE_MAX = 1_000_000_000
CELERY_TASK_TIME_LIMIT = 45
CELERY_TASK_SOFT_TIME_LIMIT = 40
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 10.0
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A broker that answers and takes nothing, full or read-only, is waited for as one that is away; a worker would end.
CELERY_BROKER_CHANNEL_ERROR_RETRY = True
CELERY_BROKER_TRANSPORT_OPTIONS = queue.TRANSPORT
CELERY_TASK_PUBLISH_RETRY_POLICY = queue.WHEN_THE_BROKER_IS_AWAY
# Loaded by workers and beat, which look at the tables first and leave a time by which one sees that they live.
CELERY_IMPORTS = ["minamata_online.celery_start", "minamata_online.monitoring.heartbeats"]
CELERY_BEAT_SCHEDULER = "minamata_online.beat:Scheduler"
# Seconds after which beat looks at its tasks and at the clock again, whatever comes next.
CELERY_BEAT_MAX_LOOP_INTERVAL = 5
CELERY_BEAT_SCHEDULE = beat_schedule.entries(reads_replies=bool(CALENDAR_REPLIES))

# Personal data: both terms are on the form that people agree to, so people who signed up read the ones of their day.

# So long after the end of their season the details of people are removed; numbers stay.
DATA_TERM_DAYS = env.read("DATA_TERM_DAYS", parsers.whole_number(1, 3650), default=183)
# So long after sending, text and address of a mail are removed.
MAIL_TERM_DAYS = env.read("MAIL_TERM_DAYS", parsers.whole_number(1, 3650), default=30)

# Language and time

LANGUAGE_CODE = "en"
# Their catalogues are complete; decision 0075.
offered = env.read("OFFERED_LANGUAGES", parsers.LANGUAGES, default=list(languages.NAMES))
LANGUAGES = [(code, name) for code, name in languages.NAMES.items() if code in {*offered, LANGUAGE_CODE}]
LOCALE_PATHS = [catalogues.ready(BASE_DIR / "locale")]
# Their pages say that the translation is a draft, and show the English consent beside theirs.
DRAFT_LANGUAGES = catalogues.drafts(BASE_DIR / "locale", {code for code, _name in LANGUAGES} - {LANGUAGE_CODE})
TIME_ZONE = "UTC"
USE_TZ = True

# Static files

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = env.read("STATIC_ROOT", parsers.FOLDER, default=str(BASE_DIR / "var" / "static"))
STORAGES = stores.files(is_development=DEBUG)
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Files of staff, shown by our own view

MEDIA_ROOT = env.read("MEDIA_ROOT", parsers.FOLDER, default=str(BASE_DIR / "var" / "media"))
if Path(MEDIA_ROOT).is_relative_to(STATIC_ROOT) or Path(STATIC_ROOT).is_relative_to(MEDIA_ROOT):
    env.refuse("MEDIA_ROOT must be another folder than STATIC_ROOT, and neither may lie in the other.")
MATERIAL_MAX_OCTETS = env.read("MATERIAL_MAX_MB", parsers.whole_number(1, 10_000), default=50) * 1024 * 1024
# Where the proxy reads MEDIA_ROOT, it sends the files itself: a handful of people with slow lines would otherwise keep
# all threads of ours busy. Empty where it does not; otherwise what stands before the path of a file that it is told.
FILES_BY_PROXY = env.read("FILES_BY_PROXY", parsers.PLACE_OF_FILES, default="")
# The one site whose recordings play on our pages, after a click; those of others are links.
PLAYER_HOST = env.read("PLAYER_HOST", parsers.DOMAIN, default="").lower()

# Security

CONTENT_SECURITY_POLICY = content_security.policy(shows_mails=DEBUG)
PLAYER_POLICY = content_security.player(PLAYER_HOST)
X_FRAME_OPTIONS = "DENY"
# The site is at the root of its address: no header that a proxy passes on may say where our links lead.
FORCE_SCRIPT_NAME = ""
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if IS_ENCRYPTED:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [rf"^{path.removeprefix('/')}$" for path in WATCHED]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    # No other site of our domain, nor one without encryption, can set cookies of these names (RFC 6265bis 4.1.3.2).
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "minamata_online.middleware.staff_gate.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
# The form of a session has nine for each of its materials, and there may be one a language.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

# How many proxies of ours are in front, each of which adds the address it was called from to X-Forwarded-For.
TRUSTED_PROXIES = env.read("TRUSTED_PROXIES", parsers.whole_number(0, 10), default=0)

# Sign-ups: somebody who sends the form sooner than so many seconds after it was opened has to press its button twice.
SIGN_UP_SECONDS = env.read("SIGN_UP_SECONDS", parsers.whole_number(0, 60), default=3)
# A ministry has one address for everybody in it; in an hour it may send ten times as many as in a minute.
SIGN_UPS = parsers.whole_number(1, 1_000_000)
SIGN_UPS_A_MINUTE_OF_A_CLIENT = env.read("SIGN_UPS_A_MINUTE_OF_A_CLIENT", SIGN_UPS, default=80)
# From everywhere together: more than this is an attack.
SIGN_UPS_A_MINUTE = env.read("SIGN_UPS_A_MINUTE", SIGN_UPS, default=3000)

# Accounts: people sign in by a code sent to their mailbox, staff by a password and a second factor.

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account_registrations"
# Nobody can do without the second factor where it matters: only a development server can leave it out.
STAFF_SECOND_FACTOR = env.read("STAFF_SECOND_FACTOR", parsers.SWITCH, default=True) or not DEBUG
SESSION_COOKIE_AGE = 12 * 3600
ACCOUNT_ADAPTER = "registrations.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_FORMS = {"confirm_login_code": "registrations.accounts.code_form.CodeForm"}
ACCOUNT_LOGOUT_REDIRECT_URL = "sessions:home"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PRESERVE_USERNAME_CASING = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ADAPTER = "sessions.staff.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "sessions.staff.forms.SecondFactorForm",
    "reauthenticate": "sessions.staff.forms.SecondFactorAgainForm",
    "activate_totp": "sessions.staff.forms.SetUpAppForm",
}
MFA_TOTP_ISSUER = "Minamata Online"
# Clocks of telephones are half a minute off at times.
MFA_TOTP_TOLERANCE = 1

# The longest of the links by which staff choose a password (sessions/staff/password_links.py).
PASSWORD_RESET_TIMEOUT = 7 * 24 * 3600
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Sight: who may read /metrics, by address (networks, as 10.0.0.0/8) or by the token of a header; without both, nobody.

METRICS_ALLOWED = env.read("METRICS_ALLOWED", parsers.NETWORKS, default=[])
METRICS_TOKEN = env.read("METRICS_TOKEN", parsers.TOKEN, default="")

LOG_FORMAT = env.read("LOG_FORMAT", parsers.LOG_FORMAT, default="text")
LOGGING = logs.to_console(LOG_FORMAT)

# Errors are reported to this server, without details of people; to none by default.
SENTRY_DSN = env.read("SENTRY_DSN", urls.ERROR_SERVER, default="")
env.end_if_refused()
if SENTRY_DSN:
    sentry.start(SENTRY_DSN)
