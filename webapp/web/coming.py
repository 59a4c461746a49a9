"""The moments that somebody offers who comes to help, on the participant's clock."""

from datetime import UTC, datetime, time, timedelta

from webapp.domain.repeats import instant, today_in, wall_clock
from webapp.web.i18n import at_time_words, duration_words
from webapp.web.i18n import gettext as _
from webapp.web.options import Option
from webapp.web.who import now, participant

SOON_MINUTES = (15, 30, 60)
STEP_SECONDS = 5 * 60
MORNING = time(9, 0)


def coming_choices() -> list[Option]:
    """Return a few moments soon, and tomorrow morning. Their values are instants."""
    zone = participant().time_zone
    tomorrow = instant(today_in(zone, now()) + timedelta(days=1), MORNING, zone)
    words = _("Tomorrow %(at_time)s") % {"at_time": at_time_words(MORNING)}
    return [
        *(_soon(minutes, zone) for minutes in SOON_MINUTES),
        Option(tomorrow.isoformat(), words, "days"),
    ]


def _soon(minutes: int, zone: str) -> Option:
    """Return a moment in so many minutes or a little more: nobody reads 8:37 easily."""
    seconds = (now() + timedelta(minutes=minutes)).timestamp()
    at = datetime.fromtimestamp(-(-seconds // STEP_SECONDS) * STEP_SECONDS, UTC)
    said = {
        "duration": duration_words(minutes),
        "at_time": at_time_words(wall_clock(at, zone)[1]),
    }
    return Option(at.isoformat(), _("In %(duration)s, %(at_time)s") % said, "clock")


def today_at(at: time) -> datetime:
    """Return the instant at which the participant's clock shows this time today."""
    zone = participant().time_zone
    return instant(today_in(zone, now()), at, zone)
