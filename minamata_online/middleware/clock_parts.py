"""The parts of a page that show somebody's clock, for a script that has the rest of the page already."""

import gzip
import re

from django.http import HttpResponse

from sessions.clocks.reader import reader_of
from sessions.models import Season

# Templates put what depends on the time zone between these two.
PART = re.compile(rb"<!--clock-->(.*?)<!--/clock-->", re.DOTALL)
BETWEEN_PARTS = b"<!--clock-->"


class ClockParts:
    """Answers a request with the header `X-Part: clock` by these parts of its page alone, in their order.

    The page of a first visit is in the season's clock. static/js/site.js then knows the reader's, and asks for what
    differs, which is less than a fifth of the page.
    """

    def __init__(self, get_response):
        self._get_response = get_response

    def __call__(self, request):
        response = self._get_response(request)
        is_page = response.status_code == 200 and not response.streaming
        return _parts_of(response, request) if is_page and request.headers.get("X-Part") == "clock" else response


def _parts_of(page, request) -> HttpResponse:
    page.content = BETWEEN_PARTS.join(PART.findall(_plain(page)))
    reader = reader_of(request, Season(timezone="UTC"))
    if reader.is_known:
        page.headers["X-Zone"] = reader.zone
    # Nobody keeps it in the place of its page.
    page.headers["Cache-Control"] = "no-store"
    for name in ("ETag", "Content-Encoding"):
        del page.headers[name]
    return page


def _plain(page) -> bytes:
    return gzip.decompress(page.content) if page.headers.get("Content-Encoding") == "gzip" else page.content
