"""Controls that Gradio has not: pickers by picture, a dial for light, a frame to move the product in.

Each is a ``gr.HTML`` whose value is plain data; its script changes the value and tells Gradio. All of them work by
keyboard, and say what they are to screen readers.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources
from typing import Any

import gradio as gr

from photoshoot.ui.cards import ONE_THING

_UNTOLD_DEG = 10  # as steep as most product photos
_PITCH = "Degrees from above"


def build_picker(label: str, elem_id: str, *, most: int, kind: str = "", long: bool = False) -> gr.HTML:
    """Things chosen by their pictures, up to ``most``; ``long`` gives it a scroll bar of its own."""
    return _build("picker", pick(label, (), (), most=most, kind=kind, long=long), elem_id)


def pick(
    label: str, items: Sequence[dict[str, Any]], chosen: Sequence[str], *, most: int, kind: str = "", long: bool = False
) -> dict[str, Any]:
    """A picker's value: ``items`` have an id, a name, a picture's address (``src``) or a shape, and small print."""
    empty = "No scene is like that." if long else "They appear as soon as a photo is in."
    shown = {"label": label, "items": list(items), "chosen": list(chosen), "empty": empty}
    return {**shown, "most": most, "kind": kind, "long": long}


def build_things(elem_id: str) -> gr.HTML:
    """Things in the photo, each in a frame of its own: one or several are the product."""
    return _build("things", dict(ONE_THING), elem_id, script="picker")


def build_shots(elem_id: str, empty: str, hint: str) -> gr.HTML:
    """Pictures that come one by one, of which one is looked at."""
    return _build("shots", {"items": [], "chosen": "", "empty": empty, "hint": hint}, elem_id)


def build_dial(elem_id: str) -> gr.HTML:
    """Where light comes from: seen from above, the camera below; nearer to the middle is higher."""
    return _build("dial", {"azimuth": -45, "elevation": 45}, elem_id)


def build_frame(elem_id: str) -> gr.HTML:
    """Where the product stands in the picture: its middle and its base, as shares of width and height."""
    return _build("frame", {"x": 0.5, "base": 0.85}, elem_id)


def build_pitch(elem_id: str) -> gr.Slider:
    """How steeply the photo looks down on the product."""
    return gr.Slider(0, 90, _UNTOLD_DEG, step=1, label=_PITCH, elem_id=elem_id)


def show_pitch(told_deg: float | None) -> dict[str, Any]:
    """What changes of that slider where a photo tells so much; None: it does not tell."""
    value, says = (_UNTOLD_DEG, "") if told_deg is None else (round(told_deg), f"; the photo says {told_deg:.0f}")
    return dict(gr.update(value=value, label=f"{_PITCH}{says}"))


def build_engine_choice(engines: Sequence[str], elem_id: str) -> gr.Dropdown:
    """Which engine makes the pictures; not shown where there is one only."""
    return gr.Dropdown(
        engines, value=engines[0], label="Engine", min_width=120, elem_id=elem_id, visible=len(engines) > 1
    )


def _build(name: str, value: dict[str, Any], elem_id: str, script: str = "") -> gr.HTML:
    template, run = read_template(f"{name}.html"), read_template(f"{script or name}.js")
    return gr.HTML(value=value, html_template=template, js_on_load=run, apply_default_css=False, elem_id=elem_id)


def read_template(name: str) -> str:
    """A file of the page's own HTML or JavaScript."""
    return resources.files("photoshoot.ui").joinpath("templates", name).read_text(encoding="utf-8")
