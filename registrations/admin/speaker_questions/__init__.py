"""Questions to speakers in the admin: those of a session, one of them, the view of the moderator, and a table."""
