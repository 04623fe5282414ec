"""The poster of a season as one sheet of PDF: the values of `templates/typst/poster.typ`."""

import re
from dataclasses import asdict

from django.utils.translation import gettext as _

from sessions import plain_text, rich_text, translations
from sessions.clocks.reader import Reader, place_of
from sessions.presenters.poster import Poster

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path d="{path}"/></svg>'
NOTHING = {"text": "", "is_english": False}
BOLD = re.compile(r"</?b>")


def title_of(poster: Poster) -> str:
    title = plain_text.one_line(translations.words(poster.season, "title"))
    return _("Poster: %(season)s") % {"season": title}


def values_of(poster: Poster, reader: Reader, *, is_archived=False) -> dict:
    """In the language that is active, on the clock of the reader.

    An archive has nothing that leads to the site, where nobody can sign up any more.
    """
    return {
        "title": _said(poster.season, "title"),
        "lead": NOTHING if is_archived and not poster.season.is_rehearsal else _lead(poster.season),
        "clock": _clock(reader, poster.season),
        "way": None if is_archived else _way(poster),
        "sessions": [_session(card) for card in poster.cards],
        "none": _("No session is announced yet. Please come back later."),
    }


def _way(poster) -> dict:
    """To the page of the season."""
    code = poster.qr_code
    return {
        "invitation": _("The programme in your own time, and sign-up:"),
        "address": poster.short_address,
        "qr": SVG.format(size=code.size, path=code.path),
        "qr_words": _("QR code of the address beside it"),
    }


def _lead(season) -> dict:
    if season.is_rehearsal:
        said = translations.said(season, "introduction")
        return _text(plain_text.one_line(rich_text.plain(said.text)), said)
    return {
        "text": _(
            "Free online sessions of the Secretariat of the Minamata Convention on Mercury."
            " You sign up without an account."
        ),
        "is_english": False,
    }


def _clock(reader, season) -> list[str]:
    """A sentence in parts, of which every second one is bold."""
    place = place_of(reader, season)
    if reader.is_on_offset:
        return BOLD.split(_("All times are in <b>%(zone)s</b>.") % {"zone": place})
    return BOLD.split(_("All times are local time in <b>%(place)s</b>.") % {"place": place})


def _session(card) -> dict:
    session = card.session
    return {
        "day": card.day,
        "title": _said(session, "title"),
        "stream": _said(session.stream, "title"),
        "mark": session.stream.mark,
        "remark": _("By invitation only") if session.is_by_invitation else "",
        "slots": [row for slot in card.slots for row in _rows(slot, session.stream.mark)],
        "none": _("No time slot is announced yet."),
    }


def _rows(slot, mark) -> list[dict]:
    """A line for the time slot, or for each of its parts."""
    off = str(slot.words) if slot.is_off else ""
    parts = [_row(part, mark, off) | {"part": part.name, "when": part.reader.short_day} for part in slot.time.parts]
    return parts or [_row(slot.time, mark, off)]


def _row(time, mark, off) -> dict:
    other, drawn = time.clocks.others[0], time.ribbon
    at_night = _("Night") if time.reader.is_at_night else ""
    return {
        "part": "",
        "when": "",
        "hours": time.reader.hours,
        "state": off or at_night,
        "is_off": time.is_off,
        "place": other.label,
        "there": other.hours,
        "day": {"mark": mark, "bands": [asdict(band) for band in drawn.bands], "slots": [asdict(drawn.slot)]},
        "ticks": [asdict(tick) for tick in drawn.ticks],
    }


def _said(row, name) -> dict:
    said = translations.said(row, name)
    return _text(plain_text.one_line(said.text), said)


def _text(words, said) -> dict:
    return {"text": words, "is_english": said.is_fallback}
