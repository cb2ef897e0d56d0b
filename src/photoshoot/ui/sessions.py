"""Sessions: a photo, what was asked of it, and its pictures, each in a folder of its own that outlives the program."""

from __future__ import annotations

import dataclasses
import datetime
import json
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from photoshoot.engines.choice import STUDIO
from photoshoot.errors import InputError
from photoshoot.files import AtomicFiles

_ID = re.compile(r"[0-9a-f]{32}")
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,200}\.(png|webp|jpg)")
_RECORD, _PHOTO = "session.json", "photo.bin"
_MOST_SHOWN = 50  # sessions that can be opened again by name
PICTURES, SHEET = "pictures", "contact-sheet.png"
"""Names in a session's folder: its pictures, and the sheet of its last final ones."""
STROKES: Final = ("keep", "remove")
"""Kinds of strokes: what belongs to the product, and what does not."""


@dataclass(frozen=True, kw_only=True)
class Cutting:
    """How a product was cut out, where that is not as usual."""

    select: str = ""
    """As in ``Session.select``."""
    glass: bool | None = None
    """As in ``Session.glass``."""
    strokes: tuple[str, ...] = ()
    """Kinds of the strokes that corrected it, ``"keep"`` and ``"remove"``."""


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture that was made."""

    file: str
    """Its name in the session's folder of pictures."""
    title: str
    """What its scene is called."""
    size: str
    """Its size's name."""
    width_px: int
    """Width of the picture, px."""
    height_px: int
    """Height of the picture, px."""
    product_box: tuple[int, int, int, int]
    """Where its product is: left, top, right and bottom, px of the picture."""
    draft: bool
    """Whether it is a draft."""
    passed: bool
    """Whether the quality gate let it pass."""
    told: tuple[str, ...]
    """What the gate measured, in plain words, the bad first."""
    note: str
    """What of its prompt was not read; empty where all was."""
    request: dict[str, Any]
    """The request of this picture alone, as ``write_request`` has it."""
    engine: str = STUDIO
    """What made it, by name."""
    cutting: Cutting = field(default_factory=Cutting)
    """How its product was cut out."""


@dataclass(kw_only=True)
class Session:
    """What a visitor works on."""

    id: str
    """Thirty-two hexadecimal digits; whoever knows it may see it."""
    folder: Path
    """Where it is kept."""
    photo_name: str = "photo"
    """The photo's file name, without its folder."""
    name: str = ""
    """The product's name."""
    description: str = ""
    """The sentence that describes it."""
    select: str = ""
    """Which things of the photo are the product, as in ``SegmentationSettings.select``; empty: all that stands out."""
    glass: bool | None = None
    """Whether it is of clear glass. None: as the photo tells."""
    begun: str = ""
    """When, to the second, in UTC."""
    working: bool = False
    """Whether pictures are being made. Where nothing makes them, what did was ended in the middle."""
    pictures: list[Picture] = field(default_factory=list)
    """All that were made, newest first."""

    @property
    def photo(self) -> bytes:
        """The photo's file."""
        return (self.folder / _PHOTO).read_bytes()

    def write_mask(self, kind: str, data: bytes) -> None:
        """Keep the strokes of a kind, ``"keep"`` or ``"remove"``: a grey PNG."""
        with AtomicFiles() as files:
            files.place(self.folder / f"{kind}.png", data, overwrite=True)

    def read_mask(self, kind: str) -> bytes | None:
        """The strokes of a kind; None where there are none."""
        path = self.folder / f"{kind}.png"
        return path.read_bytes() if path.is_file() else None

    @property
    def cutting(self) -> Cutting:
        """How the product is cut out now."""
        strokes = tuple(kind for kind in STROKES if (self.folder / f"{kind}.png").is_file())
        return Cutting(select=self.select, glass=self.glass, strokes=strokes)

    def save(self) -> None:
        """Write all but the photo."""
        plain = {item.name: getattr(self, item.name) for item in dataclasses.fields(self) if item.name != "folder"}
        plain["pictures"] = [dataclasses.asdict(picture) for picture in self.pictures]
        with AtomicFiles() as files:
            files.place(self.folder / _RECORD, json.dumps(plain, indent=1).encode(), overwrite=True)


_FIELDS: Final = {item.name for item in dataclasses.fields(Session)} - {"folder", "pictures"}


def _read_picture(plain: dict[str, Any]) -> Picture:
    cutting = plain.get("cutting", {})  # which another version did not keep
    strokes = tuple(cutting.get("strokes", ()))
    whole = {"product_box": (0, 0, plain["width_px"], plain["height_px"])}  # likewise
    listed = {key: tuple((whole | plain)[key]) for key in ("told", "product_box")}
    return Picture(**{**plain, **listed, "cutting": Cutting(**{**cutting, "strokes": strokes})})


class SessionStore:
    """The folder of all sessions.

    Args:
        folder: Made where it is missing.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def begin(self, photo: bytes, name: str) -> Session:
        """A new session of a photo."""
        known = uuid.uuid4().hex
        now = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
        session = Session(id=known, folder=self.folder / known, photo_name=Path(name).name, begun=now.isoformat())
        (session.folder / PICTURES).mkdir(parents=True)
        with AtomicFiles() as files:
            files.place(session.folder / _PHOTO, photo, overwrite=True)
        session.save()
        return session

    def load(self, session_id: str) -> Session:
        """The session of an id.

        Raises:
            InputError: There is none, or its record is damaged.
        """
        folder = self._folder(session_id)
        try:
            plain = json.loads((folder / _RECORD).read_text(encoding="utf-8"))
            pictures = [_read_picture(picture) for picture in plain.pop("pictures")]
            known = {name: plain[name] for name in _FIELDS & plain.keys()}  # another version may have kept more
            return Session(**known, folder=folder, pictures=pictures)
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise InputError("this session no longer exists") from error

    def picture(self, session_id: str, file: str) -> Path:
        """Where a picture lies.

        Raises:
            InputError: There is none of that name.
        """
        path = self._folder(session_id) / PICTURES / file
        if _FILE.fullmatch(file) is None or not path.is_file():
            raise InputError("there is no such picture")
        return path

    def list_sessions(self) -> list[Session]:
        """The newest sessions, newest first; damaged ones are left out."""
        return sorted(self._read_all(), key=lambda session: session.begun, reverse=True)[:_MOST_SHOWN]

    def _read_all(self) -> Iterator[Session]:
        for folder in self.folder.glob("*/"):
            try:
                yield self.load(folder.name)
            except InputError:
                continue

    def _folder(self, session_id: str) -> Path:
        if _ID.fullmatch(session_id) is None:
            raise InputError("there is no such session")
        return self.folder / session_id
