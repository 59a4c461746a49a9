"""The addresses of people's photos."""

from collections.abc import Iterable

from flask import url_for

from webapp.domain import photos
from webapp.models.person import Person
from webapp.web import database


def photo_urls(people: Iterable[Person]) -> dict[int, str]:
    """Return the address of each person's photo, by the person's id, with one statement.

    Who has no photo is left out. Only for people whom the reader may see.
    """
    found = photos.versions_of(database.session(), people)
    return {
        owner_id: url_for("photos.show", owner_id=owner_id, version=version)
        for owner_id, version in found.items()
    }
