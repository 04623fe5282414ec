"""Participants and registrations, as staff see and export them."""
