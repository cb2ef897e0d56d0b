from __future__ import annotations

import ast
import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HEAVY = {"torch", "mitsuba", "drjit", "rembg", "onnxruntime", "mitsuba_oidn", "numba", "fastapi", "uvicorn", "ray"}


def run_python(code: str, *, path: Path | None = None) -> str:
    env = dict(os.environ, PYTHONPATH=str(path)) if path else dict(os.environ)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, cwd="/", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_importing_it_brings_in_few_modules_and_nothing_heavy() -> None:
    """The time that this takes is in ``benchmarks/results/import.md``."""
    code = "import sys; old = set(sys.modules); from photoshoot import *; print(*set(sys.modules) - old)"
    new = run_python(code).split()
    others = {name.split(".")[0] for name in new} - set(sys.stdlib_module_names) - {"photoshoot"}
    assert not others & HEAVY
    assert others <= {"numpy", "PIL"}
    ours = [name for name in new if name.startswith("photoshoot") and not name.startswith("photoshoot.sets.")]
    assert len(ours) <= 77, "a set is a module, a room has its own; all else stays few"


def test_a_command_ends_without_a_look_at_all_that_it_has_loaded() -> None:
    code = """
import atexit, gc, sys
from photoshoot.__main__ import main
atexit.register(lambda: print(gc.get_freeze_count() > 0))  # what was registered last is called first
sys.argv = ["photoshoot", "presets", "show", "white_background"]
main()
"""
    assert run_python(code, path=ROOT / "src").splitlines()[-1] == "True"


def test_nothing_is_loaded_before_it_is_asked_for() -> None:
    code = "import sys, photoshoot; print({'numpy', 'photoshoot.errors'} & set(sys.modules), 'Shot' in dir(photoshoot))"
    assert run_python(code).strip() == "set() True"
    assert run_python("import photoshoot; print(photoshoot.errors.InputError.__name__)").strip() == "InputError"


def test_what_makes_a_shot_loads_nothing_that_few_shots_need() -> None:
    code = """
import importlib, pkgutil, sys
from photoshoot.placers.studio.variant import import_mitsuba, load_variant
import_mitsuba()
load_variant()
from photoshoot.placers.studio import set_builders
modules = [f"{set_builders.__name__}.{found.name}" for found in pkgutil.iter_modules(set_builders.__path__)]
modules += ["photoshoot.placers.studio.placer", "photoshoot.segmenters.u2net", "photoshoot.captioners.efficientnet"]
modules += ["photoshoot.quality.gate", "photoshoot.exporters.file_exporter"]
for name in modules:
    importlib.import_module(name)
few = {"scipy.signal", "scipy.optimize", "scipy.spatial", "pikepdf", "img2pdf", "torch", "rembg", "pi_heif"}
print(sorted(few & set(sys.modules)))
"""
    assert run_python(code).strip() == "[]"


def test_a_process_that_reads_photos_loads_nothing_that_answers_requests_or_keeps_orders() -> None:
    """A service starts one of them for every core: each took four times as long to load, and 65 MB more."""
    code = "import sys, photoshoot.server.processes.readers; print(*{name.split('.')[0] for name in sys.modules})"
    loaded = set(run_python(code, path=ROOT / "src").split())
    assert not loaded & {*HEAVY, "starlette", "sqlalchemy", "httpx", "fsspec", "cryptography", "pydantic"}


def test_importing_it_changes_no_global_state() -> None:
    code = """
import locale, logging, os, random, signal, threading, warnings
import numpy as np
def state():
    signals = [signal.getsignal(s) for s in (signal.SIGINT, signal.SIGTERM)]
    return (dict(os.environ), signals, random.getstate(), np.random.get_state()[1].tolist(), threading.active_count(),
            list(warnings.filters), logging.getLogger().handlers[:], locale.setlocale(locale.LC_ALL))
before = state()
from photoshoot import *
assert state() == before
"""
    run_python(code)


@pytest.mark.parametrize("package", ["photoshoot", "photoshoot.jobs", "photoshoot.server"])
def test_all_lists_exactly_the_public_names(package: str) -> None:
    module = importlib.import_module(package)
    told = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    (block,) = (node for node in told.body if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
    homes = {
        alias.name: node.module for node in ast.walk(block) if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    assert sorted(homes) == module.__all__
    seen = [node.name for node in told.body if isinstance(node, ast.FunctionDef)]
    assert "__getattr__" not in seen, "a type checker would take a misspelt name for one that is there"
    for name, home in homes.items():
        assert getattr(module, name) is getattr(importlib.import_module(str(home)), name)
    with pytest.raises(AttributeError, match="has no attribute 'Shto'"):
        module.Shto  # noqa: B018


def test_the_wheel_alone_finds_its_presets_and_weights(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("product_photoshoot-*.whl")
    alone = tmp_path / "alone"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-compile"]
    subprocess.run([*install, "--target", str(alone), str(wheel)], check=True, capture_output=True)
    found = run_python(
        "import photoshoot\n"
        "from photoshoot.weights import find_weights, load_manifest\n"
        "print(photoshoot.__file__)\n"
        "for name in load_manifest().embedded: print(find_weights(name))\n"
        "registry = photoshoot.PresetRegistry.load()\n"
        "assert 'white_background' in registry.ids\n"
        "print(registry.get('white_background').source)\n"
        "from photoshoot.files import find_data\n"
        "print(next(find_data('examples').glob('*.jpg')))\n",
        path=alone,
    ).split()
    assert len(found) >= 5
    assert all(Path(line).is_relative_to(alone) for line in found), found
