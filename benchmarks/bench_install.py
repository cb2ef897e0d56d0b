"""How large is an installation, and how long does it take: the built wheel with its extra `cpu`, in a new environment.

Usage: bench_install.py [--keep FOLDER]. Builds the wheel, makes an environment and installs into it, with pip's cache
if there is one: it needs the package index. Writes ``benchmarks/results/install.md``.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
import venv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESULT = ROOT / "benchmarks" / "results" / "install.md"
_SHOWN = 16
_BLOCK_BYTES = 512  # Source: stat(2), st_blocks


@dataclass(frozen=True, kw_only=True)
class Sizes:
    """What lies in an environment, MB (2**20 bytes) on disk as ``du`` counts them."""

    total: float
    bytecode: float
    """What pip compiled from the modules: `pip install --no-compile`, or uv, leave it out at first."""
    by_package: dict[str, float]
    """Folders and files of site-packages, and of lib, with their bytecode."""


def measure(environment: Path) -> Sizes:
    """Add up an environment's files; links count nothing."""
    total, bytecode, packages = 0, 0, Counter[str]()
    (site,) = environment.glob("lib/python*/site-packages")
    for path in environment.rglob("*"):
        if path.is_symlink() or not path.is_file():
            continue
        size = path.stat().st_blocks * _BLOCK_BYTES
        total += size
        bytecode += size * ("__pycache__" in path.parts)
        parts = path.relative_to(site if path.is_relative_to(site) else environment).parts
        packages[parts[0].removesuffix(".libs") if path.is_relative_to(site) else parts[-1]] += size
    megabytes = {name: size / 2**20 for name, size in packages.most_common()}
    return Sizes(total=total / 2**20, bytecode=bytecode / 2**20, by_package=megabytes)


def install(folder: Path) -> tuple[Sizes, Sizes, float]:
    """The environment before and after, and the seconds that installing took."""
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    environment = folder / "environment"
    venv.create(environment, with_pip=True)
    bare = measure(environment)
    start = time.perf_counter()
    words = [str(environment / "bin" / "python"), "-m", "pip", "install", "--quiet", f"{wheel}[cpu]"]
    subprocess.run(words, check=True)
    return bare, measure(environment), time.perf_counter() - start


def report(bare: Sizes, full: Sizes, seconds: float) -> str:
    """The page of results."""
    added = {name: size - bare.by_package.get(name, 0) for name, size in full.by_package.items()}
    largest = sorted(added.items(), key=lambda pair: -pair[1])[:_SHOWN]
    python = f"Python {sys.version_info.major}.{sys.version_info.minor}, {sys.platform}"
    grown, compiled = full.total - bare.total, full.bytecode - bare.bytecode
    return "\n".join(
        [
            "# Installation",
            "",
            f"The wheel with `[cpu]` in a new environment of {python}; MB are 2**20 bytes on disk.",
            "",
            f"- {full.total:.0f} MB in all: {bare.total:.0f} MB were there before (pip and its like), {grown:.0f} MB "
            f"are added, {grown - compiled:.0f} MB without the bytecode that pip compiles.",
            f"- Installing took {seconds:.0f} s, with what pip's cache held.",
            "",
            "| what is added | MB |",
            "|---|--:|",
            *(f"| `{name}` | {size:.1f} |" for name, size in largest),
            "",
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="an empty folder that keeps the environment")
    keep = parser.parse_args().keep
    with tempfile.TemporaryDirectory() as folder:
        page = report(*install(keep or Path(folder)))
    RESULT.write_text(page, encoding="utf-8")
    print(page)


if __name__ == "__main__":
    main()
