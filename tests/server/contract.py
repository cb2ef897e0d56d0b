"""The service's contract: every command and every example body of the API's document, in its order."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parents[1] / "data" / "contract.json"
DOCUMENT = Path(__file__).resolve().parents[3] / "shared" / "seed" / "product-photoshoot-api.md"
"""Where the document itself lies beside the project; it need not be there."""
_HEADING = re.compile(r"#+ +(?P<hash>.+)|\*\*(?P<bold>[^*]+)\*\*:?.*|\* \*\*(?P<item>[^*]+)\*\*")
_FENCE = re.compile(r"```(bash|json)")


@dataclass(frozen=True, kw_only=True)
class Block:
    """A command or a body."""

    heading: str
    """The endpoint's heading and the block's own."""
    language: str
    """``"bash"`` or ``"json"``."""
    text: str
    """As it is printed."""

    @property
    def body(self) -> Any:
        """The JSON of a body; a line of prose before it does not count, and a no-break space is a space."""
        text = self.text.replace("\xa0", " ")
        return json.loads(text[min(text.index(mark) for mark in "[{" if mark in text) :])

    @property
    def command(self) -> str:
        """The command on one line. The document doubles most of the backslashes that join its lines."""
        return re.sub(r"\\{1,2}\n", " ", self.text)


def load_contract() -> list[Block]:
    """The project's own copy."""
    return [Block(**item) for item in json.loads(FILE.read_text())]


def read_document(markdown: str) -> Iterator[Block]:
    """The blocks of the document."""
    endpoint = heading = ""
    lines = iter(markdown.splitlines())
    for line in lines:
        if match := _HEADING.fullmatch(line.strip()):
            if match["hash"] and re.search(r"GET|POST|Endpoint|Progress|Presets|Errors?|Prompt", match["hash"]):
                endpoint = match["hash"]
            heading = match["hash"] or match["bold"] or match["item"]
        elif fence := _FENCE.fullmatch(line.strip()):
            text = "\n".join(iter(lambda: next(lines), "```"))
            yield Block(heading=f"{endpoint}: {heading}", language=fence[1], text=text)
