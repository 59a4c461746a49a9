"""Pictures for tests, made on the spot: upright, turned, huge, and in every kind."""

from io import BytesIO
from typing import Any

from PIL import Image

ORIENTATION = 0x0112
LEFT_HAND = 6
"""The camera was turned a quarter to the left: the picture is shown turned to the right."""


def written(picture: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    """Return a picture as a file."""
    file = BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def halves(width: int = 400, height: int = 300, mode: str = "RGB") -> Image.Image:
    """Draw a picture that is red on top and blue below."""
    made = Image.new(mode, (width, height), "blue")
    made.paste(Image.new(mode, (width, height // 2), "red"))
    return made


def photo(kind: str = "JPEG", **options: Any) -> bytes:
    """Return a small photo as a file."""
    return written(halves(), kind, **options)


def from_a_phone() -> bytes:
    """Return a photo as phones make it: lying, with a note to turn it, and the place in it."""
    exif = Image.Exif()
    exif[ORIENTATION] = LEFT_HAND
    exif[0x010F] = "A phone"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[29] = "2026:11:23"
    lying = halves().transpose(Image.Transpose.ROTATE_90)
    return written(lying, exif=exif, comment=b"A comment")


def opened(content: bytes) -> Image.Image:
    """Read a file back."""
    return Image.open(BytesIO(content))


def colours(content: bytes) -> tuple[str, str]:
    """Say which of red and blue is above, and which below."""
    picture = opened(content).convert("RGB")
    side = picture.width

    def named(y: int) -> str:
        found = picture.getpixel((side // 2, y))
        assert isinstance(found, tuple)
        return "red" if found[0] > found[2] else "blue"

    return named(side // 8), named(side - side // 8)
