"""Publishing a season or a session, and withdrawing it: what that does to whom, then the button."""
