"""Pages whose pieces are compressed once, around what is one reader's own and is never compressed."""

import struct
import zlib
from dataclasses import dataclass

# RFC 1952 2.3: compressed by deflate, without a name or a time.
HEAD = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
# RFC 1951 3.2: a block of that type which holds nothing and is the last one.
LAST_BLOCK = b"\x03\0"
LEVEL = 6


@dataclass(frozen=True)
class Piece:
    """`deflated` ends at a full octet and refers to nothing before it, so it can stand after anything."""

    octets: bytes
    deflated: bytes


def shared(octets: bytes) -> Piece:
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Piece(octets, packer.compress(octets) + packer.flush(zlib.Z_SYNC_FLUSH))


def own(octets: bytes) -> Piece:
    """Stored as it is (RFC 1951 3.2.4), up to 65,535 octets: the length of the page tells nothing of what is in it."""
    return Piece(octets, b"\0" + struct.pack("<HH", len(octets), len(octets) ^ 0xFFFF) + octets)


def plain(pieces) -> bytes:
    return b"".join(piece.octets for piece in pieces)


def gzipped(pieces) -> bytes:
    checksum = size = 0
    for piece in pieces:
        checksum, size = zlib.crc32(piece.octets, checksum), size + len(piece.octets)
    return HEAD + b"".join(piece.deflated for piece in pieces) + LAST_BLOCK + struct.pack("<LL", checksum, size)
