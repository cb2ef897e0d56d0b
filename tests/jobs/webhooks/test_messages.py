"""The two messages say what their process and task say, in JSON that is the same at every try."""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photoshoot.jobs import Process, RenderState, Task
from photoshoot.jobs.webhooks.messages import describe_process, describe_task, encode_message

any_states = st.lists(st.sampled_from([state for state in RenderState if state]), min_size=1, max_size=8)


def process_of(states: Sequence[RenderState]) -> Process:
    process_id = uuid.uuid4()
    tasks = tuple(
        Task(
            id=uuid.uuid4(), process_id=process_id, state=state, prompt_index=0, size_label="square",
            error_message="No room." if state is RenderState.FAILED else "", attempts=1, queued_s=1.0, started_s=None,
            finished_s=None,
        )
        for state in states
    )  # fmt: skip
    return Process(
        id=process_id, application_id=uuid.uuid4(), user_id=uuid.uuid4(), asset_id=uuid.uuid4(), seed=1, created_s=1.0,
        tasks=tasks,
    )  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(any_states)
def test_a_process_is_told_by_its_tasks_and_counts(states: list[RenderState]) -> None:
    process = process_of(states)
    message = json.loads(encode_message(describe_process(process), None))
    assert message["MessageType"] == "ImageProductGenerationProgress"
    assert message["ImageRenderProcessId"] == str(process.id)
    assert message["ApplicationId"] == str(process.application_id)
    assert message["UserId"] == str(process.user_id)
    assert list(message["Tasks"].values()) == [state.value for state in states], "in their order"
    assert message["TotalTaskCount"] == len(states)
    assert message["CompletedTaskCount"] == states.count(RenderState.COMPLETED)
    assert message["Progress"] == 100 * sum(state >= RenderState.FAILED for state in states) // len(states)
    assert message["IsSuccessful"] is (set(states) == {RenderState.COMPLETED})
    assert message["RenderType"] == 4
    assert message["ErrorMessage"].endswith("No room.") is (RenderState.FAILED in states)


@pytest.mark.parametrize("state", [RenderState.COMPLETED, RenderState.FAILED, RenderState.CANCELLED])
def test_a_task_is_successful_where_it_is_completed_alone(state: RenderState) -> None:
    process = process_of([state])
    message = json.loads(encode_message(describe_task(process, process.tasks[0]), None))
    assert message["MessageType"] == "ImageProductGenerationTaskCompleted"
    assert message["TaskId"] == str(process.tasks[0].id)
    assert message["IsSuccessful"] is (state is RenderState.COMPLETED)
    assert message["ErrorMessage"] == ("No room." if state is RenderState.FAILED else "")
    assert message["ImageContentBytes"] is None


@settings(max_examples=25, deadline=None)
@given(st.binary(max_size=200))
def test_a_picture_comes_back_from_its_message_and_the_rest_is_the_same(picture: bytes) -> None:
    process = process_of([RenderState.COMPLETED])
    body = describe_task(process, process.tasks[0])
    data = encode_message(body, picture)
    assert data == encode_message(body, picture), "signatures of later tries hold"
    message = json.loads(data)
    assert base64.b64decode(message.pop("ImageContentBytes"), validate=True) == picture
    assert message == {key: value for key, value in body.items() if key != "ImageContentBytes"}
    assert body["ImageContentBytes"] is None, "the body is not changed"
