"""Rows inside the form of a session: time slots and materials."""
