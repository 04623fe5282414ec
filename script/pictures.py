"""Draw the icons and the preview pictures in static/img from the mark: `.venv/bin/python -m script.pictures`.

The machine needs fonts for all languages: with those of Debian, `fonts-noto-core` and `fonts-noto-cjk`.
"""

import os
import shutil
from pathlib import Path

import django
from django.conf import settings
from django.utils.translation import get_language_bidi, gettext, override
from playwright.sync_api import sync_playwright

from script import development
from sessions.templatetags.site import preview_picture

IMAGES = Path(__file__).parents[1] / "static/img"
PAPER, INK, SOFT = "#fbfaf7", "#1a2430", "#56606c"
NIGHT, DAY, OFFICE, SLOT = "#414c5a", "#cfd4d8", "#f6f4ec", "#0a5c99"
SERIF = "Charter, 'Bitstream Charter', 'Palatino Linotype', Georgia, 'Noto Serif', serif"
SANS = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif"
# Where each band of a day of 24 hours begins and how long it is, in hours; its top, its height, and its colour.
BANDS = [(0, 24, 0, 1.2, NIGHT), (6, 16, 0, 1.2, DAY), (8, 11, 0, 1.2, OFFICE), (15, 1, -0.4, 2, SLOT)]


def ribbon() -> str:
    bands = "".join(
        f'<rect x="{begins}" y="{top}" width="{hours}" height="{height}" fill="{colour}"/>'
        for begins, hours, top, height, colour in BANDS
    )
    return f'<svg viewBox="0 -0.5 24 2.2" width="1040" height="95">{bands}</svg>'


def preview(mark: str) -> str:
    """In the language that is active; time runs from the right where the text does."""
    words = gettext("Online sessions of the Secretariat of the Minamata Convention on Mercury.").rstrip(".。")
    direction, turned = ("rtl", "transform:scaleX(-1)") if get_language_bidi() else ("ltr", "")
    return f"""<body dir="{direction}" style="margin:0; width:1200px; height:630px; box-sizing:border-box;
      padding:90px 80px 0;
      background:{PAPER}; color:{INK}; border-top:14px solid {INK}; font-family:{SANS}">
      <div style="display:flex; gap:44px; align-items:center">
        <div style="width:150px; height:150px">{mark}</div>
        <div style="font:600 86px/1.1 {SERIF}; letter-spacing:-0.01em; white-space:nowrap">Minamata Online</div>
      </div>
      <p style="font-size:37px; line-height:1.35; margin:48px 0 58px; max-width:860px; text-wrap:balance;
        color:{SOFT}">{words}</p>
      <div style="{turned}">{ribbon()}</div></body>"""


def icon(mark: str, size: int, *, margin=0, background="transparent") -> str:
    return f"""<body style="margin:0; padding:{margin}px; width:{size}px; height:{size}px; box-sizing:border-box;
      background:{background}">{mark}</body>"""


def draw(browser, name: str, html: str, width: int, height: int):
    page = browser.new_page(viewport={"width": width, "height": height})
    page.set_content(html)
    page.screenshot(path=IMAGES / name, omit_background=True)
    page.close()


def main():
    mark = (IMAGES / "mark.svg").read_text()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        for code, _name in settings.LANGUAGES:
            with override(code):
                draw(browser, preview_picture(code), preview(mark), 1200, 630)
        draw(browser, "icon.png", icon(mark, 48), 48, 48)
        # A telephone cuts the corners, and shows black where the picture is transparent.
        draw(browser, "touch-icon.png", icon(mark, 180, margin=18, background=PAPER), 180, 180)
        browser.close()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minamata_online.settings")
    development.fill_in_unless_production(os.environ)
    django.setup()
    main()
