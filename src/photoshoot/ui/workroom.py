"""Does the page's work: photos to cut-outs, strokes to better ones, orders to pictures; knows nothing of Gradio."""

from __future__ import annotations

import dataclasses
import logging
import math
import re
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from photoshoot.ad_sizes import SAFE_MARGIN, AdSize
from photoshoot.contact_sheet import save_contact_sheet
from photoshoot.errors import CancelledError, FileTooLargeError, InputError
from photoshoot.photoshoot import Photoshoot
from photoshoot.presets import PresetRegistry
from photoshoot.prompts import parse_prompts
from photoshoot.records import Cutout, Progress, Shot
from photoshoot.request import Request, list_sizes, write_request
from photoshoot.settings import PhotoLimits, SegmentationSettings
from photoshoot.ui.engines import Builders, Engines, find_engines
from photoshoot.ui.job import Job
from photoshoot.ui.paces import Paces
from photoshoot.ui.sessions import PICTURES, SHEET, Picture, Session, SessionStore
from photoshoot.ui.settings import UiSettings
from photoshoot.ui.strokes import NO_STROKES, Strokes, lay_over, read_strokes, write_strokes
from photoshoot.ui.wording import explain, name_scene, tell_gate
from photoshoot.ui.work import Work

_log = logging.getLogger("photoshoot")
_MOST_PICTURES: Final = 60  # of one order
MOST_KEPT: Final = 16
"""Sessions in memory; others are read from their folders again."""


class Workroom:
    """The engines, and the work of every visitor. Safe to call from several threads.

    Args:
        settings: Where sessions are kept, and what makes the pictures.
        engines: What builds each engine. None: see ``find_engines``.
        preset_folders: Folders of further preset files, on top of the catalogue.
    """

    def __init__(
        self, settings: UiSettings, engines: Builders | None = None, preset_folders: Sequence[Path] = ()
    ) -> None:
        self.store = SessionStore(settings.folder)
        self.paces = Paces(settings.folder)
        self.engines = Engines(engines or find_engines(settings))
        self.presets = PresetRegistry.load(preset_folders)
        self._works: dict[str, Work] = {}
        self._lock = threading.Lock()
        self._opening = threading.Lock()  # two tabs of a session share one work, and so one list of pictures
        self._cutting = threading.Lock()  # one photo at a time: a second one would make both wait twice as long

    @property
    def shoot(self) -> Photoshoot:
        """The page's own engine, built when it is first asked for; it cuts out and describes, too."""
        return self.engines.get()

    def warm(self) -> None:
        """Build the engine before anyone waits for it."""
        threading.Thread(target=lambda: self.shoot, name="photoshoot-ui-warm", daemon=True).start()

    def take(self, photo: bytes, name: str) -> Work:
        """Cut out a photo and begin a session of it.

        Raises:
            PhotoError: It can't be read.
            NoProductFoundError: It shows no product.
        """
        limits = PhotoLimits()
        if len(photo) > limits.max_bytes:
            raise FileTooLargeError(len(photo), limits.max_bytes)
        work = self._describe(Session(id="", folder=self.store.folder), photo, NO_STROKES)
        session = self.store.begin(photo, name)
        session.name, session.description = work.recommendation.product.name, work.recommendation.product.description
        session.save()
        return self._keep(dataclasses.replace(work, session=session))

    def open(self, session_id: str) -> Work:
        """The work on a session: in memory, or cut out anew from what is kept.

        Raises:
            InputError: There is no such session.
        """
        if (work := self._works.get(session_id)) is not None:
            return work
        with self._opening:
            if (work := self._works.get(session_id)) is not None:
                return work
            session = self.store.load(session_id)
            return self._keep(self._describe(session, session.photo, read_strokes(session)))

    def reopen(self, session_id: str) -> Work:
        """The work on a session for a page that is loaded again, with the choice or the strokes that are under way.

        Raises:
            InputError: There is no such session.
        """
        work = self.open(session_id)
        with work.correcting:
            return work

    def correct(self, session_id: str, keep: npt.NDArray[np.bool_], remove: npt.NDArray[np.bool_]) -> Work:
        """Correct a cut-out by strokes (H, W) of any size; they are laid over those of before.

        Raises:
            NoProductFoundError: Nothing is left.
        """
        work = self.open(session_id)
        with work.correcting:
            strokes = lay_over(read_strokes(work.session), (keep, remove), work.cutout.alpha_matte.shape)
            cutout = self._correct(work.uncorrected, work.session.select, strokes)
            work.cutout, work.recommendation = cutout, self.shoot.recommend(cutout)
            write_strokes(work.session, strokes)
        return self._keep(work)

    def preview(self, session_id: str, select: str) -> Work:
        """The work as it would be if other things were chosen, before it is known what suits them; see ``choose``."""
        work = self.open(session_id)
        return dataclasses.replace(work, cutout=self._correct(work.uncorrected, select, read_strokes(work.session)))

    def choose(self, session_id: str, *, select: str | None = None, glass: bool | None = None) -> Work:
        """Choose which things of the photo are the product, or whether it is of clear glass; None: as before.

        Its name and description follow where they are nobody's own. Strokes stay.

        Args:
            session_id: The session's id.
            select: As in ``SegmentationSettings.select``; empty: all that stands out.
            glass: As in ``SegmentationSettings.glass``.

        Raises:
            SettingsError: ``select`` means nothing in the photo.
        """
        work = self.open(session_id)
        with work.correcting:
            session, before = work.session, work.recommendation.product
            select, uncorrected = session.select if select is None else select, work.uncorrected
            if glass is not None:
                uncorrected = self._cut(session.photo, glass)
            cutout = self._correct(uncorrected, select, read_strokes(session))
            recommendation = self.shoot.recommend(cutout)
            work.uncorrected, work.cutout, work.recommendation = uncorrected, cutout, recommendation
            session.select, session.glass = select, session.glass if glass is None else glass
            for field in ("name", "description"):
                if getattr(session, field) == getattr(before, field):
                    setattr(session, field, getattr(recommendation.product, field))
            session.save()
        return self._keep(work)

    def start(self, session_id: str, request: Request, engine: str = "", *, suggested: bool = False) -> Job:
        """Begin to make pictures of a session's product; what it was making before is stopped.

        Args:
            session_id: The session's id.
            request: What is wanted.
            engine: What is to make them, by name. Empty: the page's own.
            suggested: Nobody asked for them, and so they take no order's place: the one that is there is returned.

        Raises:
            InputError: The request is wrong, or too large for one order.
            UnknownNameError: There is no such engine.
        """
        work, engine = self.open(session_id), self.engines.find(engine)
        if not suggested:
            self.stop(session_id)
        with work.correcting:  # a choice or strokes of before are under way, and the pictures are of what comes of them
            cutting, words = work.session.cutting, {"name": work.own_name, "description": work.own_description}
            request = dataclasses.replace(request, product=work.product, **words)  # type: ignore[arg-type]
        shapes = [measure(size, safe_margin=request.safe_margin) for size in list_sizes(request.render_kind)]
        planned = len(parse_prompts(request.prompts)) * len(shapes)
        if planned > _MOST_PICTURES:
            raise InputError(
                f"that would be {planned} pictures at once: choose fewer scenes or sizes, {_MOST_PICTURES} at most"
            )
        job = Job(shapes=shapes * (planned // len(shapes)), draft=request.draft, engine=engine, cutting=cutting)
        job.expected_s = self.paces.estimate(job.kind, list(map(math.prod, job.shapes)))
        with work.ordering:
            if suggested and work.job is not None:
                return work.job
            self.stop(session_id)
            work.job = job
            self._mark(work, working=True)
        threading.Thread(target=self._run, args=(work, job, request), name="photoshoot-ui", daemon=True).start()
        return job

    def stop(self, session_id: str) -> None:
        """Stop what a session is making; what is finished is kept."""
        work = self._works.get(session_id)
        if work is not None and work.job is not None:
            work.job.stopped.set()

    def _run(self, work: Work, job: Job, request: Request) -> None:
        def watch(progress: Progress) -> None:
            if job.stopped.is_set():
                raise CancelledError("stopped by its visitor")
            job.show(progress)

        try:
            shots: list[Shot] = []
            for number, shot in enumerate(self.engines.get(job.engine).stream(request, watch)):
                took_s = job.add(self._store(work, shot, request, job))
                self.paces.add(job.kind, math.prod(job.shapes[number]), took_s)
                shots.append(shot)
                if not request.draft and number + 1 == len(job.shapes):
                    save_contact_sheet(shots, work.session.folder / SHEET, work.product.name)
                if job.stopped.is_set() and number + 1 < len(job.shapes):
                    raise CancelledError("stopped by its visitor")
        except Exception as error:  # whatever it is, the visitor is told, and the next order is taken
            if not isinstance(error, CancelledError | InputError):
                _log.exception("a picture could not be made")
            job.told = explain(error)
        finally:
            if work.job is job:
                self._mark(work, working=False)
            job.ended.set()

    def _mark(self, work: Work, *, working: bool) -> None:
        with self._lock:
            work.session.working = working
            work.session.save()

    def _store(self, work: Work, shot: Shot, request: Request, job: Job) -> Picture:
        own = dataclasses.replace(
            request,
            product=None,
            prompts=(parse_prompts(request.prompts)[shot.prompt_index - request.first_prompt_index],),
            render_kind=shot.canvas.label,
            first_prompt_index=shot.prompt_index,
            seed=None if shot.recipe is None else shot.recipe.seed,
        )
        words = re.sub(r"[^a-z0-9]+", "-", f"{name_scene(shot)} {shot.canvas.label}".lower()).strip("-")[:80]
        with self._lock:  # a number of its own: another light may have the same seed, another order finish meanwhile
            number = len(work.session.pictures) + 1
            path = shot.save(work.session.folder / PICTURES / f"{number:04}-{words}.png")
            picture = Picture(
                file=path.name,
                title=name_scene(shot),
                size=shot.canvas.label.replace("_", " "),
                width_px=shot.canvas.width_px,
                height_px=shot.canvas.height_px,
                product_box=shot.canvas.product_box.as_tuple(),
                draft=request.draft,
                passed=shot.quality is None or shot.quality.passed,
                told=tell_gate(shot.quality),
                note="; ".join(shot.unmet),
                request=write_request(own),
                engine=job.engine,
                cutting=job.cutting,
            )
            work.session.pictures.insert(0, picture)
            work.session.save()
        return picture

    def _describe(self, session: Session, photo: bytes, strokes: Strokes) -> Work:
        uncorrected = self._cut(photo, session.glass)
        cutout = self._correct(uncorrected, session.select, strokes)
        recommendation = self.shoot.recommend(cutout)
        return Work(session=session, uncorrected=uncorrected, cutout=cutout, recommendation=recommendation)

    def _cut(self, photo: bytes, glass: bool | None) -> Cutout:
        """All that stands out in a photo."""
        usual = getattr(self.shoot.segmenter, "settings", SegmentationSettings())
        with self._cutting:
            (cutout,) = self.shoot.cut_out([photo], None if glass is None else dataclasses.replace(usual, glass=glass))
        return cutout

    def _correct(self, uncorrected: Cutout, select: str, strokes: Strokes) -> Cutout:
        """The product of what stands out."""
        cutout, (keep, remove) = uncorrected.select(select) if select else uncorrected, strokes
        return cutout if keep is None and remove is None else self.shoot.refine(cutout, keep=keep, remove=remove)

    def _keep(self, work: Work) -> Work:
        with self._lock:
            self._works.pop(work.session.id, None)
            idle = [known for known, kept in self._works.items() if kept.job is None or kept.job.ended.is_set()]
            for known in idle[: max(0, len(self._works) - MOST_KEPT + 1)]:
                del self._works[known]
            self._works[work.session.id] = work
        return work


def measure(size: AdSize, *, safe_margin: bool) -> tuple[int, int]:
    """Width and height of a size's pictures, as ``lay_out`` has them."""
    wide = safe_margin and not size.exact
    return 2 * round(size.width_px * SAFE_MARGIN / 2) if wide else size.width_px, size.height_px
