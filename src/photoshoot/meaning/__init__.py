"""Texts compared by what they mean, in any language.

In go texts; out come rows of numbers whose products say how near they are. ``embedder`` makes them with the model that
the extra ``prompts`` brings, ``preset_rows`` holds those of the presets, and ``search`` ranks presets by them and by
their words. Without the extra nothing here is built, and who asks is told.
"""

from photoshoot.meaning.embedder import SentenceEmbedder, find_embedder, has_embedder
from photoshoot.meaning.preset_rows import rank_presets
from photoshoot.meaning.search import NO_MEANING, FoundPreset, search_presets

__all__ = [
    "NO_MEANING",
    "FoundPreset",
    "SentenceEmbedder",
    "find_embedder",
    "has_embedder",
    "rank_presets",
    "search_presets",
]
