"""What other sites ask: the read API, and the widget in pages of theirs, with many readers at once."""

from bench.browser import Browser
from bench.crowd import Crowd
from bench.measure import Work
from bench.seed import COMING

LANGUAGES = ["ar", "zh-hans", "en", "fr", "ru", "es"]
SEASON = f"/api/v1/seasons/{COMING}/"
SLOTS = f"{SEASON}slots/?coming=true&lang=en"
READERS, CONNECTIONS = 3000, 64


def works(servers, published) -> list[Work]:
    """`published` is the slug of a season with published figures."""
    browser = Browser(servers.port)

    def row(name, what, path, target, status=200, **headers):
        def run(number):
            for _ in range(number):
                answer = browser.get(path, **headers)
                assert answer.status == status, (path, answer.status)

        return Work(name, what, run, target)

    etag = browser.get(SLOTS).headers["ETag"]
    return [
        row("api seasons", "the seasons as JSON", "/api/v1/seasons/", 1.0),
        row("api sessions", "14 sessions with slots and materials as JSON", f"{SEASON}sessions/", 1.0),
        row("api figures", "the published figures as JSON", f"/api/v1/seasons/{published}/figures/", 1.0),
        row("api slots", "what the widget asks", SLOTS, 1.0),
        row("api slots 304", "the same, asked with its ETag", SLOTS, 0.5, status=304, If_None_Match=etag),
        row("api anew", "a question that is not cached", f"{SEASON}slots/?from=2020-01-01", 5.0),
        row("widget script", "the script that pages of others load", "/widget/season.js", 1.0),
        row("widget html", "the list that servers of others include", "/widget/season.html?lang=ar", 1.0),
    ]


def many_readers(servers, share) -> dict:
    """A page of others is opened by many people at once: each asks for the script and the sessions in a language."""
    readers, crowd = int(READERS * share), Crowd()
    seconds = crowd.come([lambda n=n: _read(servers, crowd, LANGUAGES[n % 6]) for n in range(readers)], CONNECTIONS)
    return {"readers": readers, "connections": CONNECTIONS, "seconds": seconds, "a_second": readers / seconds} | (
        crowd.figures()
    )


def _read(servers, crowd, language):
    browser = Browser(servers.port)
    crowd.ask("the_script", lambda: browser.get("/widget/season.js"))
    answer = crowd.ask("the_sessions", lambda: browser.get(f"{SEASON}slots/?coming=true&lang={language}"))
    browser.close()
    assert answer.status == 200, answer.status
