"""Fixtures that several test modules share."""

from __future__ import annotations

import contextlib
import gc
import importlib
import logging
import os
import shutil
import sys
import tempfile
import types
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

from photoshoot import Photoshoot, Product, StudioSettings
from photoshoot.machine.onnx_runtime import import_onnxruntime
from photoshoot.placers.studio.variant import LLVM, SCALAR, import_mitsuba, load_variant
from photoshoot.previews.products import load_examples
from tests.children.sitecustomize import (
    ANSWERS,
    SURFACES,
    compile_quickly,
    keep_all,
    keep_answers,
    keep_cutouts,
    keep_descriptions,
    keep_heap,
    size_surfaces,
)
from tests.folding import count_cases, pytest_pycollect_makeitem
from tests.scheduling import pytest_runtest_teardown, pytest_xdist_make_scheduler
from tests.sweeps import note_what_is_asked, pytest_addoption

__all__ = [
    "pytest_addoption",
    "pytest_pycollect_makeitem",
    "pytest_runtest_teardown",
    "pytest_xdist_make_scheduler",
]

if "PYTEST_XDIST_WORKER" in os.environ:  # the workers share the cores: threads of each would wait for each other's
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    path = [str(Path(__file__).with_name("children")), *filter(None, [os.environ.get("PYTHONPATH")])]
    os.environ["PYTHONPATH"] = os.pathsep.join(path)  # of the programs that tests start
for name, value in {
    "worker_niceness": "0",  # else what works on a cluster waits for all other tests
    "memory_monitor_refresh_ms": "0",  # it ends what works on it where others have filled the machine's memory
    "health_check_failure_threshold": "100",  # nobody is taken for dead, however busy the machine
    "raylet_start_wait_time_s": "600",
    "worker_register_timeout_seconds": "600",
    "agent_register_timeout_ms": "600000",
}.items():
    os.environ.setdefault(f"RAY_{name}", value)
os.environ.setdefault("NUMBA_DISABLE_JIT", "1")  # rembg's own matting, unused here, would be compiled for 50 s
import_mitsuba()  # before a test module does so without the LLVM that pip installed, which other processes use

# How long an example takes depends on what else runs; and a commit is green or it is not: new ones are asked for.
HUNTS = "TEST_HUNTS" in os.environ
settings.register_profile("repeatable", deadline=None, derandomize=not HUNTS)
settings.load_profile("repeatable")
if not HUNTS:  # Hypothesis would read each module for its numbers, and mix in those that the worker loaded before
    NONE = Constants()
    providers._get_local_constants = lambda: NONE

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
LONG_WAIT = ("tests/scaleout/",)
"""Folders whose tests wait for minutes, one after the other, for programs that ask for a small share of a core."""
LONG_WORK = ("tests/placers/", "tests/training/")
"""Folders whose modules take half a minute each."""
OF_NETWORKS = (
    "tests/machine/test_device.py",
    "tests/machine/test_onnx_runtime.py",
    "tests/vision/test_image_classes.py",
    "tests/weights/test_sessions.py",
)
"""Where the embedded networks themselves are asked, whatever was asked before; elsewhere ``asked_anew`` says so."""
OF_MEMORY = "tests/placers/studio/test_memory.py"
"""Where the studio gives freed memory back, as it does for everyone."""
OF_SURFACES = (
    *("tests/placers/studio/textures/", "tests/placers/studio/backdrops/"),
    *("tests/placers/studio/test_memory.py", "tests/previews/"),
)
"""Where it matters how the studio's surfaces look: all other tests have them coarse, made in a fifth of the time."""
FINE_PX, COARSE_PX = 1024, 256
"""Pixels along a surface's side: the studio's own, and the tests'."""
YOUNG = (50_000, 10, 20)
"""The collector's thresholds: a look at what is young costs what it sees, and tests make a hundred thousand objects."""
MANY_MODULES = 100
"""So many more than at the last look, and what was loaded is taken off the collector's hands once more."""
WANTED_VARIANT = os.environ.get("TEST_MITSUBA_VARIANT")
"""Mitsuba's variant to test with; None: the fastest here. The tests alone read it, the library reads no such thing."""
os.environ.setdefault(SURFACES, str(COARSE_PX))  # of what is started before a module's own: the Ray cluster


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder of networks' answers, which the workers and the programs that they start share."""
    note_what_is_asked(config)
    if "PYTEST_XDIST_WORKER" not in os.environ:
        os.environ[ANSWERS] = tempfile.mkdtemp(prefix="onnx-answers-")
        config.add_cleanup(lambda: shutil.rmtree(os.environ.pop(ANSWERS), ignore_errors=True))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell what all of it took, workers and the programs that they ended included: beside others, time says nothing."""
    used = os.times()
    terminalreporter.write_line(f"{count_cases(terminalreporter.stats)} cases")
    terminalreporter.write_line(f"{used.user + used.system + used.children_user + used.children_system:.0f} CPU s")


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Take what is imported off the collector's hands: half a million objects, a quarter of a second each time."""
    gc.disable()
    try:
        load_modules(session.config)
        return (yield)
    finally:
        gc.freeze()
        gc.enable()
        gc.set_threshold(*YOUNG)


def load_modules(config: pytest.Config) -> None:
    """Each worker loads the whole suite from another module on: who comes first to one compiles it for the others."""
    numbers = getattr(config, "workerinput", None)
    if numbers is None or config.args != config.getini("testpaths"):
        return
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    first = len(files) * int(numbers["workerid"].removeprefix("gw")) // int(numbers["workercount"])
    for file in (*files[first:], *files[:first]):
        with contextlib.suppress(Exception, pytest.skip.Exception):  # pytest meets it again, and tells it
            importlib.import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What waits long first, modules with slow tests, then the folders that work longest: workers then end together."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}

    def turn(item: pytest.Item) -> int:
        if item.nodeid.startswith(LONG_WAIT):
            return 0
        return 1 if item.path in slow else 3 - item.nodeid.startswith(LONG_WORK)

    items.sort(key=turn)


@pytest.fixture(scope="session", autouse=True)
def variant() -> str:
    """Mitsuba's variant, set before the first test: a process has one, whichever test runs first."""
    keep_heap()
    chosen = load_variant(WANTED_VARIANT).variant
    if chosen == LLVM:
        compile_quickly()
    if "PYTEST_XDIST_WORKER" in os.environ and chosen != SCALAR:
        import drjit  # after Mitsuba

        drjit.set_thread_count(1)  # as above: threads that wait for work keep looking for it
    return chosen


@pytest.fixture(scope="session", autouse=True)
def kept_answers() -> None:
    """The embedded networks are asked each thing once: a look of theirs at a photo takes a tenth of a second.

    Each photo is cut out once and described once, too: that takes half a second with all their answers at hand.
    """
    keep_answers(import_onnxruntime())
    keep_cutouts(importlib.import_module("photoshoot.segmenters.u2net"))
    keep_descriptions(importlib.import_module("photoshoot.captioners.efficientnet"))


@pytest.fixture(scope="module", autouse=True)
def untraced() -> None:
    """PyTorch's compiler tells nobody what it does: pytest takes what a logger tells that passes nothing on, and with a
    taker each tensor's likeness and each graph is written out, a fifth of what compiling costs."""
    trace = logging.getLogger("torch.__trace")
    trace.propagate = True
    trace.handlers.clear()


@pytest.fixture(scope="module", autouse=True)
def frozen() -> Iterator[None]:
    """What a module's tests load, such as PyTorch's compiler, stays: every later collection would look through it."""
    before = len(sys.modules)
    yield
    if len(sys.modules) > before + MANY_MODULES:
        gc.collect()
        gc.freeze()


@pytest.fixture(scope="module", autouse=True)
def of_networks(request: pytest.FixtureRequest) -> Iterator[None]:
    """But for the tests of the networks."""
    with pytest.MonkeyPatch.context() as patch:
        if request.node.nodeid.startswith(OF_NETWORKS):
            patch.delenv(ANSWERS, raising=False)
        yield


@pytest.fixture
def asked_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """And for a test that compares what the networks answer when they are asked in several ways."""
    monkeypatch.delenv(ANSWERS, raising=False)


@pytest.fixture(scope="module", autouse=True)
def kept_memory(request: pytest.FixtureRequest, variant: str) -> Iterator[None]:
    """What the studio frees stays here, as in programs that a test starts."""
    del variant
    with pytest.MonkeyPatch.context() as patch:
        if not request.node.nodeid.startswith(OF_MEMORY):
            for taker in ("placer", "renderer.denoise"):
                patch.setattr(f"photoshoot.placers.studio.{taker}.give_memory_back", keep_all)
        yield


@pytest.fixture(scope="module", autouse=True)
def surfaces(request: pytest.FixtureRequest) -> Iterator[None]:
    """The studio's surfaces, here and in programs that a test starts."""
    side_px = FINE_PX if request.node.nodeid.startswith(OF_SURFACES) else COARSE_PX
    size_surfaces(side_px)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(SURFACES, str(side_px))
        yield


@pytest.fixture
def variant_compiled(variant: str) -> None:
    """For what the studio does in the variants that compile kernels, and by design not in the scalar one."""
    if variant == SCALAR:
        pytest.skip(f"is about variants that compile; this run has {variant}")


@pytest.fixture(scope="session")
def shoot() -> Iterator[Photoshoot]:
    """The embedded parts, with the studio at its quickest that still denoises."""
    with Photoshoot.embedded(studio=StudioSettings(samples=1, denoiser_quality="fast")) as embedded:
        yield embedded


@pytest.fixture(scope="session")
def bottle(shoot: Photoshoot) -> Product:
    """The example bottle, cut out and described."""
    return shoot.describe([EXAMPLES / "bottle.jpg"])[0]


@pytest.fixture(scope="session")
def examples() -> Mapping[str, Product]:
    """The example products by name, cut out by their true mattes and described."""
    return types.MappingProxyType(load_examples())
