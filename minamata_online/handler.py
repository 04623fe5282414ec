"""Django's WSGI handler, with requests that can be made of anything: an error there would have no page."""

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.http import parse_header_parameters

NO_CHARSET = {"charset": "undefined"}


class Request(WSGIRequest):
    """Of a charset it only keeps the name: Django would decode the query with it here."""

    def _set_content_type_params(self, meta):
        try:
            self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
        except (ValueError, TypeError):
            # An unknown charset, or fragments of a parameter that the email package cannot sort.
            self.content_type, self.content_params = "", NO_CHARSET


class Handler(WSGIHandler):
    request_class = Request
