"""Which event of the page calls what, and what shows one picture."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import gradio as gr

from photoshoot.errors import PhotoshootError
from photoshoot.pixels.photos import read_photo
from photoshoot.prompts import MAX_PROMPTS, Prompt
from photoshoot.request import Request, list_sizes
from photoshoot.ui import cards
from photoshoot.ui.code import write_code
from photoshoot.ui.drawing import Changes, Drawing, log_error
from photoshoot.ui.intake import Intake
from photoshoot.ui.orders import CONTROLS
from photoshoot.ui.widgets import pick
from photoshoot.ui.wording import explain
from photoshoot.ui.workroom import Workroom

_GIVE_WAY: Final = f"""(suggested, gallery, text) => {{
  const lines = text.split('\\n').filter(line => line.trim()).length;
  const others = gallery.chosen.filter(id => !suggested.chosen.includes(id)).length;
  return {{...suggested, chosen: suggested.chosen.slice(0, Math.max(0, {MAX_PROMPTS} - lines - others))}};
}}"""


class Handlers:
    """The page's events.

    Args:
        workroom: Does the work.
        ui: The page's components, by name.
    """

    def __init__(self, workroom: Workroom, ui: Any) -> None:
        self._room, self._ui = workroom, ui
        self._drawing = Drawing(workroom, ui)
        self._intake = Intake(workroom, ui, self._drawing)

    def connect(self) -> None:
        """Bind every event to its handler.

        An event's outputs are those that its handler may change and no others: a ``gr.HTML`` that is not seen yet loses
        its value where it is an output that stays as it is.
        """
        ui = self._ui
        order = [ui.session, *(getattr(ui, name) for name in CONTROLS)]
        self._bind_intake(order)
        self._bind_scenes()
        self._bind_pictures(order)
        self._bind_one()

    def _bind_intake(self, order: Sequence[Any]) -> None:
        ui, intake = self._ui, self._intake
        product = [ui.told, ui.cut, ui.name, ui.description, ui.glass, ui.brush]
        shown = [ui.session, *product, ui.things, ui.recommended, ui.own_pitch, ui.pitch]
        sources: tuple[tuple[Callable[..., Any], Callable[..., Changes], list[Any]], ...] = (
            (ui.photo.upload, intake.take_file, [ui.photo]),
            (ui.camera.input, intake.take_image, [ui.camera]),
            (ui.fetch.click, intake.take_address, [ui.address]),
            (ui.example.click, intake.take_example, []),
        )
        for event, take, inputs in sources:
            busy = _bind(
                event,
                intake.begin,
                [],
                [ui.told, ui.strokes_told, ui.cut, ui.detail],
                js="() => { takePhoto(true); return []; }",
            )
            taken = _bind(busy.then, take, [*inputs, ui.session, ui.gallery, ui.prompts], [*shown, ui.photo])
            fitted = self._give_way(taken.then)
            _bind(fitted.then, self._drawing.draw_first, order, self._pictures)
            _bind(fitted.then, None, [], [], js="() => takePhoto(false)")
        corrected = _bind(ui.correct.click, intake.correct, [ui.brush, ui.session], [ui.strokes_told, ui.cut, ui.brush])
        _bind(corrected.then, self._drawing.redraw, order, self._pictures)
        begun = [ui.things, ui.session]
        seen = _bind(ui.things.input, intake.preview_things, begun, [ui.told, ui.cut], trigger_mode="always_last")
        chosen = _bind(seen.then, intake.choose_things, [*begun, ui.gallery, ui.prompts], shown)
        busy = _bind(ui.glass.input, intake.begin, [], [ui.told, ui.strokes_told, ui.cut, ui.detail])
        seen = _bind(busy.then, intake.choose_glass, [ui.glass, ui.session], product)
        for done in (self._give_way(chosen.then), seen):
            _bind(done.then, self._drawing.redraw, order, self._pictures)
        for name in ("name", "description"):
            _bind(getattr(ui, name).blur, intake.rename, [ui.session, ui.name, ui.description], [])
        listed = [*shown, ui.sessions]
        page = gr.context.Context.root_block
        # Gradio builds what is in a box when it is first opened, and a frame later writes the values of before: what
        # was typed meanwhile would be lost
        _bind(page.load, None, [], [ui.light_box], js="() => ({__type__: 'update', open: false})")
        for event, known in ((ui.reopen.click, ui.sessions), (page.load, ui.session)):
            opened = _bind(event, self.reopen, [known], listed)
            restored = _bind(opened.then, None, order, order[1:], js="(...now) => restoreControls(...now)")
            _bind(self._give_way(restored.then).then, self._drawing.resume, order, self._pictures)
        changed = [getattr(control, name) for control in order[1:] for name in ("change", "input")]
        gr.on(changed, None, list(order), None, js="(...now) => keepControls(...now)", show_progress="hidden")

    def _give_way(self, event: Callable[..., Any]) -> Any:
        """Have what is suggested give way to what is chosen, typed while it was looked for, too."""
        ui = self._ui
        return _bind(event, None, [ui.recommended, ui.gallery, ui.prompts], [ui.recommended], js=_GIVE_WAY)

    @property
    def _pictures(self) -> list[Any]:
        """What shows pictures as they come."""
        return [self._ui.wrong, self._ui.progress, self._ui.stop, self._ui.shots]

    def _bind_scenes(self) -> None:
        ui, intake = self._ui, self._intake
        asked = [ui.search, ui.category, ui.holiday, ui.gallery]
        _bind(ui.search.change, intake.search, asked, [ui.gallery], trigger_mode="always_last")
        for filtered in (ui.category, ui.holiday):
            _bind(filtered.change, intake.search, asked, [ui.gallery])
        _bind(ui.prompts.change, intake.read, [ui.prompts], [ui.reading], trigger_mode="always_last")
        for chosen in (ui.prompts.change, ui.gallery.input):  # what is only suggested gives way to it
            self._give_way(chosen)
        _bind(ui.own_size.change, intake.read_sizes, [ui.own_size], [ui.sizes_told], trigger_mode="always_last")
        wide = "(sizes, wide) => ({...sizes, wide})"
        _bind(ui.safe.change, None, [ui.sizes, ui.safe], [ui.sizes], js=wide)
        for button, group in ((ui.social, "social"), (ui.display, "display")):
            chosen = json.dumps([size.label for size in list_sizes(group)])
            # in the browser: an order that is given before a server answered would be of the sizes of before
            _bind(button.click, None, [ui.sizes], [ui.sizes], js=f"sizes => ({{...sizes, chosen: {chosen}}})")

    def _bind_pictures(self, order: Sequence[Any]) -> None:
        ui, drawing = self._ui, self._drawing
        for button, draw in ((ui.drafts, drawing.draw_drafts), (ui.finals, drawing.draw_finals)):
            _bind(_scroll(button.click, "pictures").then, draw, order, self._pictures)
        _bind(ui.stop.click, drawing.stop, [ui.session], [ui.stop], concurrency_limit=None)
        sliders = (ui.softness, ui.intensity, ui.brightness)
        light = [ui.dial.input, ui.color.input, *(slider.release for slider in sliders)]
        place = [ui.frame.input, ui.scale.release]
        for events, own in ((light, ui.own_light), (place, ui.own_place), ([ui.pitch.release], ui.own_pitch)):
            for event in events:  # what is moved counts from then on
                meant = event(None, js="() => true", outputs=[own], show_progress="hidden", api_visibility="private")
                _bind(meant.then, drawing.redraw, order, self._pictures, trigger_mode="always_last")
        for event in (ui.own_light.input, ui.own_place.input, ui.own_pitch.input, ui.on_product.release):
            _bind(event, drawing.redraw, order, self._pictures, trigger_mode="always_last")

    def _bind_one(self) -> None:
        ui, asked = self._ui, [self._ui.session, self._ui.format, self._ui.dpi]
        shown = [ui.chosen, ui.detail, ui.slider, ui.gate, ui.finish, ui.links, ui.python, ui.command]
        _scroll(_bind(ui.shots.select, self.look, asked, shown).then, "detail")
        for control in (ui.format, ui.dpi):
            _bind(control.change, self.link, [*asked, ui.chosen], [ui.links])
        for button, change in ((ui.finish, "finish"), (ui.reroll, "reroll"), (ui.more, "more")):
            again = functools.partial(self._drawing.again, change=change)
            _bind(_scroll(button.click, "pictures").then, again, [ui.session, ui.chosen], self._pictures)

    def look(self, session: str, kind: str, dpi: float | None, event: gr.EventData) -> Changes:
        """A picture was chosen."""
        ui, chosen = self._ui, str(event._data["id"])
        picture = self._drawing.find(session, chosen)
        if picture is None:
            return {}
        work = self._room.open(session)
        after = read_photo(self._room.store.picture(session, picture.file)).rgb
        before = cards.compare(work, picture, after)
        python, command = write_code(work.session.photo_name, picture)
        return {
            ui.chosen: chosen,
            ui.detail: gr.update(visible=True),
            ui.slider: (before, after),
            ui.gate: cards.show_picture(picture),
            ui.finish: gr.update(visible=picture.draft),
            ui.links: cards.show_downloads(picture, session, kind, dpi),
            ui.python: python,
            ui.command: command,
        }

    def link(self, session: str, kind: str, dpi: float | None, chosen: str) -> Changes:
        """Another format is wanted."""
        if not session:
            return {}
        return {self._ui.links: cards.show_downloads(self._drawing.find(session, chosen), session, kind, dpi)}

    def reopen(self, session: str | None) -> Changes:
        """The page was loaded, or an earlier session is wanted."""
        ui = self._ui
        known = [
            (f"{item.name or item.photo_name}, {item.begun[:16].replace('T', ' ')}", item.id)
            for item in self._room.store.list_sessions()
        ]
        listed: Changes = {ui.sessions: gr.update(choices=known, value=None)}
        try:
            work = self._room.reopen(session) if session else None
        except PhotoshootError:
            work = None
        if work is None:
            empty = pick("Scenes that suit the product", (), (), most=MAX_PROMPTS)
            return {**listed, ui.session: "", ui.recommended: empty}
        return {**listed, **self._intake.show(work)}

    def make_picture(self, photo: str, scene: str, size: str, draft: bool) -> str:
        """The page's own API: one picture of a photo.

        Raises:
            gradio.Error: It can't be made; says why.
        """
        try:
            work = self._room.take(Path(photo).read_bytes(), Path(photo).name)
            job = self._room.start(
                work.session.id, Request(prompts=(self._scene(scene),), render_kind=size, seed=7, draft=draft)
            )
        except Exception as error:
            log_error(error)
            raise gr.Error(explain(error), print_exception=False) from error
        job.ended.wait()
        if not job.made:
            raise gr.Error(job.told, print_exception=False)
        return str(self._room.store.picture(work.session.id, job.made[0].file))

    def _scene(self, text: str) -> Prompt:
        return Prompt.preset(text.strip()) if self._room.presets.means(text) else Prompt.custom(text)


def _scroll(event: Callable[..., Any], elem_id: str) -> Any:
    """Have an event show what is beyond the window's edge: nothing else tells that something happens there."""
    return _bind(event, None, [], [], js=f"() => document.getElementById('{elem_id}').scrollIntoView()")


def _bind(
    event: Callable[..., Any],
    handler: Callable[..., Any] | None,
    inputs: Sequence[Any],
    outputs: Sequence[Any],
    **more: Any,
) -> Any:
    """Have an event call a handler, or ``js`` alone where it is None; it is no part of the page's API."""
    return event(handler, list(inputs), list(outputs), show_progress="hidden", api_visibility="private", **more)
