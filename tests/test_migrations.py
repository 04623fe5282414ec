"""Migrations come to the tables of the models, also while processes of the version before still run."""

from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.migrations import AddField, SeparateDatabaseAndState
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.db.models import NOT_PROVIDED, CharField

# The last migrations that were made before this rule: until then everything was stopped for an upgrade.
BEFORE = {"registrations": "0024", "sessions": "0005"}


def added_fields() -> list:
    """With the names of their migrations. What an older process stores has no value for them."""
    found = []
    for room, last in BEFORE.items():
        for file in sorted(Path(settings.BASE_DIR, room, "migrations").glob("0*.py")):
            if file.name[:4] > last:
                migration = import_module(f"{room}.migrations.{file.stem}").Migration
                found += [(f"{room}.{file.stem}", operation) for operation in _steps(migration.operations)]
    return [(name, step) for name, step in found if isinstance(step, AddField)]


def _steps(operations):
    for operation in operations:
        inside = operation.database_operations if isinstance(operation, SeparateDatabaseAndState) else []
        yield from _steps(inside) if inside else [operation]


def lacks_a_value(field) -> bool:
    return not field.null and not field.many_to_many and field.db_default is NOT_PROVIDED


def test_migrations_come_to_the_models():
    loader = MigrationLoader(None)
    detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))

    missing = detector.changes(loader.graph, trim_to_apps={"registrations", "online_sessions"})

    assert missing == {}, "manage.py makemigrations writes what is missing"


def test_new_column_may_be_empty_or_the_database_fills_it():
    wrong = [f"{name}: {step.model_name}.{step.name}" for name, step in added_fields() if lacks_a_value(step.field)]

    assert wrong == [], "give each a `db_default`, as docs/architecture.md says of a field"


@pytest.mark.parametrize(
    ("options", "lacks"), [({}, True), ({"default": ""}, True), ({"null": True}, False), ({"db_default": ""}, False)]
)
def test_default_of_the_program_alone_is_not_enough(options, lacks):
    assert lacks_a_value(CharField(max_length=9, **options)) == lacks
