"""The pages on which staff invite people to a session: a list, a table, a preview."""
