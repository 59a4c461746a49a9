"""Hands a database many numbers as one value: as hundreds of values they cost more than the rows.

PostgreSQL takes them as arrays, SQLite as JSON. Statements with them can be put together once.
"""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import (
    ARRAY,
    BindParameter,
    Column,
    ColumnElement,
    Dialect,
    Integer,
    Text,
    any_,
    bindparam,
    func,
    select,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

POSTGRESQL = "postgresql"


class Numbers(TypeDecorator[Collection[int | None]]):
    """Many numbers as one value of a statement."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        kind = ARRAY(Integer) if dialect.name == POSTGRESQL else Text()
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: Collection[int | None] | None, dialect: Dialect) -> Any:
        numbers = list(value or ())
        return numbers if dialect.name == POSTGRESQL else json.dumps(numbers)


def numbers(name: str) -> BindParameter[Any]:
    """Return the place of many numbers in a statement."""
    return bindparam(name, type_=Numbers())


def among(dialect: str, column: Column[Any]) -> ColumnElement[bool]:
    """Return the condition that a column holds one of the `numbers` given to the statement."""
    if dialect == POSTGRESQL:
        return column == any_(numbers("numbers"))
    each = func.json_each(numbers("numbers")).table_valued("value")
    return column.in_(select(each.c.value))


def pairs(dialect: str) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """Return the columns of a table made of two lists given to the statement: `first`, `second`."""
    if dialect == POSTGRESQL:
        both = func.unnest(numbers("first"), numbers("second"))
        made = both.table_valued("first", "second").render_derived()
        return made.c.first, made.c.second
    each = func.json_each(numbers("first")).table_valued("key", "value")
    place = func.printf("$[%d]", each.c.key)
    return each.c.value, func.json_extract(numbers("second"), place)
