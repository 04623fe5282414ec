"""Aggregates that hold what is in a group together in one row: so many rows by themselves take far longer to fetch."""

from django.db.models import Aggregate, JSONField


class _AsJson(Aggregate):
    output_field = JSONField()
    on_sqlite = ""

    def as_postgresql(self, compiler, connection, **context):
        # Of the type json, psycopg would read it before the field does; jsonb takes twice as long.
        sql, params = self.as_sql(compiler, connection, **context)
        return f"({sql})::text", params

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, function=self.on_sqlite, **context)


class Values(_AsJson):
    """A list, in no order."""

    function, on_sqlite = "JSON_AGG", "JSON_GROUP_ARRAY"


class Pairs(_AsJson):
    """A dictionary of two expressions, with keys as text; None or empty where there is nothing."""

    function, on_sqlite, arity = "JSON_OBJECT_AGG", "JSON_GROUP_OBJECT", 2
