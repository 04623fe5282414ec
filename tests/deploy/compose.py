"""Reads docker-compose.yml as Docker Compose would: values filled in, merged, and nothing started."""

import json
import re
from functools import cache
from importlib.resources import files

from jsonschema.validators import validator_for
from ruamel.yaml import YAML

from tests.support.paths import ROOT

COMPOSE, SECRETS = ROOT / "docker-compose.yml", ROOT / "deploy" / "secrets.yml"
POOL = ROOT / "deploy" / "pgbouncer.yml"
# ${NAME}, ${NAME:-default}, ${NAME:?what it is}, and $$ for a dollar.
VARIABLE = re.compile(r"\$(?:(\$)|\{([A-Z_]+)(?::([-?])([^}]*))?\})")
GIVEN = {
    "SECRET_KEY": "k9-" * 20,
    "SITE_URL": "https://online.example.org",
    "POSTGRES_PASSWORD": "abcdefgh12345678",
    "EMAIL_HOST": "mail.example.org",
    "ORGANIZER_EMAIL": "events@example.org",
    "ACME_EMAIL": "ops@example.org",
}


class Unset(Exception):
    """Docker Compose refuses to start; the message names the variable."""


def load(path=COMPOSE, **changes):
    """The file with its variables filled in; a change to None takes the variable away."""
    given = {name: value for name, value in (GIVEN | changes).items() if value is not None}
    yaml = YAML(typ="safe")
    yaml.constructor.add_constructor("!reset", lambda loader, node: None)
    return _filled(yaml.load(path), given)


def _filled(value, given):
    if isinstance(value, dict):
        return {key: _filled(inner, given) for key, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner, given) for inner in value]
    return VARIABLE.sub(lambda found: _value(found, given), value) if isinstance(value, str) else value


def _value(found, given) -> str:
    dollar, name, sign, words = found.groups()
    if dollar:
        return "$"
    if given.get(name):
        return given[name]
    if sign == "?":
        raise Unset(f"{name}: {words}")
    return words or ""


def environment_of(service, **host) -> dict[str, str]:
    """What the container gets; a name without a value is passed on from the host, or not at all."""
    given = {name: value if value is not None else host.get(name) for name, value in service["environment"].items()}
    return {name: str(value) for name, value in given.items() if value is not None}


def faults_by_schema(loaded) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in _validator().iter_errors(loaded)]


@cache
def _validator():
    # Of compose-spec/compose-spec, Apache-2.0, as the package check-jsonschema carries it.
    schema = files("check_jsonschema") / "builtin_schemas" / "vendor" / "compose-spec.json"
    found = json.loads(schema.read_text())
    return validator_for(found)(found)
