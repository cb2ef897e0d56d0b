"""What comes of samples, and where a run stands."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Refused:
    """A photo that can't be used."""

    id: str
    """Its path under the folder, without suffix."""
    reason: str
    """Why not, in one line for people."""

    @classmethod
    def of(cls, id: str, error: Exception) -> Refused:
        """What an error says of it."""
        return cls(id=id, reason=" ".join(str(error).split()) or type(error).__name__)


@dataclass(frozen=True, kw_only=True)
class MadeSample:
    """A sample that is still to be written."""

    index: int
    """Its number in the data set, from 0."""
    data: bytes = field(repr=False)
    """Its members of a tar, as ``encode_sample`` writes them."""


@dataclass(frozen=True, kw_only=True)
class FailedSample:
    """A sample that could not be made; the others can."""

    index: int
    """Its number in the data set, from 0."""
    id: str
    """The photo that it is of."""
    reason: str
    """Why not, in one line for people."""


@dataclass(frozen=True, kw_only=True)
class DataTally:
    """Where a run stands."""

    stage: str
    """``"cut"``: products are cut out. ``"make"``: samples are made."""
    total: int
    """Items of this stage."""
    there: int = 0
    """Items that an earlier run was over with."""
    done: int = 0
    """Items that this run is over with, failed and refused ones included."""
    made: int = 0
    """Samples that this run made."""
    failed: int = 0
    """Samples that can't be made now; running again tries them again."""
    refused: tuple[Refused, ...] = ()
    """Photos that can't be used."""
    last: Refused | FailedSample | None = None
    """What this step failed with, if it did."""
