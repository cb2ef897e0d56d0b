"""Work on the next item while the last one is being finished."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def map_ahead(work: Callable[[T], R], items: Iterable[T], workers: int) -> Iterator[R]:
    """Like ``map``, in order, with up to ``workers`` calls under way at once, each in a thread.

    Stopping early starts no further call, and waits for those under way. The first error ends it.

    Args:
        work: Called once an item; thread-safe where ``workers`` is over 1.
        items: What to work on; taken as they are needed.
        workers: 1 calls ``work`` here, without threads.
    """
    if workers <= 1:
        yield from map(work, items)
        return
    pool = ThreadPoolExecutor(workers, thread_name_prefix="photoshoot")
    ahead: deque[Future[R]] = deque()
    try:
        for item in items:
            ahead.append(pool.submit(work, item))
            if len(ahead) == workers:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)
