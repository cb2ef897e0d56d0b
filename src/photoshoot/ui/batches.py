"""Many photos at once: a batch has a name and a folder, and goes on where it was stopped."""

from __future__ import annotations

import functools
import io
import threading
import zipfile
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from photoshoot.catalogue import Failed, Item, Outcome, Recipe, Tally, run_catalogue
from photoshoot.catalogue.shooting import shoot_items
from photoshoot.errors import CancelledError, InputError
from photoshoot.exporters.file_exporter import slug
from photoshoot.request import Request
from photoshoot.ui.wording import explain, explain_failure
from photoshoot.ui.workroom import Workroom

_PHOTOS, _OUT = "photos", "pictures"
_READY = "ready since an earlier run"


@dataclass(kw_only=True)
class Batch:
    """A batch that is being made."""

    name: str
    """Its folder's name."""
    engine: str
    """What makes it, by name."""
    rows: dict[str, str] = field(default_factory=dict)
    """Photo → where it stands, in plain words."""
    told: str = ""
    """How it ended, or what went wrong; empty while it runs."""
    stopped: threading.Event = field(default_factory=threading.Event)
    """Set by who wants it to stop."""
    ended: threading.Event = field(default_factory=threading.Event)
    """Set when nothing more comes."""


class BatchRoom:
    """The batches of a page; one is made at a time.

    Args:
        workroom: Whose engines make them.
        folder: Where they are kept.
    """

    def __init__(self, workroom: Workroom, folder: Path) -> None:
        self._room, self._folder = workroom, folder
        self._running: Batch | None = None
        self._lock = threading.Lock()

    def start(self, name: str, photos: Sequence[Path], request: Request, engine: str = "") -> Batch:
        """Begin a batch, or go on with the one of that name; photos of the same file name are replaced.

        Args:
            name: The batch's.
            photos: Files of photos, beside those that the batch has.
            request: What each product gets. Another one, or another engine, makes everything anew.
            engine: What is to make them, by name. Empty: the page's own.

        Raises:
            InputError: There are no photos, or another batch is being made.
            UnknownNameError: There is no such engine.
        """
        engine = self._room.engines.find(engine)
        with self._lock:
            if self._running is not None and not self._running.ended.is_set():
                raise InputError("another batch is being made: stop it, or wait for it")
            batch = Batch(name=slug(name, "batch"), engine=engine)
            kept = self._folder / batch.name / _PHOTOS
            kept.mkdir(parents=True, exist_ok=True)
            for photo in photos:
                (kept / photo.name).write_bytes(photo.read_bytes())
            items = [Item(id=path.name, photo=path) for path in sorted(kept.iterdir())]
            if not items:
                raise InputError("drop photos first")
            batch.rows = {item.id: "waiting" for item in items}
            self._running = batch
        threading.Thread(target=self._run, args=(batch, items, request), name="photoshoot-batch", daemon=True).start()
        return batch

    def stop(self) -> None:
        """Stop what is being made; what is finished is kept."""
        if self._running is not None:
            self._running.stopped.set()

    def zip(self, name: str) -> bytes:
        """All pictures of a batch, a folder a product, with its report and its page.

        Raises:
            InputError: There are none.
        """
        folder = self._folder / slug(name, "batch") / _OUT
        paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name[0] != ".")
        if not paths:
            raise InputError("this batch has no pictures yet")
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as bundle:
            for path in paths:
                bundle.write(path, path.relative_to(folder))
        return file.getvalue()

    def _run(self, batch: Batch, items: Sequence[Item], request: Request) -> None:
        def watch(_: Tally) -> None:
            if batch.stopped.is_set():
                raise CancelledError("stopped by its visitor")

        try:
            work = functools.partial(self._work, batch)
            out = self._folder / batch.name / _OUT
            recipe = Recipe(request=request, engine=self._room.engines.choice(batch.engine))
            tally = run_catalogue(items, recipe, out, work=work, on_step=watch)
            batch.rows = {name: _READY if state == "waiting" else state for name, state in batch.rows.items()}
            batch.told = f"{tally.made + tally.skipped} of {tally.total} products are ready."
        except Exception as error:
            batch.told = explain(error)
        finally:
            batch.ended.set()

    def _work(self, batch: Batch, recipe: Recipe, left: Sequence[Item]) -> Generator[Outcome, None, None]:
        names = {item.id for item in left}
        batch.rows.update({name: _READY for name in batch.rows if name not in names})
        for outcome in shoot_items(self._room.engines.get(batch.engine), recipe, left):
            batch.rows[outcome.item.id] = (
                f"left out: {explain_failure(outcome)}" if isinstance(outcome, Failed) else "ready"
            )
            yield outcome
