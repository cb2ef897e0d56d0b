"""What ``bench_service_load`` finds, and its page."""

from __future__ import annotations

import argparse
import os
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import attrgetter

import numpy as np

P95_LIMIT_MS, SLOWER_LIMIT, RSS_LIMIT_MB = 60.0, 1.10, 350


@dataclass(frozen=True)
class Round:
    """Six pictures."""

    seconds: float
    """From the order to the last of them."""
    cpu_s: float
    """Of the processes that make pictures."""
    polls_s: list[float]
    """How long each question took."""
    load: float
    """The machine's load at the end: how many processes wanted a core."""


@dataclass
class Findings:
    """What is known so far."""

    alone: list[Round] = field(default_factory=list)
    polled: list[Round] = field(default_factory=list)
    statements: int | None = None
    """That a question costs the database."""
    poll_cpu_ms: float | None = None
    """That a question costs the process that answers, with nothing else to do."""
    memory_mb: int | None = None
    """The most that the process that answers had."""
    failures: list[str] = field(default_factory=list)
    """What could not be measured, and why."""


def report(findings: Findings, options: argparse.Namespace) -> tuple[str, bool]:
    """The page, and whether all of it was measured and is within the limits."""
    rows = [
        f"| {name} | {one.seconds:.1f} | {one.cpu_s:.1f} | {one.load:.1f} |"
        for name, rounds in (("alone", findings.alone), (f"with {options.clients} clients", findings.polled))
        for one in rounds
    ]
    told = [(says, good) for says, good in (*tell_polls(findings), *tell_costs(findings))]
    lines = "\n".join(f"- {says}{'' if good else ' **Over the limit.**'}" for says, good in told)
    failures = "".join(f"\nNot measured: {failure}.\n" for failure in findings.failures)
    text = f"""# The service while it makes pictures

Six pictures ({options.kind}) by `photoshoot serve` with the real renderer, alone and beside {options.clients} clients
that each ask every {options.poll_s:g} s, by turns; {os.cpu_count()} cores, which service and clients share with
whatever else runs: the load says how much.

| | six pictures, s | CPU of the renderer, s | load |
|---|---|---|---|
{chr(10).join(rows)}

{lines}
{failures}"""
    return text, not findings.failures and all(good for _, good in told)


def tell_polls(findings: Findings) -> Iterator[tuple[str, bool]]:
    """What clients and pictures notice of each other, and whether it is within the limits."""
    polls = np.array([second for one in findings.polled for second in one.polls_s]) * 1000
    if polls.size:
        p50, p95, p99 = np.percentile(polls, [50, 95, 99])
        yield (
            f"CheckUserProgress beside the renderer: {polls.size} calls, median {p50:.1f} ms, p95 {p95:.1f} ms, "
            f"p99 {p99:.1f} ms, most {polls.max():.1f} ms (limit: p95 {P95_LIMIT_MS:g} ms).",
            bool(p95 <= P95_LIMIT_MS),
        )
    if findings.alone and findings.polled:
        wall, cpu = (
            statistics.median(map(fact, findings.polled)) / statistics.median(map(fact, findings.alone))
            for fact in (attrgetter("seconds"), attrgetter("cpu_s"))
        )
        yield (
            f"Beside the clients six pictures take {wall:.2f} times as long (limit: {SLOWER_LIMIT:g}), and {cpu:.2f} "
            "times the renderer's CPU.",
            wall <= SLOWER_LIMIT,
        )


def tell_costs(findings: Findings) -> Iterator[tuple[str, bool]]:
    """What a question costs, and what the process that answers weighs."""
    if findings.statements is not None:
        yield f"A question costs {findings.statements} statements of the database.", True
    if findings.poll_cpu_ms is not None:
        yield f"It costs {findings.poll_cpu_ms:.2f} ms of CPU of the process that answers, idle otherwise.", True
    if findings.memory_mb is not None:
        yield (
            f"The process that answers had {findings.memory_mb} MB at most (limit: {RSS_LIMIT_MB}).",
            findings.memory_mb <= RSS_LIMIT_MB,
        )
