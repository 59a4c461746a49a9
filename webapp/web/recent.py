"""What is too old to be kept on a phone: what people said to each other more than 7 days ago."""

from datetime import datetime

from webapp.domain.offline_class import is_old
from webapp.web.who import is_kept, now


def is_left_out(said_at: datetime | None) -> bool:
    """Say whether this page is one that a phone keeps, and what was said then is too old for it."""
    return is_kept() and said_at is not None and is_old(said_at, now())
