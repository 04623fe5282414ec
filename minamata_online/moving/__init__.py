"""From SQLite to PostgreSQL: every row, with its number, its moments to the microsecond, and no file between."""
