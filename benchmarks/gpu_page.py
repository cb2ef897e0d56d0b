"""The checks of ``bench_gpu.py`` in their order, and the page that tells what they came to."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence

import gpu_checks as checks
import torch
from gpu_checks import Finding, Rendered, Subject

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
        *(f"| {one.check} | {one.measured} | {one.target} | {verdict(one)} |" for one in findings),
    ]
    return "\n".join(lines) + "\n"


def verdict(finding: Finding) -> str:
    """Whether what was asked for is so; empty where nothing was."""
    return {True: "met", False: "**missed**", None: ""}[finding.met]


def name_page(device: torch.device) -> str:
    """Of the card's name."""
    name = torch.cuda.get_device_name(device) if device.type == "cuda" else "none"
    return f"gpu-{re.sub('[^a-z0-9]+', '-', name.lower()).strip('-')}.md"
