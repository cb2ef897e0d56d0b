"""The tab for many products: photos, scenes and sizes in, a table with each one's state, and an archive out."""

from __future__ import annotations

import html
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from photoshoot.framing.layout import RenderKind
from photoshoot.prompts import MAX_PROMPTS, Prompt
from photoshoot.request import Request
from photoshoot.ui.batches import Batch, BatchRoom
from photoshoot.ui.cards import show_note
from photoshoot.ui.widgets import build_engine_choice
from photoshoot.ui.wording import explain
from photoshoot.ui.workroom import Workroom

_POLL_S = 0.3


def add_batch(workroom: Workroom, room: BatchRoom) -> None:
    """Lay the tab out.

    Args:
        workroom: Whose presets and engines may be chosen.
        room: Makes the batches.
    """
    presets = [(preset.preview_name, preset.id) for preset in workroom.presets.search()]
    sizes = [name.lower() for name in RenderKind.__members__ if name != "UNSET"]
    with gr.Group(elem_classes="ps-step"):
        gr.HTML(
            "<h2>Many products</h2><p class='ps-hint'>Drop photos, choose what each of them gets, and start. A batch "
            "that was stopped goes on under the same name; what is finished is not made again.</p>",
            apply_default_css=False,
        )
        with gr.Row(elem_classes="ps-row"):
            photos = gr.File(label="Photos", file_count="multiple", elem_id="batch-photos", height=170)
            with gr.Column():
                name = gr.Textbox("My catalogue", label="Name of the batch", elem_id="batch-name")
                scenes = gr.Dropdown(
                    presets, multiselect=True, max_choices=MAX_PROMPTS, elem_id="batch-scenes",
                    label="Scenes (none: those that suit each product)",
                )  # fmt: skip
                kinds = gr.Dropdown(sizes, value=["landscape"], multiselect=True, label="Sizes", elem_id="batch-sizes")
                draft = gr.Checkbox(label="Drafts only", elem_id="batch-draft")
                engine = build_engine_choice(workroom.engines.names, "batch-engine")
        with gr.Row():
            start = gr.Button("Start", variant="primary", elem_id="batch-start")
            stop = gr.Button("Stop", variant="stop", elem_id="batch-stop")
        told = gr.HTML("", elem_id="batch-told", apply_default_css=False)
        table = gr.HTML("", elem_id="batch-table", apply_default_css=False)

    def run(
        name: str, photos: list[str] | None, scenes: list[str], sizes: list[str], draft: bool, engine: str
    ) -> Iterator[Any]:
        try:
            request = Request(prompts=tuple(map(Prompt.preset, scenes or ())), render_kind=sizes, draft=draft, seed=7)
            batch = room.start(name, [Path(photo) for photo in photos or ()], request, engine)
        except Exception as error:
            yield show_note(explain(error), bad=True), ""
            return
        while not batch.ended.wait(_POLL_S):
            yield show_note(_count(batch)), _show_rows(batch)
        link = f'<p class="ps-links"><a download href="batch/{batch.name}.zip">Download all as a zip</a></p>'
        yield show_note(batch.told) + link, _show_rows(batch)

    asked = [name, photos, scenes, kinds, draft, engine]
    start.click(run, asked, [told, table], show_progress="hidden", api_visibility="private")
    stop.click(room.stop, None, None, show_progress="hidden", api_visibility="private", concurrency_limit=None)


def _count(batch: Batch) -> str:
    done = sum(state != "waiting" for state in batch.rows.values())
    return f"{done} of {len(batch.rows)} products"


def _show_rows(batch: Batch) -> str:
    rows = ""
    for name, state in batch.rows.items():
        kind = "bad" if state.startswith("left") else ""
        rows += f'<tr><td>{html.escape(name)}</td><td class="{kind}">{html.escape(state)}</td></tr>'
    return f'<table class="ps-table"><thead><tr><th>Photo</th><th>State</th></tr></thead><tbody>{rows}</tbody></table>'
