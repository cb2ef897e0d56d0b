"""Executes a notebook and keeps small outputs: python docs/notebooks/execute.py embedded.

Of a record that shows itself both as a page and as a picture, the page is kept, whose picture is the smaller one.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).resolve().parent


def execute(
    name: str, parameters: Mapping[str, str] | None = None, variables: Mapping[str, str] | None = None
) -> nbformat.NotebookNode:
    """Run a notebook in its folder, and give it with what came of it.

    Args:
        name: Its name without suffix.
        parameters: Values that take the place of the cell that is tagged ``parameters``.
        variables: The kernel's environment; None: this process's.

    Raises:
        CellExecutionError: A cell failed.
    """
    notebook = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)
    if parameters:
        (cell,) = (cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", ()))
        cell.source = "\n".join(f"{key} = {value!r}" for key, value in parameters.items())
    client = NotebookClient(
        notebook,
        timeout=600,
        startup_timeout=600,
        kernel_name="python3",
        resources={"metadata": {"path": FOLDER}},
    )
    client.execute(env=dict(os.environ if variables is None else variables))
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", ()):
            if "text/html" in output.get("data", {}):
                output.data.pop("image/png", None)
    return notebook


if __name__ == "__main__":
    nbformat.write(execute(sys.argv[1]), FOLDER / f"{sys.argv[1]}.ipynb")
