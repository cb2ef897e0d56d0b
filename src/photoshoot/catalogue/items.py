"""One product of a catalogue."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from photoshoot.errors import SettingsError
from photoshoot.exporters.file_exporter import slug
from photoshoot.files import tell_path
from photoshoot.pixels.downloads import is_url

_DIGEST_CHARACTERS = 8
_PLAIN = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")  # an id that can be a folder's name as it is


@dataclass(frozen=True, kw_only=True)
class Item:
    """One product of a catalogue: its photo, and what its list says about it."""

    id: str
    """What tells it from every other item, such as an article number."""
    photo: Path | str
    """The photo's file, or its http or https address."""
    name: str | None = None
    """The product's name, instead of the captioner's."""
    description: str | None = None
    """The product's description, instead of the captioner's."""

    def __post_init__(self) -> None:
        if not self.id.strip():
            raise SettingsError("id", self.id, "a text that is not empty")
        if isinstance(self.photo, str) and not is_url(self.photo):
            raise SettingsError("photo", self.photo, "a Path, or an http or https address")

    @property
    def place(self) -> str:
        """Where its photo is, as text that any file can hold."""
        return self.photo if isinstance(self.photo, str) else tell_path(self.photo)

    @property
    def photo_name(self) -> str:
        """Its photo's file name without suffix."""
        path = PurePosixPath(urlsplit(self.photo).path) if isinstance(self.photo, str) else self.photo
        return path.stem or "photo"

    @property
    def folder(self) -> str:
        """The name of its folder: safe on every system, no two alike, and the same whatever else is in the list."""
        if _PLAIN.fullmatch(self.id):
            return self.id
        return f"{slug(self.id, 'product')}-{hashlib.sha256(self.id.encode()).hexdigest()[:_DIGEST_CHARACTERS]}"
