"""Runs the benchmarks, all of them or those named, and rewrites the summary of their results.

Usage: ``python -m benchmarks [NAME…] [--summary]``, such as ``python -m benchmarks studio export``. ``--summary`` runs
none and only rewrites ``benchmarks/results/summary.md`` and the block in the README.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
RESULTS = FOLDER / "results"
README = FOLDER.parent / "README.md"
IN_README = ("studio", "segment", "quality", "export", "import")
BEGIN, END = "<!-- benchmarks: begin -->", "<!-- benchmarks: end -->"


def list_benchmarks() -> list[str]:
    return sorted(path.stem.removeprefix("bench_") for path in FOLDER.glob("bench_*.py"))


def read_findings(page: Path) -> tuple[str, list[str]]:
    """A page's title and what it found: the bullets before its first table or section, else its bold or first words."""
    title, _, rest = page.read_text(encoding="utf-8").partition("\n")
    head = re.split(r"\n(?=\||## )", rest, maxsplit=1)[0].strip()
    bullets = [line.removeprefix("- ").strip() for line in head.splitlines() if line.startswith("- ")]
    paragraphs = [" ".join(paragraph.split()) for paragraph in head.split("\n\n")]
    bold = [paragraph for paragraph in paragraphs if paragraph.startswith("**")]
    return title.removeprefix("# ").strip(), bullets or bold or paragraphs[:1]


def write_summary() -> None:
    """Rewrite the summary page, and the README's block of the first finding with a figure of each of a few pages."""
    pages = {path.stem: path for path in sorted(RESULTS.glob("*.md")) if path.stem != "summary"}
    found = {name: read_findings(path) for name, path in pages.items()}
    lines = ["# Summary", "", "Written by `python -m benchmarks` from the pages of the last runs.", ""]
    lines += ["| benchmark | findings |", "|---|---|"]
    lines += [f"| [{title}]({name}.md) | {'<br>'.join(findings)} |" for name, (title, findings) in found.items()]
    (RESULTS / "summary.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    block = [
        f"- [{found[name][0]}](benchmarks/results/{name}.md): {found[name][1][0]}"
        for name in IN_README
        if name in found and re.search(r"\d", found[name][1][0])
    ]
    text = README.read_text(encoding="utf-8")
    start, stop = text.find(BEGIN), text.find(END)
    if start >= 0 and stop > start:
        README.write_text(text[: start + len(BEGIN)] + "\n" + "\n".join(block) + "\n" + text[stop:], encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(list_benchmarks())} (all)")
    parser.add_argument("--summary", action="store_true", help="run none, only rewrite the summary")
    arguments = parser.parse_args()
    known = list_benchmarks()
    if unknown := [name for name in arguments.names if name not in known]:
        parser.error(f"no benchmark {', '.join(unknown)}; there are {', '.join(known)}")
    failed = []
    for name in [] if arguments.summary else arguments.names or known:
        print(f"== {name}", flush=True)
        if subprocess.run([sys.executable, str(FOLDER / f"bench_{name}.py")], check=False).returncode:
            failed.append(name)
    write_summary()
    print((RESULTS / "summary.md").read_text(encoding="utf-8"))
    if failed:
        print(f"these stopped, and their last results stay: {', '.join(failed)}", file=sys.stderr)
    return bool(failed)


if __name__ == "__main__":
    raise SystemExit(main())
