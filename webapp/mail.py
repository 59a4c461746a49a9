"""Hands e-mails to the mail server of the organisation (SMTP, RFC 5321); knows no words."""

import smtplib
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.errors import MessageError
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from ipaddress import ip_address
from pathlib import Path
from socket import SHUT_RDWR, socket
from typing import Any
from urllib.parse import unquote, urlsplit

from webapp.clock import utc_now

PORTS = {"smtp": 587, "smtps": 465}
"""Where servers take the e-mails of their own people (RFC 6409, RFC 8314)."""

READY = 220
PERMANENT = range(500, 600)
CUT_AGAIN_SECONDS = 0.1


class MailRefused(Exception):
    """This e-mail will never be taken. Its text does not say whose it is."""


class MailDelayed(Exception):
    """The e-mail did not go, through no fault of its own: try again later."""


class _Policy(EmailPolicy):
    """Breaks long subjects by the older of Python's two ways: the newer one loses spaces."""

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        """Keep a header; raise ValueError where it would be several."""
        kept = super().header_store_parse(name, value)
        if name != "Subject":
            return kept
        return name, Header(value, header_name=name).encode()


class _Plain(smtplib.SMTP):
    _host: str


class _Secure(smtplib.SMTP_SSL):
    _host: str


class Postman:
    """Brings e-mails to the server of `mail_url`, one at a time, each within `seconds`.

    smtps:// is TLS from the start. smtp:// turns to TLS where the server offers it; it must,
    unless it is on this machine. Certificates are checked; `ca_file` holds other authorities than
    those that this machine trusts. Name and password in the address are percent-encoded ASCII.
    """

    def __init__(
        self,
        mail_url: str,
        sender_address: str,
        *,
        seconds: float = 30,
        ca_file: Path | None = None,
    ) -> None:
        parts = urlsplit(mail_url)
        self._is_secure = parts.scheme == "smtps"
        self._host = parts.hostname or ""
        self._port = parts.port or PORTS[parts.scheme]
        self._name, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._from = _address(sender_address)
        self._seconds = seconds
        self._tls = ssl.create_default_context(cafile=ca_file)

    def send(self, to: str, subject: str, body: str, message_id: str) -> None:
        """Hand over one e-mail.

        The same `message_id` (a@b, without brackets) says that it is the same e-mail once more.
        Raises MailRefused where it can never go, and MailDelayed where it may go later.
        """
        message = self._message(to, subject, body, message_id)
        try:
            with self._connected() as server:
                self._greet(server)
                self._hand_over(server, message)
        except (OSError, UnicodeError) as error:
            raise MailDelayed(_reason(error)) from None

    def check(self) -> None:
        """Greet the server and sign in there, without an e-mail. Raises MailDelayed where not."""
        try:
            with self._connected() as server:
                self._greet(server)
                with suppress(OSError):
                    server.quit()
        except (OSError, UnicodeError) as error:
            raise MailDelayed(_reason(error)) from None

    def _message(self, to: str, subject: str, body: str, message_id: str) -> EmailMessage:
        """Write the e-mail. No value can bring along a header of its own."""
        message = EmailMessage(policy=_Policy(linesep="\r\n"))
        try:
            message["From"] = self._from
            message["To"] = _address(to)
            message["Subject"] = subject
            message["Message-ID"] = f"<{message_id}>"
        except (ValueError, IndexError, MessageError) as error:
            raise MailRefused(f"a header cannot be written: {type(error).__name__}") from None
        message["Date"] = format_datetime(utc_now())
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(body, cte="quoted-printable")
        return message

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        """Connect, and cut the connection off when its time is up, however busy it is."""
        server = self._server()
        done = threading.Event()
        watch = threading.Thread(target=_cut_off, args=(server, done, self._seconds), daemon=True)
        watch.start()
        try:
            code, words = server.connect(self._host, self._port)
            if code != READY:
                raise smtplib.SMTPConnectError(code, words)
            yield server
        finally:
            done.set()
            watch.join()
            server.close()

    def _server(self) -> smtplib.SMTP:
        """Return a server that is not connected yet, and knows whose certificate to ask for."""
        own_name, seconds = self._from.domain, self._seconds
        server = (
            _Secure(local_hostname=own_name, timeout=seconds, context=self._tls)
            if self._is_secure
            else _Plain(local_hostname=own_name, timeout=seconds)
        )
        server._host = self._host
        return server

    def _greet(self, server: smtplib.SMTP) -> None:
        server.ehlo_or_helo_if_needed()
        if not self._is_secure:
            self._turn_to_tls(server)
        if self._name:
            server.login(self._name, self._password)

    def _turn_to_tls(self, server: smtplib.SMTP) -> None:
        if server.has_extn("starttls"):
            server.starttls(context=self._tls)
            server.ehlo()
        elif not _is_this_machine(self._host):
            raise MailDelayed("the server offers no TLS")

    def _hand_over(self, server: smtplib.SMTP, message: EmailMessage) -> None:
        """Give the e-mail to a server that knows us. Once it took it, nothing else matters."""
        to = message["To"].addresses[0].addr_spec
        try:
            server.send_message(message, self._from.addr_spec, [to])
        except smtplib.SMTPRecipientsRefused as error:
            raise _refusal(error.recipients[to][0]) from None
        except smtplib.SMTPSenderRefused as error:
            # Our own address is not right: that is no fault of the e-mail.
            raise MailDelayed(str(error.smtp_code)) from None
        except smtplib.SMTPResponseException as error:
            raise _refusal(error.smtp_code) from None
        with suppress(OSError):
            server.quit()


def _address(text: str) -> Address:
    """Read one e-mail address; its domain in ASCII (RFC 5891). Raises ValueError and the like."""
    parts = Address(addr_spec=text)
    return Address(username=parts.username, domain=parts.domain.encode("idna").decode())


def _refusal(code: int) -> MailRefused | MailDelayed:
    """Say what a reply to the e-mail itself means (RFC 5321 section 4.2.1)."""
    return MailRefused(str(code)) if code in PERMANENT else MailDelayed(str(code))


def _reason(error: Exception) -> str:
    """Say in a few words why it did not go; what servers write may quote an address."""
    if isinstance(error, smtplib.SMTPResponseException):
        return str(error.smtp_code)
    if isinstance(error, smtplib.SMTPException | UnicodeError):
        return type(error).__name__
    return str(error)


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _cut_off(server: smtplib.SMTP, done: threading.Event, seconds: float) -> None:
    """Break the connection off after `seconds`, unless all is done by then.

    Shut down as a bare socket: a TLS socket would first forget that it is one. Again and again,
    because a connection that turns to TLS is out of reach meanwhile; that has a limit of its own.
    """
    wait = seconds
    while not done.wait(wait):
        wait = CUT_AGAIN_SECONDS
        if server.sock is not None:
            with suppress(OSError):
                socket.shutdown(server.sock, SHUT_RDWR)
