"""What has just happened, told on the next page in one sentence."""

from typing import Any

from flask import flash


def tell(sentence: str, kind: str = "note", *, undo_url: str | None = None) -> None:
    """Show a sentence on the next page, with a way to take back what it tells.

    `kind` is "done", "problem" or "note".
    """
    message: Any = {"text": sentence, "undo": undo_url} if undo_url else sentence
    flash(message, kind)
