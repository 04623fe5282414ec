"""The widget's script, and the same list as HTML for sites that put it into their pages on the server."""

import json
import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language, get_language_bidi

from sessions.api import door, published
from sessions.clocks import moment
from sessions.public import response_cache
from sessions.widget import words
from sessions.widget.asked import Asked
from sessions.widget.items import items

# Changes reach everybody within an hour; what is there shows meanwhile, and while this site is away.
SCRIPT_CACHE = "public, max-age=3600, stale-while-revalidate=604800, stale-if-error=604800"
# Comments stand in lines of their own, and no text of the script has a line that begins with spaces.
NOT_SENT = re.compile(r"^[ \t]*(//.*)?\n|^[ \t]+", re.MULTILINE)


@door.only_reading
def script(request):
    key = response_cache.key_of("widget script", settings.LANGUAGES, settings.SITE_URL)
    response = door.sent(
        request, key, lambda: HttpResponse(script_text()), content_type="text/javascript; charset=utf-8"
    )
    response["Cache-Control"] = SCRIPT_CACHE
    # It is in all languages.
    response["Content-Language"] = "en"
    return response


def script_text() -> str:
    """Without comments and indentation, with the words of all languages."""
    said = json.dumps(words.in_all_languages(), ensure_ascii=False, separators=(",", ":"))
    return _source().replace("{{ site }}", settings.SITE_URL).replace("{{ words }}", said)


@cache
def _source() -> str:
    return NOT_SENT.sub("", (Path(__file__).parent / "season.js").read_text())


@door.only_reading
def fragment(request):
    """Times are on the season's clock: who includes it does not know the reader's."""
    asked = Asked.of(request.GET)
    programme = published.programme(asked.season)
    now = moment.of(programme.season)
    state = door.state_of(programme, now)
    key = response_cache.key_of("widget fragment", state, asked, get_language())

    def made():
        context = {
            "asked": asked,
            "items": items(programme, asked, now),
            "season": programme.season,
            "words": words.common(),
            "language": get_language(),
            "direction": "rtl" if get_language_bidi() else "ltr",
            "site": settings.SITE_URL,
        }
        return HttpResponse(render_to_string("widget/season.html", context))

    return door.sent(request, key, made, content_type="text/html; charset=utf-8")
