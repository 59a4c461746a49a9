"""How the pictures are offered: the common ones first, the others by what they are about."""

from itertools import pairwise

from webapp.forms.words import N_
from webapp.pictures import PICTURES

COMMON = (
    "work",
    "bus",
    "meal",
    "home",
    "clothes",
    "cleaning",
    "shop",
    "phone",
    "email",
    "speak",
    "calendar",
    "computer",
)

_BEGINS = {
    "task": N_("General"),
    "person": N_("People"),
    "home": N_("At home"),
    "clothes": N_("Clothes and safety"),
    "walk": N_("On the way"),
    "work": N_("Places of work"),
    "door": N_("In a building"),
    "cleaning": N_("Cleaning"),
    "shelf": N_("Shop and store room"),
    "fridge": N_("Kitchen"),
    "book": N_("Desk"),
    "plant": N_("Garden"),
}
"""The first picture of each group, in the order of the pictures, and the words for the group."""


def _groups() -> dict[str, tuple[str, ...]]:
    names = list(PICTURES)
    starts = [names.index(first) for first in _BEGINS]
    parts = pairwise([*starts, len(names)])
    return {
        words: tuple(names[start:end])
        for words, (start, end) in zip(_BEGINS.values(), parts, strict=True)
    }


GROUPS = _groups()
"""The pictures by group; the words of a group are to be translated."""
