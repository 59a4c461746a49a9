"""What templates may use: parts that are made once."""

from flask import Flask, g, get_template_attribute

from webapp.models.person import Language, Person, Region
from webapp.web import i18n
from webapp.web.templates import once


def made(app: Flask, language: Language, name: str, *values: str) -> str:
    """Return a part that is made once, for a reader of a language."""
    with app.test_request_context("/"):
        i18n.choose(Person(language=language, region=Region.CA))
        assert g.language == language
        return once(get_template_attribute(f"components/{name}.html", name), *values)


def test_a_part_is_made_once_for_each_language_and_each_value(app: Flask) -> None:
    asked = [
        (Language.FR, "Bonjour"),
        (Language.EN, "Hello"),
        (Language.EN, "<b>"),
        (Language.EN, "Hello"),
    ]
    first, *others = [made(app, language, "notice", "note", words) for language, words in asked]
    assert ">Bonjour<" in first
    assert ["Hello" in each for each in others] == [True, False, True]
    assert "&lt;b&gt;" in others[1]
    assert others[2] is others[0]


def test_a_part_is_in_the_language_of_its_reader(app: Flask) -> None:
    asked = (Language.FR, Language.EN, Language.FR)
    said = [made(app, language, "kept_state") for language in asked]
    assert "Envoyé" in said[0]
    assert "Sent" in said[1]
    assert said[2] is said[0]
