"""The days on which something comes, in easy words: written out by hand for both languages."""

from datetime import date, time

import pytest

from webapp.web.schedule_words import days_words, schedule_words, when_words

TODAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)
NO_BREAK = "\u00a0"

DAYS = [
    (None, "Friday 27~November", "Vendredi 27~novembre"),
    ("FREQ=DAILY", "Every day", "Tous les jours"),
    ("FREQ=DAILY;INTERVAL=2", "Every second day", "Un jour sur deux"),
    ("FREQ=DAILY;INTERVAL=10", "Every 10 days", "Tous les 10 jours"),
    ("FREQ=DAILY;BYDAY=MO,TU", "Every Monday and Tuesday", "Le lundi et le mardi"),
    ("FREQ=DAILY;COUNT=5", "Every day, 5~times", "Tous les jours, 5~fois"),
    ("FREQ=WEEKLY", "Every Friday", "Le vendredi"),
    ("FREQ=WEEKLY;BYDAY=WE,MO", "Every Monday and Wednesday", "Le lundi et le mercredi"),
    (
        "FREQ=WEEKLY;BYDAY=MO,TU,TH",
        "Every Monday, Tuesday and Thursday",
        "Le lundi, le mardi et le jeudi",
    ),
    ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "Monday to Friday", "Du lundi au vendredi"),
    ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "Every day", "Tous les jours"),
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "Every second Friday", "Un vendredi sur deux"),
    (
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR",
        "Every second week, on Monday and Friday",
        "Une semaine sur deux, le lundi et le vendredi",
    ),
    (
        "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO",
        "Every third week, on Monday",
        "Toutes les 3 semaines, le lundi",
    ),
    (
        "FREQ=WEEKLY;INTERVAL=12;BYDAY=MO",
        "Every 12th week, on Monday",
        "Toutes les 12 semaines, le lundi",
    ),
    (
        "FREQ=WEEKLY;BYDAY=MO;UNTIL=20261218T000000Z",
        "Every Monday, until Friday 18~December",
        "Le lundi, jusqu'au vendredi 18~décembre",
    ),
    ("FREQ=MONTHLY", "Every month, on day 27", "Chaque mois, le 27"),
    ("FREQ=MONTHLY;BYMONTHDAY=15", "Every month, on day 15", "Chaque mois, le 15"),
    (
        "FREQ=MONTHLY;BYDAY=-1MO",
        "Every month, on the last Monday",
        "Chaque mois, le dernier lundi",
    ),
    (
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=2TU",
        "Every second month, on the second Tuesday",
        "Un mois sur deux, le deuxième mardi",
    ),
    ("FREQ=MONTHLY;BYMONTHDAY=1,15", "Every month", "Chaque mois"),
    ("FREQ=MONTHLY;BYDAY=5FR", "Every month", "Chaque mois"),
    ("FREQ=YEARLY", "Every year", "Chaque année"),
]


@pytest.mark.parametrize(("rule", "english", "french"), DAYS)
def test_days_in_words(rule: str | None, english: str, french: str) -> None:
    for locale, words in (("en_CA", english), ("fr_CA", french), ("fr_FR", french)):
        assert days_words(FRIDAY, rule, locale, TODAY) == words.replace("~", NO_BREAK)


def test_the_first_of_a_month_in_french() -> None:
    assert days_words(date(2026, 12, 1), None, "fr_CA", TODAY) == "Mardi 1er\u00a0décembre"
    words = days_words(date(2026, 12, 1), "FREQ=MONTHLY", "fr_CA", TODAY)
    assert words == "Chaque mois, le 1er"


def test_a_time_or_any_time() -> None:
    assert when_words(time(9), "en_CA") == f"at 9{NO_BREAK}in the morning"
    assert when_words(None, "en_CA") == "any time"
    assert when_words(None, "fr_CA") == "quand vous voulez"


def test_when_and_how_long_in_one_line() -> None:
    reader = ("en_GB", TODAY, "digits")
    words = schedule_words(FRIDAY, time(9), 90, "FREQ=DAILY", reader)
    assert words == "Every day, at 9:00, 1\u00a0hour 30\u00a0minutes"
