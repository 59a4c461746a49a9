"""The settings, all read from the environment and refused with a clear sentence when wrong."""

import base64
import os
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

SHORTEST_SECRET = 32
"""Characters; a shorter secret key could be guessed."""

DRIVERS = {"sqlite", "sqlite+pysqlite", "postgresql", "postgresql+psycopg"}
PUSH_HOSTS = (
    "fcm.googleapis.com",
    "jmt17.google.com",
    "updates.push.services.mozilla.com",
    "*.push.apple.com",
    "*.notify.windows.com",
)
"""The push services of the browsers that we know; "*." stands for any name below."""

LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1"}
PUSH_HOST = re.compile(r"(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+")
VAPID_KEY_BYTES = 32
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
HOST_AND_PORT = re.compile(r"([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]+)?")


class SettingMistake(Exception):
    """A setting that cannot be used. Its text is one sentence for the person who installs."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What one installation needs to know.

    `vapid_private_key` (32 bytes of a P-256 key, base64url without padding) signs what goes to
    the push services, `vapid_subject` is where they write to us. `push_hosts` are the services
    that we send to. With `push_to_loopback`, for tests alone, one may stand on this machine.
    """

    folder: Path
    database_url: str
    public_url: str
    secret_key: str
    vapid_private_key: str = ""
    vapid_subject: str = ""
    mail_url: str = ""
    push_hosts: tuple[str, ...] = PUSH_HOSTS
    push_to_loopback: bool = False
    metrics_token: str = ""

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
    public_url = _public_url(environment.get("PUBLIC_URL") or "http://localhost:8000")
    return Settings(
        folder=folder,
        database_url=_database_url(environment.get("DATABASE_URL") or default_database),
        public_url=public_url,
        secret_key=_secret_key(environment.get("SECRET_KEY"), folder),
        vapid_private_key=_vapid_key(environment.get("VAPID_PRIVATE_KEY") or None, folder),
        vapid_subject=_vapid_subject(environment.get("VAPID_SUBJECT") or None, public_url),
        mail_url=_mail_url(environment.get("MAIL_URL") or ""),
        push_hosts=_push_hosts(environment.get("PUSH_HOSTS") or None),
        push_to_loopback=_push_to_loopback(environment.get("PUSH_TO_LOOPBACK"), public_url),
        metrics_token=_metrics_token(environment.get("METRICS_TOKEN") or ""),
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
    kept = _kept(folder / "secret_key", secrets.token_urlsafe(48))
    if len(kept) < SHORTEST_SECRET:
        raise SettingMistake("The file secret_key in the data folder is damaged. Remove it.")
    return kept


def _vapid_key(text: str | None, folder: Path) -> str:
    if text is not None:
        if not _is_vapid_key(text):
            raise SettingMistake(
                "VAPID_PRIVATE_KEY: write the 32 bytes of a P-256 key in base64url."
            )
        return text.rstrip("=")
    kept = _kept(folder / "vapid_private_key", _new_vapid_key())
    if not _is_vapid_key(kept):
        raise SettingMistake(
            "The file vapid_private_key in the data folder is damaged. Bring back its copy: "
            "with another key no phone gets its reminders."
        )
    return kept


def _new_vapid_key() -> str:
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    raw = number.to_bytes(VAPID_KEY_BYTES, "big")
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _is_vapid_key(text: str) -> bool:
    try:
        raw = base64.b64decode(text.rstrip("=") + "=", altchars=b"-_", validate=True)
        ec.derive_private_key(int.from_bytes(raw, "big"), ec.SECP256R1())
    except ValueError:
        return False
    return len(raw) == VAPID_KEY_BYTES


def _vapid_subject(text: str | None, public_url: str) -> str:
    """Return where the push services reach us: an address that is real, or they refuse us."""
    if text is None:
        return public_url
    mail, site = text.removeprefix("mailto:"), text.removeprefix("https://")
    if (mail != text and EMAIL.fullmatch(mail)) or (site != text and "." in site):
        return text
    raise SettingMistake(
        "VAPID_SUBJECT: write mailto: and your e-mail, or the https address of your organisation."
    )


def _mail_url(text: str) -> str:
    mistake = "MAIL_URL: write smtp://name:password@host:587, or smtps:// for port 465."
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 - it is checked when it is asked for
    except ValueError as error:
        raise SettingMistake(mistake) from error
    if text and not (parts.scheme in {"smtp", "smtps"} and parts.hostname):
        raise SettingMistake(mistake)
    return text


def _push_hosts(text: str | None) -> tuple[str, ...]:
    if text is None:
        return PUSH_HOSTS
    hosts = tuple(text.lower().replace(",", " ").split())
    wrong = next((host for host in hosts if not PUSH_HOST.fullmatch(host)), None)
    if wrong or not hosts:
        raise SettingMistake(
            f"PUSH_HOSTS: {wrong or 'nothing'} is not the name of a host. Part them with spaces."
        )
    return hosts


def _push_to_loopback(text: str | None, public_url: str) -> bool:
    if not text:
        return False
    if urlsplit(public_url).hostname not in LOCAL_HOSTS:
        raise SettingMistake("PUSH_TO_LOOPBACK is for tests. Remove it where people are.")
    return True


def _metrics_token(text: str) -> str:
    if text and len(text) < SHORTEST_SECRET:
        raise SettingMistake(f"METRICS_TOKEN is too short. Give {SHORTEST_SECRET} characters.")
    return text


def _kept(path: Path, new: str) -> str:
    """Return what a file of the data folder holds, made with `new` on first start; "" if broken."""
    try:
        _write_once(path, new)
        return path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


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
