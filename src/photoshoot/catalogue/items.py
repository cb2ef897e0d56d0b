"""One product of a catalogue."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from photoshoot.errors import SettingsError
from photoshoot.exporters.file_exporter import slug

_DIGEST_CHARACTERS = 8
_PLAIN = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")  # an id that can be a folder's name as it is


@dataclass(frozen=True, kw_only=True)
class Item:
    """One product of a catalogue: its photo, and what its list says about it."""

    id: str
    """What tells it from every other item, such as an article number."""
    photo: Path
    """The photo's file."""
    name: str | None = None
    """The product's name, instead of the captioner's."""
    description: str | None = None
    """The product's description, instead of the captioner's."""

    def __post_init__(self) -> None:
        if not self.id.strip():
            raise SettingsError("id", self.id, "a text that is not empty")

    @property
    def folder(self) -> str:
        """The name of its folder: safe on every system, no two alike, and the same whatever else is in the list."""
        if _PLAIN.fullmatch(self.id):
            return self.id
        return f"{slug(self.id, 'product')}-{hashlib.sha256(self.id.encode()).hexdigest()[:_DIGEST_CHARACTERS]}"
