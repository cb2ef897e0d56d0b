from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from photoshoot.errors import DeviceError, MissingExtraError, NoCudaError, SettingsError, WeightsError
from photoshoot.machine.device import (
    build_onnx_session,
    choose_dtype,
    choose_torch_device,
    choose_writing_dtype,
    free_memory_bytes,
)
from photoshoot.machine.process_state import find_trim
from photoshoot.weights import find_weights


def test_a_model_is_loaded_on_the_cpu() -> None:
    session = build_onnx_session(find_weights("u2netp"), "cpu")
    assert session.get_providers() == ["CPUExecutionProvider"]


@pytest.mark.skipif(find_trim() is None, reason="what the C library keeps can't be told from what the arena keeps")
def test_what_a_network_needed_is_used_again_while_it_is_kept_and_then_given_back() -> None:
    code = """
import ctypes, resource
from PIL import Image
from photoshoot.machine.onnx_runtime import keep_memory
from photoshoot.machine.process_state import find_trim
from photoshoot.segmenters.u2net import U2NetSegmenter
page_mb = resource.getpagesize() / 2**20
def read_mb():  # without what the C library has back and keeps, which is now this much and now that
    ctypes.CDLL(None).malloc_trim(0)
    return int(open("/proc/self/statm").read().split()[1]) * page_mb
def read_taken_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt * page_mb
segmenter, view = U2NetSegmenter(), Image.new("RGB", (600, 600))
segmenter._predict(view)
before = read_mb()
segmenter._predict(view)
print(read_mb() - before)
with keep_memory():
    segmenter._predict(view)
    print(read_mb() - before)
    taken = read_taken_mb()
    segmenter._predict(view)
    segmenter._predict_coarsely(view)
    print(read_taken_mb() - taken)
print(read_mb() - before)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    after_one, kept, taken_again, after_all = (float(line) for line in done.stdout.split())
    assert kept > 80, f"{kept:.0f} MB are kept: the test measures nothing"
    assert taken_again < 20, f"{taken_again:.0f} MB are taken anew by two more runs"
    assert after_one < 5, f"{after_one:.0f} MB are kept after a run"
    assert after_all < 5, f"{after_all:.0f} MB are kept after them all"


def test_cuda_that_is_not_there_is_no_silent_cpu() -> None:
    onnxruntime = pytest.importorskip("onnxruntime")
    if "CUDAExecutionProvider" in onnxruntime.get_available_providers():
        pytest.skip("this machine has CUDA")
    with pytest.raises(NoCudaError, match="onnxruntime-gpu"):
        build_onnx_session(find_weights("u2netp"), "cuda")


def test_unknown_devices_and_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cuda"):
        build_onnx_session(find_weights("u2netp"), "tpu")
    (tmp_path / "bad.onnx").write_bytes(b"no model")
    with pytest.raises(WeightsError, match=r"bad\.onnx"):
        build_onnx_session(tmp_path / "bad.onnx")


def test_torch_runs_where_it_is_told() -> None:
    torch = pytest.importorskip("torch")
    assert choose_torch_device("cpu") == torch.device("cpu")
    expected = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"
    assert choose_torch_device("auto").type == expected


@pytest.mark.parametrize("name", ["cuda", "cuda:0", "cuda:7"])
def test_torch_on_cuda_that_is_not_there_is_no_silent_cpu(name: str) -> None:
    torch = pytest.importorskip("torch")
    if torch.cuda.is_available():
        pytest.skip("this machine has CUDA")
    with pytest.raises(NoCudaError, match="device='cuda' needs an NVIDIA GPU"):
        choose_torch_device(name)


def test_torch_on_a_mac_that_is_not_there_is_no_silent_cpu() -> None:
    torch = pytest.importorskip("torch")
    if torch.backends.mps.is_available():
        pytest.skip("this machine has MPS")
    with pytest.raises(DeviceError, match="Apple silicon"):
        choose_torch_device("mps")


@pytest.mark.parametrize("name", ["tpu", "cuda:", "cuda:x", "cpu:0", "CUDA", ""])
def test_unknown_torch_devices_are_refused(name: str) -> None:
    pytest.importorskip("torch")
    with pytest.raises(SettingsError, match="give auto, cpu, mps, cuda or cuda:N"):
        choose_torch_device(name)


def test_without_torch_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(MissingExtraError, match=r"product-photoshoot\[diffusion\]"):
        choose_torch_device("cpu")


def test_half_precision_is_for_cuda_alone_unless_it_is_asked_for() -> None:
    torch = pytest.importorskip("torch")
    cpu, cuda = torch.device("cpu"), torch.device("cuda", 0)
    assert choose_dtype("auto", cpu) is torch.float32
    assert choose_dtype("auto", torch.device("mps")) is torch.float32
    assert choose_dtype("auto", cuda) is torch.float16
    assert choose_dtype("bfloat16", cpu) is torch.bfloat16
    assert choose_dtype("float32", cuda) is torch.float32
    with pytest.raises(SettingsError, match="float64"):
        choose_dtype("float64", cpu)


def test_the_cpu_does_not_say_what_memory_is_free() -> None:
    torch = pytest.importorskip("torch")
    assert free_memory_bytes(torch.device("cpu")) is None


@pytest.mark.gpu
def test_free_memory_of_cuda_counts_what_torch_keeps_in_reserve() -> None:
    torch = pytest.importorskip("torch")
    if not torch.cuda.is_available():
        pytest.skip("this machine has no CUDA")
    device = choose_torch_device("cuda")
    before = free_memory_bytes(device)
    held = torch.empty(1 << 28, dtype=torch.uint8, device=device)
    during = free_memory_bytes(device)
    del held
    after = free_memory_bytes(device)
    assert before is not None
    assert during is not None
    assert after is not None
    assert before - during == pytest.approx(1 << 28, rel=0.2)
    assert after - during == pytest.approx(1 << 28, rel=0.01)
    with pytest.raises(NoCudaError, match="cuda:99"):
        choose_torch_device("cuda:99")


def test_networks_that_write_are_in_single_precision_or_bfloat16(monkeypatch: pytest.MonkeyPatch) -> None:
    torch = pytest.importorskip("torch")
    cuda = torch.device("cuda", 0)
    assert choose_writing_dtype(torch.device("cpu")) is torch.float32
    for capability, dtype in (((7, 5), torch.float32), ((8, 0), torch.bfloat16), ((9, 0), torch.bfloat16)):
        monkeypatch.setattr(torch.cuda, "get_device_capability", lambda _, found=capability: found)
        assert choose_writing_dtype(cuda) is dtype
