"""Do 64 clients that ask for progress slow down the pictures, or the pictures the answers? The renderer is real.

``photoshoot serve`` runs as it does for anybody. Six pictures are ordered and waited for, with nobody else there and
with 64 clients that ask how far they are, by turns. Service and clients share this machine.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import numpy as np
from benchmarks.bench_service import API, Connection, register

from photoshoot import Photoshoot, PresetRegistry
from photoshoot.jobs import Jobs
from photoshoot.layout import RenderKind

ROOT = Path(__file__).resolve().parents[1]
PROMPTS = [{"tag": "preset", "preset": "white_background"}, {"tag": "custom", "prompt": "on a slate slab"}] * 3
P95_LIMIT_S, SLOWER_LIMIT, RSS_LIMIT_MB = 0.060, 1.10, 350


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


def prepare(folder: Path) -> dict[str, str]:
    """A store with an application and a product."""
    with Photoshoot.embedded() as shoot:
        (product,) = shoot.describe([ROOT / "examples" / "bottle.jpg"])
    url, pictures = f"sqlite:///{folder / 'photoshoot.db'}", str(folder / "pictures")
    with Jobs.open(url, pictures, presets=PresetRegistry.load()) as jobs:
        return register(jobs, product, "benchmark")


def start(folder: Path) -> tuple[subprocess.Popen[str], str]:
    """The service as it is, and its URL."""
    environment = {**os.environ, "PHOTOSHOOT_POLLS_A_MINUTE": "1000000"}
    words = ["serve", "--folder", str(folder), "--port", "0", "--log-level", "warning", "--json"]
    program = subprocess.Popen(
        [sys.executable, "-m", "photoshoot", *words], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert program.stdout is not None
    lines = [program.stdout.readline()]
    while lines[-1] != "}\n":
        if not lines[-1]:
            raise RuntimeError("the service could not start")
        lines.append(program.stdout.readline())
    return program, json.loads("".join(lines))["url"]


class Asker:
    """A client on a connection of its own."""

    def __init__(self, url: str, facts: dict[str, str]) -> None:
        self._connection = Connection(url, {name: facts[name] for name in ("x-api-key", "x-api-secret")})
        self._facts = facts
        self.seconds: list[float] = []

    async def open(self) -> None:
        """Connect."""
        await self._connection.open()

    async def order(self, kind: RenderKind) -> str:
        """Order six pictures; returns the process."""
        names = ("applicationId", "userId", "productImageAssetId")
        form = {name: self._facts[name] for name in names}
        form |= {"renderKind": str(kind.value), "PromptObjectsString": json.dumps(PROMPTS)}
        form |= {"productName": "bottle", "productDescription": "A bottle."}
        answer = await self._connection.ask(f"{API}/AdCreative", form)
        process: str = json.loads(answer.content)["imageRenderProcessId"]
        return process

    async def ask(self, process: str) -> Any:
        """How far it is."""
        query = urlencode({"userId": self._facts["userId"], "imageProductGeneratorProcessId": process})
        began = time.perf_counter()
        answer = await self._connection.ask(f"{API}/CheckUserProgress?{query}")
        self.seconds.append(time.perf_counter() - began)
        if answer.status != 200:
            raise RuntimeError(f"answered with {answer.status}")
        return json.loads(answer.content)[0]

    async def poll(self, process: str, every_s: float, done: asyncio.Event) -> None:
        """Ask until all is done."""
        await asyncio.sleep(random.uniform(0, every_s))
        while not done.is_set():
            await self.ask(process)
            await asyncio.sleep(every_s * random.uniform(0.8, 1.2))

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


async def make_six(url: str, facts: dict[str, str], clients: int, options: argparse.Namespace, pid: int) -> Round:
    """One round, with so many clients that ask beside the one that waits."""
    askers = [Asker(url, facts) for _ in range(clients + 1)]
    for asker in askers:
        await asker.open()
    (waiting, *others), done = askers, asyncio.Event()
    cpu, began = renderers_cpu_s(pid), time.perf_counter()
    process = await waiting.order(RenderKind.parse(options.kind))
    polling = [asyncio.create_task(asker.poll(process, options.poll_s, done)) for asker in others]
    while (told := await waiting.ask(process))["progress"] < 100:
        await asyncio.sleep(0.25)
    seconds = time.perf_counter() - began
    done.set()
    await asyncio.gather(*polling)
    for asker in askers:
        asker.close()
    assert told["isSuccessful"], told["errorMessage"]
    polls = [second for asker in others for second in asker.seconds]
    return Round(seconds, renderers_cpu_s(pid) - cpu, polls, os.getloadavg()[0])


def children_of(pid: int) -> list[int]:
    """The processes that a process has started."""
    lists = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    return [int(child) for child in " ".join(lists).split()]


def renderers_cpu_s(pid: int) -> float:
    """Seconds of CPU that the service's other processes have used so far."""
    ticks = 0
    for child in children_of(pid):
        fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def peak_mb(pid: int) -> int:
    """The most memory that a process had."""
    return int(Path(f"/proc/{pid}/status").read_text().split("VmHWM:")[1].split()[0]) // 1024


def report(alone: list[Round], polled: list[Round], memory_mb: int, options: argparse.Namespace) -> tuple[str, bool]:
    """The page, and whether it is within the limits."""
    polls = np.array([second for one in polled for second in one.polls_s]) * 1000
    p50, p95, p99 = np.percentile(polls, [50, 95, 99])
    wall = statistics.median(one.seconds for one in polled) / statistics.median(one.seconds for one in alone)
    cpu = statistics.median(one.cpu_s for one in polled) / statistics.median(one.cpu_s for one in alone)
    rows = [
        f"| {name} | {one.seconds:.1f} | {one.cpu_s:.1f} | {one.load:.1f} |"
        for name, rounds in (("alone", alone), (f"with {options.clients} clients", polled))
        for one in rounds
    ]
    text = f"""# The service while it makes pictures

Six pictures ({options.kind}) by `photoshoot serve` with the real renderer, alone and beside {options.clients} clients
that each ask every {options.poll_s:g} s, by turns; {os.cpu_count()} cores, which service and clients share with
whatever else runs: the load says how much.

| | six pictures, s | CPU of the renderer, s | load |
|---|---|---|---|
{chr(10).join(rows)}

CheckUserProgress beside the renderer: {polls.size} calls, median {p50:.1f} ms, p95 {p95:.1f} ms, p99 {p99:.1f} ms,
most {polls.max():.1f} ms. Beside the clients six pictures take {wall:.2f} times as long, and {cpu:.2f} times the
renderer's CPU. The process that answers had {memory_mb} MB at most.
"""
    return text, bool(p95 <= P95_LIMIT_S * 1000 and wall <= SLOWER_LIMIT and memory_mb <= RSS_LIMIT_MB)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=64, help="clients that ask (64)")
    parser.add_argument("--poll-s", type=float, default=1.0, help="seconds between a client's questions (1)")
    parser.add_argument("--kind", default="landscape", help="ad size (landscape)")
    parser.add_argument("--rounds", type=int, default=2, help="rounds of each kind (2)")
    parser.add_argument("--write", action="store_true", help="write benchmarks/results/service_load.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        facts = prepare(Path(name))
        program, url = start(Path(name))
        try:
            alone: list[Round] = []
            polled: list[Round] = []
            asyncio.run(make_six(url, facts, 0, options, program.pid))  # compiles kernels, and is not counted
            for _ in range(options.rounds):
                alone.append(asyncio.run(make_six(url, facts, 0, options, program.pid)))
                polled.append(asyncio.run(make_six(url, facts, options.clients, options, program.pid)))
            memory_mb = peak_mb(program.pid)
        finally:
            program.terminate()
            program.wait()
    text, good = report(alone, polled, memory_mb, options)
    print(text)
    if options.write:
        (ROOT / "benchmarks" / "results" / "service_load.md").write_text(text, encoding="utf-8")
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
