"""Links between pages that are read in two places: beside the code, and as a site, where ``docs`` is the top."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OUTSIDE = (
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "LICENSE",
    "examples/README.md",
    "examples/*.jpg",
    "benchmarks/README.md",
    "benchmarks/results/*.md",
    "presets/environments/NOTICE.md",
    "src/photoshoot/placers/studio/README.md",
)
"""Pages and files of the site that do not lie in ``docs``."""
README = "readme.md"
"""The README in the site, whose first page is another one."""

_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)")


def follow_links(markdown: str, uri: str, known: Collection[str]) -> str:
    """Turn links as they are beside the code into the site's; those to what the site has not become plain text.

    Args:
        markdown: A page.
        uri: The page in the site.
        known: Every file of the site.
    """
    blocks = re.split(r"(^```.*?^```$)", markdown, flags=re.DOTALL | re.MULTILINE)
    return "".join(
        block if index % 2 else _LINK.sub(lambda match: _follow(match, uri, known), block)
        for index, block in enumerate(blocks)
    )


def _follow(match: re.Match[str], uri: str, known: Collection[str]) -> str:
    picture, label, target = match.groups()
    path, hash_mark, anchor = target.partition("#")
    if not path or re.match(r"[a-z]+:", target):
        return match[0]
    place = posixpath.normpath(posixpath.join(posixpath.dirname(_beside_code(uri)), path))
    there = _in_site(place)
    if there not in known:
        return label if label.startswith("`") else f"{label} (`{place}`)"
    if picture:
        there_from_here = posixpath.relpath(there, posixpath.dirname(uri) or ".")
        return f"![{label}]({there_from_here})"
    return f"[{label}]({posixpath.relpath(there, posixpath.dirname(uri) or '.')}{hash_mark}{anchor})"


def _beside_code(uri: str) -> str:
    """Where a page of the site lies in the project."""
    if uri == README:
        return "README.md"
    return uri if (ROOT / uri).exists() and not (ROOT / "docs" / uri).exists() else f"docs/{uri}"


def _in_site(place: str) -> str:
    """Where a file of the project lies in the site, if it is there."""
    return README if place == "README.md" else place.removeprefix("docs/")
