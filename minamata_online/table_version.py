"""Whether the database has the tables of this version of the code; on those of another one nothing starts."""

import logging
import sys
from dataclasses import dataclass

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from minamata_online.configuration.environment import CANNOT_START
from minamata_online.monitoring.timeouts import Asker, NoAnswer

log = logging.getLogger(__name__)

# Less than gunicorn lets a worker be silent.
SECONDS = 5
TOO_NEW = (
    "The tables of the database belong to a newer version, which made {migrations}: start that version again, or "
    "restore the copy that was saved before the upgrade (Going back, in docs/deploy.md or docs/run-without-docker.md)."
)
TOO_OLD = (
    "The database has no tables yet, or those of an older version, without {migrations}: run `manage.py migrate`, then "
    "start again (Upgrade, in docs/deploy.md or docs/run-without-docker.md)."
)


@dataclass(frozen=True)
class Difference:
    """Names of migrations, as app.name: applied and not known here; known here and not applied."""

    unknown: list[str]
    missing: list[str]

    @property
    def why_too_new(self) -> str:
        return TOO_NEW.format(migrations=_in_words(self.unknown)) if self.unknown else ""

    @property
    def why_too_old(self) -> str:
        return TOO_OLD.format(migrations=_in_words(self.missing)) if self.missing else ""


def difference(database) -> Difference:
    """What this connection's tables have more and less; of apps that are not installed, nothing is said."""
    loader = MigrationLoader(database)
    replaced = {name for migration in loader.disk_migrations.values() for name in migration.replaces}
    known = loader.disk_migrations.keys() | replaced
    unknown = _newer(MigrationRecorder(database).applied_migrations(), known, loader.migrated_apps)
    missing = [key for key in loader.graph.nodes if key not in loader.applied_migrations]
    return Difference(_names(unknown), _names(missing))


def _newer(applied, known, apps) -> list[tuple[str, str]]:
    """Those noted after all that are known: others are gone from the code, because a squashed one has their place."""
    last = {
        app: max((row.pk for key, row in applied.items() if key[0] == app and key in known), default=0) for app in apps
    }
    return [key for key, row in applied.items() if key[0] in apps and key not in known and row.pk > last[key[0]]]


def require_same():
    """For web, worker and beat, when they start; one that runs is not ended. Ends the process with a sentence."""
    found = _found(log.warning)
    _end_if(found.why_too_new or found.why_too_old)


def require_not_newer():
    """For commands, one of which may be about to make what is missing. Ends the process with a sentence."""
    # That the database is away is for the command to say, where it asks it at all.
    _end_if(_found(log.debug).why_too_new)


def _found(say) -> Difference:
    """Without an answer of the database no difference: the site starts, and shows its page of an outage."""
    try:
        return Asker(lambda: difference(connection)).ask(seconds=SECONDS)
    except (NoAnswer, Error) as error:
        say("the tables could not be looked at: %s", type(error).__name__)
        return Difference([], [])


def _end_if(problem):
    if problem:
        print(problem, file=sys.stderr, flush=True)
        raise SystemExit(CANNOT_START)


def _names(keys) -> list[str]:
    return sorted(f"{app}.{name}" for app, name in keys)


def _in_words(names) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
