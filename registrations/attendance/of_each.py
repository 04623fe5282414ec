"""Numbers of many rows stored by one statement."""

import json

from django.db.models import Func, PositiveIntegerField, TextField, Value
from django.db.models.functions import Cast


class OfEach(Func):
    """What a dictionary of numbers has for the id of each row; `bulk_update` makes an expression for each of them."""

    output_field = PositiveIntegerField()
    template, arg_joiner = "CAST(%(expressions)s AS integer)", "::jsonb ->> "

    def __init__(self, numbers):
        super().__init__(Value(json.dumps(numbers)), Cast("pk", TextField()))

    def as_sqlite(self, compiler, connection, **context):
        # The path in JSON is $."id": what looks like a number stands for a position.
        template, joiner = "CAST(JSON_EXTRACT(%(expressions)s || '\"') AS integer)", ", '$.\"' || "
        return self.as_sql(compiler, connection, template=template, arg_joiner=joiner, **context)
