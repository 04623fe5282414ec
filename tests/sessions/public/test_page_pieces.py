import gzip

import pytest

from sessions.page_pieces import gzipped, own, plain, shared

PAGE = b"<p>Seats are free.</p>\r\n" * 900


@pytest.mark.parametrize("value", [b"", b"Qx3-_", b"\0\xff" * 300, b"v" * 65_535])
def test_pieces_unpack_to_the_page_however_they_are_put_together(value):
    pieces = [shared(PAGE), own(value), shared(b""), own(value), shared(PAGE[:-1]), own(b"end")]

    assert gzip.decompress(gzipped(pieces)) == plain(pieces) == PAGE + value * 2 + PAGE[:-1] + b"end"


def test_length_tells_nothing_of_what_is_ones_own():
    lengths = {len(gzipped([shared(PAGE), own(guess), shared(PAGE)])) for guess in (b"Seats are", b"Q7vX-w3Zk")}

    assert len(lengths) == 1
    assert lengths.pop() < len(PAGE) // 20
