"""Room for files: taken in to the end where they are too big, so that the answer is read."""

from io import BytesIO

import pytest
from flask import Flask

from webapp.domain import photos
from webapp.web import uploads

KIND = {"content_type": "multipart/form-data; boundary=line"}
TOO_MUCH = photos.LARGEST_BYTES + 70 * 1024


class Arriving(BytesIO):
    """A form that arrives, and how much of it was taken in."""

    taken = 0

    def read(self, size: int | None = -1) -> bytes:
        part = super().read(size)
        self.taken += len(part)
        return part


def send(app: Flask, path: str, length: int) -> int:
    """Send a form of this many bytes, and return how many were taken in."""
    arriving = Arriving(bytes(length))
    app.test_client().post(path, input_stream=arriving, content_length=length, **KIND)
    return arriving.taken


def test_a_file_that_is_too_big_is_taken_in_to_its_end(app: Flask) -> None:
    assert send(app, "/me/photo", TOO_MUCH) == TOO_MUCH


def test_what_is_endless_is_cut_off(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_PASSED_BYTES", TOO_MUCH)
    assert send(app, "/me/photo", TOO_MUCH + 100_000) == TOO_MUCH


def test_other_forms_take_in_nothing_of_it(app: Flask) -> None:
    assert send(app, "/me/theme", TOO_MUCH) == 0
