"""Room for files: which forms may be larger than words are."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, request

from webapp.web.doors import find_view

MOST_PASSED_BYTES = 50 * 1024 * 1024
"""What the camera of a phone makes at most; what is larger is cut off."""
PART_BYTES = 64 * 1024

View = TypeVar("View", bound=Callable[..., Any])


def takes(largest_bytes: int) -> Callable[[View], View]:
    """Let a view receive a form of this size. Every other form has room for words only."""

    def mark(view: View) -> View:
        view.largest_form_bytes = largest_bytes  # type: ignore[attr-defined]
        return view

    return mark


def init_app(app: Flask) -> None:
    """Make the room before anything reads the form."""
    app.before_request(_make_room)


def _make_room() -> None:
    largest = getattr(find_view(), "largest_form_bytes", None)
    if largest is None:
        return
    request.max_content_length = largest
    if (request.content_length or 0) > largest:
        _let_pass(min(request.content_length or 0, MOST_PASSED_BYTES))


def _let_pass(length: int) -> None:
    """Take in a form that is too big and keep nothing of it, before any lock is taken.

    A browser that cannot send its form to the end says that the network is broken, and never
    shows why the form was refused.
    """
    arriving = request.environ["wsgi.input"]
    while length > 0 and (part := arriving.read(min(length, PART_BYTES))):
        length -= len(part)
