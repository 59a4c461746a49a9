"""The names that stand over days and months, and months in addresses."""

from datetime import date

import pytest
from werkzeug.routing import Map, Rule

from webapp.web.addresses import MonthConverter
from webapp.web.moments import NO_BREAK, month_words, weekday_words


@pytest.mark.parametrize(
    ("locale", "weekday", "month"),
    [
        ("fr_FR", "Samedi", "Août~2026"),
        ("fr_CA", "Samedi", "Août~2026"),
        ("en_GB", "Saturday", "August~2026"),
        ("en_CA", "Saturday", "August~2026"),
    ],
)
def test_names_that_stand_alone_begin_with_a_capital(locale: str, weekday: str, month: str) -> None:
    day = date(2026, 8, 1)
    assert weekday_words(day, locale) == weekday
    assert month_words(day, locale) == month.replace("~", NO_BREAK)


def test_a_month_stands_in_an_address_and_comes_back() -> None:
    rules = Map([Rule("/<month:month>", endpoint="m")], converters={"month": MonthConverter})
    adapter = rules.bind("localhost")
    assert adapter.match("/2026-11")[1] == {"month": date(2026, 11, 1)}
    assert adapter.build("m", {"month": date(2026, 11, 30)}) == "/2026-11"
