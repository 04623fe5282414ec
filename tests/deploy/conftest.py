"""A copy of the image, an empty database beside that of the tests, and the environment of the containers."""

import os
import uuid
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg2
import pytest

from tests.deploy import compose
from tests.deploy.image import Image


@contextmanager
def new_database(template="template1"):
    """The address of a database on the server of the tests, an empty one by default."""
    where = urlsplit(os.environ["DATABASE_URL"])
    name = f"deploy_{uuid.uuid4().hex[:12]}"
    admin = psycopg2.connect(host=where.hostname, port=where.port, user=where.username, dbname="postgres")
    admin.autocommit = True
    with admin.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        yield where._replace(path=f"/{name}").geturl()
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    admin.close()


@pytest.fixture(scope="module")
def empty_database():
    with new_database() as address:
        yield address


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    image = Image(tmp_path_factory.mktemp("image"))
    yield image
    image.stop()


@pytest.fixture(scope="module")
def surroundings(empty_database):
    """Call it with the name of a service; PostgreSQL and Valkey are those of the tests."""
    services = compose.load()["services"]
    # Which no process of the tests empties after each test: theirs count from 0 up, these from 15 down.
    broker, _, own = os.environ["REDIS_URL"].rpartition("/")
    servers = {"DATABASE_URL": f"{empty_database}?connect_timeout=5", "REDIS_URL": f"{broker}/{15 - int(own)}"}

    def of(name, **more):
        return compose.environment_of(services[name]) | servers | more

    return of
