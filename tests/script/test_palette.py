"""Pictures of few colours: what is written is what a browser shows."""

import base64

import pytest

from script import palette
from script.readme_pictures import PIXELS

pytestmark = pytest.mark.browser

COMMON = [bytes([level, 2 * level, 0, 255]) for level in range(palette.MOST_COLOURS)]


def test_a_picture_of_few_colours_is_shown_as_it_was(open_page):
    pixels = b"".join(COMMON)

    assert shown(open_page(), palette.png(64, 2, pixels)) == [64, 2, pixels]


def test_a_rare_colour_becomes_the_nearest_of_the_common_ones(open_page):
    rare = bytes([7, 14, 3, 255])

    picture = palette.png(257, 1, b"".join([*COMMON, *COMMON, rare]))

    assert shown(open_page(), picture) == [257, 1, b"".join([*COMMON, *COMMON, COMMON[7]])]


def shown(page, picture):
    width, height, text = page.evaluate(PIXELS, base64.b64encode(picture).decode())
    return [width, height, base64.b64decode(text)]
