"""Notebooks as pages: their text, their code, and what came of it, small pictures included."""

from __future__ import annotations

from pathlib import Path

import nbformat


def write_page(notebook: Path) -> str:
    """A notebook in Markdown; pictures stand in the page itself."""
    cells = nbformat.read(notebook, as_version=4).cells
    parts = [f"*The notebook is `docs/notebooks/{notebook.name}`; a test executes it.*"]
    for cell in cells:
        if cell.cell_type == "markdown":
            parts.append(cell.source)
        elif cell.source.strip():
            parts.append(f"```python\n{cell.source}\n```")
            parts += filter(None, map(_write_output, cell.get("outputs", ())))
    title, *rest = parts[1:]
    return "\n\n".join((title, parts[0], *rest))


def _write_output(output: nbformat.NotebookNode) -> str:
    if output.output_type == "stream":
        return f"```text\n{output.text}```" if output.name == "stdout" else ""
    data = output.get("data", {})
    for kind in ("image/jpeg", "image/png", "image/webp"):
        if kind in data:
            return f'<img alt="" src="data:{kind};base64,{data[kind].strip()}">'
    if "text/html" in data:
        return f'<div class="notebook-output">{"".join(data["text/html"])}</div>'
    return f"```text\n{data['text/plain']}\n```" if "text/plain" in data else ""
