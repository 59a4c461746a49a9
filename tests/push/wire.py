"""The few words of protocol buffers that Google's push service is spoken with."""

from collections.abc import Callable, Iterator
from io import BytesIO

VARINT, FIXED64, OCTETS, FIXED32 = 0, 1, 2, 5
_MORE, _SEVEN_BITS = 0x80, 0x7F


def number(value: int) -> bytes:
    """Return a number as a varint."""
    octets = bytearray()
    while value > _SEVEN_BITS:
        octets.append(value & _SEVEN_BITS | _MORE)
        value >>= 7
    return bytes([*octets, value])


def read_number(read: Callable[[int], bytes]) -> int:
    """Return the varint that comes next; `read` gives so many octets."""
    value, shift = 0, 0
    while True:
        octet = read(1)[0]
        value |= (octet & _SEVEN_BITS) << shift
        if octet < _MORE:
            return value
        shift += 7


def numbered(field: int, value: int) -> bytes:
    """Return a field that holds a whole number."""
    return number(field << 3 | VARINT) + number(value)


def fixed(field: int, value: int) -> bytes:
    """Return a field that holds eight octets."""
    return number(field << 3 | FIXED64) + value.to_bytes(8, "little")


def octets(field: int, value: bytes | str) -> bytes:
    """Return a field that holds text, octets or another message."""
    raw = value.encode() if isinstance(value, str) else value
    return number(field << 3 | OCTETS) + number(len(raw)) + raw


def numbers(message: bytes) -> dict[int, int]:
    """Read the whole numbers of a message, by field."""
    return {field: value for field, value in _fields(message) if isinstance(value, int)}


def texts(message: bytes) -> dict[int, list[bytes]]:
    """Read the texts of a message, by field."""
    found: dict[int, list[bytes]] = {}
    for field, value in _fields(message):
        if isinstance(value, bytes):
            found.setdefault(field, []).append(value)
    return found


def _fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    rest = BytesIO(message)
    while rest.tell() < len(message):
        key = read_number(rest.read)
        yield key >> 3, _value(key & 7, rest.read)


def _value(kind: int, read: Callable[[int], bytes]) -> int | bytes:
    if kind == VARINT:
        return read_number(read)
    return read({FIXED64: 8, FIXED32: 4}[kind] if kind != OCTETS else read_number(read))
