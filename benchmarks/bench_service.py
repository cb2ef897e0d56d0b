"""How fast does the service answer while 64 clients poll and order? Its renderer is a stub; all else is real.

Each client is an application of its own: it orders six pictures, asks for their progress until they are there,
downloads one, and orders again. Service and clients are two processes on this machine, over 127.0.0.1.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict
from urllib.parse import urlencode, urlparse
from uuid import uuid4

import numpy as np

from photoshoot import Photoshoot, PresetRegistry, RenderKind, SegmentationSettings
from photoshoot.addresses import take_port, url_of
from photoshoot.engines.registry import load_class
from photoshoot.jobs import Jobs
from photoshoot.pixels.imaging import composite
from photoshoot.records import Product, Provenance, Shot, ShotRequest
from photoshoot.server import ServerSettings, build_service
from photoshoot.server.ops.logs import configure_logs
from photoshoot.server.uvicorn_runner import build_server
from photoshoot.stages import OnStep

ROOT = Path(__file__).resolve().parents[1]
API = "/api/v1/Image/ProductGeneration"
PROMPTS = [{"tag": "preset", "preset": "white_background"}, {"tag": "custom", "prompt": "on a slate slab"}] * 3
BOUNDARY = "photoshoot"
POLL_LIMIT_S = 0.050


class Told(TypedDict):
    """What the service's process prints."""

    url: str
    clients: list[dict[str, str]]


class StubPlacer:
    """Lays the product over a ramp of grey, and sleeps as long as a GPU would take."""

    batch_size, overlap = 6, 1

    def __init__(self, batch_s: float) -> None:
        self._batch_s = batch_s

    def place(self, requests: Sequence[ShotRequest], on_step: OnStep | None = None) -> list[Shot]:
        """Make each picture."""
        del on_step
        time.sleep(self._batch_s)
        return [self._shoot(request) for request in requests]

    def _shoot(self, request: ShotRequest) -> Shot:
        ramp = np.linspace(120, 220, request.layer.rgb.shape[1])[None, :, None]
        grey = np.broadcast_to(ramp, request.layer.rgb.shape).astype(np.uint8)
        provenance = Provenance(engine="stub", versions={}, settings={})
        return request.answer(composite(grey, request.layer), provenance)

    def close(self) -> None:
        """Nothing is held."""


def serve(folder: Path, clients: int, batch_s: float) -> None:
    """The service's process: prints the URL and the clients' credentials, and serves until it is told to stop."""
    presets = PresetRegistry.load()
    shoot = Photoshoot(
        segmenter=load_class("segmenter", "u2netp")(SegmentationSettings()),
        captioner=load_class("captioner", "efficientnet_lite0")(),
        recommender=load_class("recommender", "affinity")(presets),
        placer=StubPlacer(batch_s),
        exporter=load_class("exporter", "files")(),
        presets=presets,
    )
    service = build_service(ServerSettings(folder=folder), shoot)
    (product,) = shoot.describe([ROOT / "examples" / "bottle.jpg"])
    told = [register(service.jobs, product, f"client {number}") for number in range(clients)]
    configure_logs("info", open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115  # open as long as the process lives
    listener = take_port("127.0.0.1", 0)
    listener.listen()  # clients may knock before the server is up
    print(json.dumps({"url": url_of(listener), "clients": told}), flush=True)
    build_server(service).run(sockets=[listener])


def register(jobs: Jobs, product: Product, name: str) -> dict[str, str]:
    """A client's credentials, and a product of its own."""
    credentials = jobs.applications.create(name)
    application, user = credentials.application.id, uuid4()
    asset = jobs.assets.add(application, user, product)
    return {
        "applicationId": str(application),
        "userId": str(user),
        "productImageAssetId": str(asset.id),
        "x-api-key": credentials.key,
        "x-api-secret": credentials.secret,
    }


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    content: bytes


class Connection:
    """A kept-alive connection that asks and waits, so small that it is the service that is measured."""

    def __init__(self, url: str, headers: dict[str, str]) -> None:
        self._address = urlparse(url)
        self._headers = "".join(f"{name}: {value}\r\n" for name, value in headers.items())

    async def open(self) -> None:
        """Connect."""
        self._reader, self._writer = await asyncio.open_connection(self._address.hostname, self._address.port)

    async def ask(self, path: str, form: dict[str, str] | None = None) -> Answer:
        """A GET, or with a form a POST."""
        body = encode_form(form) if form else b""
        kind = f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n" if form else ""
        line = f"{'POST' if form else 'GET'} {path} HTTP/1.1\r\nHost: {self._address.netloc}\r\n"
        head = f"{line}{self._headers}{kind}Content-Length: {len(body)}\r\n\r\n"
        self._writer.write(head.encode() + body)
        answer = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = int(answer.split("content-length:")[1].split("\r\n")[0])
        return Answer(int(answer.split()[1]), await self._reader.readexactly(length))

    def close(self) -> None:
        """Hang up."""
        self._writer.close()


def encode_form(form: dict[str, str]) -> bytes:
    """A multipart form."""
    parts = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in form.items()
    )
    return ("".join(parts) + f"--{BOUNDARY}--\r\n").encode()


class Client:
    """Orders, polls and downloads; writes down how long each call took."""

    def __init__(self, url: str, facts: dict[str, str], kind: RenderKind, poll_s: float) -> None:
        self._connection = Connection(url, {name: facts[name] for name in ("x-api-key", "x-api-secret")})
        self._facts, self._kind, self._poll_s = facts, kind, poll_s
        self.seconds: dict[str, list[float]] = defaultdict(list)
        self.errors: list[str] = []

    async def work(self, until: float) -> None:
        """One order after the other, until the time is over."""
        await asyncio.sleep(random.uniform(0, self._poll_s))  # clients don't begin at one stroke
        await self._connection.open()
        while time.monotonic() < until:
            await self._order(until)
        self._connection.close()

    async def _order(self, until: float) -> None:
        fields = {name: self._facts[name] for name in ("applicationId", "userId", "productImageAssetId")}
        more = {"renderKind": str(self._kind.value), "PromptObjectsString": json.dumps(PROMPTS)}
        form = {**fields, **more, "productName": "bottle", "productDescription": "A bottle."}
        process = (await self._call("AdCreative", form=form))["imageRenderProcessId"]
        query = {"userId": self._facts["userId"], "imageProductGeneratorProcessId": process}
        while time.monotonic() < until:
            await asyncio.sleep(self._poll_s * random.uniform(0.8, 1.2))
            (told,) = await self._call("CheckUserProgress", query)
            if told["progress"] == 100:
                task = {"taskId": told["taskUrls"][0]["taskId"], "imageProductGeneratorProcessId": process}
                await self._call("Download", {"applicationId": self._facts["applicationId"], **task})
                return

    async def _call(self, name: str, query: dict[str, str] | None = None, form: dict[str, str] | None = None) -> Any:
        began = time.perf_counter()
        answer = await self._connection.ask(f"{API}/{name}?{urlencode(query or {})}", form)
        self.seconds[name].append(time.perf_counter() - began)
        if answer.status != 200:
            self.errors.append(f"{name}: {answer.status}")
            raise RuntimeError(f"{name} was answered with {answer.status}: {answer.content[:500]!r}")
        return answer.content if name == "Download" else json.loads(answer.content)


def used_cpu_s(url: str) -> float:
    """Seconds of CPU that the service's process has used so far."""
    with urllib.request.urlopen(f"{url}/metrics") as answer:
        lines = answer.read().decode().splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith("process_cpu_seconds_total"))


async def load(told: Told, options: argparse.Namespace) -> list[Client]:
    """All clients at once."""
    kind = RenderKind.parse(options.kind)
    clients = [Client(told["url"], facts, kind, options.poll_s) for facts in told["clients"]]
    until = time.monotonic() + options.seconds
    results = await asyncio.gather(*(client.work(until) for client in clients), return_exceptions=True)
    for client, result in zip(clients, results, strict=True):
        if isinstance(result, Exception) and not client.errors:
            client.errors.append(f"{type(result).__name__}: {result}")
    return clients


def report(clients: Sequence[Client], options: argparse.Namespace) -> str:
    """The table."""
    lines = ["| call | calls | a second | median, ms | p95, ms | p99, ms | most, ms |", "|---|---|---|---|---|---|---|"]
    for name in ("CheckUserProgress", "AdCreative", "Download"):
        times = np.array([seconds for client in clients for seconds in client.seconds[name]]) * 1000
        if not times.size:
            continue
        median, p95, p99 = np.percentile(times, [50, 95, 99])
        rate = len(times) / options.seconds
        lines.append(
            f"| {name} | {len(times)} | {rate:.1f} | {median:.1f} | {p95:.1f} | {p99:.1f} | {times.max():.1f} |"
        )
    errors = Counter(error for client in clients for error in client.errors)
    told = ", ".join(f"{count} {error}" for error, count in errors.items()) or "none"
    return "\n".join([*lines, "", f"Errors: {told}."])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="how long (60)")
    parser.add_argument("--clients", type=int, default=64, help="clients at once (64)")
    parser.add_argument("--poll-s", type=float, default=0.5, help="seconds between a client's questions (0.5)")
    parser.add_argument("--batch-s", type=float, default=0.5, help="seconds that the stub takes for six pictures (0.5)")
    parser.add_argument("--kind", default="medium_banner", help="ad size (medium_banner)")
    parser.add_argument("--write", action="store_true", help="write the table to benchmarks/results/service.md")
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve is not None:
        serve(options.serve, options.clients, options.batch_s)
        return 0
    with tempfile.TemporaryDirectory() as folder, start(options, folder) as service:
        assert service.stdout is not None
        try:
            told: Told = json.loads(service.stdout.readline())
            before = used_cpu_s(told["url"])
            clients = asyncio.run(load(told, options))
            used = used_cpu_s(told["url"]) - before
        finally:
            service.terminate()
    table = report(clients, options) + f" The service used {used:.1f} s of CPU, pictures included."
    print(table)
    if options.write:
        text = f"# The service\n\n{conditions(options)}\n\n{table}\n"
        (ROOT / "benchmarks" / "results" / "service.md").write_text(text, encoding="utf-8")
    polls = np.array([seconds for client in clients for seconds in client.seconds["CheckUserProgress"]])
    return int(bool(any(client.errors for client in clients) or np.percentile(polls, 95) >= POLL_LIMIT_S))


def start(options: argparse.Namespace, folder: str) -> subprocess.Popen[str]:
    """The service, as a process of its own."""
    words = ["--serve", folder, "--clients", str(options.clients), "--batch-s", str(options.batch_s)]
    return subprocess.Popen([sys.executable, __file__, *words], stdout=subprocess.PIPE, text=True)


def conditions(options: argparse.Namespace) -> str:
    """What the table was measured under."""
    return (
        f"{options.clients} clients for {options.seconds:g} s, each asking every {options.poll_s:g} s; six pictures an "
        f"order ({options.kind}), for which the stub takes {options.batch_s:g} s; SQLite; {os.cpu_count()} cores, "
        "which clients and service share."
    )


if __name__ == "__main__":
    sys.exit(main())
