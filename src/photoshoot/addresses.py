"""Network addresses: which are public (what a stranger names must not lead into private networks), and taking one."""

from __future__ import annotations

import ipaddress
import socket
from typing import Final, TypeAlias

from photoshoot.errors import SettingsError

_Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

LOOPBACK: Final = ("127.0.0.1", "::1", "localhost")
"""Names of this machine that no other reaches."""
_LAST_PORT: Final = 65_535
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
"""IPv6 addresses that stand for IPv4 ones. Source: RFC 6052."""


def look_up_host(host: str, port: int) -> tuple[str, ...]:
    """The IP addresses of a host, in the order that they are to be tried; each once.

    Raises:
        OSError: It is not known.
        ValueError: It is no host's name.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Whether an IP address lies in no private, loopback, link-local or other special network."""
    return _is_public(ipaddress.ip_address(address))


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


def take_port(host: str, port: int) -> socket.socket:
    """A listening socket.

    Raises:
        SettingsError: The address can't be had.
    """
    if not 0 <= port <= _LAST_PORT:
        raise SettingsError("port", port, f"a number from 0 to {_LAST_PORT}")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        taken = socket.socket(family, kind, protocol)
    except OSError as error:
        raise SettingsError("host", host, f"an address of this machine ({error.strerror})") from error
    try:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(address)
    except OSError as error:
        taken.close()
        raise SettingsError("port", port, f"one that is free on {host} ({error.strerror})") from error
    return taken


def url_of(listener: socket.socket) -> str:
    """Where a listening socket is reached from this machine."""
    host, port = listener.getsockname()[:2]
    name = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"
