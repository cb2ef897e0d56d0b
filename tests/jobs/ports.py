"""Ports for programs that must be told which one to take."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def reserve_port() -> Iterator[int]:
    """A port of this machine that is given to nobody else meanwhile, and on which a program may listen.

    A socket that is bound and does not listen keeps it from those who ask for any port; who asks for this very one, and
    allows to share it as servers do, gets it.
    """
    with socket.socket() as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        holder.bind(("127.0.0.1", 0))
        port: int = holder.getsockname()[1]
        yield port
