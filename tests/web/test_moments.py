"""Days, times and durations in easy words: the expected words are written out by hand."""

from datetime import date, time

import pytest

from webapp.web.moments import (
    at_time_words,
    day_words,
    duration_words,
    relative_day_words,
    time_words,
)

LOCALES = ("fr_FR", "fr_CA", "en_GB", "en_CA")
TODAY = date(2026, 11, 23)

# In the tables below "~" stands for a no-break space.
NO_BREAK = "\u00a0"

# One row an hour, from 0 to 23: on the hour, 5 past, half past.
FRENCH_TIMES = """
minuit                          | minuit~5                            | minuit~30
1~heure du matin                | 1~heure~5 du matin                  | 1~heure~30 du matin
2~heures du matin               | 2~heures~5 du matin                 | 2~heures~30 du matin
3~heures du matin               | 3~heures~5 du matin                 | 3~heures~30 du matin
4~heures du matin               | 4~heures~5 du matin                 | 4~heures~30 du matin
5~heures du matin               | 5~heures~5 du matin                 | 5~heures~30 du matin
6~heures du matin               | 6~heures~5 du matin                 | 6~heures~30 du matin
7~heures du matin               | 7~heures~5 du matin                 | 7~heures~30 du matin
8~heures du matin               | 8~heures~5 du matin                 | 8~heures~30 du matin
9~heures du matin               | 9~heures~5 du matin                 | 9~heures~30 du matin
10~heures du matin              | 10~heures~5 du matin                | 10~heures~30 du matin
11~heures du matin              | 11~heures~5 du matin                | 11~heures~30 du matin
midi                            | midi~5                              | midi~30
1~heure de l'après-midi         | 1~heure~5 de l'après-midi           | 1~heure~30 de l'après-midi
2~heures de l'après-midi        | 2~heures~5 de l'après-midi          | 2~heures~30 de l'après-midi
3~heures de l'après-midi        | 3~heures~5 de l'après-midi          | 3~heures~30 de l'après-midi
4~heures de l'après-midi        | 4~heures~5 de l'après-midi          | 4~heures~30 de l'après-midi
5~heures de l'après-midi        | 5~heures~5 de l'après-midi          | 5~heures~30 de l'après-midi
6~heures du soir                | 6~heures~5 du soir                  | 6~heures~30 du soir
7~heures du soir                | 7~heures~5 du soir                  | 7~heures~30 du soir
8~heures du soir                | 8~heures~5 du soir                  | 8~heures~30 du soir
9~heures du soir                | 9~heures~5 du soir                  | 9~heures~30 du soir
10~heures du soir               | 10~heures~5 du soir                 | 10~heures~30 du soir
11~heures du soir               | 11~heures~5 du soir                 | 11~heures~30 du soir
"""

ENGLISH_TIMES = """
midnight                        | 12:05~at night                      | 12:30~at night
1~in the morning                | 1:05~in the morning                 | 1:30~in the morning
2~in the morning                | 2:05~in the morning                 | 2:30~in the morning
3~in the morning                | 3:05~in the morning                 | 3:30~in the morning
4~in the morning                | 4:05~in the morning                 | 4:30~in the morning
5~in the morning                | 5:05~in the morning                 | 5:30~in the morning
6~in the morning                | 6:05~in the morning                 | 6:30~in the morning
7~in the morning                | 7:05~in the morning                 | 7:30~in the morning
8~in the morning                | 8:05~in the morning                 | 8:30~in the morning
9~in the morning                | 9:05~in the morning                 | 9:30~in the morning
10~in the morning               | 10:05~in the morning                | 10:30~in the morning
11~in the morning               | 11:05~in the morning                | 11:30~in the morning
noon                            | 12:05~in the afternoon              | 12:30~in the afternoon
1~in the afternoon              | 1:05~in the afternoon               | 1:30~in the afternoon
2~in the afternoon              | 2:05~in the afternoon               | 2:30~in the afternoon
3~in the afternoon              | 3:05~in the afternoon               | 3:30~in the afternoon
4~in the afternoon              | 4:05~in the afternoon               | 4:30~in the afternoon
5~in the afternoon              | 5:05~in the afternoon               | 5:30~in the afternoon
6~in the evening                | 6:05~in the evening                 | 6:30~in the evening
7~in the evening                | 7:05~in the evening                 | 7:30~in the evening
8~in the evening                | 8:05~in the evening                 | 8:30~in the evening
9~at night                      | 9:05~at night                       | 9:30~at night
10~at night                     | 10:05~at night                      | 10:30~at night
11~at night                     | 11:05~at night                      | 11:30~at night
"""

COLON_TIMES = """
0:00  | 0:05  | 0:30
1:00  | 1:05  | 1:30
2:00  | 2:05  | 2:30
3:00  | 3:05  | 3:30
4:00  | 4:05  | 4:30
5:00  | 5:05  | 5:30
6:00  | 6:05  | 6:30
7:00  | 7:05  | 7:30
8:00  | 8:05  | 8:30
9:00  | 9:05  | 9:30
10:00 | 10:05 | 10:30
11:00 | 11:05 | 11:30
12:00 | 12:05 | 12:30
13:00 | 13:05 | 13:30
14:00 | 14:05 | 14:30
15:00 | 15:05 | 15:30
16:00 | 16:05 | 16:30
17:00 | 17:05 | 17:30
18:00 | 18:05 | 18:30
19:00 | 19:05 | 19:30
20:00 | 20:05 | 20:30
21:00 | 21:05 | 21:30
22:00 | 22:05 | 22:30
23:00 | 23:05 | 23:30
"""

FRENCH_MONTHS = """
lundi 12~janvier
jeudi 12~février
jeudi 12~mars
dimanche 12~avril
mardi 12~mai
vendredi 12~juin
dimanche 12~juillet
mercredi 12~août
samedi 12~septembre
lundi 12~octobre
jeudi 12~novembre
samedi 12~décembre
"""

ENGLISH_MONTHS = """
Monday 12~January
Thursday 12~February
Thursday 12~March
Sunday 12~April
Tuesday 12~May
Friday 12~June
Sunday 12~July
Wednesday 12~August
Saturday 12~September
Monday 12~October
Thursday 12~November
Saturday 12~December
"""


def table(text: str) -> list[list[str]]:
    return [
        [cell.strip().replace("~", NO_BREAK) for cell in row.split("|")]
        for row in text.strip().splitlines()
    ]


def each_time(text: str) -> list[tuple[time, str]]:
    rows = table(text)
    assert len(rows) == 24
    return [
        (time(hour, minute), words)
        for hour, row in enumerate(rows)
        for minute, words in zip((0, 5, 30), row, strict=True)
    ]


TIMES = {
    "fr_FR": FRENCH_TIMES,
    "fr_CA": FRENCH_TIMES,
    "en_GB": ENGLISH_TIMES,
    "en_CA": ENGLISH_TIMES,
}


@pytest.mark.parametrize("locale", LOCALES)
def test_every_hour_in_words(locale: str) -> None:
    for at, words in each_time(TIMES[locale]):
        assert time_words(at, locale) == words


@pytest.mark.parametrize(
    ("locale", "preposition"), list(zip(LOCALES, ("à", "à", "at", "at"), strict=True))
)
def test_every_hour_with_its_preposition(locale: str, preposition: str) -> None:
    for at, words in each_time(TIMES[locale]):
        assert at_time_words(at, locale) == f"{preposition} {words}"


@pytest.mark.parametrize("locale", LOCALES)
def test_every_hour_in_digits(locale: str) -> None:
    for at, words in each_time(COLON_TIMES):
        expected = words.replace(":", f"{NO_BREAK}h{NO_BREAK}") if locale == "fr_CA" else words
        assert time_words(at, locale, "digits") == expected


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("fr_FR", "à 14:30"),
        ("fr_CA", "à 14\u00a0h\u00a030"),
        ("en_GB", "at 14:30"),
        ("en_CA", "at 14:30"),
    ],
)
def test_digits_with_their_preposition(locale: str, words: str) -> None:
    assert at_time_words(time(14, 30), locale, "digits") == words


@pytest.mark.parametrize(
    ("at", "french", "english"),
    [
        (time(0, 1), "minuit~1", "12:01~at night"),
        (time(0, 59), "minuit~59", "12:59~at night"),
        (time(11, 59), "11~heures~59 du matin", "11:59~in the morning"),
        (time(12, 1), "midi~1", "12:01~in the afternoon"),
        (time(17, 59), "5~heures~59 de l'après-midi", "5:59~in the afternoon"),
        (time(20, 59), "8~heures~59 du soir", "8:59~in the evening"),
        (time(23, 59, 59), "11~heures~59 du soir", "11:59~at night"),
    ],
)
def test_edges_of_the_parts_of_the_day(at: time, french: str, english: str) -> None:
    assert time_words(at, "fr_CA") == french.replace("~", NO_BREAK)
    assert time_words(at, "en_CA") == english.replace("~", NO_BREAK)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_month(locale: str) -> None:
    months = table(FRENCH_MONTHS if locale.startswith("fr") else ENGLISH_MONTHS)
    assert len(months) == 12
    for number, (words,) in enumerate(months, start=1):
        assert day_words(date(2026, number, 12), locale, TODAY) == words


@pytest.mark.parametrize("locale", ["fr_FR", "fr_CA"])
def test_the_first_of_the_month_in_french(locale: str) -> None:
    assert day_words(date(2026, 5, 1), locale, TODAY) == "vendredi 1er\u00a0mai"
    assert day_words(date(2026, 5, 11), locale, TODAY) == "lundi 11\u00a0mai"
    assert day_words(date(2026, 5, 21), locale, TODAY) == "jeudi 21\u00a0mai"


@pytest.mark.parametrize("locale", ["en_GB", "en_CA"])
def test_the_first_of_the_month_in_english(locale: str) -> None:
    assert day_words(date(2026, 5, 1), locale, TODAY) == "Friday 1\u00a0May"


def test_the_year_only_when_it_is_another() -> None:
    monday = date(2027, 1, 4)
    assert day_words(monday, "fr_FR", TODAY) == "lundi 4\u00a0janvier 2027"
    assert day_words(monday, "en_CA", TODAY) == "Monday 4\u00a0January 2027"
    assert day_words(monday, "fr_FR", date(2027, 12, 31)) == "lundi 4\u00a0janvier"
    assert day_words(TODAY, "fr_CA", monday) == "lundi 23\u00a0novembre 2026"


@pytest.mark.parametrize(
    ("day", "french", "english"),
    [
        (21, "Samedi 21~novembre", "Saturday 21~November"),
        (22, "Hier, dimanche 22~novembre", "Yesterday, Sunday 22~November"),
        (23, "Aujourd'hui, lundi 23~novembre", "Today, Monday 23~November"),
        (24, "Demain, mardi 24~novembre", "Tomorrow, Tuesday 24~November"),
        (25, "Mercredi 25~novembre", "Wednesday 25~November"),
    ],
)
def test_relative_words_keep_the_day(day: int, french: str, english: str) -> None:
    on = date(2026, 11, day)
    for locale in ("fr_FR", "fr_CA"):
        assert relative_day_words(on, locale, TODAY) == french.replace("~", NO_BREAK)
    for locale in ("en_GB", "en_CA"):
        assert relative_day_words(on, locale, TODAY) == english.replace("~", NO_BREAK)


def test_tomorrow_may_be_another_year() -> None:
    words = relative_day_words(date(2027, 1, 1), "fr_FR", date(2026, 12, 31))
    assert words == "Demain, vendredi 1er\u00a0janvier 2027"


@pytest.mark.parametrize(
    ("minutes", "french", "english"),
    [
        (0, "0~minute", "0~minutes"),
        (1, "1~minute", "1~minute"),
        (2, "2~minutes", "2~minutes"),
        (15, "15~minutes", "15~minutes"),
        (60, "1~heure", "1~hour"),
        (61, "1~heure 1~minute", "1~hour 1~minute"),
        (90, "1~heure 30~minutes", "1~hour 30~minutes"),
        (120, "2~heures", "2~hours"),
        (135, "2~heures 15~minutes", "2~hours 15~minutes"),
        (1500, "25~heures", "25~hours"),
    ],
)
def test_durations(minutes: int, french: str, english: str) -> None:
    for locale in ("fr_FR", "fr_CA"):
        assert duration_words(minutes, locale) == french.replace("~", NO_BREAK)
    for locale in ("en_GB", "en_CA"):
        assert duration_words(minutes, locale) == english.replace("~", NO_BREAK)


def test_no_duration_below_nothing() -> None:
    with pytest.raises(ValueError, match="0 minutes or more"):
        duration_words(-1, "fr_FR")
