"""No form answers a sentence that only English has."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from flask import Flask
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import SelectField
from wtforms.validators import Optional

from tests.house.test_words import words_of
from webapp import forms

WRONG = ("", " ", "nowhere", "\u202e", "\u200b", "1" * 50, "x" * 1001)


def every_form() -> Iterator[type[FlaskForm]]:
    """Give each form of the product; those of the style guide are for nobody who reads French."""
    for module in pkgutil.iter_modules(forms.__path__, "webapp.forms."):
        importlib.import_module(module.name)
    for form in FlaskForm.__subclasses__():
        if form.__module__.startswith("webapp.forms."):
            yield form


FORMS = list(every_form())


def is_french(sentence: object) -> bool:
    return (str(sentence),) in words_of("fr")


def test_there_are_forms() -> None:
    assert len(FORMS) >= 4


@pytest.mark.parametrize("kind", FORMS)
def test_every_check_has_its_own_sentence(app: Flask, kind: type[FlaskForm]) -> None:
    with app.test_request_context("/"):
        for field in kind():
            checks = [check for check in field.validators if not isinstance(check, Optional)]
            said = [check.message for check in checks if hasattr(check, "message")]
            assert all(map(is_french, said)), f"{field.name}: {said}"
            assert not isinstance(field, SelectField) or not field.validate_choice, field.name


@pytest.mark.parametrize("kind", FORMS)
def test_every_mistake_is_told_in_french_too(app: Flask, kind: type[FlaskForm]) -> None:
    with app.test_request_context("/", method="POST"):
        names = [field.name for field in kind()]
        for value in (None, *WRONG):
            form = kind(MultiDict({name: value for name in names} if value is not None else {}))
            form.validate()
            told = [sentence for field in form for sentence in field.errors]
            assert all(map(is_french, told)), told
