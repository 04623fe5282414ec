"""Circulars in the admin: writing, looking at what would be sent, sending, and what became of it."""
