"""Slow calls run in their own few threads, and no more of them at once."""

from __future__ import annotations

import asyncio
import threading

import pytest
from starlette.applications import Starlette
from starlette.requests import Request

from photoshoot.server.http.thread_pools import provide_threads, run_slow
from tests.jobs.waiting import PATIENCE_S

MOST = 8


def request_of(app: Starlette) -> Request:
    return Request({"type": "http", "app": app, "headers": []})


def test_calls_run_off_the_loop_and_no_more_than_a_few_at_once() -> None:
    app = Starlette()
    running, most, lock = 0, 0, threading.Lock()
    full = threading.Barrier(MOST)  # 24 calls: three fillings; with fewer threads it would break

    def call(number: int) -> tuple[int, int]:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        full.wait(PATIENCE_S)
        with lock:
            running -= 1
        return number, threading.get_ident()

    async def run() -> list[tuple[int, int]]:
        provide_threads(app)
        return list(await asyncio.gather(*(run_slow(request_of(app), call, number) for number in range(3 * MOST))))

    answers = asyncio.run(run())
    assert [number for number, _ in answers] == list(range(3 * MOST)), "each caller has its own answer"
    assert threading.get_ident() not in {thread for _, thread in answers}
    assert most == MOST


def test_arguments_go_through_and_errors_come_back() -> None:
    app = Starlette()

    async def run() -> tuple[int, str]:
        provide_threads(app)
        base = await run_slow(request_of(app), int, "ff", base=16)
        with pytest.raises(ValueError, match="invalid literal") as caught:
            await run_slow(request_of(app), int, "x")
        return base, str(caught.value)

    assert asyncio.run(run())[0] == 255
