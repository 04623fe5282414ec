"""The staff's desk has the colours of the site, in the light and in the dark."""

import re
from pathlib import Path

import pytest
from django.conf import settings

STYLES = Path(settings.BASE_DIR) / "static" / "css"
NAME = re.compile(r"--([\w-]+): (#[0-9a-f]+);")
# Of the desk, and of the site.
SAME = {
    "body-bg": "paper",
    "darkened-bg": "sheet",
    "header-bg": "sheet",
    "body-fg": "ink",
    "body-quiet-color": "soft",
    "hairline-color": "rule",
    "link-fg": "link",
    "error-fg": "wrong",
    "done": "done",
    "warning": "circle",
}


def colours(file, *, is_dark) -> dict[str, str]:
    light, _line, dark = (STYLES / file).read_text().partition("(prefers-color-scheme: dark)")
    return dict(NAME.findall(dark.partition("}")[0] if is_dark else light))


@pytest.mark.parametrize("is_dark", [False, True])
def test_desk_has_the_colours_of_the_site(is_dark):
    desk, site = colours("desk.css", is_dark=is_dark), colours("site.css", is_dark=is_dark)

    assert {name: desk[name] for name in SAME} == {name: site[of_site] for name, of_site in SAME.items()}


def test_desk_needs_no_script_for_its_colours(admin_client):
    page = admin_client.get("/admin/").text

    assert "css/desk" in page
    assert "theme.js" not in page
    assert "<style" not in page
