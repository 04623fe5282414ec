"""The language of a page: that of the browser."""

from django.middleware.locale import LocaleMiddleware


class LanguageOfTheReader(LocaleMiddleware):
    """As Django's, but an answer that names its language has chosen it for everybody: it does not vary by reader."""

    def process_response(self, request, response):
        if response.has_header("Content-Language"):
            return response
        return super().process_response(request, response)
