"""States of tasks in one letter: queued, processing, uploading, failed, done and cancelled."""

from __future__ import annotations

from photoshoot.jobs import Process, RenderState

Q, P, U, F, D, C = (RenderState(number) for number in range(1, 7))


def states(process: Process) -> list[RenderState]:
    """Where each task of a process stands."""
    return [task.state for task in process.tasks]
