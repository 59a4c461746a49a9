"""Says where letters may go, so that no address of a stranger makes us call our own network."""

import ipaddress
import re
from dataclasses import dataclass

IP = ipaddress.IPv4Address | ipaddress.IPv6Address

LONGEST = 2048
"""Characters of an endpoint."""

ADDRESS = re.compile(
    r"(?P<scheme>https?)://(?P<host>[a-z0-9.-]+|\[::1\])(?::(?P<port>[0-9]{1,5}))?/[!-~]*",
    re.I | re.A,
)
"""Nothing but a name, perhaps a port, and a path: one that every reader reads the same way."""

LOOPBACK = re.compile(r"localhost|127(\.[0-9]{1,3}){3}|\[::1\]", re.ASCII)
DEFAULT_PORTS = {"https": 443, "http": 80}
NAT64 = ipaddress.ip_network("64:ff9b::/96")
"""IPv4 addresses as networks without IPv4 write them (RFC 6052)."""

LAST_32_BITS = 0xFFFFFFFF
NOT_REACHED_THROUGH = tuple(map(ipaddress.ip_network, ("2002::/16", "64:ff9b:1::/48", "fec0::/10")))
"""They lead into networks of their own: 6to4, local NAT64 (RFC 8215) and site-local addresses."""


class EndpointRefused(ValueError):
    """An endpoint to which nothing may be sent. Its text does not hold the endpoint."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an endpoint stands: its host, and the origin that VAPID signs for (RFC 6454)."""

    host: str
    origin: str


class Guard:
    """Knows the push services that letters may go to.

    In `hosts`, "*." stands for any name below. With `to_loopback`, for tests alone, a push service
    may also stand on this machine, without TLS and at any port.
    """

    def __init__(self, hosts: tuple[str, ...], to_loopback: bool = False) -> None:
        self.to_loopback = to_loopback
        self._names = frozenset(host for host in hosts if not host.startswith("*."))
        self._endings = tuple(host[1:] for host in hosts if host.startswith("*."))

    def check(self, endpoint: str) -> str:
        """Return the host of an endpoint that letters may go to; raise EndpointRefused if not."""
        return self.place(endpoint).host

    def place(self, endpoint: str) -> Place:
        """Return where an endpoint stands that letters may go to; raise EndpointRefused if not."""
        found = ADDRESS.fullmatch(endpoint) if len(endpoint) <= LONGEST else None
        if found is None or "#" in endpoint:
            raise EndpointRefused("not a plain https address")
        scheme, host = found["scheme"].lower(), found["host"].lower()
        port = int(found["port"] or DEFAULT_PORTS[scheme])
        if not (self.to_loopback and LOOPBACK.fullmatch(host)):
            self._check_service(scheme, host, port)
        ending = "" if port == DEFAULT_PORTS[scheme] else f":{port}"
        return Place(host, f"{scheme}://{host}{ending}")

    def _check_service(self, scheme: str, host: str, port: int) -> None:
        if (scheme, port) != ("https", DEFAULT_PORTS["https"]):
            raise EndpointRefused("not https at port 443")
        if host not in self._names and not host.endswith(self._endings):
            raise EndpointRefused("not a known push service")

    def allows(self, address: str) -> bool:
        """Say if a connection may go to this IP address: a public one, however it is written.

        Asked when the connection is made, so that it does not matter what a name meant before.
        """
        try:
            ip = _unwrapped(ipaddress.ip_address(address))
        except ValueError:
            return False
        if ip.is_loopback:
            return self.to_loopback
        return ip.is_global and not ip.is_multicast and not _is_inside(ip)


def _unwrapped(ip: IP) -> IP:
    """Return the IPv4 address that an IPv6 address stands for, if it does."""
    if isinstance(ip, ipaddress.IPv4Address):
        return ip
    if ip in NAT64:
        return ipaddress.IPv4Address(int(ip) & LAST_32_BITS)
    return ip.ipv4_mapped or ip


def _is_inside(ip: IP) -> bool:
    return any(ip in network for network in NOT_REACHED_THROUGH)
