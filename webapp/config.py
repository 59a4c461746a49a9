"""The settings, all read from the environment and refused with a clear sentence when wrong."""

import os
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

SHORTEST_SECRET = 32
"""Characters; a shorter secret key could be guessed."""

DRIVERS = {"sqlite", "sqlite+pysqlite", "postgresql", "postgresql+psycopg"}
HOST_AND_PORT = re.compile(r"([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]+)?")


class SettingMistake(Exception):
    """A setting that cannot be used. Its text is one sentence for the person who installs."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What one installation needs to know."""

    folder: Path
    database_url: str
    public_url: str
    secret_key: str

    @property
    def is_https(self) -> bool:
        """Say whether people reach the app over HTTPS."""
        return self.public_url.startswith("https://")

    @property
    def is_sqlite(self) -> bool:
        """Say whether the database is the embedded one."""
        return self.database_url.startswith("sqlite")


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings; make the data folder and its secret key on first start.

    Raises SettingMistake with one clear sentence where a setting cannot be used.
    """
    folder = _data_folder(environment.get("MON_RYTHME_DATA", "instance"))
    default_database = f"sqlite:///{folder / 'mon-rythme.sqlite3'}"
    return Settings(
        folder=folder,
        database_url=_database_url(environment.get("DATABASE_URL") or default_database),
        public_url=_public_url(environment.get("PUBLIC_URL") or "http://localhost:8000"),
        secret_key=_secret_key(environment.get("SECRET_KEY"), folder),
    )


def _data_folder(text: str) -> Path:
    try:
        folder = Path(text or "instance").expanduser().absolute()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except RuntimeError as error:
        raise SettingMistake(f"MON_RYTHME_DATA: {text} is in nobody's home folder.") from error
    except OSError as error:
        reason = error.strerror
        raise SettingMistake(
            f"MON_RYTHME_DATA: cannot make the folder {text}: {reason}."
        ) from error
    if not os.access(folder, os.W_OK):
        raise SettingMistake(f"MON_RYTHME_DATA: the folder {text} cannot be written to.")
    return folder


def _database_url(text: str) -> str:
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise SettingMistake(
            "DATABASE_URL is not an address. Write postgresql://name:password@host/database."
        ) from error
    if url.drivername not in DRIVERS:
        raise SettingMistake(
            f"DATABASE_URL: {url.drivername} is not supported. Use postgresql or sqlite."
        )
    if url.get_backend_name() == "sqlite":
        _check_sqlite(url)
    else:
        _check_driver()
    return text


def _check_sqlite(url: URL) -> None:
    if url.host or url.query or url.database in {None, "", ":memory:"}:
        raise SettingMistake(
            "DATABASE_URL: write the path of a file alone, as in sqlite:///plans.db."
        )


def _check_driver() -> None:
    try:
        import_module("psycopg")
    except ImportError as error:
        raise SettingMistake(
            "DATABASE_URL: PostgreSQL needs a driver. Run pip install 'mon-rythme[postgresql]'."
        ) from error


def _public_url(text: str) -> str:
    if "@" in text:
        raise SettingMistake("PUBLIC_URL: write the address alone, without a path or a password.")
    mistake = f"PUBLIC_URL: {text} is not an address such as https://plan.example.org."
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 - it is checked when it is asked for
    except ValueError as error:
        raise SettingMistake(mistake) from error
    if parts.scheme not in {"http", "https"} or not HOST_AND_PORT.fullmatch(parts.netloc):
        raise SettingMistake(mistake)
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise SettingMistake("PUBLIC_URL: write the address alone, without a path or a password.")
    return f"{parts.scheme}://{parts.netloc}"


def _secret_key(text: str | None, folder: Path) -> str:
    if text is not None:
        if len(text) < SHORTEST_SECRET:
            raise SettingMistake(f"SECRET_KEY is too short. Give {SHORTEST_SECRET} characters.")
        return text
    path = folder / "secret_key"
    try:
        _write_once(path, secrets.token_urlsafe(48))
        kept = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        kept = ""
    if len(kept) < SHORTEST_SECRET:
        raise SettingMistake(f"The file {path.name} in the data folder is damaged. Remove it.")
    return kept


def _write_once(path: Path, text: str) -> None:
    """Write a file that only its owner may read, unless another process was first.

    It is linked into place whole, so that nobody ever reads half a key.
    """
    if path.exists():
        return
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


def suppose_port(port: int) -> None:
    """Let PUBLIC_URL be this machine at `port`, here and in the processes started from here.

    Only where nobody has set it.
    """
    os.environ.setdefault("PUBLIC_URL", f"http://localhost:{port}")
