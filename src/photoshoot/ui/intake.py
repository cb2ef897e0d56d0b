"""A photo comes in, its cut-out is corrected, and scenes are looked for."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import gradio as gr
import numpy as np
from PIL import Image

from photoshoot.arrays import BoolArray
from photoshoot.director import find_presets, read_prompt
from photoshoot.errors import FileTooLargeError, InputError, PhotoError
from photoshoot.files import find_data
from photoshoot.framing.holding import find_pitch
from photoshoot.pixels.downloads import download_photo, is_url
from photoshoot.pixels.photos import read_photo
from photoshoot.prompts import MAX_PROMPTS
from photoshoot.settings import PhotoLimits, Placement
from photoshoot.ui import cards
from photoshoot.ui.drawing import Changes, Drawing, log_error
from photoshoot.ui.orders import list_lines, read_own_sizes
from photoshoot.ui.widgets import pick, show_pitch
from photoshoot.ui.wording import explain
from photoshoot.ui.work import Work
from photoshoot.ui.workroom import Workroom

_LONGEST_PX: Final = 1280  # of what is painted on: a photo of 12 megapixels takes seconds to send


class Intake:
    """What comes before pictures.

    Args:
        workroom: Does the work.
        ui: The page's components, by name.
        drawing: Shows drafts as soon as a photo is in.
    """

    def __init__(self, workroom: Workroom, ui: Any, drawing: Drawing) -> None:
        self._room, self._ui, self._drawing = workroom, ui, drawing

    def begin(self) -> Changes:
        """A photo comes: it is being worked on."""
        ui = self._ui
        cut = cards.show_empty("One moment…")
        told = cards.show_note("Cutting your product out…")
        return {ui.told: told, ui.strokes_told: "", ui.cut: cut, ui.detail: gr.update(visible=False)}

    def take_file(self, path: str | None, session: str, gallery: dict[str, Any], text: str) -> Changes:
        """A photo was dropped."""
        if path is None:
            return self._fail(InputError("no photo was given"), session)
        taken = self._take(Path(path).read_bytes, Path(path).name, session, gallery, text)
        return {**taken, self._ui.photo: None}  # the box takes the next one

    def take_image(self, image: Any, session: str, gallery: dict[str, Any], text: str) -> Changes:
        """A photo was taken, or pasted."""
        if image is None:
            return self._fail(InputError("no photo was given"), session)
        file = io.BytesIO()
        image.save(file, "PNG")
        return self._take(file.getvalue, "photo.png", session, gallery, text)

    def take_address(self, address: str, session: str, gallery: dict[str, Any], text: str) -> Changes:
        """A photo's address was given."""
        return self._take(lambda: _download(address.strip()), "photo.jpg", session, gallery, text)

    def take_example(self, session: str, gallery: dict[str, Any], text: str) -> Changes:
        """The example is wanted."""
        path = find_data("examples") / "bottle.jpg"
        return self._take(path.read_bytes, path.name, session, gallery, text)

    def _take(self, read: Callable[[], bytes], name: str, session: str, gallery: dict[str, Any], text: str) -> Changes:
        try:
            work = self._room.take(read(), name)
        except Exception as error:
            log_error(error)
            return self._fail(error, session)
        return {**self.show(work, _count(gallery, text)), self._ui.told: cards.show_next()}

    def _fail(self, error: Exception, session: str) -> Changes:
        """Say what is wrong; the product of before stays."""
        ui = self._ui
        cut = cards.show_empty("Your product, cut out, will be here.")
        if session:
            cut = cards.show_cutout(self._room.open(session))
        return {ui.told: cards.show_note(explain(error), bad=True), ui.cut: cut}

    def show(self, work: Work, chosen: int = 0) -> Changes:
        """Everything that follows from a session's photo; so many scenes are chosen elsewhere."""
        ui, ids = self._ui, list(work.recommendation.preset_ids)
        presets = [self._room.presets.get(name) for name in ids]
        label = "Scenes that suit the product"
        return {
            ui.session: work.session.id,
            **self._show_product(work),
            ui.things: cards.show_things(work),
            ui.own_pitch: False,
            ui.pitch: show_pitch(find_pitch(work.product, Placement())),
            ui.recommended: pick(label, cards.preset_cards(presets), ids[: MAX_PROMPTS - chosen], most=MAX_PROMPTS),
        }

    def correct(self, drawn: dict[str, Any] | None, session: str) -> Changes:
        """The cut-out was corrected by strokes."""
        ui = self._ui
        try:
            work = self._room.correct(session, *_read_painted(drawn))
        except Exception as error:
            log_error(error)
            return {ui.strokes_told: cards.show_note(explain(error), bad=True)}
        told = cards.show_note("The cut-out follows your strokes.")
        return {ui.cut: cards.show_cutout(work), ui.strokes_told: told, ui.brush: _canvas(work)}

    def preview_things(self, things: dict[str, Any], session: str) -> Changes:
        """The cut-out follows at once; what it is called and what suits it takes longer."""
        try:
            work = self._room.preview(session, _join(things))
        except InputError as error:
            return self._fail(error, session)
        ui = self._ui
        return {ui.cut: cards.show_cutout(work), ui.told: cards.show_note("The cut-out follows your choice…")}

    def choose_things(self, things: dict[str, Any], session: str, gallery: dict[str, Any], text: str) -> Changes:
        """Some of the photo's things are the product: what suits it is another thing's."""
        return self._choose(session, lambda work: self.show(work, _count(gallery, text)), select=_join(things))

    def choose_glass(self, glass: bool, session: str) -> Changes:
        """It is of clear glass, or not."""
        return self._choose(session, self._show_product, glass=glass)

    def _choose(self, session: str, show: Callable[[Work], Changes], **choice: Any) -> Changes:
        try:
            work = self._room.choose(session, **choice)
        except Exception as error:
            log_error(error)
            return self._fail(error, session)
        return {**show(work), self._ui.told: cards.show_next()}

    def _show_product(self, work: Work) -> Changes:
        """The cut-out as it is now, and what it is called."""
        ui, how = self._ui, work.cutout.segmentation
        return {
            ui.cut: cards.show_cutout(work),
            ui.name: work.session.name,
            ui.description: work.session.description,
            ui.glass: gr.update(visible=how is not None, value=how is not None and bool(how.glass)),
            ui.brush: _canvas(work),
        }

    def rename(self, session: str, name: str, description: str) -> Changes:
        """Name and description were edited."""
        if session:
            work = self._room.open(session)
            work.session.name, work.session.description = name.strip(), description.strip()
            work.session.save()
        return {}

    def search(self, text: str, category: str, holiday: str, gallery: dict[str, Any]) -> Changes:
        """Scenes were searched."""
        kind = None if category == "all" else category
        found = find_presets(text, self._room.presets, category=kind, tag=holiday or None)
        presets = [item.preset for item in found]
        ui, chosen = self._ui, gallery["chosen"]
        return {ui.gallery: pick("All scenes", cards.preset_cards(presets), chosen, most=MAX_PROMPTS, long=True)}

    def read(self, text: str) -> Changes:
        """Scenes in words: what is read of them, and what not."""
        return {self._ui.reading: "".join(map(self._read_line, list_lines(text)))}

    def _read_line(self, line: str) -> str:
        try:
            reading = read_prompt(line, self._room.presets)
        except InputError as error:
            return cards.show_note(explain(error), bad=True)
        if not reading.understood:
            return cards.show_note(
                f"“{line}”: nothing of it was understood. Name a place, a material, colours or the light.", bad=True
            )
        missed = f" Not read: {', '.join(reading.unread)}." if reading.unread else ""
        return cards.show_note(f"“{line}”: {reading.reading}.{missed}")

    def read_sizes(self, text: str) -> Changes:
        """Sizes of one's own: what is wrong with them."""
        try:
            read_own_sizes(text)
        except InputError as error:
            return {self._ui.sizes_told: cards.show_note(explain(error), bad=True)}
        return {self._ui.sizes_told: ""}


def _join(things: dict[str, Any]) -> str:
    """The things that are chosen, as ``select`` has them."""
    return " and ".join(things["chosen"])


def _count(gallery: dict[str, Any], text: str) -> int:
    """How many scenes are chosen beside the suggested ones."""
    return len((gallery or {}).get("chosen", ())) + len(list_lines(text))


def _download(address: str) -> bytes:
    """The file at an address; what a visitor reads names the address, not the formats of files."""
    if not is_url(address):
        raise InputError("write a photo's web address, such as https://example.com/bottle.jpg")
    try:
        return download_photo(address, PhotoLimits().max_bytes)
    except FileTooLargeError:
        raise
    except PhotoError as error:
        raise InputError(str(error)) from error


def _read_painted(drawn: dict[str, Any] | None) -> tuple[BoolArray, BoolArray]:
    """Where strokes keep and where they remove, (H, W)."""
    layers = [layer for layer in (drawn or {}).get("layers", []) if layer is not None]
    if not layers:
        raise InputError("draw on the picture first: green keeps, red removes")
    painted = layers[0].astype(int)
    solid = painted[..., 3] > 64 if painted.shape[-1] == 4 else painted.sum(-1) > 0
    return solid & (painted[..., 1] > painted[..., 0]), solid & (painted[..., 0] > painted[..., 1])


def _canvas(work: Work) -> dict[str, Any]:
    """What is painted on: the photo, with what is not the product veiled; no larger than a page shows it."""
    photo = Image.fromarray(read_photo(work.session.photo).rgb)
    photo.thumbnail((_LONGEST_PX, _LONGEST_PX))
    veil = Image.new("RGB", photo.size, (160, 160, 160))
    matte = Image.fromarray((work.cutout.alpha_matte * 255).astype(np.uint8)).resize(photo.size)
    background = Image.composite(photo, Image.blend(photo, veil, 0.65), matte)
    return {"background": np.asarray(background), "layers": [], "composite": None}
