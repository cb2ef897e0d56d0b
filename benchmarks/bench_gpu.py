"""What does this card do? One command for whoever has one, in at most eight minutes.

Number formats, kernels, the compiler, memory, the same pictures as on the CPU, the studio's renderer and denoiser on
the card, and the speed that the diffusion engine is meant to have on an H100. The profile's weights are taken where
they are on this machine, else networks of the published sizes with random weights, which are as fast. Writes
``benchmarks/results/gpu-<card>.md``; without a card it says so and writes nothing.

Usage: bench_gpu.py [--small --out FOLDER]
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import torch

RESULTS = Path(__file__).resolve().parent / "results"
LIMIT_S = 480.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true", help="small networks on the CPU, to try the script")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder of the page")
    given = parser.parse_args()
    if not given.small and not torch.cuda.is_available():
        print("no CUDA card on this machine: nothing is measured, and nothing is written")
        return
    if given.small and given.out == RESULTS:
        parser.error("--small needs --out: what it writes is no result")
    measure(given.out, small=given.small)


def measure(folder: Path, *, small: bool) -> None:
    """Run all checks, and write and print their page."""
    from gpu_checks import Subject  # which import what takes seconds
    from gpu_page import name_page, run_checks, verdict, write_page
    from gpu_render import plan_requests

    started = time.monotonic()
    requests = plan_requests(small=small)
    subject = Subject(device=torch.device("cpu" if small else "cuda"), requests=requests, small=small)
    findings = []
    for finding in run_checks(subject, started + LIMIT_S):
        findings.append(finding)
        print(f"{finding.check}: {finding.measured}  {verdict(finding)}", flush=True)
    page = folder / name_page(subject.device)
    page.write_text(write_page(findings, time.monotonic() - started, small=small), encoding="utf-8")
    print(page.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
