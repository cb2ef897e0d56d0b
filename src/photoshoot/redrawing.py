"""Draws pictures again that fail the quality gate by chance, each with a seed derived from its own."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

from photoshoot.quality import THRESHOLDS
from photoshoot.records import Shot, ShotRequest
from photoshoot.seeds import derive_seed

Place = Callable[[Sequence[ShotRequest]], list[Shot]]
Inspect = Callable[[ShotRequest, Shot], Shot]
Say = Callable[[ShotRequest, int, Sequence[str]], object]
"""Told a request that is drawn again, which redraw it is, and the names of the failed checks."""


def redraw(
    requests: Sequence[ShotRequest], shots: Sequence[Shot], place: Place, inspect: Inspect, say: Say
) -> list[Shot]:
    """Inspect a batch and draw again what fails a hard check that another seed may mend.

    A shot's redraws depend on nothing but its own request, so its neighbours are as they would be without it.

    Args:
        requests: What was asked for; each one's recipe says how often it may be drawn again.
        shots: The first drawings, in the same order.
        place: Makes pictures.
        inspect: Measures one.
        say: Told before each redraw.

    Returns:
        For each request its first drawing that passes, else the one with the fewest failed hard checks; its report
        says how many redraws were made.
    """
    drawn = [[inspect(request, shot)] for request, shot in zip(requests, shots, strict=True)]
    number = 0
    while True:
        number += 1
        again = [i for i, request in enumerate(requests) if number <= _allowed(request) and _mendable(drawn[i][-1])]
        if not again:
            return [_keep_best(attempts) for attempts in drawn]
        for i in again:
            say(requests[i], number, _failed(drawn[i][-1]))
        seeded = [dataclasses.replace(requests[i], seed=redraw_seed(requests[i].seed, number)) for i in again]
        for i, request, shot in zip(again, seeded, place(seeded), strict=True):
            drawn[i].append(inspect(request, shot))


def redraw_seed(seed: int, number: int) -> int:
    """The seed of a shot's redraw, from 1; 0 to 2**32 - 1."""
    return derive_seed(f"{seed}/redraw {number}")


def _allowed(request: ShotRequest) -> int:
    return 0 if request.recipe is None else request.recipe.max_redraws


def _failed(shot: Shot) -> tuple[str, ...]:
    return () if shot.quality is None else shot.quality.failed


def _mendable(shot: Shot) -> bool:
    """Whether another seed may help: geometry and the product's own pixels are the same under every seed."""
    failed = _failed(shot)
    return bool(failed) and all(THRESHOLDS[name].by_chance for name in failed)


def _keep_best(attempts: Sequence[Shot]) -> Shot:
    best = min(attempts, key=lambda shot: len(_failed(shot)))
    if len(attempts) == 1 or best.quality is None:
        return best
    return dataclasses.replace(best, quality=dataclasses.replace(best.quality, redraws=len(attempts) - 1))
