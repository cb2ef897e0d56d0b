from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Mapping

import pytest
import torch

from photoshoot.placers.diffusion.hosting.precision import KernelGuard
from photoshoot.settings import DiffusionSettings

CUDA = torch.device("cuda")
FAST, EXACT = DiffusionSettings(), DiffusionSettings(allow_tf32=False, deterministic=True)
SWITCHES = """
import torch
b = torch.backends

def told(read):
    try:
        return read()
    except RuntimeError:
        return "mixed"

def switches():
    parts = [b, b.cudnn, b.cuda.matmul, b.cudnn.conv, b.cudnn.rnn, b.mkldnn.matmul] if hasattr(b.cudnn, "conv") else []
    old = [lambda: b.cuda.matmul.allow_tf32, lambda: b.cudnn.allow_tf32, torch.get_float32_matmul_precision]
    return [told(read) for read in old] + [p.fp32_precision for p in parts] + [b.cudnn.deterministic, b.cudnn.benchmark]
"""
CHECK = """
import dataclasses
from photoshoot.placers.diffusion.hosting.precision import KERNELS
from photoshoot.settings import DiffusionSettings
before = switches()
for allowed in (True, False):
    with KERNELS.hold(DiffusionSettings(allow_tf32=allowed, deterministic=not allowed), torch.device("cuda")):
        inside = switches()
        assert inside[:2] == [allowed, allowed], inside
        if len(inside) > 5:
            assert inside[5:8] == ["tf32" if allowed else "ieee"] * 3, inside
        assert inside[-2:] == [not allowed, allowed], inside
    assert switches() == before, (switches(), before)
"""
HOSTS: Mapping[str, str] = {
    "nothing": "",
    "old": "b.cuda.matmul.allow_tf32 = True; b.cudnn.allow_tf32 = False; b.cudnn.benchmark = True",
    "old, medium": "torch.set_float32_matmul_precision('medium'); b.cudnn.deterministic = True",
}
NEW_HOSTS: Mapping[str, str] = {
    "new": "b.fp32_precision = 'tf32'",
    "new, each": "b.cuda.matmul.fp32_precision = 'tf32'; b.cudnn.conv.fp32_precision = 'ieee'",
    "new, then old": "b.fp32_precision = 'tf32'; b.cuda.matmul.allow_tf32 = False; b.cudnn.allow_tf32 = False",
    "old, then new": "torch.set_float32_matmul_precision('medium'); b.cuda.matmul.fp32_precision = 'ieee'",
    "old, then oneDNN's": "torch.set_float32_matmul_precision('medium'); b.mkldnn.matmul.fp32_precision = 'tf32'",
    "new, oneDNN's alone": "b.mkldnn.matmul.fp32_precision = 'bf16'",
    "new for all, changed later": f"""b.fp32_precision = 'ieee'
{CHECK}
b.fp32_precision = 'tf32'
assert b.cuda.matmul.fp32_precision == 'tf32'""",
}


def run_in_forks(scripts: Mapping[str, str]) -> str:
    """Each in a process of its own, since what a host mixed can't be unmixed; forks, to import torch once."""
    program = f"""{SWITCHES}
import os, traceback
import photoshoot.placers.diffusion.hosting.precision
for name, script in {dict(scripts)!r}.items():
    child = os.fork()
    if child == 0:
        try:
            exec(script, globals())
        except BaseException:
            print(name, traceback.format_exc(), flush=True)
        os._exit(0)
    os.waitpid(child, 0)
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    return ended.stdout + ended.stderr


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_the_hosts_switches_come_back_in_whatever_order_it_set_them() -> None:
    hosts = {**HOSTS, **(NEW_HOSTS if hasattr(torch.backends.cudnn, "conv") else {})}
    checks = {name: f"{host}\n{CHECK}" for name, host in hosts.items()}
    told = run_in_forks({**checks, "wrong": f"{CHECK}\nassert not before"})
    assert told.startswith("wrong Traceback"), told
    assert told.count("Traceback") == 1, told
    assert told.rstrip().endswith("AssertionError"), "the checks did not run, or something else was told"


def test_the_last_of_two_threads_puts_the_hosts_switches_back() -> None:
    guard, host = KernelGuard(), torch.backends.cudnn.benchmark
    entered, left = threading.Barrier(2), threading.Event()
    seen: list[bool] = []

    def leave_first() -> None:
        with guard.hold(FAST, CUDA):
            entered.wait()
        left.set()

    first = threading.Thread(target=leave_first)
    first.start()
    with guard.hold(FAST, CUDA):
        entered.wait()
        left.wait()
        seen.append(torch.backends.cudnn.benchmark)
    first.join()
    assert seen == [True], "the thread that is still inside lost its switches"
    assert torch.backends.cudnn.benchmark is host


def test_who_wants_other_switches_waits_and_is_not_overtaken() -> None:
    guard = KernelGuard()
    order: list[str] = []
    began, done = threading.Event(), threading.Event()

    def work(name: str, settings: DiffusionSettings) -> None:
        began.set()
        with guard.hold(settings, CUDA):
            assert torch.backends.cudnn.deterministic is settings.deterministic
            order.append(name)
        if name == "exact":
            done.set()

    with guard.hold(FAST, CUDA):
        exact = threading.Thread(target=work, args=("exact", EXACT))
        exact.start()
        began.wait()
        assert not done.is_set()
        order.append("fast")
    exact.join()
    assert order == ["fast", "exact"]


def test_off_cuda_nothing_is_touched() -> None:
    before = torch.backends.cudnn.benchmark
    with KernelGuard().hold(FAST, torch.device("cpu")):
        assert torch.backends.cudnn.benchmark is before
