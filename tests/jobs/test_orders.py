from __future__ import annotations

import itertools
import uuid
from typing import Any

import pytest

from photoshoot import Prompt, PromptError, RenderKind, Request, SettingsError
from photoshoot.jobs import Order, Process, RenderState, Task

ONE = Prompt.custom("on a table")


def make_order(**changes: Any) -> Order:
    ids: dict[str, Any] = {name: uuid.uuid4() for name in ("application_id", "user_id", "asset_id")}
    key = {name: changes.pop(name) for name in ("idempotency_key",) if name in changes}
    return Order(**ids, **key, request=Request(**{"prompts": (ONE,), **changes}))


def make_process(*states: int) -> Process:
    process_id = uuid.uuid4()
    tasks = [
        Task(
            id=uuid.uuid4(),
            process_id=process_id,
            state=RenderState(state),
            prompt_index=index,
            size_label="landscape",
            error_message="It broke." if state == RenderState.FAILED else "",
            attempts=0,
            queued_s=0.0,
            started_s=None,
            finished_s=None,
        )
        for index, state in enumerate(states)
    ]
    return Process(
        id=process_id,
        application_id=uuid.uuid4(),
        user_id=uuid.uuid4(),
        asset_id=uuid.uuid4(),
        seed=0,
        created_s=0.0,
        tasks=tuple(tasks),
    )


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ((1, 1, 1), 1),
        ((2, 1, 1), 2),
        ((5, 1, 1), 2),
        ((5, 3, 3), 3),
        ((5, 3, 2), 2),
        ((3, 1), 2),
        ((5, 5), 5),
        ((5, 4), 5),
        ((5, 6), 5),
        ((4, 6), 4),
        ((6, 6), 6),
    ],
)
def test_a_process_stands_where_its_tasks_stand(states: tuple[int, ...], expected: int) -> None:
    assert make_process(*states).state == expected


def test_progress_is_whole_percents_and_full_only_at_the_end() -> None:
    for states in itertools.combinations_with_replacement(range(1, 7), 6):
        process = make_process(*states)
        assert isinstance(process.progress, int)
        assert (process.progress == 100) == all(state >= 4 for state in states) == process.state.is_final
        assert process.is_successful == (set(states) == {5})
    assert make_process(4, 6, 5, 1, 2, 3).progress == 50
    assert make_process(5, *[1] * 5).progress == 16


def test_errors_are_summed_up() -> None:
    assert make_process(5, 1).error_message == ""
    assert make_process(4, 6, 4).error_message == "2 of 3 tasks failed, 1 of 3 tasks was cancelled: It broke."
    assert make_process(6).error_message == "1 of 1 task was cancelled"
    assert make_process(6, 6).error_message == "2 of 2 tasks were cancelled"


def test_orders_are_checked_when_they_are_made() -> None:
    order = make_order(prompts='[{"tag": "preset", "preset": "white_background"}]', render_kind=4)
    asked = order.request
    assert (asked.prompts, asked.render_kind) == ((Prompt.preset("white_background"),), RenderKind.LANDSCAPE)
    for changes, error in (
        ({"prompts": ()}, PromptError),
        ({"prompts": (ONE,) * 7}, PromptError),
        ({"render_kind": 3}, SettingsError),
        ({"seed": -1}, SettingsError),
        ({"seed": 2**31}, SettingsError),
        ({"name": " "}, SettingsError),
        ({"name": "x" * 2001}, SettingsError),
        ({"description": "a\0b"}, SettingsError),
        ({"description": "\ud800"}, SettingsError),
        ({"idempotency_key": ""}, SettingsError),
        ({"idempotency_key": "k" * 256}, SettingsError),
    ):
        with pytest.raises(error):
            make_order(**changes)
