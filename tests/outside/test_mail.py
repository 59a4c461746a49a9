"""E-mails reach a real mail server whole, over TLS, and what goes wrong is told apart."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.outside.mail_server import NAME, PASSWORD, MailServer, mail_server
from tests.push.certificate import Certificate, certificate_for
from webapp.mail import MailDelayed, MailRefused, Postman

SENDER = "team@example.org"
ADA = "ada@example.org"
SUBJECT = "Vous avez un rappel\u202f!"
BODY = "Bonjour\u202f!\n.\nÀ tout à l’heure.\n"
KNOWN = f"{quote(NAME, safe='')}:{quote(PASSWORD, safe='')}@"


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return certificate_for(["localhost", "mail.example.org"], tmp_path_factory.mktemp("tls"))


def postman(server: MailServer, host: str = "127.0.0.1", scheme: str = "smtp") -> Postman:
    return Postman(f"{scheme}://{host}:{server.port}", SENDER, seconds=10)


def post(postman: Postman, to: str = ADA, subject: str = SUBJECT) -> None:
    postman.send(to, subject, BODY, "notice-1@example.org")


def text(message: EmailMessage) -> str:
    return str(message.get_content()).replace("\r\n", "\n")


def test_an_email_arrives_whole(server: MailServer) -> None:
    post(postman(server))
    [message] = server.taken
    assert text(message) == BODY
    assert message.get_content_type() == "text/plain"
    assert message.get_content_charset() == "utf-8"
    assert {name: message[name] for name in ("From", "To", "Subject", "Message-ID")} == {
        "From": SENDER,
        "To": ADA,
        "Subject": SUBJECT,
        "Message-ID": "<notice-1@example.org>",
    }
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"].datetime.tzinfo is not None
    assert (server.envelopes[0].mail_from, server.envelopes[0].rcpt_tos) == (SENDER, [ADA])


WORDS = st.lists(
    st.text(st.characters(whitelist_categories=("L", "N", "P", "S")), min_size=1, max_size=30),
    min_size=1,
    max_size=12,
).map(" ".join)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(subject=WORDS, lines=st.lists(WORDS | st.just("") | st.just("."), max_size=8))
def test_words_stay_as_they_are(server: MailServer, subject: str, lines: list[str]) -> None:
    body = "".join(f"{line}\n" for line in lines)
    postman(server).send(ADA, subject, body, "notice-1@example.org")
    assert server.taken[-1]["Subject"] == subject
    assert text(server.taken[-1]) == (body or "\n")


def test_an_email_that_is_sent_again_has_the_same_name(server: MailServer) -> None:
    long = f"{'n' * 100}@example.org"
    for _each in range(2):
        postman(server).send(ADA, SUBJECT, BODY, long)
    assert [message["Message-ID"] for message in server.taken] == 2 * [f"<{long}>"]


def test_a_domain_may_have_accents(server: MailServer) -> None:
    post(postman(server), "ada@hôtel.example")
    assert server.envelopes[0].rcpt_tos == ["ada@xn--htel-vqa.example"]


@pytest.mark.parametrize(
    "to",
    [
        "",
        "ada",
        "@example.org",
        "ada@",
        "ada@example.org\r\nBcc: ben@example.org",
        "ada@example.org\n",
        "ada@example.org, ben@example.org",
        "Ada <ada@example.org>",
        "ada@example.org> SIZE=1",
        "ada ben@example.org",
        "élise@example.org",
        f"ada@{'a' * 64}.org",
    ],
)
def test_an_address_that_is_none_is_refused(server: MailServer, to: str) -> None:
    with pytest.raises(MailRefused) as refusal:
        post(postman(server), to)
    assert server.taken == []
    assert "ada" not in str(refusal.value)


@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_no_value_adds_a_header(server: MailServer, line_end: str) -> None:
    with pytest.raises(MailRefused):
        post(postman(server), subject=f"Bonjour{line_end}Bcc: ben@example.org")
    with pytest.raises(MailRefused):
        postman(server).send(ADA, SUBJECT, BODY, f"1@example.org>{line_end}Bcc: <ben@example.org")
    assert server.taken == []


@pytest.mark.parametrize("command", ["RCPT", "DATA"])
@pytest.mark.parametrize("code", [550, 552, 554])
def test_a_server_may_refuse(server: MailServer, command: str, code: int) -> None:
    server.says[command] = f"{code} not {ADA}"
    with pytest.raises(MailRefused, match=f"^{code}$"):
        post(postman(server))


def test_who_refuses_our_own_address_may_take_it_when_that_is_mended(server: MailServer) -> None:
    server.says["MAIL"] = "550 unknown sender"
    with pytest.raises(MailDelayed, match="^550$"):
        post(postman(server))


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("code", [421, 450, 451, 452])
def test_a_server_may_ask_to_come_back(server: MailServer, command: str, code: int) -> None:
    server.says[command] = f"{code} not now"
    with pytest.raises(MailDelayed, match=f"^{code}$"):
        post(postman(server))


def test_once_it_is_taken_nothing_else_matters(server: MailServer) -> None:
    server.says["QUIT"] = "500 what"
    post(postman(server))
    assert len(server.taken) == 1


@contextmanager
def stranger(first: bytes, again: bytes = b"") -> Iterator[MailServer]:
    """Listen, and say something that is no mail server's; then the same words again and again."""
    left = threading.Event()

    def speak(listening: socket.socket) -> None:
        with suppress(OSError), listening.accept()[0] as line:
            line.sendall(first)
            while not left.wait(0.1):
                line.sendall(again)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(5)
        thread = threading.Thread(target=speak, args=(listening,))
        thread.start()
        yield MailServer(port=listening.getsockname()[1])
        left.set()
        thread.join()


@pytest.mark.parametrize(
    ("first", "again"),
    [(b"", b""), (b"", b"2"), (b"220 mail\r\n", b""), (b"220 mail\r\n", b"250-more\r\n")],
    ids=["silent", "dripping", "silent later", "never done"],
)
@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_an_email_takes_no_longer_than_it_may(first: bytes, again: bytes, scheme: str) -> None:
    with stranger(first, again) as server:
        began = time.monotonic()
        with pytest.raises(MailDelayed):
            Postman(f"{scheme}://127.0.0.1:{server.port}", SENDER, seconds=0.5).send(
                ADA, SUBJECT, BODY, "1@example.org"
            )
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "first", [b"554 go away\r\n", b"HTTP/1.1 400 Bad Request\r\n", b"\xff\r\n"]
)
def test_a_server_that_is_not_ours_delays(first: bytes) -> None:
    with stranger(first) as server, pytest.raises(MailDelayed, match="^(554|-1)$"):
        post(postman(server))


def test_nobody_there_delays(server: MailServer) -> None:
    with pytest.raises(MailDelayed):
        Postman("smtp://127.0.0.1:1", SENDER, seconds=10).send(ADA, SUBJECT, BODY, "1@example.org")


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_tls_is_used_with_name_and_password(certificate: Certificate, scheme: str) -> None:
    with mail_server(certificate.tls, from_the_start=scheme == "smtps") as server:
        url = f"{scheme}://{KNOWN}localhost:{server.port}"
        post(Postman(url, SENDER, seconds=10, ca_file=certificate.authority))
        [session] = server.sessions
        assert session.authenticated
        assert session.ssl or scheme == "smtps"


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_certificate_must_be_the_hosts_own(certificate: Certificate, scheme: str) -> None:
    with mail_server(certificate.tls, from_the_start=scheme == "smtps") as server:
        for host, ca_file in (("127.0.0.1", certificate.authority), ("localhost", None)):
            url = f"{scheme}://{KNOWN}{host}:{server.port}"
            with pytest.raises(MailDelayed, match="certificate"):
                post(Postman(url, SENDER, seconds=10, ca_file=ca_file))
    assert server.taken == []


def test_a_wrong_password_is_no_fault_of_the_email(certificate: Certificate) -> None:
    with mail_server(certificate.tls) as server:
        url = f"smtp://me:wrong@localhost:{server.port}"
        with pytest.raises(MailDelayed, match="^535$"):
            post(Postman(url, SENDER, seconds=10, ca_file=certificate.authority))


def test_nothing_leaves_this_machine_without_tls(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = socket.getaddrinfo

    def found(host: str, *more: int) -> object:
        return real("127.0.0.1" if host == "mail.example.org" else host, *more)

    monkeypatch.setattr(socket, "getaddrinfo", found)
    with pytest.raises(MailDelayed, match="no TLS"):
        post(postman(server, "mail.example.org"))
    assert server.taken == []


@pytest.mark.parametrize(("url", "port"), [("smtp://a.example", 587), ("smtps://a.example", 465)])
def test_a_port_need_not_be_given(
    monkeypatch: pytest.MonkeyPatch, url: str, port: int, tmp_path: Path
) -> None:
    asked: list[object] = []

    def refuse(address: object, *_more: object) -> None:
        asked.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", refuse)
    with pytest.raises(MailDelayed):
        post(Postman(url, SENDER))
    assert asked == [("a.example", port)]
