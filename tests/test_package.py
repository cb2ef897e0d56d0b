from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import photoshoot

ROOT = Path(__file__).resolve().parents[1]
HEAVY = {"torch", "mitsuba", "drjit", "rembg", "onnxruntime", "pyoidn", "numba", "fastapi", "uvicorn", "ray"}


def run_python(code: str, *, path: Path | None = None) -> str:
    env = dict(os.environ, PYTHONPATH=str(path)) if path else dict(os.environ)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, cwd="/", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_importing_it_is_quick() -> None:
    # The least of several runs: what it costs, whatever else the machine is doing.
    code = "import time; t = time.process_time(); import photoshoot; print(time.process_time() - t)"
    times = [float(run_python(code)) for _ in range(10)]
    assert min(times) <= 0.3, times


def test_importing_it_brings_in_nothing_heavy() -> None:
    loaded = set(run_python("import photoshoot, sys; print(*{m.split('.')[0] for m in sys.modules})").split())
    assert not loaded & HEAVY


def test_importing_it_changes_no_global_state() -> None:
    code = """
import locale, logging, os, random, signal, threading, warnings
import numpy as np
def state():
    signals = [signal.getsignal(s) for s in (signal.SIGINT, signal.SIGTERM)]
    return (dict(os.environ), signals, random.getstate(), np.random.get_state()[1].tolist(), threading.active_count(),
            list(warnings.filters), logging.getLogger().handlers[:], locale.setlocale(locale.LC_ALL))
before = state()
import photoshoot
assert state() == before
"""
    run_python(code)


def test_all_lists_exactly_the_public_names() -> None:
    modules = {path.stem for path in (ROOT / "src" / "photoshoot").iterdir()}
    public = {name for name in vars(photoshoot) if not name.startswith("_") and name not in modules}
    assert public == set(photoshoot.__all__)
    assert photoshoot.__all__ == sorted(photoshoot.__all__)


def test_the_wheel_alone_finds_its_presets_and_weights(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("photoshoot-*.whl")
    alone = tmp_path / "alone"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(alone), str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    found = run_python(
        "import photoshoot\n"
        "from photoshoot.weights import find_weights, load_manifest\n"
        "print(photoshoot.__file__)\n"
        "for name in load_manifest().embedded: print(find_weights(name))\n"
        "registry = photoshoot.PresetRegistry.load()\n"
        "assert 'white_background' in registry.ids\n"
        "print(registry.get('white_background').source)\n",
        path=alone,
    ).split()
    assert len(found) >= 4
    assert all(Path(line).is_relative_to(alone) for line in found), found
