"""Where things are kept: the database, the caches, and files."""

LOCAL = "django.core.cache.backends.locmem.LocMemCache"


def sqlite(path) -> dict:
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path)}


def databases(database: dict, *, is_pooled=False) -> dict:
    """For DATABASES: this one, with how its connections are used.

    In a pool (PgBouncer, transaction mode) the next statement may come to another server process, which knows nothing
    of a cursor; then all rows of an iterator are read at once.
    """
    database = database | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "DISABLE_SERVER_SIDE_CURSORS": is_pooled}
    if database["ENGINE"].endswith("sqlite3"):
        # WAL alone still fails with "database is locked" when a transaction reads before it writes.
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    return {"default": database}


def problem_of_pool(database: dict) -> str:
    """Why it cannot be pooled though it should be, in a sentence that says what to change; empty where it can."""
    if not database["DISABLE_SERVER_SIDE_CURSORS"]:
        return ""
    if database["ENGINE"].endswith("sqlite3"):
        return "DATABASE_POOLED must be 0 where DATABASE_URL names no PostgreSQL."
    if "options" in database.get("OPTIONS", {}):
        return "DATABASE_POOLED must be 0 where DATABASE_URL has options=, which pools refuse: use ALTER ROLE ... SET."
    return ""


def caches(broker_url: str) -> dict:
    """For CACHES. Limits count in `default`, so all processes share it where there is a broker."""
    shared = {"BACKEND": "minamata_online.cache.SharedCache", "LOCATION": broker_url}
    return {
        "default": shared if broker_url else {"BACKEND": "minamata_online.cache.ProcessCache"},
        # Public pages and feeds as they go out, in each process; the state of all that they show is their key.
        "answers": {"BACKEND": LOCAL, "LOCATION": "answers", "OPTIONS": {"MAX_ENTRIES": 1000}},
    }


def files(*, is_development: bool) -> dict:
    """For STORAGES; in production the names of static files change with their content."""
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    hashed = "minamata_online.static_files.StaticFiles"
    return {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": plain if is_development else hashed},
    }
