"""What has just happened, told on the next page in one sentence."""

from typing import Any

from flask import flash


def tell(
    sentence: str, kind: str = "note", *, undo_url: str | None = None, subject: str = ""
) -> None:
    """Show a sentence on the next page, with a way to take back what it tells.

    `kind` is "done", "problem" or "note". `subject` says what it speaks of, as in `waits`.
    """
    message: Any = (
        {"text": sentence, "undo": undo_url, "subject": subject} if undo_url else sentence
    )
    flash(message, kind)
