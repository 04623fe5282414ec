"""The keys of a season file; docs/season-file.md tells people what they mean."""

from django.core.exceptions import ValidationError

from sessions import rich_text, translations
from sessions.models import Material, Season, Session, Speaker, Stream
from sessions.models.materials import MOST_MINUTES
from sessions.reference import regional_groups
from sessions.seasons.season_file.shapes import (
    Listing,
    Table,
    Value,
    boolean,
    choice,
    day,
    number,
    partner,
    slug,
    text,
    wall_time,
    web_address,
    zone,
)

LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")


def column(model, name, *, blank=True):
    """Text that fits into this field of the model."""
    return text(model._meta.get_field(name).max_length, blank=blank)


def checked(model, name) -> Value:
    """The same, as the form of staff would take it."""

    def clean(value):
        value = column(model, name).clean(value)
        try:
            model._meta.get_field(name).run_validators(value)
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from None
        return value

    return Value(clean)


def translated(**columns) -> Table:
    """By language the texts of a table in it."""
    return Table({}, {code: Table({}, columns) for code in translations.LANGUAGES})


# Facts about a whole season that have no field of their own; the introduction and the note tell them.
FACTS = {
    "launch_announced": day,
    "first_public_session": day,
    "last_public_session": day,
    "announced_sessions": number(),
    "total_attendance_more_than": number(),
    "total_hours_more_than": number(),
    "countries": number(),
    "duration_range_minutes": Listing(number()),
    "price": text(),
    "registration": text(),
    "audience": Listing(text()),
    "hashtags": Listing(text()),
    "followed_by_survey": boolean,
    "uncertain": Listing(text()),
}

SEASON = Table(
    required={"slug": slug(50), "title": column(Season, "title", blank=False)},
    optional={
        "timezone": zone,
        "place": column(Season, "place", blank=False),
        "organiser": column(Season, "organiser"),
        "organisers": Listing(partner),
        "introduction": text(rich_text.LONGEST),
        "note": text(rich_text.LONGEST),
        "partners": Listing(partner),
        # The name of it in older files.
        "collaborators": Listing(partner),
        "source": Listing(web_address),
        "translations": translated(
            title=column(Season, "title"),
            place=column(Season, "place"),
            organiser=column(Season, "organiser"),
            introduction=text(rich_text.LONGEST),
            note=text(rich_text.LONGEST),
        ),
        **FACTS,
    },
)

STREAM = Table(
    required={"slug": slug(50), "title": column(Stream, "title", blank=False)},
    optional={"translations": translated(title=column(Stream, "title"))},
)

SLOT = Table(
    required={"start": wall_time},
    optional={
        "timezone": zone,
        "parts": Listing(wall_time),
        "label": text(),
        "languages": Listing(choice(*LANGUAGES)),
        "interpretation": Listing(choice(*LANGUAGES)),
    },
)

SPEAKER = Table(
    required={"name": column(Speaker, "name", blank=False)},
    optional={
        "role": column(Speaker, "role"),
        "affiliation": column(Speaker, "affiliation"),
        "part": choice(*Speaker.Part.values),
        "translations": translated(role=column(Speaker, "role"), affiliation=column(Speaker, "affiliation")),
    },
)

ATTENDANCE = Table(
    required={"known": boolean},
    optional={
        "by_slot": Listing(number()),
        "total": number(),
        "qualifier": choice("more than"),
        "note": column(Session, "attendance_note"),
    },
)

DOCUMENT = Table(
    required={"title": column(Material, "title", blank=False)},
    optional={
        "symbol": checked(Material, "symbol"),
        "editions": Table({}, dict.fromkeys(LANGUAGES, web_address)),
    },
)

SESSION = Table(
    required={
        "slug": slug(100),
        "title": column(Session, "title", blank=False),
        "stream": slug(50),
        "slots": Listing(SLOT),
        "duration_minutes": number(5, 24 * 60),
    },
    optional={
        "date": day,
        "access": choice(*Session.Access.values),
        "platform": column(Session, "platform"),
        "languages": Listing(choice(*LANGUAGES)),
        "audience": choice(*regional_groups.CODES.values()),
        "summary": text(rich_text.LONGEST),
        "speakers": Listing(SPEAKER),
        "partners": Listing(partner),
        "attendance": ATTENDANCE,
        "recording": boolean,
        "recording_details": Table(
            {},
            {
                "minutes": number(1, MOST_MINUTES),
                "languages": Listing(choice(*LANGUAGES)),
                "captions": Listing(choice(*LANGUAGES)),
            },
        ),
        "documents": Listing(column(Material, "title", blank=False)),
        "document_details": Listing(DOCUMENT),
        "note": text(),
        "source": Listing(web_address),
        "unconfirmed": boolean,
        "uncertain": Listing(text()),
        "translations": translated(title=column(Session, "title"), summary=text(rich_text.LONGEST)),
    },
)

FILE = Table(
    required={"season": SEASON, "stream": Listing(STREAM), "session": Listing(SESSION)},
)
