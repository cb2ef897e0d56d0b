"""Work on the next item while the last one is being finished."""

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from photoshoot.errors import CancelledError
from photoshoot.machine.cancellation import cancel_scope, current_check

T = TypeVar("T")
R = TypeVar("R")


def map_ahead(work: Callable[[T], R], items: Iterable[T], workers: int, *, cancels: bool = False) -> Iterator[R]:
    """Like ``map``, in order, with up to ``workers`` calls under way at once, each in a thread.

    Stopping early starts no further call, and waits for those under way. The first error ends it likewise.

    Args:
        work: Called once an item; thread-safe where ``workers`` is over 1.
        items: What to work on; taken as they are needed.
        workers: 1 calls ``work`` here, without threads.
        cancels: Whether calls under way are not waited for to their ends, but to where they next ask whether they are
            wanted (``check_cancelled``); what the caller's scopes say of that they ask in any case.
    """
    if workers <= 1:
        yield from map(work, items)
        return
    is_wanted, stopped = current_check(), threading.Event()

    def check() -> None:
        is_wanted()
        if cancels and stopped.is_set():
            raise CancelledError("nobody waits for it any longer")

    def call(item: T) -> R:
        with cancel_scope(check):
            return work(item)

    pool = ThreadPoolExecutor(workers, thread_name_prefix="photoshoot")
    ahead: deque[Future[R]] = deque()
    try:
        for item in items:
            ahead.append(pool.submit(call, item))
            if len(ahead) == workers:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()
    finally:
        stopped.set()
        pool.shutdown(cancel_futures=True)
