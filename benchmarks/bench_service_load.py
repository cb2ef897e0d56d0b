"""Do 64 clients that ask for progress slow down the pictures, or the pictures the answers? The renderer is real.

``photoshoot serve`` runs as it does for anybody. Six pictures are ordered and waited for, with nobody else there and
with 64 clients that ask how far they are, by turns. Service and clients share this machine with whatever else runs;
what a question costs is counted, too: CPU of the process that answers, and statements that the database gets. All of it
ends after ``--limit-s``, and the page says what was measured by then.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode

import httpx
from benchmarks.bench_service import API, Connection, register
from benchmarks.service_load_page import Findings, Round, report
from sqlalchemy import Engine, event

from photoshoot import Photoshoot
from photoshoot.framing.layout import RenderKind
from photoshoot.server import ServerSettings, build_app, build_service
from photoshoot.server.service import Service

ROOT = Path(__file__).resolve().parents[1]
PROMPTS = [{"tag": "preset", "preset": "white_background"}, {"tag": "custom", "prompt": "on a slate slab"}] * 3
COUNTED_POLLS = 1000
T = TypeVar("T")


def prepare(folder: Path) -> tuple[dict[str, str], int]:
    """A store with an application and a product, and how many statements a question costs there."""
    with Photoshoot.embedded() as shoot:
        (product,) = shoot.describe([ROOT / "examples" / "bottle.jpg"])
        service = build_service(ServerSettings(folder=folder), shoot)
        facts = register(service.jobs, product, "benchmark")
        statements = asyncio.run(count_statements(service, facts))
        service.close()
    return facts, statements


async def count_statements(service: Service, facts: dict[str, str]) -> int:
    """Of one question about six tasks, which nobody begins; they are cancelled."""
    headers = {name: facts[name] for name in ("x-api-key", "x-api-secret")}
    transport, seen = httpx.ASGITransport(build_app(service)), list[str]()

    def note(*arguments: Any) -> None:
        seen.append(arguments[2])

    form = {name: (None, value) for name, value in form_of(facts, RenderKind.MEDIUM_BANNER).items()}
    async with httpx.AsyncClient(transport=transport, base_url="http://service.test", headers=headers) as client:
        ordered = await client.post(f"{API}/AdCreative", files=form)
        process = ordered.json()["imageRenderProcessId"]
        event.listen(Engine, "before_cursor_execute", note)
        asked = await client.get(f"{API}/CheckUserProgress", params=query_of(facts, process))
        event.remove(Engine, "before_cursor_execute", note)
        assert asked.status_code == 200, asked.text
        await client.post(f"{API}/Cancel", params={"applicationId": facts["applicationId"], **query_of(facts, process)})
    return sum(statement.startswith("SELECT") for statement in seen)


def form_of(facts: dict[str, str], kind: RenderKind) -> dict[str, str]:
    """An order of six pictures."""
    form = {name: facts[name] for name in ("applicationId", "userId", "productImageAssetId")}
    form |= {"renderKind": str(kind.value), "PromptObjectsString": json.dumps(PROMPTS)}
    return form | {"productName": "bottle", "productDescription": "A bottle."}


def query_of(facts: dict[str, str], process: str) -> dict[str, str]:
    """How far is it?"""
    return {"userId": facts["userId"], "imageProductGeneratorProcessId": process}


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[tuple[int, str]]:
    """The service as it is: its process, and its URL."""
    environment = {**os.environ, "PHOTOSHOOT_POLLS_A_MINUTE": "1000000"}
    words = ["serve", "--folder", str(folder), "--port", "0", "--log-level", "warning", "--json"]
    program = subprocess.Popen(
        [sys.executable, "-m", "photoshoot", *words], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert program.stdout is not None
    try:
        lines = [program.stdout.readline()]
        while lines[-1] != "}\n":
            if not lines[-1]:
                raise RuntimeError("the service could not start")
            lines.append(program.stdout.readline())
        yield program.pid, json.loads("".join(lines))["url"]
    finally:
        program.terminate()
        try:
            program.wait(60)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()


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
        answer = await self._connection.ask(f"{API}/AdCreative", form_of(self._facts, kind))
        process: str = json.loads(answer.content)["imageRenderProcessId"]
        return process

    async def ask(self, process: str) -> Any:
        """How far it is."""
        query = urlencode(query_of(self._facts, process))
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
    if not told["isSuccessful"]:
        raise RuntimeError(told["errorMessage"])
    polls = [second for asker in others for second in asker.seconds]
    return Round(seconds, renderers_cpu_s(pid) - cpu, polls, os.getloadavg()[0])


async def cost_of_a_poll(url: str, facts: dict[str, str], process: str, pid: int) -> float:
    """Milliseconds of CPU of the process that answers, with one client that asks again and again."""
    asker = Asker(url, facts)
    await asker.open()
    for _ in range(COUNTED_POLLS // 10):
        await asker.ask(process)
    before = cpu_s(pid)
    for _ in range(COUNTED_POLLS):
        await asker.ask(process)
    spent = cpu_s(pid) - before
    asker.close()
    return 1000 * spent / COUNTED_POLLS


def latest_process(url: str, facts: dict[str, str]) -> str:
    """The process that was ordered last."""
    headers = {name: facts[name] for name in ("x-api-key", "x-api-secret")}
    params = {"applicationId": facts["applicationId"], "limit": "1"}
    (told,) = httpx.get(f"{url}{API}/CheckApplicationAllProgresses", params=params, headers=headers, timeout=60).json()
    found: str = told["imageRenderProcessId"]
    return found


def children_of(pid: int) -> list[int]:
    """The processes that a process has started."""
    lists = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    return [int(child) for child in " ".join(lists).split()]


def renderers_cpu_s(pid: int) -> float:
    """Seconds of CPU that the service's other processes have used so far."""
    return sum(map(cpu_s, children_of(pid)))


def cpu_s(pid: int) -> float:
    """Seconds of CPU that a process has used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_mb(pid: int) -> int:
    """The most memory that a process had."""
    return int(Path(f"/proc/{pid}/status").read_text().split("VmHWM:")[1].split()[0]) // 1024


def measure(findings: Findings, options: argparse.Namespace, until: float) -> None:
    """Everything, until the time is over; what is known by then is in the findings."""

    def run(what: str, work: Coroutine[Any, Any, T]) -> T:
        left = until - time.monotonic()
        say(f"{what} ({left:.0f} s left)")
        return asyncio.run(asyncio.wait_for(work, max(1.0, left)))

    with tempfile.TemporaryDirectory() as name:
        say("the store")
        facts, findings.statements = prepare(Path(name))
        say("the service")
        with serving(Path(name)) as (pid, url):
            try:
                run("six pictures, which compile kernels and are not counted", make_six(url, facts, 0, options, pid))
                process = latest_process(url, facts)
                findings.poll_cpu_ms = run("a question", cost_of_a_poll(url, facts, process, pid))
                for number in range(1, options.rounds + 1):
                    for rounds, clients in ((findings.alone, 0), (findings.polled, options.clients)):
                        work = make_six(url, facts, clients, options, pid)
                        rounds.append(run(f"round {number}, {clients} clients", work))
            finally:
                findings.memory_mb = peak_mb(pid)


def say(what: str) -> None:
    """A line of progress."""
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=64, help="clients that ask (64)")
    parser.add_argument("--poll-s", type=float, default=1.0, help="seconds between a client's questions (1)")
    parser.add_argument("--kind", default="landscape", help="ad size (landscape)")
    parser.add_argument("--rounds", type=int, default=2, help="rounds of each kind (2)")
    parser.add_argument("--limit-s", type=float, default=540.0, help="it ends after so many seconds (540)")
    parser.add_argument("--write", action="store_true", help="write benchmarks/results/service_load.md")
    options = parser.parse_args()
    findings = Findings()
    try:
        measure(findings, options, time.monotonic() + options.limit_s)
    except TimeoutError:
        findings.failures.append(f"the time of {options.limit_s:g} s was over")
    except Exception as error:  # what is known by now is told all the same
        findings.failures.append(f"{type(error).__name__}: {error}")
    text, good = report(findings, options)
    print(text)
    if options.write:
        (ROOT / "benchmarks" / "results" / "service_load.md").write_text(text, encoding="utf-8")
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
