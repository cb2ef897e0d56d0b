"""Does the service lose anything when it is killed again and again? Orders go on, and every two minutes all is killed.

``photoshoot serve`` runs as it does for anybody, on loopback, with tiny pictures. Clients order and ask how far they
are; every ``--kill-s`` the service and its processes get SIGKILL at once, and it is started again. In the end every
order that was accepted must have its picture, each file must be whole, and nothing half-written may lie about.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import io
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from benchmarks.bench_service import API
from benchmarks.bench_service_load import children_of, prepare, query_of, say, serving
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
PROMPTS = [{"tag": "preset", "preset": "white_background"}, {"tag": "custom", "prompt": "on a slate slab"}]
SETTLE_S = 180.0


@dataclass
class Findings:
    """What became of everything."""

    accepted: list[str] = field(default_factory=list)
    """Processes whose order was answered with 200."""
    answers: Counter[str] = field(default_factory=Counter)
    """Calls by status, or by the error where there was no answer."""
    kills: int = 0
    """How often all of it was killed."""
    lost: list[str] = field(default_factory=list)
    """Accepted processes that did not end with every picture, and why."""
    broken: list[str] = field(default_factory=list)
    """Files that are not whole, or halves of files."""
    pictures: int = 0
    """Files that were opened and are whole."""


async def order_for(until: float, where: dict[str, str], facts: dict[str, str], findings: Findings) -> None:
    """A client that orders and asks until the time is over, whatever it is answered."""
    headers = {name: facts[name] for name in ("x-api-key", "x-api-secret")}
    form = {name: facts[name] for name in ("applicationId", "userId", "productImageAssetId")}
    form |= {"renderKind": "4", "size": "64x64", "PromptObjectsString": json.dumps(PROMPTS)}
    form |= {"productName": "bottle", "productDescription": "A bottle."}
    files = {name: (None, value) for name, value in form.items()}
    async with httpx.AsyncClient(headers=headers, timeout=30) as client:
        while time.monotonic() < until:
            with contextlib.suppress(httpx.HTTPError, KeyError):
                ordered = await client.post(f"{where['url']}{API}/AdCreative", files=files)
                findings.answers[str(ordered.status_code)] += 1
                if ordered.status_code == 200:
                    findings.accepted.append(ordered.json()["imageRenderProcessId"])
                    query = query_of(facts, findings.accepted[-1])
                    for _ in range(20):
                        await asyncio.sleep(random.uniform(0.5, 1.5))
                        asked = await client.get(f"{where['url']}{API}/CheckUserProgress", params=query)
                        findings.answers[str(asked.status_code)] += 1
                        if asked.status_code == 200 and asked.json()[0]["progress"] == 100:
                            break
            await asyncio.sleep(random.uniform(0.5, 2))


def kill_all(pid: int) -> None:
    """SIGKILL to the service and to everything that it started."""
    for one in (pid, *children_of(pid)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(one, signal.SIGKILL)


async def soak(folder: Path, facts: dict[str, str], options: argparse.Namespace, findings: Findings) -> None:
    """Serve, kill, serve again; then let all of it finish, and ask for every order."""
    until = time.monotonic() + options.minutes * 60
    where: dict[str, str] = {}
    clients = [asyncio.create_task(order_for(until, where, facts, findings)) for _ in range(options.clients)]
    while time.monotonic() < until:
        with serving(folder) as (pid, url):
            where["url"] = url
            left = until - time.monotonic()
            await asyncio.sleep(max(0.0, min(options.kill_s * random.uniform(0.8, 1.2), left)))
            if left > options.kill_s / 2:
                kill_all(pid)
                findings.kills += 1
                say(f"killed, {len(findings.accepted)} orders so far, {left:.0f} s left")
    await asyncio.gather(*clients)
    with serving(folder) as (_, url):
        await check_orders(url, facts, findings)


async def check_orders(url: str, facts: dict[str, str], findings: Findings) -> None:
    """Every accepted order must end, with all its pictures."""
    headers = {name: facts[name] for name in ("x-api-key", "x-api-secret")}
    async with httpx.AsyncClient(headers=headers, timeout=60) as client:
        until = time.monotonic() + SETTLE_S
        for process in findings.accepted:
            told = await ask(client, url, facts, process)
            while told["progress"] < 100 and time.monotonic() < until:
                await asyncio.sleep(0.5)
                told = await ask(client, url, facts, process)
            if not told.get("isSuccessful"):
                findings.lost.append(f"{process}: {told.get('progress')} % {told.get('errorMessage')}")
            for task in told.get("taskUrls", ()):
                picture = await client.get(task["publicImageUrl"])
                if picture.status_code != 200 or Image.open(io.BytesIO(picture.content)).size != (64, 64):
                    findings.lost.append(f"{task['taskId']}: {picture.status_code}")


async def ask(client: httpx.AsyncClient, url: str, facts: dict[str, str], process: str) -> dict[str, Any]:
    """Where a process stands."""
    asked = await client.get(f"{url}{API}/CheckUserProgress", params=query_of(facts, process))
    if asked.status_code != 200:
        return {"progress": 100, "errorMessage": f"{asked.status_code} {asked.text[:200]}"}
    told: dict[str, Any] = asked.json()[0]
    return told


def check_files(folder: Path, findings: Findings) -> None:
    """No file may be a half one."""
    for path in files_of(folder / "pictures" / "pictures"):
        try:
            with Image.open(path) as image:
                image.load()
            findings.pictures += 1
        except (OSError, SyntaxError) as error:
            findings.broken.append(f"{path.name}: {error}")


def files_of(folder: Path) -> Iterator[Path]:
    """All files below."""
    return (path for path in folder.rglob("*") if path.is_file())


def report(findings: Findings, options: argparse.Namespace) -> str:
    """The page."""
    answers = ", ".join(f"{count} of {status}" for status, count in sorted(findings.answers.items()))
    troubles = "".join(f"\n- {trouble}" for trouble in (*findings.lost, *findings.broken)[:50])
    return f"""# The service, killed again and again

{options.minutes:g} minutes on loopback, {options.clients} clients, two pictures of 64 x 64 an order;
{findings.kills} times SIGKILL to the service and all its processes at once, about every {options.kill_s:g} s.

{len(findings.accepted)} orders were accepted (answers: {answers}). Without their pictures in the end:
{len(findings.lost)}. Whole files: {findings.pictures}, broken or half-written ones: {len(findings.broken)}.
{troubles}"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0, help="how long (30)")
    parser.add_argument("--kill-s", type=float, default=120.0, help="between two kills (120)")
    parser.add_argument("--clients", type=int, default=4, help="clients at once (4)")
    parser.add_argument("--write", action="store_true", help="write benchmarks/results/service_soak.md")
    options = parser.parse_args()
    findings = Findings()
    with tempfile.TemporaryDirectory() as name:
        facts, _ = prepare(Path(name))
        asyncio.run(soak(Path(name), facts, options, findings))
        check_files(Path(name), findings)
    text = report(findings, options)
    print(text)
    if options.write:
        (ROOT / "benchmarks" / "results" / "service_soak.md").write_text(text + "\n", encoding="utf-8")
    return int(bool(findings.lost or findings.broken) or not findings.accepted)


if __name__ == "__main__":
    sys.exit(main())
