"""A file of staff as an answer over HTTP: whole, in part, or "you have it already"."""

import logging
import re
from urllib.parse import quote

from csp.constants import HEADER as CSP
from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date

from sessions.materials.file_kinds import UNKNOWN, kind_of
from sessions.materials.material_groups import file_name
from sessions.reference.languages import LANGUAGE_WORDS

log = logging.getLogger(__name__)

ONE_RANGE = re.compile(r"bytes=(?:(?P<first>[0-9]{1,15})-(?P<last>[0-9]{0,15})|-(?P<suffix>[0-9]{1,15}))")
HEADERS = {
    # Staff choose the files, but nobody reads all that is in them: whatever it is, it runs nothing on our address.
    CSP: "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "public, max-age=3600",
    "Accept-Ranges": "bytes",
}


def answer(request, material):
    """The file as a download, for GET and HEAD; several ranges at once give the whole file (RFC 9110 14.2).

    Raises Http404, and writes a line in the log, when the file is not on the disk.
    """
    try:
        response = _answer(request, material)
    except FileNotFoundError:
        log.error("the file of material %s is not on the disk", material.pk)
        raise Http404 from None
    for name, value in HEADERS.items():
        response[name] = value
    if material.language in LANGUAGE_WORDS:
        response["Content-Language"] = material.language
    return response


def _answer(request, material):
    file, octets = material.file, material.file.size
    changed_at = file.storage.get_modified_time(file.name).timestamp()
    marks = {"ETag": f'"{material.pk}-{changed_at:.6f}-{octets}"', "Last-Modified": http_date(changed_at)}
    response = get_conditional_response(request, marks["ETag"], int(changed_at))
    response = response or (
        _left_to_proxy(material)
        if settings.FILES_BY_PROXY
        else _content(material, octets, _wanted(request, octets, marks))
    )
    for name, value in marks.items():
        response[name] = value
    return response


def _wanted(request, octets, marks) -> range | None:
    """The octets that a Range header asks for, empty if the file has none of them; None for the whole file."""
    match = ONE_RANGE.fullmatch(request.headers.get("Range", ""))
    known = request.headers.get("If-Range")
    if request.method != "GET" or not match or (known and known not in marks.values()):
        return None
    if match["suffix"]:
        return range(max(octets - int(match["suffix"]), 0), octets)
    first, stop = int(match["first"]), int(match["last"]) + 1 if match["last"] else octets
    is_backwards = match["last"] and stop <= first
    return None if is_backwards else range(first, min(stop, octets))


def _content(material, octets, wanted):
    if wanted is None:
        return _octets(material, range(octets))
    if not wanted:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{octets}"})
    response = _octets(material, wanted)
    response.status_code = 206
    response["Content-Range"] = f"bytes {wanted.start}-{wanted.stop - 1}/{octets}"
    return response


def _left_to_proxy(material) -> HttpResponse:
    """All but the file: the proxy puts it, or the part that was asked for, into this answer (deploy/)."""
    name = file_name(material)
    headers = {
        "Content-Disposition": content_disposition_header(True, name),
        "X-Accel-Redirect": settings.FILES_BY_PROXY + quote(material.file.name),
    }
    return HttpResponse(content_type=_content_type(name), headers=headers)


def _octets(material, wanted: range) -> FileResponse:
    name = file_name(material)
    part = _Part(material.file.storage.open(material.file.name), wanted)
    return FileResponse(
        part,
        as_attachment=True,
        filename=name,
        content_type=_content_type(name),
        headers={"Content-Length": len(wanted)},
    )


def _content_type(name) -> str:
    kind = kind_of(name)
    return kind.content_type if kind else UNKNOWN


class _Part:
    """Some octets of an open file, to be read once."""

    def __init__(self, file, wanted: range):
        file.seek(wanted.start)
        self.file, self.left, self.close = file, len(wanted), file.close

    def read(self, size):
        octets = self.file.read(min(size, self.left))
        self.left -= len(octets)
        return octets
