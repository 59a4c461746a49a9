"""Adds rows that may be there already, on both databases."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from webapp.models.base import Base


def insert_for(dialect: str, model: type[Base]) -> Any:
    """Return an INSERT for `model` that takes ON CONFLICT, as a database of this name says it."""
    return (postgresql if dialect == "postgresql" else sqlite).insert(model.__table__)
