from __future__ import annotations

import threading

from photoshoot.jobs.notifier import Notifier
from tests.jobs.waiting import PATIENCE_S


def test_a_call_between_two_waits_is_not_missed() -> None:
    notifier = Notifier()
    heard = notifier.wait(0, 0.0)
    notifier.notify()
    assert notifier.wait(heard, PATIENCE_S) == heard + 1  # at once


def test_who_has_heard_all_waits_for_no_longer_than_it_may() -> None:
    notifier = Notifier()
    notifier.notify()
    assert notifier.wait(1, 0.0) == 1


def test_everyone_hears_that_it_is_time_to_stop() -> None:
    notifier = Notifier()
    told: list[bool] = []

    def listen() -> None:
        notifier.wait(0, PATIENCE_S)
        told.append(notifier.stopping.is_set())

    threads = [threading.Thread(target=listen) for _ in range(3)]
    for thread in threads:
        thread.start()
    notifier.stop()
    for thread in threads:
        thread.join()
    assert told == [True] * 3
