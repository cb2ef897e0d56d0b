"""Where webhooks may go: not into the networks behind the server.

An address is looked at when a channel is created, and again whenever a message is sent: its name may mean another
machine by then. The message goes to the very address that was looked at.
"""

import ipaddress
import socket
from dataclasses import dataclass
from typing import Final, TypeAlias

import httpx

from photoshoot.errors import TargetError

_Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

LONGEST_URL: Final = 2000
"""Most characters of a channel's address."""
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
"""IPv6 addresses that stand for IPv4 ones. Source: RFC 6052."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """An address that was looked at."""

    url: httpx.URL
    """Where to post."""
    addresses: tuple[str, ...]
    """The IP addresses of its host, all of them allowed; the first is to be tried first."""


def parse_target(url: str) -> httpx.URL:
    """Read an address, without looking up what it means.

    Raises:
        TargetError: It is no http or https address of a host, or it holds a user name.
    """
    if len(url) > LONGEST_URL:
        raise TargetError(f"the address has {len(url)} characters; {LONGEST_URL} are allowed")
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise TargetError(f"the address can't be read: {error}") from error
    if parsed.scheme not in _DEFAULT_PORTS:
        raise TargetError("the address must begin with http:// or https://")
    if not parsed.host or parsed.userinfo or not 0 < (parsed.port or 1) < 2**16:
        raise TargetError("the address must name a host, no user, and if any a port from 1 to 65535")
    return parsed


def resolve_target(url: str, *, allow_private: bool = False) -> Target:
    """Look up an address.

    Args:
        url: The address.
        allow_private: Whether it may lie in a private, loopback or link-local network.

    Raises:
        TargetError: It is malformed, its host is unknown, or it may not be used.
    """
    parsed = parse_target(url)
    port = parsed.port or _DEFAULT_PORTS[parsed.scheme]
    try:
        found = socket.getaddrinfo(parsed.raw_host.decode("ascii"), port, type=socket.SOCK_STREAM)
    except (OSError, ValueError) as error:
        raise TargetError("the address's host is not known") from error
    addresses = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not allow_private and not all(_is_public(ipaddress.ip_address(address)) for address in addresses):
        raise TargetError("the address lies in a network that webhooks may not reach")
    return Target(url=parsed, addresses=addresses)


def _is_public(address: _Address) -> bool:
    meant = _meant(address)
    if meant is not address:
        return _is_public(meant)
    odd = address.is_multicast or address.is_reserved or getattr(address, "is_site_local", False)
    return address.is_global and not odd


def _meant(address: _Address) -> _Address:
    """The IPv4 address that an IPv6 one stands for, where it does."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = None if address.teredo is None else address.teredo[1]
    return address.ipv4_mapped or address.sixtofour or teredo or address
