"""What only the tests of the domain ask for."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.statements import counted


@pytest.fixture
def statements(session: Session) -> Iterator[list[str]]:
    """Note the statements that a session sends, after its BEGIN."""
    engine = session.get_bind()
    assert isinstance(engine, Engine)
    session.commit()
    session.connection()
    with counted(engine) as sent:
        yield sent
