"""Pages and feeds that people and programs ask for again and again."""

from bench import certificates, feedback, figures, other_sites
from bench.browser import Browser
from bench.measure import Work
from bench.seed import COMING, session_in_parts
from registrations.models import Participant

FEED = f"/seasons/{COMING}/calendar.ics"


def works(servers, slots, person: Participant, newcomer: Participant) -> list[Work]:
    site, bare = Browser(servers.port), Browser(servers.bare_port)
    session, in_parts = next(iter(slots)), session_in_parts()
    etag, own_etag = (site.get(feed).headers["ETag"] for feed in (FEED, _own_feed(person)))

    def asking(browser, path, status=200, **headers):
        def run(number):
            for _ in range(number):
                answer = browser.get(path, **headers)
                assert answer.status == status, (path, answer.status)

        return run

    def page(name, what, path, target, **more):
        return Work(name, what, asking(site, path, **more), target)

    published = figures.published().slug
    form = f"/sign-up/{COMING}/?session={session.slug}"
    return [
        Work("bare", "13 rows, small template", asking(bare, "/"), processes=("bare", "database")),
        page("first page", "the page of the season that comes next, at /", "/", 1.0),
        page("programme", "the page of a season with 14 sessions", f"/seasons/{COMING}/", 1.0),
        page("session", "the page of one session", session.get_absolute_url(), 1.0),
        page("session in parts", "that of a session with 2 time slots of 3 parts", in_parts.get_absolute_url(), 1.0),
        page("picture", "the picture beside a link to it, drawn once", f"{session.get_absolute_url()}preview.png", 1.0),
        page("poster sheet", "the poster as PDF, drawn once", f"/poster/{COMING}/poster.pdf", 2.5),
        page("figures", "the published figures of a season, 250 countries", f"/seasons/{published}/figures/", 1.0),
        page("form", "the sign-up form with one session ticked", form, 1.0),
        page("feed", "the season's calendar, nothing changed since the last time", FEED, 1.0),
        *_in_other_languages(page, session),
        page("feed 304", "the same, asked with its ETag", FEED, 0.5, status=304, If_None_Match=etag),
        *_of_one_person(page, person, newcomer, session, own_etag),
        page("certificate", "the PDF of a certificate of 13 sessions, in Arabic", certificates.file_of(person), 12.0),
        page("check", "the page on which anybody checks one", "/c/", 2.5),
        *other_sites.works(servers, published),
        page("feedback", "the form about a session that is over", feedback.page(), 8.0),
        Work("404", "an address that does not exist", asking(site, "/nothing-here/", 404), 0.5),
        Work("static", "stylesheet and script of a first visit", _files(site)),
    ]


def _of_one_person(page, person, newcomer, session, own_etag) -> list[Work]:
    own, ask = _own_feed(person), f"/my/{person.key}/{session.slug}/ask/"
    return [
        page("own feed", "the calendar of a person with 13 sessions", own, 3.0),
        page("own feed 304", "the same, asked with its ETag", own, 1.6, status=304, If_None_Match=own_etag),
        page("my season", "the personal page of a person with 13 sessions", f"/my/{person.key}/", 8.0),
        page("my season to add", "the same of a person with 1 session, who may add 12", f"/my/{newcomer.key}/", 8.0),
        page("ask the speakers", "the page on which a person asks", ask, 7.0),
    ]


def _own_feed(person) -> str:
    return f"/calendars/{person.feed_key}/calendar.ics"


def _in_other_languages(page, session) -> list[Work]:
    """From the right, and without spaces; the other languages are between these and English."""
    paths = {"first page": "/", "programme": f"/seasons/{COMING}/", "session": session.get_absolute_url(), "feed": FEED}
    return [
        page(f"{name} {code}", f"the same in {language}", f"/{code}{path}", 1.0)
        for code, language in (("ar", "Arabic"), ("zh-hans", "Chinese"))
        for name, path in paths.items()
    ]


def _files(site):
    page = site.get(f"/seasons/{COMING}/").text
    paths = sorted({part.partition('"')[0] for part in page.split('="') if part.startswith("/static/")})

    def run(number):
        for _ in range(number):
            for path in paths:
                assert site.get(path).status == 200, path

    return run
