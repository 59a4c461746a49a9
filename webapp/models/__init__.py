"""What is stored. `tables` knows every table, for migrations and for tests."""

from webapp.models import (
    change,
    draft,
    follow_up,
    help,
    mark,
    notice,
    person,
    photo,
    plan,
    risk,
    sign_in,
)
from webapp.models.base import Base

__all__ = [
    "change",
    "draft",
    "follow_up",
    "help",
    "mark",
    "notice",
    "person",
    "photo",
    "plan",
    "risk",
    "sign_in",
    "tables",
]

tables = Base.metadata
