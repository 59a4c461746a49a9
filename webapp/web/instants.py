"""Says an instant in words, as a clock shows it: "tomorrow, Tuesday 24 November, at 9"."""

from datetime import datetime

from webapp.domain.repeats import today_in, wall_clock
from webapp.web.i18n import at_time_words, day_words
from webapp.web.i18n import gettext as _
from webapp.web.who import is_kept, now


def when_words(instant: datetime, zone: str) -> str:
    """Return day and time on the clocks of `zone`, to stand inside a sentence.

    A kept page is looked at on other days too: there, no day is called "today".
    """
    day, at = wall_clock(instant, zone)
    away = None if is_kept() else (day - today_in(zone, now())).days
    said = {"at_time": at_time_words(at), "day": day_words(day)}
    # I18N: these stand at the end of a sentence: "Cora comes …", "Asked …".
    if away == 0:
        return _("today %(at_time)s") % said
    if away == 1:
        return _("tomorrow, %(day)s, %(at_time)s") % said
    if away == -1:
        return _("yesterday %(at_time)s") % said
    return _("on %(day)s %(at_time)s") % said
