"""A database whose clock is wrong, for everybody who connects meanwhile."""

from contextlib import contextmanager

from django.db import connection

AHEAD = """
CREATE SCHEMA ahead;
CREATE FUNCTION ahead.clock_timestamp() RETURNS timestamptz LANGUAGE sql
    AS 'SELECT pg_catalog.clock_timestamp() + make_interval(secs => {seconds})';
ALTER DATABASE "{name}" SET search_path = ahead, public, pg_catalog;"""
RIGHT = """
ALTER DATABASE "{name}" RESET search_path;
DROP SCHEMA ahead CASCADE;"""


@contextmanager
def clock_of_database_ahead(*, seconds):
    name = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute(AHEAD.format(name=name, seconds=seconds))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(RIGHT.format(name=name))
