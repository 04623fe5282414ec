"""What is for other sites and their programs: the read API and the widget. Everybody may read it, from any page."""

from sessions.api import problems

OPEN = ("/api/v1/", "/widget/season.")
HEADERS = {
    # Without credentials, which browsers do not send then.
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, X-Request-ID",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Robots-Tag": "noindex",
}


class OpenAnswers:
    """Nothing depends on a cookie, so none is read, corrected or set. Error pages become words for programs."""

    def __init__(self, get_response):
        self._get_response = get_response

    def __call__(self, request):
        if not request.path_info.startswith(OPEN):
            return self._get_response(request)
        request.COOKIES = {}
        response = self._get_response(request)
        if response.status_code >= 400:
            response = _for_programs(response)
        for header, value in HEADERS.items():
            response.headers[header] = value
        return response


def _for_programs(page):
    if page.headers["Content-Type"] == problems.CONTENT_TYPE:
        return page
    answer = problems.answer(page.status_code)
    for name in ("Retry-After", "Cache-Control", "Allow"):
        if name in page.headers:
            answer.headers[name] = page.headers[name]
    return answer
