"""What the answers of the API look like: their fields, in their order. Whatever stands here is promised for version 1.

Fields may be added; `tests/sessions/api/test_schema.py` fails when one goes away or becomes something else.
"""

from datetime import date, datetime
from typing import Literal

from ninja import Field, Schema

from sessions.models import Material, Session, SpeakerQuestion, Stream
from sessions.reference import regional_groups
from sessions.slot_states import SlotState

LANGUAGES = ("ar", "zh-hans", "en", "fr", "ru", "es")
Language = Literal[LANGUAGES]
Mark = Literal[tuple(Stream.Mark.values)]
Access = Literal[tuple(Session.Access.values)]
Answered = Literal[tuple(SpeakerQuestion.Answered.values)]
Kind = Literal[tuple(Material.Kind.values)]
Region = Literal[tuple(regional_groups.CODES.values())]
State = Literal[tuple(state.value for state in SlotState)]


class Text(Schema):
    text: str = Field(description="Plain text; paragraphs have an empty line between them.")
    language: Language = Field(description="The language asked for, or English where there is no translation.")


class Partner(Schema):
    name: str
    url: str | None


class StreamValues(Schema):
    slug: str
    title: Text
    mark: Mark = Field(description="The shape that stands beside the name of the stream.")
    page: str = Field(description="Address of the page with its sessions.")
    calendar: str = Field(description="Address of its calendar (text/calendar), to subscribe to.")


class SeasonItem(Schema):
    slug: str = Field(description="Names the season in the addresses of the API. It never changes.")
    title: Text
    first_day: date
    last_day: date
    timezone: str = Field(description="The season's clock, a name of the IANA database.")
    place: str = Field(description="What the season's clock is called.")
    is_current: bool = Field(description="Whether the site opens with it.")
    has_figures: bool = Field(description="Whether figures of the season are published.")
    page: str
    api: str = Field(description="Address of the season in this API.")


class SeasonValues(SeasonItem):
    introduction: Text
    organiser: Text = Field(description="Who organises it, as it stands in a sentence.")
    organisers: list[Partner] = Field(description="Each of them, with its web address if it is known.")
    partners: list[Partner]
    calendar: str
    streams: list[StreamValues]


class LocalTime(Schema):
    timezone: str
    starts_at: datetime = Field(description="With the offset of this clock on that day.")
    ends_at: datetime


class PartOfSlot(Schema):
    starts_at: datetime = Field(description="In UTC.")
    ends_at: datetime = Field(description="In UTC.")
    is_called_off: bool = Field(description="Whether this part alone, or the whole time slot, is called off.")


class Slot(Schema):
    uid: str = Field(description="The UID of its calendar entry. It never changes, also when the slot is moved.")
    session: str = Field(description="Slug of its session.")
    stream: str = Field(description="Slug of the stream of its session.")
    title: Text = Field(description="Title of the session.")
    languages: list[str] = Field(description="Codes of the languages in which it is held (ISO 639).")
    interpretation: list[str] = Field(description="Codes of the languages into which it is interpreted.")
    starts_at: datetime = Field(description="In UTC.")
    ends_at: datetime = Field(description="In UTC.")
    parts: list[PartOfSlot] = Field(
        description="Where one place is for several parts, such as two days: each; `starts_at` and `ends_at` are "
        "from the first to the last. Empty for a time slot in one stretch."
    )
    local: LocalTime = Field(description="The same on the season's clock.")
    state: State
    state_in_words: str = Field(description="As the pages say it, in the language asked for.")
    page: str = Field(description="Address of the page of the session.")
    sign_up: str | None = Field(description="Where people sign up for it, while they can.")
    calendar: str = Field(description="Address of its calendar entry (text/calendar), to download.")
    attendance: int | None = Field(description="How many people took part, where it is known.")


class Edition(Schema):
    language: str = Field(description="Code of the language (ISO 639).")
    url: str


class MaterialValues(Schema):
    session: str = Field(description="Slug of its session.")
    kind: Kind
    kind_in_words: str
    title: Text
    language: str | None = Field(description="Code of the language that it is in (ISO 639), or “other”.")
    url: str | None = Field(description="Empty where it is known that it exists, but not where.")
    symbol: str | None = Field(description="Of an official document, for example UNEP/MC/COP.5/16.")
    editions: list[Edition] = Field(description="The same in other languages.")
    octets: int | None = Field(description="Its size, where it is known, also of a link.")
    duration_minutes: int | None = Field(description="Length of a recording.")
    languages: list[str] = Field(description="Codes of the languages that can be heard in a recording.")
    captions: list[str] = Field(description="Codes of the languages whose captions a recording has.")


class QuestionValues(Schema):
    question: Text = Field(description="As the staff worded it.")
    answer: Text | None = Field(description="Empty where it was answered in the session alone.")
    answered: Answered = Field(description="In the session (live), or in writing.")
    asked_in_chat: bool = Field(description="Whether it was asked in the chat of the meeting.")


class Attendance(Schema):
    people: int
    is_minimum: bool = Field(description="Whether it was published as “more than”.")


class SessionValues(Schema):
    slug: str = Field(description="Names the session in its season. It never changes.")
    season: str = Field(description="Slug of its season.")
    stream: str = Field(description="Slug of its stream.")
    title: Text
    summary: Text
    access: Access
    audience: Region | None = Field(description="For which regional group it is meant, if not for all.")
    audience_in_words: str | None
    languages: list[str] = Field(description="Codes of the languages in which it is held (ISO 639), in all its slots.")
    partners: list[Partner]
    registration_opens_at: datetime | None = Field(description="In UTC; empty where it was open at once.")
    is_unconfirmed: bool = Field(description="Whether no source confirms that it was held.")
    unconfirmed: list[str] = Field(description="Which facts no source confirms.")
    attendance: Attendance | None
    page: str
    calendar: str | None = Field(description="Its calendar to subscribe to; none for a session by invitation.")
    slots: list[Slot]
    materials: list[MaterialValues]
    questions: list[QuestionValues] = Field(
        description="Published questions to the speakers, without names. None of a session by invitation."
    )


class Row(Schema):
    key: str | None = Field(description="A slug, a UID, a code or a week; empty where the row has none.")
    name: str
    values: list[int | None] = Field(description="In the order of the columns; empty where not known, or hidden.")
    hidden: list[str] = Field(description="Columns whose number is hidden, because it would tell of single people.")


class Column(Schema):
    key: str
    name: str


class FiguresTable(Schema):
    kind: str = Field(description="By what it counts.")
    title: str
    note: str
    columns: list[Column]
    rows: list[Row]
    total: Row


class FiguresValues(Schema):
    season: str
    counted_at: datetime = Field(description="In UTC.")
    sentence: str
    tables: list[FiguresTable]


class Start(Schema):
    seasons: str
    openapi: str = Field(description="This API as OpenAPI 3.1.")
    documentation: str
    widget: str = Field(description="A list of the coming sessions for web pages, without programming.")
    languages: list[str] = Field(description="Codes that the parameter `lang` takes.")


class _Page(Schema):
    count: int = Field(description="How many there are in all.")
    next: str | None = Field(description="Address of the following ones.")
    previous: str | None


class Seasons(_Page):
    items: list[SeasonItem]


class Sessions(_Page):
    items: list[SessionValues]


class Slots(_Page):
    items: list[Slot]


class Materials(_Page):
    items: list[MaterialValues]


class WrongParameter(Schema):
    parameter: str
    detail: str


class Problem(Schema):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[WrongParameter] = Field(default_factory=list)
