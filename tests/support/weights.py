"""How many bytes a reader pays for: compressed, as production sends everything."""

import gzip

from minamata_online.static_files import OURS, without_comments


def weight_in_production(address, body: bytes) -> int:
    """Of what the test server sends as it is; `address` may be that of any file or page."""
    name = address.partition("/static/")[2]
    if OURS.fullmatch(name):
        body = without_comments(name, body.decode()).encode()
    return len(gzip.compress(body, 9))
