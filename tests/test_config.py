"""The settings: made on first start, refused with one clear sentence when wrong."""

import base64
import os
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from webapp import config
from webapp.config import SettingMistake, Settings

KEY = "k" * 32
KEYS = {"secret_key", "vapid_private_key"}
VAPID_KEY = base64.urlsafe_b64encode(bytes([1] * 32)).decode()


def settings(folder: Path, **environment: str) -> Settings:
    return config.from_environment({"MON_RYTHME_DATA": str(folder), **environment})


def test_a_first_start_makes_all_that_it_needs(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    found = settings(folder)
    assert found.database_url == f"sqlite:///{folder / 'mon-rythme.sqlite3'}"
    assert found.public_url == "http://localhost:8000"
    assert (found.is_sqlite, found.is_https) == (True, False)
    assert len(found.secret_key) >= 43
    assert len(found.vapid_private_key) == 43
    for name in KEYS:
        key = folder / name
        assert key.read_text("ascii") == getattr(found, name)
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {each.name for each in folder.iterdir()} == KEYS


def test_the_keys_stay_and_are_others_elsewhere(tmp_path: Path) -> None:
    first, again, other = (settings(tmp_path / name) for name in "aab")
    for name in KEYS:
        assert getattr(again, name) == getattr(first, name) != getattr(other, name)


def test_processes_that_start_together_have_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as processes:
        found = list(processes.map(lambda _n: settings(tmp_path), range(8)))
    assert len({(each.secret_key, each.vapid_private_key) for each in found}) == 1
    assert {each.name for each in tmp_path.iterdir()} == KEYS


def test_what_is_set_is_used(tmp_path: Path) -> None:
    found = settings(
        tmp_path,
        DATABASE_URL="postgresql://me:secret@db/plans",
        PUBLIC_URL="https://plan.example.org/",
        SECRET_KEY=KEY,
    )
    assert found.database_url == "postgresql://me:secret@db/plans"
    assert found.public_url == "https://plan.example.org"
    assert (found.is_sqlite, found.is_https, found.secret_key) == (False, True, KEY)
    assert not (tmp_path / "secret_key").exists()


def test_empty_is_as_not_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = config.from_environment(
        {"MON_RYTHME_DATA": "", "DATABASE_URL": "", "PUBLIC_URL": "", "SECRET_KEY": KEY}
    )
    assert found.folder == tmp_path / "instance"
    assert found.is_sqlite
    assert found.public_url == "http://localhost:8000"


@pytest.mark.parametrize(
    "url", ["http://localhost", "http://192.0.2.7:8080", "https://[2001:db8::1]:8443"]
)
def test_addresses_that_are_good(tmp_path: Path, url: str) -> None:
    assert settings(tmp_path, PUBLIC_URL=url).public_url == url


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "not an address"),
        ("DATABASE_URL", "mysql://db/plans"),
        ("DATABASE_URL", "postgresql+nothing://db/plans"),
        ("DATABASE_URL", "postgresql+psycopg2://db/plans"),
        ("DATABASE_URL", "postgresql+asyncpg://db/plans"),
        ("DATABASE_URL", "sqlite+aiosqlite:///plans.db"),
        ("DATABASE_URL", "sqlite:///plans.db?foo=bar"),
        ("DATABASE_URL", "sqlite://host/plans.db"),
        ("DATABASE_URL", "postgresql://db:port/plans"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("PUBLIC_URL", "plan.example.org"),
        ("PUBLIC_URL", "ftp://plan.example.org"),
        ("PUBLIC_URL", "https://"),
        ("PUBLIC_URL", "https://plan.example.org/path"),
        ("PUBLIC_URL", "https://plan.example.org?x=1"),
        ("PUBLIC_URL", "https://plan.example.org#x"),
        ("PUBLIC_URL", "https://me:secret@plan.example.org"),
        ("PUBLIC_URL", "https://:secret@plan.example.org"),
        ("PUBLIC_URL", "https://plan.example.org:99999"),
        ("PUBLIC_URL", "https://[::1"),
        ("PUBLIC_URL", "https://exa mple.org"),
        ("PUBLIC_URL", 'https://a"><b>'),
        ("PUBLIC_URL", "https://plan.exämple.org"),
        ("PUBLIC_URL", "https://:8000"),
        ("PUBLIC_URL", "https://me:secret@exa mple.org"),
        ("MON_RYTHME_DATA", "~nosuchperson/x"),
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("VAPID_PRIVATE_KEY", "short"),
        ("VAPID_PRIVATE_KEY", "A" * 43),
        ("VAPID_PRIVATE_KEY", VAPID_KEY + "AAAA"),
        ("VAPID_PRIVATE_KEY", "é" * 43),
        ("VAPID_SUBJECT", "me@example.org"),
        ("VAPID_SUBJECT", "mailto:nobody"),
        ("VAPID_SUBJECT", "http://example.org"),
        ("VAPID_SUBJECT", "https://nowhere"),
        ("MAIL_URL", "mail.example.org"),
        ("MAIL_URL", "https://mail.example.org"),
        ("MAIL_URL", "smtp://"),
        ("MAIL_URL", "smtp://mail.example.org:port"),
        ("PUSH_HOSTS", " , "),
        ("PUSH_HOSTS", "push.example.org, https://other.example.org"),
        ("PUSH_HOSTS", "*"),
        ("PUSH_HOSTS", "localhost"),
        ("METRICS_TOKEN", "short"),
    ],
)
def test_a_wrong_setting_is_refused_in_one_sentence(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingMistake) as raised:
        config.from_environment({"MON_RYTHME_DATA": str(tmp_path), name: value})
    said = str(raised.value)
    assert said.startswith(name)
    assert said.endswith(".")
    assert "\n" not in said
    assert "secret" not in said.replace("SECRET_KEY", "")


def test_what_is_set_for_messages_is_used(tmp_path: Path) -> None:
    found = settings(
        tmp_path,
        PUBLIC_URL="https://plan.example.org",
        VAPID_PRIVATE_KEY=VAPID_KEY,
        VAPID_SUBJECT="mailto:we@example.org",
        MAIL_URL="smtp://we:secret@mail.example.org:587",
        PUSH_HOSTS="Push.example.org, *.push.example.net",
        METRICS_TOKEN=KEY,
    )
    assert found.vapid_private_key == VAPID_KEY.rstrip("=")
    assert found.vapid_subject == "mailto:we@example.org"
    assert found.mail_url == "smtp://we:secret@mail.example.org:587"
    assert found.push_hosts == ("push.example.org", "*.push.example.net")
    assert found.metrics_token == KEY
    assert not (tmp_path / "vapid_private_key").exists()


def test_push_services_find_us_at_our_address_unless_it_is_said(tmp_path: Path) -> None:
    found = settings(tmp_path, PUBLIC_URL="https://plan.example.org", VAPID_SUBJECT="")
    assert found.vapid_subject == "https://plan.example.org"
    assert found.push_hosts == config.PUSH_HOSTS
    assert not found.push_to_loopback


def test_a_push_service_on_this_machine_is_for_tests_alone(tmp_path: Path) -> None:
    assert settings(tmp_path, PUSH_TO_LOOPBACK="1").push_to_loopback
    for url in ("https://plan.example.org", "http://192.0.2.7:8000"):
        with pytest.raises(SettingMistake, match=r"^PUSH_TO_LOOPBACK is for tests\."):
            settings(tmp_path, PUSH_TO_LOOPBACK="1", PUBLIC_URL=url)


def test_drivers_that_are_good(tmp_path: Path) -> None:
    for url in ("sqlite+pysqlite:///plans.db", "postgresql+psycopg://db/plans?sslmode=require"):
        assert settings(tmp_path, DATABASE_URL=url).database_url == url


def test_a_driver_that_is_not_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(SettingMistake, match=r"^DATABASE_URL: .*mon-rythme\[postgresql\]'\.$"):
        settings(tmp_path, DATABASE_URL="postgresql://db/plans")


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(SettingMistake, match=r"^MON_RYTHME_DATA: cannot make the folder"):
            settings(folder)


@pytest.mark.parametrize("content", [b"", b"short", b"\xff\xfe" * 40])
def test_a_damaged_key_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "secret_key").write_bytes(content)
    with pytest.raises(SettingMistake, match="secret_key in the data folder is damaged"):
        settings(tmp_path)


def test_a_key_that_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "secret_key").mkdir()
    with pytest.raises(SettingMistake, match="secret_key in the data folder is damaged"):
        settings(tmp_path)


def test_the_port_is_supposed_only_where_nobody_says_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLIC_URL", "https://plan.example.org")
    config.suppose_port(8123)
    assert os.environ["PUBLIC_URL"] == "https://plan.example.org"
    monkeypatch.delenv("PUBLIC_URL")
    config.suppose_port(8123)
    assert os.environ["PUBLIC_URL"] == "http://localhost:8123"
    monkeypatch.delenv("PUBLIC_URL")
