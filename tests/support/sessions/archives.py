"""A season with something of everything that an archive has, or has not, and what is in an archive."""

import posixpath
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from registrations.figures import keeping, storing
from sessions import translations
from sessions.archive import programme
from sessions.archive.making import Making
from tests.factories import (
    AskedQuestionFactory,
    MaterialFactory,
    OccurrenceFactory,
    RegistrationFactory,
    SeasonFactory,
    SessionFactory,
    SpeakerFactory,
    SpeakerQuestionFactory,
    StreamFactory,
)
from tests.support.sessions.uploads import material_with_file

NOW = datetime(2030, 11, 1, 9, tzinfo=UTC)
# Before today, as the views of the site see it.
HELD = {"starts_at": datetime(2020, 9, 17, 7, tzinfo=UTC), "ends_at": datetime(2020, 9, 17, 8, tzinfo=UTC)}
COMING = {"starts_at": NOW + timedelta(days=7), "ends_at": NOW + timedelta(days=7, hours=1), "capacity": 1}
# What leads to pages that an archive has, has not, or has never heard of.
INTRODUCTION = (
    "Thirteen sessions.\n\n[Air](/seasons/autumn/air/#published), [sign up](/sign-up/autumn/), "
    "[last year](/seasons/2020/), [secret](/seasons/autumn/closed/), [nowhere](/nowhere/), [UNEP](https://www.unep.org/x)"
)


def season_of_everything(**changes):
    """One session is over, one to come, one by invitation, one unpublished; people are registered."""
    season = SeasonFactory(slug="autumn", title="Autumn & mercury", introduction=INTRODUCTION, **changes)
    stream = StreamFactory(season=season, slug="science", title="Science")
    held = SessionFactory(
        season=season, stream=stream, slug="air", title="Mercury in <air>", attendance_total=70, audience="africa"
    )
    coming = SessionFactory(season=season, stream=stream, slug="Con", title="Waste")
    closed = SessionFactory(season=season, stream=stream, slug="closed", title="Behind doors", access="invitation")
    hidden = SessionFactory(season=season, stream=stream, slug="hidden", title="Not yet", is_published=False)
    translations.put(held, "title", "ar", "الزئبق في الهواء")
    held.save()
    for session, when in ((held, HELD), (coming, COMING), (closed, HELD), (hidden, HELD)):
        material_with_file(f"{session.slug} slides.pdf", session.slug.encode() * 1000, session=session, title="Slides")
        secret = "https://meet.example.org/secret"
        slot = OccurrenceFactory(session=session, meeting_url=secret, part_urls={"1": secret}, **when)
        RegistrationFactory(occurrence=slot, participant__name="Wanjiru Kamau", participant__country="404")
    MaterialFactory(session=held, kind="recording", title="Recording", url="https://video.example.org/1")
    asked = SpeakerQuestionFactory(session=held, wording="What is air?", answered="live", published_at=NOW)
    AskedQuestionFactory(question=asked, participant__name="Wanjiru Kamau", with_name=True)
    SpeakerFactory(session=held, name="Monika S.", role="Chair")
    if not season.is_rehearsal:
        storing.store(season_id=season.pk, now=NOW + timedelta(days=90))
        keeping.publish(season, now=NOW)
    return season


def archive_of(slug, *, now=NOW) -> dict[str, bytes]:
    """Its files by their paths."""
    return {entry.path: b"".join(entry.content) for entry in Making(programme.of(slug, now=now)).entries()}


class Page(HTMLParser):
    """What a page of an archive names: its links, the places in it, and the elements that it has."""

    def __init__(self, html):
        super().__init__()
        self.links, self.ids, self.tags, self.language = [], set(), set(), None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.tags.add(tag)
        self.ids |= {values["id"]} if "id" in values else set()
        self.links += [values[name] for name in ("href", "src") if name in values]
        if tag == "html":
            self.language = values["lang"], values["dir"]


def pages_of(files) -> dict[str, Page]:
    return {path: Page(content.decode()) for path, content in files.items() if path.endswith(".html")}


def leads_to(path, link) -> tuple[str, str]:
    """The file in the archive and the place in it to which a relative link of this page leads."""
    parts = urlsplit(link)
    file = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path))) if parts.path else path
    return file, parts.fragment
