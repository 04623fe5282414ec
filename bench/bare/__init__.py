"""The yardstick: a bare Django page that shows 13 rows from PostgreSQL in a small template."""
