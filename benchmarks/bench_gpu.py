"""What does this card do? One command for whoever has one, in at most eight minutes.

Number formats, kernels, the compiler, memory, the same pictures as on the CPU, the studio's renderer and denoiser on
the card, and the speed that the diffusion engine is meant to have on an H100. The profile's weights are taken where
they are on this machine, else networks of the published sizes with random weights, which are as fast. Writes
``benchmarks/results/gpu-<card>.md``; without a card it says so and writes nothing.

Usage: bench_gpu.py [--small --out FOLDER]
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import gpu_checks as checks
import torch
from gpu_checks import Finding, Rendered, Subject
from shots import plan_six

from photoshoot.layout import AdSize, lay_out
from photoshoot.pixels.imaging import build_layer
from photoshoot.records import ShotRequest

TRIAL = AdSize(label="trial", width_px=128, height_px=96)
RESULTS = Path(__file__).resolve().parent / "results"
LIMIT_S = 480.0
COMPILING_S = 150.0
"""What is left to compilation, which comes last: less, and it is left out."""
MOST_S = {"sd15": 2.5, "sd15-fast": 0.8}
"""Seconds of six landscape shots on an H100."""


def run_checks(subject: Subject, deadline: float) -> Iterator[Finding]:
    """All checks; one that fails is told, and the next goes on."""
    yield from _trying("device", lambda: checks.check_card(subject))
    yield from _trying("the CPU's pictures", lambda: checks.check_equality(subject))
    yield from _trying("studio", lambda: checks.check_studio(subject))
    yield from _trying("networks", lambda: _check_networks(subject, deadline))


def _check_networks(subject: Subject, deadline: float) -> Iterator[Finding]:
    models, starter = subject.load("sd15"), Rendered()
    weights = ", ".join(f"{name}: {version}" for name, version in models.identity.items())
    yield Finding(check="weights", measured=weights)
    for name, most_s in MOST_S.items():
        yield from _trying(name, lambda n=name, s=most_s: checks.check_speed(subject, models, n, s, starter))  # type: ignore[misc]
    starter.close()
    yield from _trying("range", lambda: checks.check_range(subject, models))
    yield from _trying("kernels", lambda: checks.check_kernels(subject, models))
    if time.monotonic() + COMPILING_S > deadline:
        yield Finding(check="compiled", measured="left out: the eight minutes are nearly over")
    else:
        yield from _trying("compiled", lambda: checks.check_compiled(subject, models))


def _trying(name: str, check: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    try:
        yield from check()
    except Exception as error:  # whatever it is, the page says it
        text = f"{type(error).__name__}: {error}".splitlines()[0]
        yield Finding(check=name, measured=f"failed: {text[:300]}", target="runs", met=False)
    finally:
        checks.give_up()


def write_page(findings: Sequence[Finding], seconds: float, *, small: bool) -> str:
    """The page of results."""
    missed = [one.check for one in findings if one.met is False]
    asked = [one for one in findings if one.met is not None]
    stand_in = (
        " **Small networks, to try the script: no figure says anything of an engine or a card.**" if small else ""
    )
    lines = [
        "# A card" if not small else "# A trial without a card",
        "",
        f"One run of `bench_gpu.py`, {seconds:.0f} s; speeds are medians.{stand_in}",
        "",
        f"- {len(asked) - len(missed)} of {len(asked)} targets met{': not ' + ', '.join(missed) if missed else ''}.",
        "",
        "| check | measured | target | |",
        "|---|---|---|---|",
        *(f"| {one.check} | {one.measured} | {one.target} | {_verdict(one)} |" for one in findings),
    ]
    return "\n".join(lines) + "\n"


def _verdict(finding: Finding) -> str:
    return {True: "met", False: "**missed**", None: ""}[finding.met]


def name_page(device: torch.device) -> str:
    """Of the card's name."""
    name = torch.cuda.get_device_name(device) if device.type == "cuda" else "none"
    return f"gpu-{re.sub('[^a-z0-9]+', '-', name.lower()).strip('-')}.md"


def plan_requests(*, small: bool) -> list[ShotRequest]:
    """Six landscape shots; or one on a canvas so small that a CPU is done soon."""
    return [_shrink(request) for request in plan_six()[:1]] if small else plan_six()


def _shrink(request: ShotRequest) -> ShotRequest:
    canvas = lay_out(request.product.cutout, TRIAL, stance=request.canvas.stance, safe_margin=False)
    return replace(request, canvas=canvas, layer=build_layer(request.product.cutout, canvas))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true", help="small networks on the CPU, to try the script")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder of the page")
    parser.add_argument("--render", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.render:
        variant, denoiser, target = given.render
        checks.render(variant, denoiser, Path(target), plan_requests(small=given.small)[0], 4 if given.small else 64)
        return
    if not given.small and not torch.cuda.is_available():
        print("no CUDA card on this machine: nothing is measured, and nothing is written")
        return
    if given.small and given.out == RESULTS:
        parser.error("--small needs --out: what it writes is no result")
    started = time.monotonic()
    requests = plan_requests(small=given.small)
    subject = Subject(device=torch.device("cpu" if given.small else "cuda"), requests=requests, small=given.small)
    findings = []
    for finding in run_checks(subject, started + LIMIT_S):
        findings.append(finding)
        print(f"{finding.check}: {finding.measured}  {_verdict(finding)}", flush=True)
    page = given.out / name_page(subject.device)
    page.write_text(write_page(findings, time.monotonic() - started, small=given.small), encoding="utf-8")
    print(page.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
