"""Recordings that play on our page: of the one site that the installation names, and only after a click."""

from urllib.parse import urlsplit

from django.conf import settings

from sessions.models import Material


def address_of(material) -> str:
    """What the player's frame loads; empty where people get the link alone."""
    if material.kind != Material.Kind.RECORDING or not settings.PLAYER_HOST:
        return ""
    parts = urlsplit(material.url)
    is_there = parts.scheme == "https" and parts.netloc.lower() == settings.PLAYER_HOST
    return material.url if is_there else ""


def allow(response, materials):
    """Let the page of these materials, and no other, show a frame of that site (CSP)."""
    if any(map(address_of, materials)):
        # As the decorators of django-csp say it to its middleware.
        response._csp_update = settings.PLAYER_POLICY
    return response
