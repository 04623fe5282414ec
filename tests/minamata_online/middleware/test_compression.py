"""Pages are compressed for who takes gzip, and their length tells nobody what is in them."""

import gzip

import pytest
from django.http import FileResponse, HttpResponse

from minamata_online.middleware.compression import SHORTEST, GZipPages

TEXT = "Registration is open. " * 100


def answer(rf, response, accepted="gzip, br"):
    return GZipPages(lambda request: response)(rf.get("/", HTTP_ACCEPT_ENCODING=accepted))


def test_page_is_compressed_under_a_weak_etag(rf):
    response = answer(rf, HttpResponse(TEXT, headers={"ETag": '"1"'}))

    assert gzip.decompress(response.content).decode() == TEXT
    headers = {name: response.headers[name] for name in ("Content-Encoding", "Content-Length", "ETag", "Vary")}
    assert headers == {
        "Content-Encoding": "gzip",
        "Content-Length": str(len(response.content)),
        "ETag": 'W/"1"',
        "Vary": "Accept-Encoding",
    }


def test_length_of_a_page_is_another_each_time(rf):
    lengths = {len(answer(rf, HttpResponse(TEXT)).content) for _ in range(30)}

    assert len(lengths) > 5


@pytest.mark.parametrize(
    "response",
    [
        pytest.param(lambda: HttpResponse("x" * (SHORTEST - 1)), id="short"),
        pytest.param(lambda: HttpResponse(TEXT, headers={"Content-Encoding": "br"}), id="compressed before"),
        pytest.param(lambda: FileResponse([TEXT.encode()]), id="file"),
    ],
)
def test_what_is_short_or_compressed_or_a_file_stays_as_it_is(rf, response):
    before = response()
    encoding = before.headers.get("Content-Encoding")

    after = answer(rf, before)

    assert after.headers.get("Content-Encoding") == encoding
    assert "Vary" not in after.headers


def test_who_takes_no_gzip_gets_the_page_as_it_is(rf):
    response = answer(rf, HttpResponse(TEXT), accepted="br")

    assert (response.content.decode(), response.headers["Vary"]) == (TEXT, "Accept-Encoding")
