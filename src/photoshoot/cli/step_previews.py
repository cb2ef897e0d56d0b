"""Pictures of what is being painted, written at each step: for whoever wants to see it become."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from photoshoot.files import AtomicFiles
from photoshoot.production import OnProgress
from photoshoot.records import Progress


def with_previews(told: OnProgress, folder: Path | None, photo: str) -> OnProgress:
    """Progress, passed on, with a PNG for each shot that is painted, over that of the step before.

    Engines that paint in steps have previews; with others nothing is written.

    Args:
        told: Told of all progress.
        folder: Where to; made if it is not there. None: nothing is written.
        photo: Files are named after it and the shot's number from 1 on: ``bottle-1.png``.
    """
    if folder is None:
        return told

    def tell(progress: Progress) -> None:
        told(progress)
        pictures = [] if progress.preview is None else progress.preview()
        with AtomicFiles() as files:
            for number, picture in enumerate(pictures, start=progress.done + 1):
                file = io.BytesIO()
                Image.fromarray(picture).save(file, "PNG", compress_level=1)
                files.write(folder / f"{Path(photo).stem or 'photo'}-{number}.png", file.getvalue())

    return tell
