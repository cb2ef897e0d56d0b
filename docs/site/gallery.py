"""The gallery of presets: every preset with its picture, what it is found by, and what is typed to use it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from html import escape

from photoshoot.files import find_data
from photoshoot.presets import Preset, PresetRegistry
from photoshoot.recommenders.affinities import load_affinities
from photoshoot.settings import Stance

_HOLIDAY = "holiday"
_SHOWN = {Stance.UPRIGHT: "standing", Stance.LYING: "lying, seen from above", Stance.HANGING: "hanging before a wall"}


def build_gallery(registry: PresetRegistry) -> str:
    """The gallery as HTML; ``assets/gallery.js`` filters it and opens a preset. Without scripts it is a list."""
    presets = list(registry)
    holidays = sorted({name for preset in presets for name in find_holidays(preset)})
    stances = [stance for stance in Stance if any(find_stance(preset) is stance for preset in presets)]
    return "\n".join(
        (
            '<div class="gallery" id="preset-gallery">',
            '<form class="gallery-bar" role="search" onsubmit="return false">',
            '<input type="search" name="words" placeholder="Search: marble, neon, beach…" aria-label="Search presets">',
            _select("category", "Every category", ((name, name) for name in registry.groups())),
            _select("holiday", "Every time of the year", ((name, name.capitalize()) for name in holidays)),
            _select("stance", "Every stance", ((stance.value, _SHOWN[stance].capitalize()) for stance in stances)),
            f'<output aria-live="polite">{len(presets)} presets</output>',
            "</form>",
            '<ul class="gallery-grid">',
            *map(_card, presets),
            "</ul>",
            '<p class="gallery-none" hidden>No preset has all of that. '
            '<button type="button" class="md-button">Show all</button></p>',
            _DIALOG,
            "</div>",
        )
    )


def find_holidays(preset: Preset) -> list[str]:
    """The holidays and days of sale that a preset is for: its tags that have a time, and are no season of the year."""
    if _HOLIDAY not in preset.tags:
        return []
    dated = _find_seasons() - {"spring", "summer", "autumn", "winter"}
    return [tag for tag in preset.tags if tag in dated]


@cache
def _find_seasons() -> frozenset[str]:
    return frozenset(load_affinities(find_data("presets") / "affinity.json").seasons)


def find_stance(preset: Preset) -> Stance:
    """How it holds a product where nothing else is asked for."""
    return preset.design.only_stance or Stance.UPRIGHT


def _select(name: str, first: str, choices: Iterable[tuple[str, str]]) -> str:
    options = "".join(f'<option value="{escape(value)}">{escape(text)}</option>' for value, text in choices)
    return f'<select name="{name}" aria-label="{first}"><option value="">{first}</option>{options}</select>'


def _card(preset: Preset) -> str:
    words = " ".join((preset.id, preset.preview_name, *preset.tags, *preset.categories, preset.scene_text)).lower()
    facts = {
        "id": preset.id,
        "categories": "|".join(preset.categories),
        "holidays": "|".join(find_holidays(preset)),
        "stance": find_stance(preset).value,
        "prompt": preset.prompt_text.lstrip(", "),
        "scene": preset.scene_text,
        "tags": ", ".join(preset.tags),
        "words": words,
    }
    data = " ".join(f'data-{name}="{escape(value)}"' for name, value in facts.items())
    picture = f'<img src="presets/previews/{preset.id}.webp" width="800" height="600" loading="lazy" alt="">'
    return f'<li {data}><button type="button">{picture}<span>{escape(preset.preview_name)}</span></button></li>'


_DIALOG = """<dialog class="gallery-dialog" aria-labelledby="gallery-name">
<form method="dialog"><button class="gallery-close" aria-label="Close" autofocus>×</button></form>
<div class="gallery-picture"><img width="800" height="600" alt="">
<button type="button" data-plate>Without the product</button></div>
<div class="gallery-text">
<h2 id="gallery-name"></h2>
<p data-scene></p>
<p class="gallery-tags" data-tags></p>
<h3>Command line</h3>
<p class="gallery-code"><code data-command></code><button type="button" data-copy>Copy</button></p>
<h3>Python</h3>
<p class="gallery-code"><code data-python></code><button type="button" data-copy>Copy</button></p>
</div></dialog>"""
