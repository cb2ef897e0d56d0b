"""A service on a port of this machine, in a thread."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from photoshoot.addresses import take_port, url_of
from photoshoot.server.service import Service
from photoshoot.server.uvicorn_runner import build_server


@contextmanager
def serving(service: Service) -> Iterator[str]:
    """Serve, and give the URL; stops in peace at the end, jobs included."""
    server = build_server(service)
    with take_port("127.0.0.1", 0) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="serving")
        thread.start()
        try:
            while not server.started:
                assert thread.is_alive(), "the server ended at once"
                time.sleep(0.01)
            yield url_of(listener)
        finally:
            server.should_exit = True
            thread.join()
