"""Pictures of the handbook, taken on the way by the story of an officer's day when WRITE_PICTURES=1."""

import os

from tests.support.paths import ROOT

FOLDER = ROOT / "docs" / "handbook" / "pictures"
ARE_WANTED = os.environ.get("WRITE_PICTURES") == "1"
WIDTH, HEIGHT, ABOVE = 1280, 800, 160


def take(page, name, *, begins_at=None, height=HEIGHT):
    """A part of the page as it is: its top, or what stands from a little above an element on."""
    if ARE_WANTED:
        FOLDER.mkdir(exist_ok=True)
        top = max(0, begins_at.bounding_box()["y"] + page.evaluate("scrollY") - ABOVE) if begins_at else 0
        high = min(height, page.evaluate("document.documentElement.scrollHeight") - top)
        part = {"x": 0, "y": top, "width": WIDTH, "height": high}
        page.screenshot(path=FOLDER / f"{name}.png", full_page=True, clip=part)
