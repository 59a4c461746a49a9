"""Photos: what is kept of a file, what is refused, and who sees it."""

import random
import struct
import zlib
from datetime import datetime, timedelta

import pytest
from PIL import Image, ImageFile
from sqlalchemy.orm import Session

from tests import factories, pictures
from tests.cast import Cast
from webapp.domain import photos
from webapp.domain.errors import NotFound, RuleBroken
from webapp.models.person import Support

BROKEN = {
    "nothing": b"",
    "words": b"This is no picture.",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "gif": pictures.photo("GIF"),
    "bmp": pictures.photo("BMP"),
    "tiff": pictures.photo("TIFF"),
    "pdf": pictures.photo("PDF"),
    "only a beginning": pictures.photo()[:200],
    "half a png": pictures.photo("PNG")[:150],
}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_becomes_a_small_square(kind: str) -> None:
    kept = photos.make_small(pictures.photo(kind))
    found = pictures.opened(kept)
    assert (found.format, found.size, found.mode) == ("JPEG", (256, 256), "RGB")
    assert pictures.colours(kept) == ("red", "blue")
    assert len(kept) < 20_000


@pytest.mark.parametrize("size", [(30, 20), (1, 1), (5000, 3), (3, 2000), (4000, 3000)])
def test_every_shape_becomes_a_square(size: tuple[int, int]) -> None:
    kept = photos.make_small(pictures.written(pictures.halves(*size)))
    assert pictures.opened(kept).size == (256, 256)


def test_a_photo_is_turned_and_says_nothing_else() -> None:
    given = pictures.from_a_phone()
    assert pictures.opened(given).getexif()[pictures.ORIENTATION] == pictures.LEFT_HAND
    kept = photos.make_small(given)
    assert pictures.colours(kept) == ("red", "blue")
    found = pictures.opened(kept)
    assert dict(found.getexif()) == {}
    assert set(found.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    for word in (b"Exif", b"A phone", b"2026", b"A comment"):
        assert word not in kept


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "1", "I;16"])
def test_every_kind_of_colour_is_read(mode: str) -> None:
    made = Image.new(mode, (40, 40), 0)
    assert pictures.opened(photos.make_small(pictures.written(made, "PNG"))).mode == "RGB"


def test_a_printers_photo_is_read() -> None:
    kept = photos.make_small(pictures.written(pictures.halves().convert("CMYK")))
    assert pictures.colours(kept) == ("red", "blue")


def test_what_is_transparent_is_white() -> None:
    clear = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    kept = pictures.opened(photos.make_small(pictures.written(clear, "PNG")))
    assert kept.getpixel((128, 128)) == (255, 255, 255)


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_photo_is_refused(name: str) -> None:
    with pytest.raises(RuleBroken, match="photo_not_readable"):
        photos.make_small(BROKEN[name])


@pytest.mark.parametrize("brand", sorted(photos.APPLE_BRANDS))
def test_a_photo_of_apples_kind_is_named(brand: bytes) -> None:
    with pytest.raises(RuleBroken, match="photo_from_apple"):
        photos.make_small(b"\0\0\0\x24ftyp" + brand + bytes(200))


def test_a_large_file_is_refused() -> None:
    with pytest.raises(RuleBroken, match="photo_too_big"):
        photos.make_small(pictures.photo() + bytes(photos.LARGEST_BYTES))


def chunk(name: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(name + content))
    return struct.pack(">I", len(content)) + name + content + check


def bomb(width: int, height: int) -> bytes:
    """Return a small file that says of itself that it is huge."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(99)))


@pytest.mark.parametrize("size", [(5000, 4000), (10_000, 10_000), (60_000, 60_000)])
def test_a_bomb_is_not_unpacked(size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda self: pytest.fail("it was unpacked"))
    with pytest.raises(RuleBroken, match="photo_too_big"):
        photos.make_small(bomb(*size))


def test_a_photo_of_48_million_dots_is_taken_and_one_that_unpacks_whole_is_not() -> None:
    large = Image.new("RGB", (8000, 6000))
    assert photos.make_small(pictures.written(large, quality=10))
    with pytest.raises(RuleBroken, match="photo_too_big"):
        photos.make_small(pictures.written(large, quality=10, progressive=True))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_damaged_file_is_read_or_refused_and_nothing_else(kind: str) -> None:
    chance = random.Random(kind)  # noqa: S311 - the same damage each time
    whole = pictures.photo(kind)
    for _time in range(150):
        damaged = bytearray(whole)
        for _spot in range(chance.randint(1, 8)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            photos.make_small(bytes(damaged))
        except RuleBroken as broken:
            assert broken.code in ("photo_not_readable", "photo_too_big")


def test_one_person_has_one_photo(session: Session, cast: Cast, now: datetime) -> None:
    first = photos.version_of(photos.give(session, cast.ada, pictures.photo(), now))
    later = now + timedelta(seconds=1)
    second = photos.version_of(photos.give(session, cast.ada, pictures.from_a_phone(), later))
    assert first != second
    assert photos.versions_of(session, [cast.ada, cast.cora]) == {cast.ada.id: second}


def test_a_photo_is_forgotten(session: Session, cast: Cast, now: datetime) -> None:
    photos.give(session, cast.ada, pictures.photo(), now)
    photos.give(session, cast.cora, pictures.photo(), now)
    photos.remove(session, cast.ada)
    photos.remove(session, cast.ben)
    assert set(photos.versions_of(session, [cast.ada, cast.cora])) == {cast.cora.id}


def test_versions_cost_one_statement_or_none(
    session: Session, cast: Cast, now: datetime, statements: list[str]
) -> None:
    assert photos.versions_of(session, []) == {}
    assert statements == []
    photos.versions_of(session, [cast.cora, cast.mia, cast.emil])
    assert len(statements) == 1


WHO_SEES = {
    "ada": {"ada", "cora", "mia"},
    "cora": {"cora", "ada"},
    "mia": {"mia", "ada"},
    "ben": {"ben", "dan"},
    "olga": {"olga"},
}


@pytest.mark.parametrize("owner", WHO_SEES)
def test_who_sees_a_photo(session: Session, cast: Cast, now: datetime, owner: str) -> None:
    whose = getattr(cast, owner)
    photos.give(session, whose, pictures.photo(), now)

    def sees(name: str) -> bool:
        try:
            photos.get_photo(session, getattr(cast, name), whose.id, now)
        except NotFound:
            return False
        return True

    everybody = ("ada", "cora", "ben", "dan", "mia", "emil", "olga")
    assert {name for name in everybody if sees(name)} == WHO_SEES[owner]


def test_who_stood_beside_somebody_sees_no_photo_any_more(
    session: Session, cast: Cast, now: datetime
) -> None:
    photos.give(session, cast.ada, pictures.photo(), now)
    photos.give(session, cast.cora, pictures.photo(), now)
    session.query(Support).update({Support.ended_at: now})
    for one, other in ((cast.cora, cast.ada), (cast.ada, cast.cora)):
        assert photos.get_photo(session, one, other.id, now - timedelta(hours=1))
        with pytest.raises(NotFound):
            photos.get_photo(session, one, other.id, now)


def test_who_will_stand_beside_somebody_sees_no_photo_yet(
    session: Session, cast: Cast, now: datetime
) -> None:
    photos.give(session, cast.ben, pictures.photo(), now)
    factories.support(session, cast.cora, cast.ben, now, began_at=now + timedelta(days=1))
    with pytest.raises(NotFound):
        photos.get_photo(session, cast.cora, cast.ben.id, now)
