"""The photos of people: given by themselves, made small and plain, seen by those beside them."""

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from struct import error as StructError

from PIL import Image, ImageOps
from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from webapp.domain.errors import NotFound, RuleBroken
from webapp.models.person import Person, Role, Support
from webapp.models.photo import Photo

LARGEST_BYTES = 5 * 1024 * 1024
FORMATS = ("JPEG", "PNG", "WEBP")
SIDE = 256
"""Pixels; what is kept is a square."""
QUALITY = 80

MOST_PIXELS = 16_000_000
"""What is unpacked whole, at 4 bytes a pixel."""
MOST_PIXELS_IN_BLOCKS = 64_000_000
"""What the camera of a phone makes: a plain JPEG is unpacked small, line by line."""

APPLE_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}
"""How files of the kind HEIC begin, after their size and "ftyp"."""

BROKEN = (OSError, SyntaxError, ValueError, StructError)
"""What Pillow raises for a file that it cannot read."""
HUGE = (Image.DecompressionBombError, Image.DecompressionBombWarning)
"""What Pillow raises for a file that it does not want to unpack."""


def give(session: Session, actor: Person, content: bytes, now: datetime) -> Photo:
    """Keep a picture as the actor's own photo, in the place of the one before.

    Raises RuleBroken ("photo_too_big", "photo_from_apple", "photo_not_readable").
    """
    jpeg = make_small(content)
    photo = session.get(Photo, actor.id) or Photo(person_id=actor.id)
    photo.jpeg, photo.changed_at = jpeg, now
    session.add(photo)
    session.flush()
    return photo


def remove(session: Session, actor: Person) -> None:
    """Forget the actor's own photo. Nothing of it is kept."""
    photo = session.get(Photo, actor.id)
    if photo is not None:
        session.delete(photo)


def get_photo(session: Session, actor: Person, owner_id: int, now: datetime) -> Photo:
    """Return somebody's photo: one's own, or that of a person with whom one shares a support.

    An employer sees nobody's but their own: the person shares nothing with them by being here.
    Raises NotFound to everybody else, and where there is none.
    """
    own = Photo.person_id == actor.id
    seen = own if actor.role is Role.EMPLOYER else or_(own, _share_a_support(actor, now))
    photo = session.scalars(select(Photo).where(Photo.person_id == owner_id, seen)).one_or_none()
    if photo is None:
        raise NotFound
    return photo


def _share_a_support(actor: Person, now: datetime) -> ColumnElement[bool]:
    """Return the condition that one of the two stands beside the other at this instant."""
    helps_me = and_(Support.participant_id == actor.id, Support.supporter_id == Photo.person_id)
    is_helped = and_(Support.supporter_id == actor.id, Support.participant_id == Photo.person_id)
    return exists().where(
        or_(helps_me, is_helped),
        Support.began_at <= now,
        or_(Support.ended_at.is_(None), Support.ended_at > now),
    )


def versions_of(session: Session, people: Iterable[Person]) -> dict[int, str]:
    """Return the version of each person's photo, by the person's id; who has none is left out.

    Who asks must already know that these people may be seen.
    """
    ids = [person.id for person in people]
    if not ids:
        return {}
    found = session.execute(
        select(Photo.person_id, Photo.changed_at).where(Photo.person_id.in_(ids))
    )
    return {person_id: _version(changed_at) for person_id, changed_at in found}


def version_of(photo: Photo) -> str:
    """Return the word by which an address tells this photo from the one before."""
    return _version(photo.changed_at)


def _version(changed_at: datetime) -> str:
    return f"{int(changed_at.timestamp() * 1000):x}"


def make_small(content: bytes) -> bytes:
    """Return a picture as a small square JPEG, the right way up, without anything else in it.

    Only pixels are carried over: neither the place where it was taken nor the name of the camera.
    Raises RuleBroken as `give` does.
    """
    if len(content) > LARGEST_BYTES:
        raise RuleBroken("photo_too_big")
    if content[4:8] == b"ftyp" and content[8:12] in APPLE_BRANDS:
        raise RuleBroken("photo_from_apple")
    try:
        return _squared(content)
    except HUGE as error:
        raise RuleBroken("photo_too_big") from error
    except BROKEN as error:
        raise RuleBroken("photo_not_readable") from error


def _squared(content: bytes) -> bytes:
    with Image.open(BytesIO(content), formats=FORMATS) as opened:
        _refuse_huge(opened)
        # A plain JPEG is unpacked at an eighth of its size where that is large enough.
        opened.draft("RGB", (2 * SIDE, 2 * SIDE))
        upright = ImageOps.exif_transpose(opened)
        square = ImageOps.fit(_on_white(upright), (SIDE, SIDE), Image.Resampling.LANCZOS)
    plain = Image.new("RGB", square.size)
    plain.paste(square)
    written = BytesIO()
    plain.save(written, "JPEG", quality=QUALITY, optimize=True)
    return written.getvalue()


def _refuse_huge(picture: Image.Image) -> None:
    """Refuse, before it is unpacked, what would fill the memory."""
    in_blocks = picture.format == "JPEG" and "progressive" not in picture.info
    if picture.width * picture.height > (MOST_PIXELS_IN_BLOCKS if in_blocks else MOST_PIXELS):
        raise RuleBroken("photo_too_big")


def _on_white(picture: Image.Image) -> Image.Image:
    """Return the picture in plain colours; what was transparent is white."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    white = Image.new("RGB", layer.size, "white")
    white.paste(layer, mask=layer)
    return white
