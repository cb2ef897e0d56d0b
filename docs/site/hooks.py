"""What MkDocs asks for while it builds the site: START HERE.

The pages stand in ``docs``, as they are read beside the code, too. Added here are those that lie elsewhere
(``links.OUTSIDE``), the pictures of the presets, and three things that are made of the library's own data, so that they
can't drift: the gallery (``gallery``), the words that prompts know (``words``) and the notebooks (``notebooks``).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from gallery import build_gallery
from links import OUTSIDE, README, follow_links
from mkdocs.structure.files import File
from notebooks import write_page
from words import list_words

from photoshoot.presets import PresetRegistry

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[2]
_NOT_RUN = re.compile(r"^<!-- not run: (.+) -->$", re.MULTILINE)


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add what lies outside of ``docs``."""
    pages = [path for pattern in OUTSIDE for path in sorted(ROOT.glob(pattern))]
    pictures = [
        path for folder in ("previews", "plates") for path in sorted((ROOT / "presets" / folder).glob("*.webp"))
    ]
    files.append(File.generated(config, README, abs_src_path=str(ROOT / "README.md")))
    for path in (*pages, *pictures):
        uri = path.relative_to(ROOT).as_posix()
        files.append(File.generated(config, uri, abs_src_path=str(path)))
    for notebook in sorted((ROOT / "docs" / "notebooks").glob("*.ipynb")):
        uri = f"notebooks/{notebook.stem}.md"
        files.append(File.generated(config, uri, content=write_page(notebook)))
    return files


def on_page_markdown(markdown: str, *, page: Page, files: Files, **_: object) -> str:
    """Links as the site has them, the words, and a note on blocks that no test runs."""
    known = {file.src_uri for file in files}
    text = follow_links(markdown, page.file.src_uri, known)
    if page.file.src_uri == "words.md":
        text += list_words()
    return _NOT_RUN.sub(r'<p class="not-run">No test runs this: \1.</p>\n', text)


def on_page_content(html: str, *, page: Page, **_: object) -> str:
    """The gallery, in place of its note."""
    if page.file.src_uri == "gallery.md":
        return html.replace("<!-- gallery -->", build_gallery(PresetRegistry.load()))
    return html
