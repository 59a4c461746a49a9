"""Which texts are fit for a line on a page, whoever wrote them: in a file or in a form."""

import re
import unicodedata

CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""C0 and C1 controls, controls of the writing direction, and halves of surrogate pairs."""


def says_nothing(text: str) -> bool:
    """Say whether nothing of a text is seen: it is empty, or spaces and invisible characters."""
    return all(each.isspace() or unicodedata.category(each) == "Cf" for each in text)


def find_control(text: str) -> str | None:
    """Return the first character of a text that is a control, or None."""
    found = CONTROLS.search(text)
    return found[0] if found else None
