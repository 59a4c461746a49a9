"""The people of the tests. Everything is Ada's; Ben and Dan must find nothing of hers."""

from dataclasses import dataclass

from webapp.models.person import Person


@dataclass(frozen=True)
class Cast:
    """Ada with her coach Cora; Ben with his coach Dan; one of each other role."""

    ada: Person
    cora: Person
    ben: Person
    dan: Person
    mia: Person
    emil: Person
    olga: Person
