"""The moment that somebody chose: a day, with or without a time."""

from datetime import date, time


def write_moment(day: date, at: time | None) -> str:
    """Return a moment as a form sends it: "2026-11-23T14:30", or "2026-11-24" for any time."""
    return f"{day.isoformat()}T{at:%H:%M}" if at else day.isoformat()


def read_moment(text: str) -> tuple[date, time | None] | None:
    """Return the moment that `write_moment` wrote, or None where the text is no moment."""
    day, _, at = text.partition("T")
    try:
        return date.fromisoformat(day), time.fromisoformat(at) if at else None
    except ValueError:
        return None
