"""Says who of a team can be asked, and when they answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from webapp.domain.access import team_of
from webapp.domain.answering_hours import next_answer
from webapp.models.person import Person, Role
from webapp.web import database
from webapp.web.i18n import gettext as _
from webapp.web.instants import when_words
from webapp.web.portraits import photo_urls
from webapp.web.who import is_kept, now, participant


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody of a team, with their photo or none, and when they answer ("" if not known)."""

    id: int
    name: str
    role: Role
    telephone: str | None
    email: str | None
    photo_url: str | None
    answers: str


def helpers() -> list[Helper]:
    """Return the team of the person whose plan this page is about; two statements."""
    team = team_of(database.session(), participant(), now())
    return helpers_of(team, participant().time_zone)


def helpers_of(team: Sequence[Person], zone: str) -> list[Helper]:
    """Return these people of a team, with the times of the clocks in `zone`; one statement."""
    photos = photo_urls(team)
    return [
        Helper(
            id=person.id,
            name=person.name,
            role=person.role,
            telephone=person.telephone,
            email=person.email,
            photo_url=photos.get(person.id),
            answers=answering_words(person, zone),
        )
        for person in team
    ]


def answering_words(person: Person, zone: str) -> str:
    """Say whether somebody answers now or when they do; nothing where it is not known.

    Nothing on a page that a phone keeps, either: it would soon be wrong.
    """
    if is_kept():
        return ""
    found = next_answer(person, now())
    if found.is_now:
        return _("%(name)s answers now.") % {"name": person.name}
    if found.at is None:
        return ""
    said = {"name": person.name, "when": when_words(found.at, zone)}
    return _("%(name)s answers %(when)s.") % said
