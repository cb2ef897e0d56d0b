"""Presets found by what is asked for: by meaning, in any language, with the extra ``prompts``; and by words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from photoshoot.meaning.embedder import SentenceEmbedder
from photoshoot.meaning.preset_rows import rank_presets
from photoshoot.presets import Preset, PresetRegistry, split_words

_LEAST_LETTERS = 3  # a shorter word says nothing
_WORDS_WEIGH = 0.15  # what sharing every word adds to a likeness
LEAST_LIKENESS: Final = 0.12
"""Likeness under which a preset has nothing to do with a text."""
NO_MEANING: Final = (
    "the extra 'prompts' is not installed: presets are compared by their words alone, and of prompts in other "
    "languages only the director's own words are read"
)
"""What is told where there is no embedder."""
_BELOW_BEST = 0.5  # share of the best score under which a preset is not worth showing


@dataclass(frozen=True, kw_only=True)
class FoundPreset:
    """A preset that was searched for, and why it was found."""

    preset: Preset
    """The preset itself."""
    score: float
    """How well it fits; only the order and the distances within one search mean something."""
    likeness: float | None
    """By meaning, -1 to 1. None: the extra ``prompts`` is not installed, so that words alone were compared."""
    words: tuple[str, ...]
    """The words of the text that stand in its name, tags or texts."""

    @property
    def why(self) -> str:
        """One line for people."""
        parts = [] if self.likeness is None else [f"meaning {self.likeness:.2f}"]
        return "; ".join([*parts, *([f"words: {', '.join(self.words)}"] if self.words else [])])


def search_presets(
    registry: PresetRegistry,
    text: str,
    *,
    embedder: SentenceEmbedder | None,
    english: str | None = None,
    category: str | None = None,
    tag: str | None = None,
    least: float = LEAST_LIKENESS,
) -> list[FoundPreset]:
    """Presets that fit a text, best first, with the reasons.

    Args:
        registry: Where they are looked for.
        text: What is wanted, in any language where there is an embedder; blank: every preset.
        english: The text in English, where it is in another language and that is known.
        embedder: Compares by meaning. None: words alone are compared, as ``PresetRegistry.search`` does.
        category: Only those of this category.
        tag: Only those with this tag.
        least: Likeness by meaning under which a preset is left out; 0 with the rest: all are given.

    Raises:
        UnknownNameError: No preset has the category, or none the tag.
    """
    plain = english or text
    wanted = list(dict.fromkeys(word for word in split_words(plain) if len(word) >= _LEAST_LETTERS))
    by_words = registry.search(plain, category=category, tag=tag)
    if embedder is None or not wanted:
        return [FoundPreset(preset=p, score=1.0, likeness=None, words=_shared(p, wanted)) for p in by_words]
    kept = registry.search(category=category, tag=tag)
    found = []
    for preset, likeness in rank_presets((text, plain), kept, embedder):
        words = _shared(preset, wanted)
        score = likeness + _WORDS_WEIGH * len(words) / len(wanted)
        found.append(FoundPreset(preset=preset, score=score, likeness=likeness, words=words))
    found.sort(key=lambda item: item.score, reverse=True)
    bound = max(least, _BELOW_BEST * found[0].score) if found and least else -1.0
    return [item for item in found if item.score >= bound]


def _shared(preset: Preset, wanted: list[str]) -> tuple[str, ...]:
    has = split_words(" ".join((preset.id, preset.preview_name, preset.prompt_text, *preset.tags, *preset.categories)))
    return tuple(word for word in wanted if any(own.startswith(word) for own in has))
