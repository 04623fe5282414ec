"""The schema of the API is kept in docs/openapi-v1.json: what programs rely on does not change by accident."""

import copy
import json
import os
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import URLPattern

from sessions.api import operations, urls
from tests.support.api_changes import breaking

KEPT = Path(settings.BASE_DIR) / "docs" / "openapi-v1.json"
SLOTS = "/api/v1/seasons/{season}/slots/"
UPDATE = "Only something was added: WRITE_OPENAPI=1 script/test tests/sessions/api/test_schema.py writes it there."


@pytest.fixture(scope="module")
def present():
    return json.loads(operations.openapi().content)


@pytest.fixture(scope="module")
def kept(present):
    if os.environ.get("WRITE_OPENAPI"):
        KEPT.write_text(json.dumps(present, ensure_ascii=False, indent=1) + "\n")
    return json.loads(KEPT.read_text())


def test_nothing_that_programs_rely_on_has_changed(kept, present):
    assert breaking(kept, present) == [], "It breaks programs of others: it needs an address of its own, /api/v2/."


def test_kept_copy_has_everything(kept, present):
    assert kept == present, UPDATE


def test_served_schema_is_that_of_openapi_31(client, db, present):
    served = client.get("/api/v1/openapi.json").json()

    assert (served, served["openapi"]) == (present, "3.1.0")


def test_operations_have_the_addresses_of_the_site(present):
    ours = {
        f"/api/{each.pattern}".replace("<slug:", "{").replace(">", "}")
        for each in urls.urlpatterns
        if isinstance(each, URLPattern) and each.name not in ("about", "schema")
    }

    assert present["paths"].keys() == ours


def slots(schema) -> dict:
    return schema["paths"][SLOTS]["get"]


def parameter(schema, name) -> dict:
    return next(each for each in slots(schema)["parameters"] if each["name"] == name)


def shape(schema, name="Slot") -> dict:
    return schema["components"]["schemas"][name]


def remove_path(schema):
    del schema["paths"][SLOTS]


def remove_field(schema):
    del shape(schema)["properties"]["uid"]


def change_type(schema):
    shape(schema)["properties"]["starts_at"] = {"type": "string"}


def may_be_empty(schema):
    shape(schema)["properties"]["page"] = {"anyOf": [{"type": "string"}, {"type": "null"}]}


def may_be_missing(schema):
    shape(schema)["required"].remove("state")


def remove_parameter(schema):
    slots(schema)["parameters"].remove(parameter(schema, "coming"))


def require_parameter(schema):
    slots(schema)["parameters"].append({"name": "key", "in": "query", "required": True, "schema": {"type": "string"}})


def drop_language(schema):
    parameter(schema, "lang")["schema"]["enum"].remove("ar")


def lower_limit(schema):
    parameter(schema, "limit")["schema"]["maximum"] = 20


def change_usual(schema):
    parameter(schema, "limit")["schema"]["default"] = 20


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (remove_path, f"{SLOTS} went away"),
        (remove_field, f"{SLOTS}: items[].uid went away"),
        (change_type, f"{SLOTS}: items[].starts_at is string now, it was string date-time"),
        (may_be_empty, f"{SLOTS}: items[].page is string or null now, it was string"),
        (may_be_missing, f"{SLOTS}: items[].state! went away"),
        (remove_parameter, f"{SLOTS}: the parameter coming went away"),
        (require_parameter, f"{SLOTS}: the new parameter key is required"),
        (drop_language, f"{SLOTS}: the parameter lang takes ar no more"),
        (lower_limit, f"{SLOTS}: the parameter limit has the maximum 20, it was 100"),
        (change_usual, f"{SLOTS}: the parameter limit is 20 without it, it was 50"),
    ],
)
def test_change_that_breaks_programs_is_named(present, change, named):
    changed = copy.deepcopy(present)
    change(changed)

    assert named in breaking(present, changed)


def test_what_is_added_breaks_nothing(present):
    changed = copy.deepcopy(present)
    shape(changed)["properties"]["weather"] = {"type": "string"}
    slots(changed)["parameters"].append({"name": "colour", "in": "query", "schema": {"type": "string"}})
    changed["paths"]["/api/v1/posters/"] = changed["paths"][SLOTS]

    assert breaking(present, changed) == []
