"""What the API says where it has nothing to give: problem details (RFC 9457), in words."""

import json
from http import HTTPStatus

from django.conf import settings
from django.http import HttpResponse

CONTENT_TYPE = "application/problem+json"
PROBLEMS = {
    400: ("Bad request", "The request cannot be read."),
    404: ("Not found", "There is nothing at this address: it does not exist, or it is not published."),
    405: ("Method not allowed", "The API can only be read: ask with GET, HEAD or OPTIONS."),
    422: ("Wrong parameter", "A parameter of the address has a value that it cannot have."),
    500: ("Internal error", "Something went wrong here. The log has the reason."),
    503: ("Away", "The service does not answer just now. Ask again in some seconds."),
}


def answer(status: int, *, errors=()) -> HttpResponse:
    """`errors` are pairs of a parameter and what is wrong with it. The same octets for the same arguments."""
    title, detail = PROBLEMS.get(status) or (HTTPStatus(status).phrase, HTTPStatus(status).description)
    said = {
        "type": f"{settings.SITE_URL}/api/#problem-{status}",
        "title": title,
        "status": status,
        "detail": detail,
    }
    if errors:
        said["errors"] = [{"parameter": parameter, "detail": words} for parameter, words in errors]
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    response = HttpResponse(text, status=status, content_type=CONTENT_TYPE)
    response["Content-Language"] = "en"
    response["Cache-Control"] = "no-cache"
    return response
