"""A file of 50 MB through the view: refused in words, and never held whole."""

import time
import tracemalloc

import pytest

from registrations.attendance import uploads
from registrations.models import AttendanceUpload
from tests.support.registrations.attendance_pages import address

pytestmark = pytest.mark.django_db

OCTETS = 50 * 1024 * 1024
BEGIN = b'--limit\r\nContent-Disposition: form-data; name="files"; filename="meeting.csv"\r\n\r\nName,Join time\n'
END = b"\r\n--limit--\r\n"


@pytest.fixture
def body(tmp_path):
    """What a browser sends; most of it takes no room on the disk."""
    with (tmp_path / "body").open("w+b") as file:
        file.write(BEGIN)
        file.seek(OCTETS, 1)
        file.write(END)
        file.seek(0)
        yield file


def test_file_of_fifty_megabytes_is_refused_with_the_reason_and_not_held(admin_client, slot, body):
    admin_client.get(address(slot))
    sent = {"wsgi.input": body, "CONTENT_TYPE": "multipart/form-data; boundary=limit"}
    tracemalloc.start()
    started = time.process_time()

    try:
        page = admin_client.generic("POST", address(slot), CONTENT_LENGTH=str(len(BEGIN) + OCTETS + len(END)), **sent)
        seconds, most = time.process_time() - started, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    [problem] = page.context["form"].errors["files"]
    assert "meeting.csv" in problem
    assert "too large: at most 10.0\N{NO-BREAK SPACE}MB are possible" in problem
    assert not AttendanceUpload.objects.exists()
    assert most < 1.5 * uploads.LIMITS.octets
    assert seconds < 2
