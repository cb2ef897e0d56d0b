"""The preset that is nearest to a prompt which names no set: by meaning with an embedder, else by words."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from photoshoot.director.languages.wordlike import is_wordlike
from photoshoot.director.phrases.negation import find_negations
from photoshoot.director.report import Read
from photoshoot.director.words.tokens import split_tokens
from photoshoot.director.words.vocabulary import Vocabulary, load_vocabulary
from photoshoot.meaning import SentenceEmbedder, rank_presets
from photoshoot.presets import Preset, PresetRegistry
from photoshoot.settings import Stance

LEAST_LIKENESS: Final = 0.2
"""Likeness to the nearest preset, of ``rank_presets``, under which a prompt has nothing to do with any.
``tests/director/test_prompts.py`` holds what it was tuned on, and what it gives on prompts that it was not."""

_OF_LIGHT: Final = frozenset({"light", "lighting", "lit", "glow", "shadow"})
"""What every preset's text speaks of: a prompt that shares no other word with one is not near it."""


def find_nearest(
    read: Read, registry: PresetRegistry, embedder: SentenceEmbedder | None
) -> tuple[Preset | None, float, str]:
    """(the preset, or None where none is near; how near it is, 0 to 1; by what: "meaning" or "words")."""
    # Lying products are seen from above, and some float: words must ask for that, it is not guessed.
    standing = [p for p in registry if p.design.only_stance is not Stance.LYING and not p.design.afloat]
    if embedder is None:
        return (*_nearest_by_words(read, standing), "words")
    if not _has_words(read):
        return None, 0.0, "meaning"
    ranked = rank_presets(_asked(read), standing, embedder)
    if not ranked or ranked[0][1] < LEAST_LIKENESS:
        return None, 0.0, "meaning"
    return (*ranked[0], "meaning")


def _asked(read: Read) -> tuple[str, ...]:
    """A prompt as written and in English; where it says "no" to something, in English alone and without that."""
    reading = read.reading
    denied = {i for m in reading.mentions if m.negated for i in range(m.start, m.end)}
    if not denied:
        return read.text, read.wording.text
    denied |= {i for at, size in find_negations(reading.stems, load_vocabulary()).items() for i in range(at, at + size)}
    return (" ".join(word for i, word in enumerate(reading.words) if i not in denied),)


def _has_words(read: Read) -> bool:
    """Whether the prompt is more than keys that were struck at random: embeddings find a neighbour of those, too."""
    unread = (read.reading.words[index] for index in read.reading.unread)
    return bool(read.reading.mentions) or any(map(is_wordlike, unread)) or not read.text.isascii()


def _nearest_by_words(read: Read, presets: Iterable[Preset]) -> tuple[Preset | None, float]:
    """The preset that shares most words (rare ones weigh more), and the share of the words' weight that it has."""
    vocabulary, reading = load_vocabulary(), read.reading
    lights = [mention for mention in reading.mentions if mention.term.light or mention.term.negated_light]
    spoken = {i for mention in lights for i in range(mention.start, mention.end)}
    words = _content((stem for i, stem in enumerate(reading.stems) if i not in spoken), vocabulary)
    by_id = {preset.id: preset for preset in presets}
    texts = {name: _preset_content(_preset_texts(preset), vocabulary) for name, preset in by_id.items()}
    counts = {word: sum(word in own for own in texts.values()) for word in words}
    weight = {word: math.log(1 + len(texts) / (1 + counts[word])) for word in words}
    scores = {name: sum(weight[word] for word in words & own) for name, own in texts.items()}
    best = max(scores, key=scores.__getitem__, default=None)
    if best is None or not scores[best]:
        return None, 0.0
    return by_id[best], scores[best] / sum(weight.values())


def _preset_texts(preset: Preset) -> tuple[str, ...]:
    return (preset.preview_name, preset.prompt_text, preset.scene_text, *preset.tags, *preset.categories)


@lru_cache(maxsize=4096)  # the same presets are compared with every prompt
def _preset_content(texts: tuple[str, ...], vocabulary: Vocabulary) -> frozenset[str]:
    return _content((stem for text in texts for _, stem in split_tokens(text)), vocabulary)


def _content(stems: Iterable[str], vocabulary: Vocabulary) -> frozenset[str]:
    silent = _silent(vocabulary)
    return frozenset(stem for stem in stems if stem[0].isalnum() and stem not in silent)


@lru_cache(maxsize=1)
def _silent(vocabulary: Vocabulary) -> frozenset[str]:
    """Words that tell no preset from another."""
    return vocabulary.ignored | vocabulary.boundaries | vocabulary.negations | _OF_LIGHT
