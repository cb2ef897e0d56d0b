"""Lays the page out, in the order of the work, and says which event calls which handler."""

from __future__ import annotations

import types
from collections.abc import Sequence
from importlib import resources
from typing import Any

import gradio as gr

from photoshoot.prompts import MAX_PROMPTS
from photoshoot.recommenders.affinities import list_holidays
from photoshoot.ui.batch import add_batch
from photoshoot.ui.batches import BatchRoom
from photoshoot.ui.cards import preset_cards, show_empty, size_cards
from photoshoot.ui.handlers import Handlers
from photoshoot.ui.widgets import (
    build_dial,
    build_engine_choice,
    build_frame,
    build_picker,
    build_pitch,
    build_shots,
    build_things,
    pick,
)
from photoshoot.ui.workroom import Workroom

_FONT = ["ui-sans-serif", "system-ui", "-apple-system", "Segoe UI", "sans-serif"]
_MONO = ["ui-monospace", "SFMono-Regular", "Menlo", "monospace"]
_HEAD = (
    '<header class="ps-head"><h1>photoshoot</h1>'
    "<p>One product photo in, finished ads out. Nothing leaves this machine.</p></header>"
)
_LOOK_S = 0.05  # between looks at what waits: Gradio's own thousand a second take a twentieth of a core, in use or not
_SECRET = "photoshoot-session"  # Gradio draws one a process: a browser would not know its session after a restart
_FORMATS = ("PNG", "JPEG", "WebP", "PDF")


def build_theme() -> gr.themes.Base:
    """Gradio's theme without a font or a script from elsewhere."""
    return gr.themes.Base(primary_hue="teal", neutral_hue="stone", font=_FONT, font_mono=_MONO, radius_size="lg")


def load_style() -> str:
    """The page's style sheet."""
    return resources.files("photoshoot.ui").joinpath("style.css").read_text(encoding="utf-8")


def build_page(workroom: Workroom, batches: BatchRoom) -> gr.Blocks:
    """The page.

    Args:
        workroom: Does its work.
        batches: Makes many products at once.
    """
    with gr.Blocks(title="photoshoot", analytics_enabled=False, delete_cache=(3600, 86400)) as page:
        kept = gr.BrowserState("", storage_key="photoshoot-session", secret=_SECRET)
        ui = types.SimpleNamespace(session=kept, chosen=gr.State(""))
        gr.HTML(_HEAD, apply_default_css=False)
        with gr.Tabs():
            with gr.Tab("One product"):
                _add_photo(ui)
                _add_scenes(ui, workroom)
                _add_sizes(ui)
                _add_light(ui)
                _add_pictures(ui, workroom.engines.names)
                _add_detail(ui)
                _add_sessions(ui)
            with gr.Tab("Many products"):
                add_batch(workroom, batches)
        _add_api(Handlers(workroom, ui))
    page.queue(default_concurrency_limit=8)
    page._queue.sleep_when_free = page._queue.progress_update_sleep_when_free = _LOOK_S
    return page


def _step(number: int, title: str, hint: str = "") -> gr.HTML:
    told = f'<p class="ps-hint">{hint}</p>' if hint else ""
    return gr.HTML(f"<h2><span>{number}</span>{title}</h2>{told}", apply_default_css=False)


def _add_photo(ui: Any) -> None:
    with gr.Group(elem_classes="ps-step"):
        _step(1, "Your product")
        with gr.Row(elem_classes="ps-row"):
            with gr.Column(min_width=280):
                ui.photo = gr.File(
                    label="Drop or paste a photo, or click to choose", file_count="single", elem_id="photo", height=150
                )
                with gr.Accordion("Camera, or a web address", open=False):
                    ui.camera = gr.Image(
                        label="Camera or clipboard", sources=["webcam", "clipboard"], type="pil", height=200
                    )
                    ui.address = gr.Textbox(label="Web address of a photo", placeholder="https://…", elem_id="address")
                    ui.fetch = gr.Button("Take it from there", size="sm")
                ui.example = gr.Button("Try it with the example bottle", size="sm", elem_id="example")
                ui.told = gr.HTML("", elem_id="told", apply_default_css=False)
                ui.things = build_things("things")
            with gr.Column(min_width=280):
                ui.cut = gr.HTML(
                    show_empty("Your product, cut out, will be here."), elem_id="cut", apply_default_css=False
                )
                ui.glass = gr.Checkbox(
                    label="Clear glass: scenes show through it", value=False, visible=False, elem_id="glass"
                )
            with gr.Column(min_width=280):
                ui.name = gr.Textbox(label="Name", elem_id="name", interactive=True)
                ui.description = gr.Textbox(label="Description", lines=3, elem_id="description", interactive=True)
        with gr.Accordion("Correct the cut-out with a brush", open=False, elem_id="correct"):
            gr.HTML(
                '<p class="ps-hint">Green keeps, red removes; the palette beside the picture has both.</p>',
                apply_default_css=False,
            )
            ui.brush = gr.ImageEditor(
                label="Green keeps, red removes",
                show_label=False,
                type="numpy",
                sources=(),
                transforms=(),
                layers=False,
                brush=gr.Brush(
                    colors=["#00a050", "#d02020"], default_color="#00a050", default_size=18, color_mode="fixed"
                ),
                eraser=gr.Eraser(default_size=18),
                elem_id="brush",
                height=460,
            )
            ui.correct = gr.Button("Use these strokes", size="sm", elem_id="use-strokes")
            ui.strokes_told = gr.HTML("", elem_id="strokes-told", apply_default_css=False)


def _add_scenes(ui: Any, workroom: Workroom) -> None:
    presets = workroom.presets.search()
    with gr.Group(elem_classes="ps-step"):
        _step(2, "Scenes", "Up to six. The first ones suit your product; all others are below.")
        ui.recommended = build_picker("Scenes that suit the product", "recommended", most=MAX_PROMPTS)
        with gr.Accordion("All scenes", open=False, elem_id="gallery-box"):
            with gr.Row():
                ui.search = gr.Textbox(label="Search", placeholder="marble, sunset, christmas…", elem_id="search")
                categories = sorted({name for preset in presets for name in preset.categories})
                ui.category = gr.Dropdown(["all", *categories], value="all", label="Category", elem_id="category")
                ui.holiday = gr.Dropdown(
                    [
                        ("all", ""),
                        *((name.capitalize(), name) for name in list_holidays(preset.tags for preset in presets)),
                    ],
                    value="",
                    label="Holiday",
                    elem_id="holiday",
                )
                ui.stance = gr.Dropdown(
                    ["as suits the product", "upright", "lying", "hanging"],
                    value="as suits the product",
                    label="The product",
                    elem_id="stance",
                )
            ui.gallery = build_picker("All scenes", "gallery", most=MAX_PROMPTS, long=True)
            ui.gallery.value = pick("All scenes", preset_cards(presets), (), most=MAX_PROMPTS, long=True)
        ui.prompts = gr.Textbox(
            label="Or in your own words, one scene a line",
            lines=2,
            placeholder="on a black marble table, soft light from the left",
            elem_id="prompts",
        )
        ui.reading = gr.HTML("", elem_id="reading", apply_default_css=False)


def _add_sizes(ui: Any) -> None:
    with gr.Group(elem_classes="ps-step"):
        _step(3, "Sizes")
        ui.sizes = build_picker("Sizes", "sizes", most=10, kind="sizes")
        ui.sizes.value = {**pick("Sizes", size_cards(), ["landscape"], most=10, kind="sizes"), "wide": True}
        with gr.Row():
            ui.social = gr.Button("All social sizes", size="sm", elem_id="social-sizes")
            ui.display = gr.Button("All display sizes", size="sm", elem_id="display-sizes")
            ui.own_size = gr.Textbox(
                label="A size of your own", placeholder="1920x1080", elem_id="own-size", min_width=160
            )
            ui.safe = gr.Checkbox(
                label="Safe margin: files are wider than their size, with scene at both sides that may be cropped",
                value=True,
                elem_id="safe",
            )
        ui.sizes_told = gr.HTML("", elem_id="sizes-told", apply_default_css=False)


def _add_light(ui: Any) -> None:
    ui.light_box = gr.Accordion("Light and placement", elem_classes="ps-step", elem_id="light-box")
    with ui.light_box, gr.Row(elem_classes="ps-row"):
        with gr.Column(min_width=220):
            ui.own_light = gr.Checkbox(label="Set the light myself", value=False, elem_id="own-light")
            ui.dial = build_dial("dial")
            gr.HTML(
                '<p class="ps-hint">Drag the light; nearer to the middle is higher. Arrow keys work, too.</p>',
                apply_default_css=False,
            )
        with gr.Column(min_width=240):
            ui.softness = gr.Slider(0, 1, 0.5, step=0.05, label="Softness of shadows", elem_id="softness")
            ui.intensity = gr.Slider(0, 1, 0.6, step=0.05, label="Depth of shadows")
            ui.brightness = gr.Slider(0.3, 1.5, 1, step=0.05, label="Brightness", elem_id="brightness")
            ui.color = gr.ColorPicker(label="Colour of the light", value="#ffffff")
            ui.on_product = gr.Slider(0, 1, 0, step=0.1, label="Light on the product (0: its own pixels, exactly)")
        with gr.Column(min_width=220):
            ui.own_place = gr.Checkbox(label="Place the product myself", value=False, elem_id="own-place")
            ui.frame = build_frame("frame")
            gr.HTML('<p class="ps-hint">Drag the product. Arrow keys work, too.</p>', apply_default_css=False)
            ui.scale = gr.Slider(0.3, 2, 1, step=0.05, label="Size of the product", elem_id="scale")
            ui.own_pitch = gr.Checkbox(label="Say how steeply the photo looks down", value=False, elem_id="own-pitch")
            ui.pitch = build_pitch("pitch")
            gr.HTML(
                '<p class="ps-hint">0 is from its side, 90 from above; from 45 on the product lies.</p>',
                apply_default_css=False,
            )


def _add_pictures(ui: Any, engines: Sequence[str]) -> None:
    with gr.Group(elem_classes="ps-step", elem_id="pictures"):
        _step(4, "Pictures")
        with gr.Row():
            ui.drafts = gr.Button("Show drafts", variant="secondary", elem_id="drafts")
            ui.finals = gr.Button("Make final pictures", variant="primary", elem_id="finals")
            ui.stop = gr.Button("Stop", variant="stop", elem_id="stop", interactive=False)
            ui.engine = build_engine_choice(engines, "engine")
            ui.seed = gr.Number(label="Seed", value=7, precision=0, min_width=90, elem_id="seed")
        ui.wrong = gr.HTML("", elem_id="wrong", apply_default_css=False)
        ui.progress = gr.HTML("", elem_id="progress", apply_default_css=False)
        ui.shots = build_shots("shots", "No pictures yet", "Drop a photo: drafts of six scenes appear here.")


def _add_detail(ui: Any) -> None:
    with gr.Group(elem_classes="ps-step", elem_id="detail", visible=False) as ui.detail:
        _step(5, "This picture", "Drag the line: your photo on the left, the picture on the right.")
        ui.slider = gr.ImageSlider(
            label="Before and after",
            type="numpy",
            format="webp",
            interactive=False,
            show_label=False,
            elem_id="slider",
            max_height=520,
            buttons=["fullscreen"],
        )
        with gr.Row(elem_classes="ps-row"):
            with gr.Column(min_width=260):
                ui.gate = gr.HTML("", elem_id="gate", apply_default_css=False)
            with gr.Column(min_width=260):
                ui.finish = gr.Button("Make the final of this one", variant="primary", elem_id="finish")
                ui.reroll = gr.Button("Again, with another seed", elem_id="reroll")
                ui.more = gr.Button("More like this", elem_id="more")
                with gr.Row():
                    ui.format = gr.Dropdown(list(_FORMATS), value="PNG", label="Format", min_width=90, elem_id="format")
                    ui.dpi = gr.Number(label="DPI", value=72, precision=0, min_width=90, elem_id="dpi")
                ui.links = gr.HTML("", elem_id="links", apply_default_css=False)
        with gr.Accordion("The code that makes it again", open=False):
            ui.python = gr.Code(label="Python", language="python", interactive=False)
            ui.command = gr.Code(label="Command line", language="shell", interactive=False)


def _add_sessions(ui: Any) -> None:
    with gr.Accordion("Earlier work on this machine", open=False, elem_classes="ps-step", elem_id="sessions-box"):
        ui.sessions = gr.Dropdown([], label="Sessions", elem_id="sessions", interactive=True)
        ui.reopen = gr.Button("Open it", size="sm", elem_id="reopen")


def _add_api(handlers: Handlers) -> None:
    handlers.connect()
    with gr.Row(visible=False):
        photo, scene = gr.File(label="photo"), gr.Textbox(label="scene")
        size, draft, made = gr.Textbox("landscape", label="size"), gr.Checkbox(label="draft"), gr.File(label="picture")
        gr.Button().click(
            handlers.make_picture,
            [photo, scene, size, draft],
            made,
            api_name="make_picture",
            api_description="Make one picture of a product: a photo, a preset's id or a scene in words, and a size.",
        )
