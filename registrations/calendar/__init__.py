"""Registrations as calendar text: iTIP for mails, and a feed for each person."""
