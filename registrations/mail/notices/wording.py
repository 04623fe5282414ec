"""The words of a mail, rendered once for all readers to whom they say the same.

Readers of one session, zone and language differ in their names and addresses only. Those are left blank while the
templates are rendered, and filled in for each reader, so what is kept between mails is nobody's own.
"""

import re
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import get_language

from registrations.mail.notices.seats import Seat
from sessions.clocks.wall_clock import ThreeClocks
from sessions.models import Season
from sessions.plain_text import one_line

OWN_ADDRESSES = ["my_season_url", "my_calendar_url", "own_feed_url", "stop_url", "take_part_url"]
ADDRESSES_OF_A_SEAT = ["join_url", "change_url", "cancel_url", "page_url", "invitation_url"]
OWN = frozenset(["name", *OWN_ADDRESSES, *ADDRESSES_OF_A_SEAT])
# For private use: nobody types it, and where somebody does, their mails are not shared.
MARK = "\ue000"
BLANK = re.compile(f"{MARK}([0-9]+);")
PARTS = ("subject.txt", "body.txt", "body.html")


class NotShared(Exception):
    """There is something in it of which nobody knows whether it is the same for others."""


class Pairs(tuple):
    """What templates see as a dictionary."""


def words(kind, context) -> tuple[str, str, str]:
    """Subject, text and HTML in the active language."""
    own = []
    try:
        subject, text, html = _with_blanks(kind, get_language(), _shared(context, own))
    except NotShared:
        return rendered(kind, context)
    return _filled(subject, own), _filled(text, own), _filled(html, [escape(value) for value in own])


def rendered(kind, context) -> tuple[str, str, str]:
    subject, text, html = (render_to_string(f"emails/{kind}/{part}", context) for part in PARTS)
    return one_line(subject), _tidy(text), _tidy(html)


@lru_cache(maxsize=500)
def _with_blanks(kind, _language, shared) -> tuple[list[str], ...]:
    """Each text in pieces: every second one is the number of a blank."""
    return tuple(BLANK.split(text) for text in rendered(kind, _thawed(shared)))


def _filled(pieces, own) -> str:
    filled = pieces.copy()
    filled[1::2] = [own[int(number)] for number in pieces[1::2]]
    return "".join(filled)


def _tidy(text: str) -> str:
    """One empty line at most, where template tags left several, and no spaces at the ends of lines."""
    text = re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _shared(context, own) -> Pairs:
    # Other mails are one of a kind: lists of what somebody has, codes, names of third persons.
    if "seat" not in context:
        raise NotShared
    return _pairs(context, own)


def _pairs(values, own) -> Pairs:
    return Pairs((name, _blank(value, own) if name in OWN else _frozen(value, own)) for name, value in values.items())


def _blank(value, own) -> str:
    """What is empty stays so: templates ask for it."""
    if not value:
        return value
    own.append(value)
    return f"{MARK}{len(own) - 1};"


def _frozen(value, own):
    """Equal for all that say the same; a row of the database is equal to itself although it has changed."""
    if isinstance(value, str):
        return _without_mark(value)
    if value is None or isinstance(value, bool | int | ThreeClocks):
        return value
    if isinstance(value, Seat):
        return _pairs(value.in_words(), own)
    if isinstance(value, Season):
        return Pairs([("is_rehearsal", value.is_rehearsal)])
    if isinstance(value, list):
        return tuple(_frozen(each, own) for each in value)
    raise NotShared


def _without_mark(text) -> str:
    if MARK in text:
        raise NotShared
    return text


def _thawed(value):
    if isinstance(value, Pairs):
        return {name: _thawed(each) for name, each in value}
    return [_thawed(each) for each in value] if isinstance(value, tuple) else value
