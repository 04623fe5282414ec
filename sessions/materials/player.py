"""Recordings that play on our page: of the one site that the installation names, and only after a click."""

from django.conf import settings

from sessions.materials import player_addresses
from sessions.models import Material


def address_of(material) -> str:
    """What the player's frame loads; empty where people get the link alone."""
    if material.kind != Material.Kind.RECORDING:
        return ""
    try:
        return player_addresses.of_link(material.url, settings.PLAYER_HOST)
    except player_addresses.NotOneRecording:
        return ""


def allow(response, materials):
    """Let the page of these materials, and no other, show a frame of that site (CSP)."""
    if any(map(address_of, materials)):
        # As the decorators of django-csp say it to its middleware.
        response._csp_update = settings.PLAYER_POLICY
    return response
