"""The database: PostgreSQL, or SQLite in a file of its own."""


def sqlite(path) -> dict:
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path)}


def connected(database: dict) -> dict:
    """This database for DATABASES, with how its connections are used."""
    database = database | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    if database["ENGINE"].endswith("sqlite3"):
        # WAL alone still fails with "database is locked" when a transaction reads before it writes.
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    return database
