"""Hands a database many numbers as one value: as hundreds of values they cost more than the rows.

PostgreSQL takes them as arrays, SQLite as JSON.
"""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    ARRAY,
    Column,
    ColumnElement,
    Connection,
    Integer,
    any_,
    func,
    literal,
    select,
)

POSTGRESQL = "postgresql"
NUMBERS = ARRAY(Integer)


def among(
    connection: Connection, column: Column[Any], numbers: Iterable[int | None]
) -> ColumnElement[bool]:
    """Return the condition that a column holds one of these numbers."""
    if connection.dialect.name == POSTGRESQL:
        return column == any_(literal(list(numbers), NUMBERS))
    each = func.json_each(json.dumps(list(numbers))).table_valued("value")
    return column.in_(select(each.c.value))


def pairs(
    connection: Connection, rows: Iterable[tuple[int, int | None]]
) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """Return the two columns of a table that holds these pairs and nothing else."""
    if connection.dialect.name == POSTGRESQL:
        first, second = zip(*rows, strict=True)
        both = func.unnest(literal(list(first), NUMBERS), literal(list(second), NUMBERS))
        made = both.table_valued("first", "second").render_derived()
        return made.c.first, made.c.second
    each = func.json_each(json.dumps(list(rows))).table_valued("value").c.value
    return func.json_extract(each, "$[0]"), func.json_extract(each, "$[1]")
