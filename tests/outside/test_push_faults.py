"""Push services that fail, drag on, or lead elsewhere: the sender stays whole, and goes nowhere."""

import time
from pathlib import Path

import pytest

from tests.outside.conftest import PRIVATE_KEY, SUBJECT
from tests.outside.push_server import CREATED, HANG, HUGE, RESET, Answer, Phone, PushServer
from tests.push.certificate import Certificate, certificate_for
from webapp.webpush import Guard, Reply, Result, Sender

HERE = "127.0.0.1"
MEGABYTE = 1_000_000
NOBODY_LISTENS = "http://127.0.0.1:1/a"


def sent(sender: Sender, phone: Phone, endpoint: str) -> Reply:
    """Send one letter."""
    [(_letter, reply)] = sender.send([phone.letter(endpoint)])
    return reply


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_nobody_leads_us_elsewhere(
    sender: Sender, service: PushServer, phone: Phone, status: int
) -> None:
    with PushServer() as elsewhere:
        service.answer = Answer(status, {"Location": f"{elsewhere.url}/there"})
        reply = sent(sender, phone, f"{service.url}/a")
        assert reply == Reply(Result.REFUSED, HERE, status)
        assert (elsewhere.connections, len(service.received)) == (0, 1)


@pytest.mark.parametrize(
    "answer",
    [HANG, Answer(201, drip=0.2), Answer(503, delay=30)],
    ids=["says nothing", "drips", "is late"],
)
def test_a_letter_takes_no_longer_than_it_may(
    hurried: Sender, service: PushServer, phone: Phone, answer: Answer
) -> None:
    service.answer = answer
    began = time.monotonic()
    assert sent(hurried, phone, f"{service.url}/a").result is not Result.REFUSED
    assert 0.9 < time.monotonic() - began < 8


def test_silence_is_no_answer(hurried: Sender, service: PushServer, phone: Phone) -> None:
    service.answer = HANG
    assert sent(hurried, phone, f"{service.url}/a") == Reply(Result.RETRY, HERE)


@pytest.mark.parametrize(("status", "result"), [(201, Result.ACCEPTED), (410, Result.GONE)])
def test_a_status_that_came_counts_though_the_rest_drips(
    hurried: Sender, service: PushServer, phone: Phone, status: int, result: Result
) -> None:
    service.answer = Answer(status, body=bytes(500), drip=0.01)
    assert sent(hurried, phone, f"{service.url}/a") == Reply(result, HERE, status)


def test_a_broken_connection_is_tried_again(
    sender: Sender, service: PushServer, phone: Phone
) -> None:
    service.answer = RESET
    assert sent(sender, phone, f"{service.url}/a") == Reply(Result.RETRY, HERE)
    service.answer = CREATED
    assert sent(sender, phone, f"{service.url}/a") == Reply(Result.ACCEPTED, HERE, 201)


def test_nobody_there_is_tried_again(sender: Sender, phone: Phone) -> None:
    assert sent(sender, phone, NOBODY_LISTENS) == Reply(Result.RETRY, HERE)


def resident() -> int:
    """Return the memory that this process has in use, in bytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


def test_a_huge_reply_is_not_read(sender: Sender, service: PushServer, phone: Phone) -> None:
    """It was accepted: that came first. Memory stays flat, and what is not wanted is not taken."""
    service.answer = lambda request: HUGE if request.path == "/huge" else CREATED
    assert sent(sender, phone, f"{service.url}/huge") == Reply(Result.ACCEPTED, HERE, 201)
    before = resident()
    letters = [phone.letter(f"{service.url}/huge") for _each in range(40)]
    assert {reply.result for _letter, reply in sender.send(letters)} == {Result.ACCEPTED}
    assert resident() - before < 40 * MEGABYTE
    assert service.sent < 41 * 10 * MEGABYTE
    assert sent(sender, phone, f"{service.url}/small").result is Result.ACCEPTED


def test_endless_headers_are_cut_off(sender: Sender, service: PushServer, phone: Phone) -> None:
    service.answer = Answer(429, {f"X-{number}": "a" * 9000 for number in range(300)})
    assert sent(sender, phone, f"{service.url}/a") == Reply(Result.WAIT, HERE, 429)
    assert service.sent < 3 * MEGABYTE


def test_an_answer_that_is_none_is_tried_again(
    sender: Sender, service: PushServer, phone: Phone
) -> None:
    service.answer = Answer(42)
    assert sent(sender, phone, f"{service.url}/a").result is Result.RETRY


def test_an_answer_that_is_only_announced_is_none(
    hurried: Sender, service: PushServer, phone: Phone
) -> None:
    service.answer = Answer(102)
    assert sent(hurried, phone, f"{service.url}/a") == Reply(Result.RETRY, HERE)


def test_the_environment_has_no_say(
    service: PushServer, phone: Phone, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Neither proxies nor passwords of the account that we run under."""
    (tmp_path / ".netrc").write_text(f"machine {HERE} login me password secret\n", "utf-8")
    monkeypatch.setenv("HOME", str(tmp_path))
    with PushServer() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        with Sender(PRIVATE_KEY, SUBJECT, Guard((), to_loopback=True)) as sender:
            assert sent(sender, phone, f"{service.url}/a").result is Result.ACCEPTED
        assert (proxy.connections, service.connections) == (0, 1)
    assert service.received[0].headers["authorization"].startswith("vapid ")


def test_cookies_are_not_kept(sender: Sender, service: PushServer, phone: Phone) -> None:
    service.answer = Answer(201, {"Set-Cookie": "who=me"})
    for _each in range(2):
        sent(sender, phone, f"{service.url}/a")
    assert "cookie" not in service.received[1].headers


HOST = "push.example.org"


@pytest.mark.parametrize(
    "address", ["127.0.0.1:{port}", "[::ffff:127.0.0.1]:{port}", "10.0.0.1:443", "[fd00::1]:443"]
)
def test_a_known_name_that_leads_inside_is_refused(
    phone: Phone, service: PushServer, address: str
) -> None:
    """The name stands on the list; the address that it turns out to mean does not."""
    connect = {HOST: address.format(port=service.port)}
    with Sender(PRIVATE_KEY, SUBJECT, Guard((HOST,)), seconds=2, connect=connect) as sender:
        reply = sent(sender, phone, f"https://{HOST}/a")
    assert reply == Reply(Result.REFUSED, HOST)
    assert service.connections == 0


def test_a_name_that_is_resolved_to_this_machine_is_refused(phone: Phone) -> None:
    with Sender(PRIVATE_KEY, SUBJECT, Guard(("localhost",)), seconds=2) as sender:
        assert sent(sender, phone, "https://localhost/a") == Reply(Result.REFUSED, "localhost")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return certificate_for([HOST], tmp_path_factory.mktemp("tls"))


def tls_reply(phone: Phone, service: PushServer, host: str, ca_file: Path | None) -> Reply:
    """Send one letter to a service that is reached under the name of `host`."""
    guard = Guard((host,), to_loopback=True)
    connect = {host: service.place}
    with Sender(PRIVATE_KEY, SUBJECT, guard, seconds=5, connect=connect, ca_file=ca_file) as sender:
        return sent(sender, phone, f"https://{host}/a")


def test_letters_go_over_tls(phone: Phone, certificate: Certificate) -> None:
    with PushServer(tls=certificate.tls) as service:
        reply = tls_reply(phone, service, HOST, certificate.authority)
        assert reply == Reply(Result.ACCEPTED, HOST, 201)
        assert phone.read(service.received[0].body) == "Bonjour."


def test_a_slow_one_holds_back_no_other_over_tls(phone: Phone, certificate: Certificate) -> None:
    with PushServer(lambda it: HANG if it.path == "/slow" else CREATED, certificate.tls) as service:
        guard, connect = Guard((HOST,), to_loopback=True), {HOST: service.place}
        ours = {"seconds": 1.0, "connect": connect, "ca_file": certificate.authority}
        with Sender(PRIVATE_KEY, SUBJECT, guard, **ours) as sender:
            letters = [phone.letter(f"https://{HOST}/{name}") for name in ("slow", "a", "b")]
            results = [reply.result for _letter, reply in sender.send(letters)]
    assert results == [Result.ACCEPTED, Result.ACCEPTED, Result.RETRY]


def test_a_certificate_must_be_the_hosts_own(phone: Phone, certificate: Certificate) -> None:
    with PushServer(tls=certificate.tls) as service:
        other = tls_reply(phone, service, "other.example.org", certificate.authority)
        unknown = tls_reply(phone, service, HOST, None)
        assert (other.result, unknown.result) == (Result.RETRY, Result.RETRY)
        assert (other.status, service.received) == (None, [])
