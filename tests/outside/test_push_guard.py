"""Where letters may go: push services that we know, at addresses that everybody can reach."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.webpush import EndpointRefused, Guard

GUARD = Guard(("fcm.googleapis.com", "*.push.apple.com"))
FOR_TESTS = Guard(("fcm.googleapis.com",), to_loopback=True)

TAKEN = {
    "https://fcm.googleapis.com/fcm/send/abc:123": "fcm.googleapis.com",
    "https://fcm.googleapis.com:443/wp/x?token=a%2Fb": "fcm.googleapis.com",
    "https://FCM.Googleapis.com/x": "fcm.googleapis.com",
    "https://web.push.apple.com/Q/": "web.push.apple.com",
    "https://a.b.push.apple.com/x": "a.b.push.apple.com",
    f"https://fcm.googleapis.com/{'a' * 2021}": "fcm.googleapis.com",
}

REFUSED = [
    "",
    "fcm.googleapis.com/x",
    "http://fcm.googleapis.com/x",
    "ftp://fcm.googleapis.com/x",
    "https://fcm.googleapis.com",
    "https://fcm.googleapis.com:8443/x",
    "https://fcm.googleapis.com:/x",
    "https://fcm.googleapis.com./x",
    "https://evil.example/x",
    "https://fcm.googleapis.com.evil.example/x",
    "https://evilfcm.googleapis.com/x",
    "https://push.apple.com/x",
    "https://evilpush.apple.com/x",
    "https://me@fcm.googleapis.com/x",
    "https://fcm.googleapis.com@evil.example/x",
    "https://fcm.googleapis.com#@evil.example/x",
    "https://evil.example\\@fcm.googleapis.com/x",
    "https://evil.example/@fcm.googleapis.com/x",
    "https://fcm.googleapis.com/x#part",
    "https://fcm.googleapis.com/x y",
    "https://fcm.googleapis.com/x\r\nHost: evil.example",
    "https://fcm.googleapis.com/é",
    "https://fcm.googleapis.cоm/cyrillic-o",
    "https://fcm.googleapıs.com/dotless-i",
    " https://fcm.googleapis.com/x",
    "https://fcm.googleapis.com/x\n",
    f"https://fcm.googleapis.com/{'a' * 2022}",
    "https://127.0.0.1/x",
    "https://localhost/x",
    "https://[::1]/x",
    "https://2130706433/x",
    "http://127.0.0.1:8000/x",
]


@pytest.mark.parametrize("endpoint", TAKEN)
def test_a_push_service_that_we_know_is_taken(endpoint: str) -> None:
    assert GUARD.check(endpoint) == TAKEN[endpoint]


@pytest.mark.parametrize("endpoint", REFUSED)
def test_anything_else_is_refused_and_not_quoted(endpoint: str) -> None:
    with pytest.raises(EndpointRefused) as refusal:
        GUARD.check(endpoint)
    assert not endpoint or endpoint not in str(refusal.value)


LOOPBACK = {
    "http://127.0.0.1:8123/x": "127.0.0.1",
    "http://127.0.0.2/x": "127.0.0.2",
    "https://localhost:8443/x": "localhost",
    "http://[::1]:8123/x": "[::1]",
}


@pytest.mark.parametrize("endpoint", LOOPBACK)
def test_this_machine_is_taken_in_tests_alone(endpoint: str) -> None:
    assert FOR_TESTS.check(endpoint) == LOOPBACK[endpoint]
    with pytest.raises(EndpointRefused):
        GUARD.check(endpoint)


@pytest.mark.parametrize(
    "endpoint",
    ["http://fcm.googleapis.com/x", "http://10.0.0.1/x", "http://127.0.0.1.evil.example/x"],
)
def test_tests_may_go_nowhere_else_either(endpoint: str) -> None:
    with pytest.raises(EndpointRefused):
        FOR_TESTS.check(endpoint)


def test_a_list_without_services_takes_nothing() -> None:
    with pytest.raises(EndpointRefused):
        Guard(()).check("https://fcm.googleapis.com/x")


@pytest.mark.parametrize(
    ("endpoint", "origin"),
    [
        ("https://FCM.googleapis.com:443/x", "https://fcm.googleapis.com"),
        ("http://127.0.0.1:8123/x", "http://127.0.0.1:8123"),
        ("http://localhost/x", "http://localhost"),
    ],
)
def test_an_origin_is_written_in_one_way(endpoint: str, origin: str) -> None:
    assert FOR_TESTS.place(endpoint).origin == origin


PUBLIC = ["142.250.74.10", "2a00:1450:4007::200a", "::ffff:142.250.74.10", "64:ff9b::8efa:4a0a"]

INSIDE = [
    "0.0.0.0",  # noqa: S104 - not listened at: it must be refused
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::a00:1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::a00:1",
    "2001:db8::1",
    "2002:a00:1::1",
    "fc00::1",
    "fe80::1",
    "fe80::1%lo",
    "fec0::1",
    "ff02::1",
    "localhost",
    "",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_connections_go_to_public_addresses(address: str) -> None:
    assert GUARD.allows(address)


@pytest.mark.parametrize("address", INSIDE)
def test_connections_go_to_no_other_address(address: str) -> None:
    assert not GUARD.allows(address)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])
def test_connections_to_this_machine_are_for_tests(address: str) -> None:
    assert FOR_TESTS.allows(address)
    assert not FOR_TESTS.allows("10.0.0.1")


PRIVATE_NETWORKS = (
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "127.0.0.0/8",
    "169.254.0.0/16",
)


@given(network=st.sampled_from(PRIVATE_NETWORKS), offset=st.integers(0, 2**32 - 1))
def test_no_disguise_opens_a_private_network(network: str, offset: int) -> None:
    inside = ipaddress.IPv4Network(network)
    ip = inside[offset % inside.num_addresses]
    disguises = (
        str(ip),
        f"::ffff:{ip}",
        str(ipaddress.IPv6Address((0x0064_FF9B << 96) | int(ip))),
        str(ipaddress.IPv6Address((0x2002 << 112) | (int(ip) << 80) | 1)),
    )
    assert not any(GUARD.allows(disguise) for disguise in disguises)
