"""Unguessable parts of personal addresses."""

import secrets


def new_key() -> str:
    """An unguessable part of an address: 144 random bits, 24 URL-safe characters."""
    return secrets.token_urlsafe(18)
