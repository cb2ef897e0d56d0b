"""Where the samples of a shard lie: its tar's headers are read, its pictures are not."""

import json
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal, cast, get_args

from photoshoot.errors import TrainingDataError
from photoshoot.training.data.tars import FACTS, MATTE, PICTURE_FORMATS, SHADOW

Source = Literal["rendered", "photo"]


@dataclass(frozen=True, kw_only=True)
class Member:
    """A file in a tar."""

    offset: int
    """Where its bytes begin in the tar."""
    size: int
    """How many they are."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A sample in a shard, and what is known of it without decoding it."""

    shard: Path
    """The tar that the sample lies in."""
    key: str
    """The sample's name in it."""
    start: int
    """Where its first member's header begins in the tar."""
    end: int
    """Where its last member ends, padding included."""
    picture: Member
    """The picture's file."""
    matte: Member
    """The alpha matte's file."""
    shadow: Member | None
    """The shadow's file, where there is one."""
    product: str
    """Which product it shows."""
    caption: str
    """The background in words."""
    source: Source
    """Where it comes from."""
    size: tuple[int, int]
    """Width and height, px."""


def scan_shard(path: Path) -> list[Entry]:
    """List a shard's samples, in their order.

    Raises:
        TrainingDataError: It is no tar, cut short, or a sample lacks a member; names the shard and the key.
    """
    try:
        with path.open("rb") as file, tarfile.open(fileobj=file, mode="r:") as tar:
            return [_read_entry(path, key, members, file) for key, members in _samples(path, tar)]
    except (OSError, tarfile.TarError, UnicodeDecodeError) as error:
        raise TrainingDataError(path, None, f"can't be read: {error}") from error


def _samples(path: Path, tar: tarfile.TarFile) -> Iterator[tuple[str, dict[str, tarfile.TarInfo]]]:
    """Each key and its members by suffix; a key's members follow one another."""
    key, members = None, dict[str, tarfile.TarInfo]()
    try:
        for info in tar:
            if not info.isfile():
                continue
            folder, slash, base = info.name.rpartition("/")
            stem, _, suffix = base.partition(".")
            name = folder + slash + stem
            if name != key and key is not None:
                yield key, members
                members = {}
            key = name
            members[suffix] = info
    except tarfile.TarError as error:
        raise TrainingDataError(path, key, f"the tar ends or is damaged here: {error}") from error
    if key is not None:
        yield key, members


def _read_entry(path: Path, key: str, members: Mapping[str, tarfile.TarInfo], file: IO[bytes]) -> Entry:
    picture = next((suffix for suffix in PICTURE_FORMATS if suffix in members), None)
    missing = [suffix for suffix in (MATTE, FACTS) if suffix not in members]
    if picture is None or missing:
        raise TrainingDataError(path, key, f"has no {missing[0] if missing else 'picture'}")
    facts = _read_facts(path, key, members[FACTS], file)
    last = max(members.values(), key=lambda info: info.offset_data)
    return Entry(
        shard=path,
        key=key,
        start=min(info.offset for info in members.values()),
        end=last.offset_data + -(-last.size // tarfile.BLOCKSIZE) * tarfile.BLOCKSIZE,
        picture=_place(members[picture]),
        matte=_place(members[MATTE]),
        shadow=_place(members[SHADOW]) if SHADOW in members else None,
        product=facts["product"],
        caption=facts["caption"],
        source=cast("Source", facts["source"]),
        size=(facts["width"], facts["height"]),
    )


def _place(info: tarfile.TarInfo) -> Member:
    return Member(offset=info.offset_data, size=info.size)


def _read_facts(path: Path, key: str, info: tarfile.TarInfo, file: IO[bytes]) -> dict[str, Any]:
    position = file.tell()  # the tar goes on reading from here
    file.seek(info.offset_data)
    data = file.read(info.size)
    file.seek(position)
    try:
        facts = json.loads(data)
        kinds = {"product": str, "caption": str, "source": str, "width": int, "height": int}
        wrong = [name for name, kind in kinds.items() if type(facts.get(name)) is not kind]
        if wrong or facts["source"] not in get_args(Source) or min(facts["width"], facts["height"]) < 1:
            raise ValueError(f"{wrong[0] if wrong else 'source, width or height'} is missing or wrong")
    except (ValueError, AttributeError) as error:
        raise TrainingDataError(path, key, f"{FACTS}: {error}") from error
    return dict(facts)
