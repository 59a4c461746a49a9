"""Which language a page has, and the words and marks that follow from it."""

from collections.abc import Callable
from datetime import date, time

import pytest
from flask import Flask, g

from tests.cast import Cast
from tests.visitor import Visitor
from webapp.models.person import Language, Person, Region, TimeStyle
from webapp.models.text import BilingualText
from webapp.web import i18n

Visit = Callable[..., Visitor]


@pytest.mark.parametrize(
    ("language", "region", "locale"),
    [
        (Language.FR, Region.FR, "fr_FR"),
        (Language.FR, Region.GB, "fr_FR"),
        (Language.FR, Region.CA, "fr_CA"),
        (Language.EN, Region.CA, "en_CA"),
        (Language.EN, Region.GB, "en_GB"),
        (Language.EN, Region.FR, "en_GB"),
    ],
)
def test_the_locale_of_a_person(language: Language, region: Region, locale: str) -> None:
    assert i18n.locale_for(language, region) == locale


@pytest.mark.parametrize(
    ("accepted", "locale"),
    [
        ("", "fr-FR"),
        ("de", "fr-FR"),
        ("*", "fr-FR"),
        ("fr", "fr-FR"),
        ("fr-BE", "fr-FR"),
        ("fr-CA", "fr-CA"),
        ("fr-CA,en;q=0.8", "fr-CA"),
        ("en", "en-GB"),
        ("en-US,en;q=0.9", "en-GB"),
        ("en-CA", "en-CA"),
        ("en-ca,fr;q=0.5", "en-CA"),
        ("de,en;q=0.3", "en-GB"),
        ("fr;q=0.1,en;q=0.9", "en-GB"),
        ("en;q=0", "fr-FR"),
        ("x" * 500, "fr-FR"),
        (",;q=;,", "fr-FR"),
    ],
)
def test_the_locale_of_a_visitor(visit: Visit, accepted: str, locale: str) -> None:
    page = visit().get("/sign-in", Accept_Language=accepted)
    assert page.root.one("html")["lang"] == locale


def test_what_a_visitor_chose_goes_before_their_browser(visit: Visit) -> None:
    browser = visit()
    browser.post("/language", language="fr", next="/sign-in")
    assert browser.get("/sign-in").root.one("html")["lang"] == "fr-CA"


def test_what_a_person_chose_goes_before_their_browser(visit: Visit, cast: Cast) -> None:
    page = visit(cast.ada).get("/today", Accept_Language="fr-FR")
    assert page.root.one("html")["lang"] == "en-CA"


@pytest.fixture
def reads(app: Flask) -> Callable[[Language, Region], None]:
    """Give a function that lets a page be read in a language and region."""
    context = app.test_request_context("/")

    def choose(language: Language, region: Region) -> None:
        i18n.choose(Person(language=language, region=region, time_style=TimeStyle.WORDS))
        g.today = date(2026, 11, 23)

    with context:
        yield choose


@pytest.mark.parametrize("region", Region)
def test_english_sentences_are_as_they_are_written(
    reads: Callable[[Language, Region], None], region: Region
) -> None:
    reads(Language.EN, region)
    assert i18n.gettext("Today") == "Today"
    assert i18n.gettext("A sentence in no catalogue!") == "A sentence in no catalogue!"
    assert i18n.ngettext("%(n)s day", "%(n)s days", 1) == "%(n)s day"
    assert i18n.ngettext("%(n)s day", "%(n)s days", 0) == "%(n)s days"


def test_france_has_its_narrow_spaces_and_canada_none(
    app: Flask, reads: Callable[[Language, Region], None]
) -> None:
    reads(Language.FR, Region.FR)
    france = dict(g.words._catalog)
    assert any("\u202f" in str(text) for text in france.values())
    for message in france:
        if not isinstance(message, str) or not message:
            continue
        reads(Language.FR, Region.CA)
        assert "\u202f" not in i18n.gettext(message)
        reads(Language.FR, Region.FR)
        assert "\u202f" not in i18n.gettext(message).replace("\u202f?", "").replace(
            "\u202f!", ""
        ).replace("\u202f;", "")


def test_days_and_times_follow_the_reader(reads: Callable[[Language, Region], None]) -> None:
    reads(Language.FR, Region.FR)
    assert i18n.day_words(date(2026, 11, 23)).replace("\u00a0", " ") == "lundi 23 novembre"
    assert i18n.at_time_words(time(9, 30)).replace("\u00a0", " ") == "à 9 heures 30 du matin"
    reads(Language.EN, Region.GB)
    assert i18n.relative_day_words(date(2026, 11, 24)).startswith("Tomorrow, Tuesday 24")
    assert i18n.at_time_words(time(12)) == "at noon"
    g.time_style = TimeStyle.DIGITS
    assert i18n.time_words(time(9, 5)) == "9:05"


def test_words_of_people_are_shown_in_the_readers_language_or_the_other(
    reads: Callable[[Language, Region], None],
) -> None:
    both, french = BilingualText(fr="Balayer", en="Sweep"), BilingualText(fr="Balayer")
    reads(Language.EN, Region.CA)
    assert i18n.spoken(both) == ("Sweep", "en")
    assert i18n.spoken(french) == ("Balayer", "fr")
    assert i18n.spoken(BilingualText()) is None
    assert i18n.spoken(BilingualText(fr="", en="")) is None
    reads(Language.FR, Region.CA)
    assert i18n.spoken(both) == ("Balayer", "fr")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("One", ["One"]),
        ("It costs 3.50 dollars. Yes.", ["It costs 3.50 dollars.", "Yes."]),
        ("Line one\nLine two. End.", ["Line one", "Line two.", "End."]),
        ("Ça va\u202f? Oui\u202f! Bien.", ["Ça va\u202f?", "Oui\u202f!", "Bien."]),
        ("  Space around.  ", ["Space around."]),
        ("", []),
    ],
)
def test_sentences(text: str, found: list[str]) -> None:
    assert i18n.sentences(text) == found
