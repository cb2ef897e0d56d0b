"""Where webhooks may go: not into the networks behind the server.

An address is looked at when a channel is created, and again whenever a message is sent: its name may mean another
machine by then. The message goes to the very address that was looked at.
"""

from dataclasses import dataclass
from typing import Final

import httpx

from photoshoot.addresses import is_public, look_up_host
from photoshoot.errors import TargetError

LONGEST_URL: Final = 2000
"""Most characters of a channel's address."""
_OUT_OF_REACH: Final = "the address's host is not known, or lies in a network that webhooks may not reach"
"""One answer to both, so that nobody learns by it which names the networks behind the server have."""
_UNREADABLE: Final = "the address can't be read; what is special in it, such as / in a password, must be %-encoded"
"""Not why: the reader's own words repeat parts of it, and it may hold a password."""
_DEFAULT_PORTS: Final = {"http": 80, "https": 443, "amqp": 5672, "amqps": 5671}
AMQP: Final = ("amqp", "amqps")
"""Schemes of a RabbitMQ broker's addresses, which have a user and a password."""


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
        TargetError: It is no http, https, amqp or amqps address of a host, or one of http holds a user name.
    """
    if len(url) > LONGEST_URL:
        raise TargetError(f"the address has {len(url)} characters; {LONGEST_URL} are allowed")
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise TargetError(_UNREADABLE) from error
    if parsed.scheme not in _DEFAULT_PORTS:
        raise TargetError("the address must begin with http://, https://, amqp:// or amqps://")
    if not parsed.host or (parsed.userinfo and parsed.scheme not in AMQP) or not 0 < (parsed.port or 1) < 2**16:
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
        addresses = look_up_host(parsed.raw_host.decode("ascii"), port)
    except (OSError, ValueError) as error:
        raise TargetError(_OUT_OF_REACH) from error
    if not allow_private and not all(map(is_public, addresses)):
        raise TargetError(_OUT_OF_REACH)
    return Target(url=parsed, addresses=addresses)
