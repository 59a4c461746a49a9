"""Letters arrive whole, many at once; what is wrong with one stops no other."""

import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.outside.conftest import PRIVATE_KEY, SUBJECT
from tests.outside.push_server import CREATED, HANG, Answer, Phone, PushServer, Received
from webapp.webpush import Guard, Letter, Reply, Result, Sender, public_key
from webapp.webpush.keys import encoded


def by_path(sender: Sender, letters: list[Letter]) -> dict[str, Reply]:
    """Send letters; return the replies by the last words of their endpoints."""
    return {
        letter.target.endpoint.rpartition("/")[2]: reply for letter, reply in sender.send(letters)
    }


def test_a_letter_arrives_with_all_that_a_service_asks_for(
    sender: Sender, service: PushServer, phone: Phone
) -> None:
    letter = phone.letter(f"{service.url}/wpush/../v2/a?b=%2F", "Bonjour, il est l’heure.")
    [(sent, reply)] = sender.send([letter])
    assert sent is letter
    assert reply == Reply(Result.ACCEPTED, "127.0.0.1", 201)
    [request] = service.received
    assert (request.method, request.path) == ("POST", "/wpush/../v2/a?b=%2F")
    assert phone.read(request.body) == "Bonjour, il est l’heure."
    assert request.headers.pop("authorization").endswith(f", k={public_key(PRIVATE_KEY)}")
    assert request.headers == {
        "host": service.place,
        "user-agent": "mon-rythme",
        "accept": "*/*",
        "ttl": "60",
        "urgency": "high",
        "topic": "a-topic",
        "content-encoding": "aes128gcm",
        "content-type": "application/octet-stream",
        "content-length": str(len(request.body)),
    }


@pytest.mark.parametrize(("asked", "given"), [(0, 0), (-5, 0), (86400, 86400), (10**9, 2419200)])
def test_a_service_keeps_a_letter_as_long_as_it_is_of_use(
    sender: Sender, service: PushServer, phone: Phone, asked: int, given: int
) -> None:
    letter = replace(phone.letter(f"{service.url}/a"), ttl_seconds=asked, topic="")
    list(sender.send([letter]))
    assert service.received[0].headers["ttl"] == str(given)
    assert "topic" not in service.received[0].headers


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(min_size=1, max_size=900))
def test_the_phone_reads_what_was_written(
    sender: Sender, service: PushServer, phone: Phone, text: str
) -> None:
    [(_letter, reply)] = sender.send([phone.letter(f"{service.url}/a", text)])
    assert reply.result is Result.ACCEPTED
    assert phone.read(service.received[-1].body) == text


def test_no_two_letters_look_alike(sender: Sender, service: PushServer, phone: Phone) -> None:
    list(sender.send([phone.letter(f"{service.url}/a")] * 3))
    bodies = {each.body for each in service.received}
    assert len({body[:16] for body in bodies}) == len({body[21:86] for body in bodies}) == 3


def test_many_go_at_once_over_few_connections(service: PushServer, phone: Phone) -> None:
    letters = [phone.letter(f"{service.url}/{number}", str(number)) for number in range(300)]
    guard = Guard((), to_loopback=True)
    with Sender(PRIVATE_KEY, SUBJECT, guard, at_once=20) as sender:
        for _round in range(2):
            replies = list(sender.send(letters))
            assert {reply.result for _letter, reply in replies} == {Result.ACCEPTED}
            assert sorted(id(letter) for letter, _reply in replies) == sorted(map(id, letters))
    assert service.connections <= 20
    assert sorted(service.paths()) == sorted(2 * [f"/{number}" for number in range(300)])
    assert all(phone.read(each.body) == each.path[1:] for each in service.received)


def test_each_reply_belongs_to_its_letter(
    sender: Sender, service: PushServer, phone: Phone
) -> None:
    statuses = {"/201": 201, "/404": 404, "/413": 413, "/500": 500, "/403": 403}
    service.answer = lambda request: Answer(statuses[request.path], body=b"no")
    letters = [phone.letter(f"{service.url}{path}") for path in 20 * [*statuses]]
    for letter, reply in sender.send(letters):
        assert letter.target.endpoint == f"{service.url}/{reply.status}"


def test_a_slow_one_holds_back_no_other(hurried: Sender, service: PushServer, phone: Phone) -> None:
    service.answer = lambda request: HANG if request.path == "/slow" else CREATED
    letters = [phone.letter(f"{service.url}/{name}") for name in ("slow", "a", "b", "c")]
    replies = hurried.send(letters)
    assert [next(replies)[1].result for _each in range(3)] == 3 * [Result.ACCEPTED]
    [(last, reply)] = replies
    assert (last, reply.result) == (letters[0], Result.RETRY)


def test_letters_are_taken_when_there_is_room(service: PushServer, phone: Phone) -> None:
    taken: list[int] = []

    def feed() -> Iterator[Letter]:
        for number in range(10):
            taken.append(number)
            yield phone.letter(f"{service.url}/{number}")

    guard = Guard((), to_loopback=True)
    with Sender(PRIVATE_KEY, SUBJECT, guard, at_once=2) as sender:
        replies = sender.send(feed())
        next(replies)
        assert len(taken) <= 3
        assert len(list(replies)) == 9


def test_a_feed_may_have_nothing_for_a_while(
    hurried: Sender, service: PushServer, phone: Phone
) -> None:
    """What comes later goes out while an earlier letter is still in flight."""

    def feed() -> Iterator[Letter | None]:
        yield phone.letter(f"{service.url}/slow")
        while "/slow" not in service.paths():
            yield None
        yield phone.letter(f"{service.url}/later")
        yield None

    service.answer = lambda request: HANG if request.path == "/slow" else CREATED
    results = [
        (letter.target.endpoint[-5:], reply.result) for letter, reply in hurried.send(feed())
    ]
    assert results == [("later", Result.ACCEPTED), ("/slow", Result.RETRY)]


def test_a_sender_that_was_interrupted_can_go_on(
    hurried: Sender, service: PushServer, phone: Phone
) -> None:
    service.answer = lambda request: HANG if request.path == "/slow" else CREATED
    letters = [phone.letter(f"{service.url}/{name}") for name in ("slow", "a", "slow", "slow")]
    replies = hurried.send(letters)
    next(replies)
    replies.close()  # type: ignore[attr-defined]
    accepted = Reply(Result.ACCEPTED, "127.0.0.1", 201)
    assert by_path(hurried, [phone.letter(f"{service.url}/b")]) == {"b": accepted}


def wrong_letters(phone: Phone, url: str) -> dict[str, Letter]:
    """Return letters with something wrong about each."""
    good = phone.letter(f"{url}/wrong").target
    keys = {
        "key none": replace(good, public_key=""),
        "key no base64": replace(good, public_key="not base64!"),
        "key short": replace(good, public_key=good.public_key[:-4]),
        "key off the curve": replace(good, public_key=encoded(b"\4" + bytes(range(64)))),
        "key not ascii": replace(good, public_key="é" * 87),
        "key no text": replace(good, public_key=None),  # type: ignore[arg-type]
        "secret no base64": replace(good, auth_secret="?"),
        "secret no text": replace(good, auth_secret=7),  # type: ignore[arg-type]
    }
    letter = phone.letter(f"{url}/wrong")
    others = {
        "payload empty": replace(letter, payload=b""),
        "urgency": replace(letter, urgency="high\r\nX-More: 1"),
        "topic long": replace(letter, topic="a" * 33),
        "topic injected": replace(letter, topic="a\r\nX-More: 1"),
        "topic not ascii": replace(letter, topic="é"),
        "ttl": replace(letter, ttl_seconds="soon"),  # type: ignore[arg-type]
    }
    return {name: replace(letter, target=target) for name, target in keys.items()} | others


def test_what_is_wrong_with_one_stops_no_other(
    sender: Sender, service: PushServer, phone: Phone, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = wrong_letters(phone, service.url)
    mixed = [
        letter for each in wrong.values() for letter in (each, phone.letter(f"{service.url}/good"))
    ]
    replies = {id(letter): reply for letter, reply in sender.send(mixed)}
    assert {name: replies[id(letter)] for name, letter in wrong.items()} == dict.fromkeys(
        wrong, Reply(Result.REFUSED, "127.0.0.1")
    )
    assert service.paths() == ["/good"] * len(wrong)
    assert len(caplog.records) == len(wrong)
    assert "wrong" not in caplog.text
    assert phone.auth_secret not in caplog.text


def test_what_is_too_long_for_one_record_is_not_sent(
    sender: Sender, service: PushServer, phone: Phone
) -> None:
    letters = [phone.letter(f"{service.url}/{size}", "a" * size) for size in (3993, 3994)]
    assert by_path(sender, letters) == {
        "3993": Reply(Result.ACCEPTED, "127.0.0.1", 201),
        "3994": Reply(Result.TOO_LARGE, "127.0.0.1"),
    }
    assert [len(each.body) for each in service.received] == [4096]


def test_the_guard_is_asked_at_each_sending(phone: Phone, service: PushServer) -> None:
    letters = [phone.letter(f"{service.url}/a"), phone.letter("https://evil.example/b")]
    with Sender(PRIVATE_KEY, SUBJECT, Guard(("fcm.googleapis.com",))) as sender:
        assert list(by_path(sender, letters).values()) == 2 * [Reply(Result.REFUSED, "")]
    assert service.connections == 0


def test_a_service_that_is_slowing_down_is_heard(
    sender: Sender, service: PushServer, phone: Phone
) -> None:
    service.answer = Answer(429, {"Retry-After": "90"})
    [(_letter, reply)] = sender.send([phone.letter(f"{service.url}/a")])
    assert reply == Reply(Result.WAIT, "127.0.0.1", 429, 90.0)


def test_a_service_that_knows_another_key_is_heard(
    sender: Sender, service: PushServer, phone: Phone
) -> None:
    def answer(request: Received) -> Answer:
        return Answer(403, body=b"they do not correspond" if request.path == "/old" else b"no")

    service.answer = answer
    letters = [phone.letter(f"{service.url}/{name}") for name in ("old", "new")]
    replies = by_path(sender, letters)
    assert replies["old"].result is Result.GONE
    assert replies["new"].result is Result.OUR_FAULT


def test_endpoints_are_secrets(
    sender: Sender, service: PushServer, phone: Phone, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    service.answer = Answer(500)
    letter = phone.letter(f"{service.url}/secret")
    list(sender.send([letter, replace(letter, topic="!"), replace(letter, payload=b"")]))
    assert "/secret" not in caplog.text
    assert "127.0.0.1" in caplog.text
