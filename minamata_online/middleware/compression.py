"""Pages are compressed, files are not."""

import secrets
from gzip import GzipFile
from io import BytesIO

from django.middleware.gzip import GZipMiddleware, re_accepts_gzip
from django.utils.cache import patch_vary_headers

# Shorter ones are not worth it.
SHORTEST = 200
# Django's is 6: the sign-up form takes 1.1 ms for 11.9 KB then, and 0.6 ms for 12.3 KB with this one.
LEVEL = 4
# Compressed inside.
SMALL_ALREADY = frozenset({"image/png", "application/pdf"})


class GZipPages(GZipMiddleware):
    """Django's, with a LEVEL of our own.

    A part of a file must be a part of its own octets (RFC 9110 14.4), and videos and documents are small already.
    """

    def process_response(self, request, response):
        if response.streaming or len(response.content) < SHORTEST or response.has_header("Content-Encoding"):
            return response
        if response.get("Content-Type") in SMALL_ALREADY:
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        if re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")):
            self._compress(response)
        return response

    def _compress(self, response):
        octets = compressed(response.content, padding=secrets.randbelow(self.max_random_bytes))
        if len(octets) >= len(response.content):
            return
        response.content = octets
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(octets))
        if response.headers.get("ETag", "").startswith('"'):
            # The compressed octets are others (RFC 9110 8.8.1).
            response.headers["ETag"] = "W/" + response.headers["ETag"]


def compressed(octets: bytes, *, padding: int) -> bytes:
    """With a name of so many letters, so that nobody learns from the length what is in the page (BREACH)."""
    buffer = BytesIO()
    with GzipFile("a" * padding, "wb", LEVEL, buffer, mtime=0) as file:
        file.write(octets)
    return buffer.getvalue()
