from __future__ import annotations

import os
import subprocess
import sys

import pytest

from photoshoot.machine.process_state import find_trim, share_heap

_COUNT_HEAPS = """
import ctypes, os, tempfile, threading
from photoshoot.machine.process_state import share_heap
print(share_heap())
library, threads, together = ctypes.CDLL(None), 6, threading.Barrier(6)
library.malloc.restype, library.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
library.fopen.restype = ctypes.c_void_p
def allocate():
    library.malloc(1000)
    together.wait()
    library.malloc(2000)
started = [threading.Thread(target=allocate) for _ in range(threads)]
[thread.start() for thread in started]
[thread.join() for thread in started]
with tempfile.NamedTemporaryFile() as file:
    stream = ctypes.c_void_p(library.fopen(file.name.encode(), b"w"))
    library.malloc_info(0, stream)
    library.fclose(stream)
    print(file.read().count(b"<heap nr="))
"""


def _count_heaps(**variables: str) -> tuple[str, int]:
    free = {name: value for name, value in os.environ.items() if name not in ("MALLOC_ARENA_MAX", "GLIBC_TUNABLES")}
    command = [sys.executable, "-c", _COUNT_HEAPS]
    done = subprocess.run(command, env=free | variables, capture_output=True, text=True, check=True)
    shared, heaps = done.stdout.split()
    return shared, int(heaps)


@pytest.mark.skipif(find_trim() is None, reason="only glibc gives threads heaps of their own")
def test_threads_share_one_heap() -> None:
    assert _count_heaps() == ("True", 1)


@pytest.mark.skipif(find_trim() is None, reason="only glibc gives threads heaps of their own")
@pytest.mark.parametrize(
    "decided",
    [{"MALLOC_ARENA_MAX": "16"}, {"GLIBC_TUNABLES": "glibc.malloc.arena_max=16"}],
    ids=lambda one: next(iter(one)),
)
def test_who_runs_the_process_decides(decided: dict[str, str]) -> None:
    shared, heaps = _count_heaps(**decided)
    assert shared == "False"
    assert heaps > 1, "threads have no heaps of their own here: the test above shows nothing"


def test_another_c_library_keeps_its_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert share_heap.__wrapped__() is False
    assert find_trim.__wrapped__() is None


_COUNT_COLLECTIONS = """
import gc
from photoshoot.machine.process_state import loading
seen = []
gc.callbacks.append(lambda phase, info: seen.append(phase))
{switch}
with loading():
    kept = [[] for _ in range(100_000)]
print(len(seen), gc.isenabled(), gc.get_freeze_count() > len(kept))
"""


@pytest.mark.parametrize("switch", ["gc.enable()", "gc.disable()"])
def test_what_is_loaded_is_not_looked_through(switch: str) -> None:
    command = [sys.executable, "-c", _COUNT_COLLECTIONS.format(switch=switch)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", str(switch == "gc.enable()"), "True"]
