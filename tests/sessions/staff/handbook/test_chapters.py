"""The chapters of the handbook: what they lead to is there, and pictures are small and have words."""

import re

import pytest
from django.urls import reverse

from sessions.staff.handbook import chapters

MOST_PICTURES, LARGEST, WIDTH = 12, 120_000, 1280
LINK = re.compile(r'(?:href|src)="([^"]+)"')
PICTURE = re.compile(r'<img src="[^"]*/([\w-]+)\.png" alt="([^"]+)"')


def every_address_in(name):
    return LINK.findall(chapters.chapter(name).html)


def test_every_file_is_a_chapter():
    assert {path.stem for path in chapters.FOLDER.glob("*.md")} == set(chapters.NAMES)


def test_contents_lead_to_every_other_chapter():
    assert {chapters.address(name) for name in chapters.NAMES[1:]} <= set(every_address_in("README"))


@pytest.mark.parametrize("name", chapters.NAMES)
def test_links_lead_to_pages_and_places_that_are_there(name):
    places = {chapters.address(each) for each in chapters.NAMES}
    places |= {chapters.address(each, place) for each in chapters.NAMES for place in chapters.chapter(each).places}
    places |= {reverse("admin:handbook_picture", args=[path.stem]) for path in chapters.PICTURES.glob("*.png")}

    assert [address for address in every_address_in(name) if address not in places] == []


def test_each_picture_is_shown_once_with_words():
    shown = [found for name in chapters.NAMES for found in PICTURE.findall(chapters.chapter(name).html)]

    assert sorted(name for name, words in shown if words) == sorted(path.stem for path in chapters.PICTURES.glob("*"))


def test_pictures_are_few_and_small():
    pictures = list(chapters.PICTURES.glob("*.png"))

    assert len(pictures) <= MOST_PICTURES
    assert [path.name for path in pictures if path.stat().st_size >= LARGEST] == []
    # PNG: the width stands in the octets 16 to 19.
    assert {int.from_bytes(path.read_bytes()[16:20]) for path in pictures} == {WIDTH}
