"""Pages are compressed, files are not."""

from django.middleware.gzip import GZipMiddleware


class GZipPages(GZipMiddleware):
    """A part of a file must be a part of its own octets (RFC 9110 14.4), and videos and documents are small already."""

    def process_response(self, request, response):
        return response if response.streaming else super().process_response(request, response)
