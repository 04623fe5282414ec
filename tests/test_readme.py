"""The pictures of the README are there, small, and have words beside them."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PICTURE = re.compile(r'<img src="(\S+)" width="\d+"\s+alt="([^"]+)">')
LARGEST = 100_000


def test_pictures_are_small_and_have_words():
    readme = (ROOT / "README.md").read_text()

    pictures = PICTURE.findall(readme)

    assert len(pictures) == readme.count("<img") == 2
    assert all((ROOT / path).stat().st_size < LARGEST for path, _words in pictures)
