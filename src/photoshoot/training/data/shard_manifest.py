"""A data set's manifest: what its samples are made of, and which shards are finished."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from photoshoot.errors import TrainingDataError
from photoshoot.files import AtomicFiles
from photoshoot.records.plain_data import read_record

MANIFEST: Final = "manifest.json"
"""The manifest's name in a data set's folder."""

_VERSION = 1


@dataclass(frozen=True, kw_only=True)
class Skipped:
    """Something that gives no sample, and why."""

    index: int
    """Number of the sample that it would have been."""
    id: str
    """What it is, such as a photo's path without suffix."""
    reason: str
    """Why not, in one line for people."""


@dataclass(frozen=True, kw_only=True)
class Shard:
    """A finished shard."""

    number: int
    """Its place among the shards, from 0."""
    samples: int
    """How many it holds."""
    skipped: tuple[Skipped, ...]
    """What else belongs to it and gave no sample."""
    bytes: int
    """Size of the file."""
    sha256: str
    """Hex digest of the file."""

    @property
    def name(self) -> str:
        """Its file's name."""
        return f"shard-{self.number:05}.tar"

    @property
    def members(self) -> int:
        """Of how many samples it is made, skipped ones included."""
        return self.samples + len(self.skipped)


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What is known of a data set."""

    made_from: Mapping[str, Any]
    """All that its samples depend on, as plain values."""
    shards: tuple[Shard, ...] = ()
    """The finished ones, by number."""

    @property
    def samples(self) -> int:
        """How many samples are in finished shards."""
        return sum(shard.samples for shard in self.shards)

    def save(self, folder: Path) -> None:
        """Write it.

        Raises:
            ExportError: It can't be written.
        """
        shards = [{"name": shard.name, **asdict(shard)} for shard in self.shards]
        document = {"version": _VERSION, "samples": self.samples, "shards": shards, "made_from": self.made_from}
        with AtomicFiles() as files:
            files.write(folder / MANIFEST, (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode())


def load_manifest(folder: Path) -> Manifest | None:
    """Read a folder's manifest; None where there is none.

    Raises:
        TrainingDataError: It is damaged, or of another version.
    """
    file = folder / MANIFEST
    try:
        data = json.loads(file.read_bytes())
        if data["version"] != _VERSION:
            raise ValueError(f"version {data['version']} is not known")
        shards = [{key: value for key, value in shard.items() if key != "name"} for shard in data["shards"]]
        known = {"made_from": data["made_from"], "shards": shards}
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise TrainingDataError(file, None, f"is damaged: {error}") from error
    return read_record(Manifest, known, where=str(file), complaint=TrainingDataError)
