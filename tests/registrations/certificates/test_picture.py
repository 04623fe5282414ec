"""Certificates look as they did, in stored pictures that were looked at: letters joined, nothing over anything else.

After a wanted change store what is made now, look at each picture, and put it into the commit:

    WRITE_PICTURES=1 script/test tests/registrations/certificates/test_picture.py
"""

import os

import pytest

from registrations.certificates import paper
from sessions import translations
from sessions.typesetting import typesetter
from tests.support import pictures
from tests.support.paths import ROOT
from tests.support.registrations.certificates import certificate_of, held, was_there

pytestmark = pytest.mark.django_db

STORED = ROOT / "tests" / "files" / "pictures"
# By the name of the picture: language and name.
NAMES = {
    "ar": ("ar", "محمد عبد الله"),
    "en": ("en", "Nguyễn Thị Minh Khai"),
    "ru": ("ru", "Наталья Щербакова"),
    "single-name": ("es", "Suharto"),
    "zh-hans": ("zh-hans", "陈薇"),
}
# Without their marks; each letter in the shape that it has alone.
SPOILED = {"en": "Nguyen Thi Minh Khai", "ar": "\u200c".join(NAMES["ar"][1])}
TITLES = {"ar": "الزئبق في الهواء", "es": "El mercurio en el aire", "ru": "Ртуть в воздухе", "zh-hans": "空气中的汞"}


def looks(language, name):
    slot = held(session__title="Mercury in air", session__season__title="Minamata Online, Season 1")
    for code, title in TITLES.items():
        translations.put(slot.session, "title", code, title)
    slot.session.save()
    made = certificate_of(was_there(slot, 45, participant__language=language))
    made.name, made.number = name, "23456789ABCDEFGHJK"
    return pictures.read(paper.of(made, make=typesetter.png))


@pytest.mark.parametrize("which", NAMES)
def test_certificate_looks_as_in_the_stored_picture(which):
    stored, shades = STORED / f"certificate-{which}.png", looks(*NAMES[which])
    if os.environ.get("WRITE_PICTURES"):
        stored.parent.mkdir(exist_ok=True)
        stored.write_bytes(pictures.written(shades))

    differing = pictures.differing(shades, pictures.read(stored.read_bytes()))

    assert differing == [], f"not as in {stored.relative_to(ROOT)}: see above"


@pytest.mark.parametrize("which", SPOILED)
def test_name_that_is_spoiled_looks_otherwise(which):
    language, name = NAMES[which]
    assert pictures.differing(looks(language, SPOILED[which]), looks(language, name)) != []
