"""The notebooks run: with small pictures, and the one for GPUs on a CPU with tiny networks."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest

from photoshoot.placers.diffusion.models.model_parts import Family
from tests.placers.diffusion.checkpoints import write_model
from tests.small_pictures import small_environment
from tests.test_drawings import load

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "notebooks"
MOST_BYTES = 400_000
execute = load(FOLDER / "execute.py").execute
LONG = pytest.mark.exhaustive(
    "tests/placers/diffusion/test_placer.py::test_painting_starts_from_the_studio_through_the_public_interface",
    "tests/test_notebooks.py::test_it_runs_and_shows_pictures",
)
"""The second one's cells: what they call is."""


@pytest.mark.slow
@pytest.mark.parametrize("name", ["embedded", pytest.param("gpu", marks=LONG)])
def test_it_runs_and_shows_pictures(name: str, tmp_path: Path) -> None:
    parameters = None
    if name == "gpu":
        parameters = {"engine": str(write_model(tmp_path / "sd15", Family.SD15)), "device": "cpu"}
    notebook = execute(name, parameters, {**small_environment(tmp_path, ROOT), "JUPYTER_RUNTIME_DIR": str(tmp_path)})
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    shown = [output for output in outputs if "<img" in output.get("data", {}).get("text/html", "")]
    assert len(shown) >= 2
    assert any(output.get("name") == "stdout" for output in outputs)


@pytest.mark.parametrize("notebook", sorted(FOLDER.glob("*.ipynb")), ids=lambda path: path.stem)
def test_what_is_kept_of_it_is_small_and_names_no_folder(notebook: Path) -> None:
    text = notebook.read_text(encoding="utf-8")
    assert len(text) <= MOST_BYTES
    assert "/home/" not in text
    assert str(ROOT) not in text
    nbformat.validate(json.loads(text))
