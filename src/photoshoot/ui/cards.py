"""What the page shows of things: presets and sizes to pick, a cut-out, progress, and a picture's findings, as HTML."""

from __future__ import annotations

import base64
import html
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import numpy as np
from PIL import Image

from photoshoot.ad_sizes import AdSize
from photoshoot.errors import SettingsError
from photoshoot.framing.layout import RenderKind, ad_sizes
from photoshoot.pixels.photos import read_photo
from photoshoot.presets import Preset
from photoshoot.records import Box, RgbImage
from photoshoot.settings import ExportSettings
from photoshoot.ui.job import Job
from photoshoot.ui.sessions import Picture
from photoshoot.ui.wording import explain, tell_duration, tell_expected, tell_note
from photoshoot.ui.work import Work
from photoshoot.ui.workroom import measure

_LONGEST_PX = 900  # of a cut-out on the page
_MOST_ENLARGED = 1.5  # a picture that is looked at; a draft would be a blur
_SHAPE_PX = 58  # longest side of a size's shape
ONE_THING: Final[dict[str, Any]] = {"src": "", "items": [], "chosen": [], "most": 0}
"""Where there is nothing to choose."""


def preset_cards(presets: Iterable[Preset]) -> list[dict[str, Any]]:
    """Presets to pick by their pictures."""
    return [
        {
            "id": preset.id,
            "name": html.escape(preset.preview_name),
            "src": f"presets/{preset.id}.webp",
            "told": html.escape(preset.scene_text, quote=True),
        }
        for preset in presets
    ]


def size_cards() -> list[dict[str, Any]]:
    """Ad sizes to pick by their shapes."""
    cards = []
    for size in ad_sizes(RenderKind.ALL):
        share = _SHAPE_PX / max(size.width_px, size.height_px)
        sides = {"w": max(6, round(size.width_px * share)), "h": max(6, round(size.height_px * share))}
        name = size.label.replace("_", " ").capitalize()
        told = {"small": f"{size.width_px} × {size.height_px}", "wide": _tell_file(size)}
        cards.append({"id": size.label, "name": name, **told, **sides})
    return cards


def _tell_file(size: AdSize) -> str:
    width, height = measure(size, safe_margin=True)
    return f"file {width}\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}{height}"


def shot_cards(session_id: str, pictures: Sequence[Picture], job: Job | None) -> list[dict[str, Any]]:
    """Pictures to look at, and places of the right shape for those that a job is still making, as they stand."""
    made = [
        {
            "id": picture.file,
            "name": html.escape(picture.title),
            "small": f"{picture.size}, {picture.width_px} × {picture.height_px}"
            + (" · draft" if picture.draft else "")
            + ("" if picture.passed else " · worth a look"),
            "src": f"shots/{session_id}/{picture.file}",
            "w": picture.width_px,
            "h": picture.height_px,
        }
        for picture in pictures
    ]
    return made if job is None or job.ended.is_set() else [*made, *_waiting_cards(job, len(made))]


def _waiting_cards(job: Job, made: int) -> Iterator[dict[str, Any]]:
    shown = [_inline(Image.fromarray(preview)) for preview in job.previews]
    for number, (width, height) in enumerate(job.shapes[made:]):
        preview = shown[number] if number < len(shown) else ""
        yield {"id": "", "src": "", "preview": preview, "w": width, "h": height}


def show_cutout(work: Work) -> str:
    """A cut-out on a checkerboard, and how sure it is."""
    cutout = work.cutout
    picture = cutout.to_pil().crop(_with_air(cutout.box, cutout.alpha_matte.shape))
    picture.thumbnail((_LONGEST_PX, _LONGEST_PX))
    sure = (
        "sure"
        if cutout.confidence >= 0.85
        else "fairly sure"
        if cutout.confidence >= 0.65
        else "not sure: look at its edge"
    )
    notes = "".join(f'<p class="ps-hint">{html.escape(tell_note(note))}</p>' for note in cutout.notes)
    return (
        f'<div class="ps-cut"><img alt="The product, cut out" src="{_inline(picture)}"></div>'
        f'<p class="ps-hint">Cut out, {sure} ({cutout.confidence:.0%}).</p>{notes}'
    )


def show_things(work: Work) -> dict[str, Any]:
    """The photo and a frame round each thing that stands out in it, to choose the product; nothing where it is one."""
    whole, photo = work.uncorrected, Image.fromarray(read_photo(work.session.photo).rgb)
    (height, width), parts = whole.alpha_matte.shape, whole.parts
    items = [
        {
            "id": str(part.number),
            "name": f"{number + 1}, {_tell_place(part.box, width, height)}",
            "left": 100 * part.box.left / width,
            "top": 100 * part.box.top / height,
            "width": 100 * part.box.width / width,
            "height": 100 * part.box.height / height,
        }
        for number, part in enumerate(parts)
    ]
    if len(items) < 2:
        return dict(ONE_THING)
    photo.thumbnail((_LONGEST_PX, _LONGEST_PX))
    chosen = re.findall(r"\d+", work.session.select)
    return {"src": _inline(photo), "items": items, "chosen": chosen, "most": len(items)}


def _tell_place(box: Box, width: int, height: int) -> str:
    """Where a thing is in a photo, in words."""
    across, down = (box.left + box.right) / 2 / width, (box.top + box.bottom) / 2 / height
    words = [
        "above" if down < 1 / 3 else "below" if down > 2 / 3 else "",
        "on the left" if across < 0.4 else "on the right" if across > 0.6 else "in the middle",
    ]
    return " ".join(filter(None, words))


def show_empty(text: str) -> str:
    """The place where a cut-out will be."""
    return f'<div class="ps-cut empty">{html.escape(text)}</div>'


def show_note(text: str, *, bad: bool = False) -> str:
    """A line for people; nothing where there is none."""
    return (
        f'<div class="ps-note{" bad" if bad else ""}" role="{"alert" if bad else "status"}">{html.escape(text)}</div>'
        if text
        else ""
    )


def show_next() -> str:
    """Where to look once a product is cut out."""
    return '<div class="ps-note" role="status">Drafts appear in <a href="#pictures">Pictures</a>, below.</div>'


def show_job(job: Job | None) -> str:
    """How far pictures are, what went wrong, or nothing."""
    if job is None:
        return ""
    what = "drafts" if job.draft else "final pictures"
    done, total = len(job.made), len(job.shapes)
    if job.ended.is_set():
        if job.told:
            return show_note(job.told, bad=not job.stopped.is_set())
        return show_note(f"{total} {what if total > 1 else what[:-1]}, ready.")
    left = tell_expected(job.expected_s) if job.left_s is None else f"about {tell_duration(job.left_s)} left"
    if job.stopped.is_set():
        left = "stopping as soon as this step is done"
    return (
        f'<div role="status"><div class="ps-busy"><span>Making {what}: {done} of {total}</span><em>{left}</em></div>'
        f'<div class="ps-bar"><i style="width:{100 * done / total:.0f}%"></i></div></div>'
    )


def show_picture(picture: Picture) -> str:
    """What the gate measured, in plain words, and what was not read."""
    lines = "".join(
        f'<li class="{"" if text.startswith("✓") else "bad"}">{html.escape(text)}</li>' for text in picture.told
    )
    draft = '<p class="ps-hint">A draft: a third of the final size.</p>' if picture.draft else ""
    narrow = f"<style>#slider {{ max-width: {round(_MOST_ENLARGED * picture.width_px)}px; }}</style>"
    return f'{draft}<ul class="ps-gate">{lines}</ul>{show_note(picture.note)}{narrow}'


def show_downloads(picture: Picture | None, session_id: str, kind: str, dpi: float | None) -> str:
    """Links to a picture's file and to all of a session, or what is wrong with the file that is wanted."""
    dpi = ExportSettings.dpi if dpi is None else int(dpi)
    try:
        ExportSettings(format=kind.lower(), dpi=dpi)  # type: ignore[arg-type]  # a word is read
    except SettingsError as error:
        return show_note(explain(error), bad=True)
    asked = f"format={kind.lower()}&dpi={dpi}"
    one = (
        ""
        if picture is None
        else (f'<a download href="download/{session_id}/{picture.file}?{asked}">Download this picture</a> ')
    )
    return f'<p class="ps-links">{one}<a download href="zip/{session_id}?{asked}">Download all as a zip</a></p>'


def compare(work: Work, picture: Picture, after: RgbImage) -> RgbImage:
    """The photo, moved so that its product lies where a picture has it: what stands left of the slider."""
    height, width = after.shape[:2]
    cutout, photo = work.cutout, read_photo(work.session.photo).rgb
    enlarged = width / picture.width_px
    first, above, _, below = (enlarged * side for side in picture.product_box)
    step = cutout.box.height / (below - above)
    small = Image.fromarray(photo).resize([max(1, round(side / step)) for side in photo.shape[1::-1]])
    left, top = round(first - cutout.box.left / step), round(above - cutout.box.top / step)
    rows = np.clip(np.arange(height) - top, 0, small.height - 1)
    columns = np.clip(np.arange(width) - left, 0, small.width - 1)
    return np.ascontiguousarray(np.asarray(small)[rows][:, columns])  # what is beyond the photo goes on as its edge


def _with_air(box: Box, shape: tuple[int, ...]) -> tuple[int, int, int, int]:
    air = round(0.06 * max(box.width, box.height))
    height, width = shape
    return max(0, box.left - air), max(0, box.top - air), min(width, box.right + air), min(height, box.bottom + air)


def _inline(picture: Image.Image) -> str:
    file = io.BytesIO()
    picture.save(file, "WEBP", quality=88, method=2)
    return f"data:image/webp;base64,{base64.b64encode(file.getvalue()).decode()}"
