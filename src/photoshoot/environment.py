"""Environment variables that libraries read while they are loaded, set for them and taken back."""

import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def default_variable(name: str, value: str) -> Iterator[None]:
    """Set a variable for a while, unless the host has decided about it."""
    if name in os.environ:
        yield
        return
    os.environ[name] = value
    try:
        yield
    finally:
        os.environ.pop(name, None)  # another thread may have been here, too
