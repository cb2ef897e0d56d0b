"""What the page says, in plain words: errors, and what the gate measured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from photoshoot.catalogue import Failed
from photoshoot.errors import (
    CancelledError,
    FileTooLargeError,
    InputError,
    NoProductFoundError,
    PhotoError,
    PhotoshootError,
    ProductDoesNotFitError,
    PromptNotUnderstoodError,
    SettingsError,
)
from photoshoot.records import Shot
from photoshoot.records.reports import QualityReport

_ERRORS: Final[tuple[tuple[type[PhotoshootError], str], ...]] = (
    (FileTooLargeError, "This file is too large: a photo may have up to 22 MB. Save it smaller, or as a JPEG."),
    (NoProductFoundError, "No product was found in this photo. Take one that shows a single thing, sharp and whole."),
    (PhotoError, "This file can't be read as a photo. JPEG, PNG, WebP, HEIC, AVIF, TIFF and BMP are read."),
    (
        PromptNotUnderstoodError,
        "Nothing of this scene was understood. Name a place, a material, colours or the light: "
        "“on a black marble table, soft light”.",
    ),
    (ProductDoesNotFitError, "The product does not fit this size as it is placed. Make it smaller, or move it."),
    (CancelledError, "Stopped. What was finished is kept."),
)
_MINUTES_FROM_S: Final = 120
_NOTES: Final = {"glass=False keeps it opaque": "untick “Clear glass” if it is not"}
"""What notes say to who writes code → what the page says."""
_CHECKS: Final[Mapping[str, tuple[str, str]]] = {
    "changed_share": (
        "Your product is untouched: every pixel is the photo's.",
        "Some of the product's pixels changed.",
    ),
    "fidelity_relit": (
        "The light on the product draws nothing new.",
        "The light on the product is stronger than planned.",
    ),
    "outside_safe_area": ("The product is inside the safe area.", "Part of the product lies outside the safe area."),
    "expansion": ("The product did not grow.", "Something beside the product looks like part of it."),
    "tonal_range": ("The scene has light and dark.", "The scene is nearly one tone."),
    "clipped_share": ("Highlights and shadows keep their detail.", "Large parts are pure white or black."),
    "noise": ("No grain.", "The scene is grainy."),
    "banded_share": ("Gradients are smooth.", "Gradients show steps."),
    "halo": ("No fringe round the product.", "A fringe may show round the product."),
    "seam": ("The edge sits well in the scene.", "The product's edge stands out from the scene."),
    "contact": ("The product stands on its ground.", "The shadow under the product is faint."),
    "palette_distance": ("The scene's colours are those of its preset.", "The colours differ from the preset's."),
    "contrast": ("The product stands out.", "The product hardly stands out from what is behind it."),
}
"""Check → what is said where it holds, and where it does not."""


def explain(error: BaseException) -> str:
    """What went wrong and what to do, without paths or names of classes."""
    for kind, told in _ERRORS:
        if isinstance(error, kind):
            return told
    if isinstance(error, SettingsError) and error.value is not None:
        name = "DPI" if error.name == "dpi" else error.name.replace("_", " ").capitalize()
        return f"{name} {error.value} can't be used: give {error.allowed}."
    if isinstance(error, InputError):
        return str(error)[:1].upper() + str(error)[1:]
    return "Something went wrong on this machine, and it is not your photo. The program's own window says more."


def explain_failure(failed: Failed) -> str:
    """What went wrong with one product of a batch."""
    return next((told for kind, told in _ERRORS if kind.__name__ == failed.error), failed.message)


def tell_note(note: str) -> str:
    """A cut-out's note for people who write no code."""
    for code, words in _NOTES.items():
        note = note.replace(code, words)
    return f"{note[:1].upper()}{note[1:]}."


def tell_duration(seconds: float) -> str:
    """So many seconds, as people say them."""
    return f"{max(1, round(seconds))} s" if seconds < _MINUTES_FROM_S else f"{round(seconds / 60)} min"


def tell_expected(between_s: tuple[float, float] | None) -> str:
    """How long pictures will take, before the first of them is there."""
    if between_s is None:
        return "how long is known after the first one"
    low, high = map(tell_duration, between_s)
    return f"about {high} in all" if low == high else f"about {low} to {high} in all"


def tell_gate(report: QualityReport | None) -> tuple[str, ...]:
    """What the gate measured, what is bad first."""
    if report is None:
        return ()
    measured = [check for check in report.checks if check.name in _CHECKS and check.value is not None]
    return tuple(
        f"{'✓' if check.passed else '⚠'} {_CHECKS[check.name][0 if check.passed else 1]}"
        for check in sorted(measured, key=lambda check: check.passed)
    )


def name_scene(shot: Shot) -> str:
    """What people call a shot's scene."""
    return (
        (shot.scene.preset_id or shot.scene.native_text or shot.scene.text).replace("_", " ").strip(" ,").capitalize()
    )
