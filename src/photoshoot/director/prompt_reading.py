"""How a prompt is read, all of it at once, before a picture is made: what ``photoshoot prompts`` shows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from typing import Final, Literal

from photoshoot.director.account import Accounted
from photoshoot.director.direction import direct
from photoshoot.director.report import Direction
from photoshoot.director.wording import word_prompt
from photoshoot.director.words.vocabulary import load_vocabulary
from photoshoot.meaning import NO_MEANING, FoundPreset, SentenceEmbedder, find_embedder, search_presets
from photoshoot.presets import PresetRegistry
from photoshoot.prompt_text import tidy_prompt
from photoshoot.records.plain_data import Json
from photoshoot.sets import SetDesign, set_name

NEAREST: Final = 3
"""How many near presets are named."""


@dataclass(frozen=True, kw_only=True)
class NearPreset:
    """A preset that is near to a prompt."""

    id: str
    """The preset's id."""
    score: float
    """How well it fits; only the order and the distances within one reading mean something."""
    why: str
    """What it was found by."""
    preview: Path | None
    """Its picture; None where it has none."""


@dataclass(frozen=True, kw_only=True)
class PromptReading:
    """How a prompt is read."""

    text: str
    """The prompt as it was given."""
    understood: bool
    """Whether anything was; else the studio refuses it, or builds a plain backdrop where it is told to."""
    language: str
    """The language it was read as, in English: ``"English"`` where none other was told."""
    english: str
    """What the director read: translated and mended, as far as it knows the words."""
    mended: Mapping[str, str]
    """Misspelt words, as written → as read."""
    set: str
    """The set that is built, such as ``"tabletop"``."""
    design: SetDesign
    """The set with all its parameters."""
    words: Mapping[str, tuple[str, ...]]
    """The words that shape it by what they are: place, material, colour, props, season, light, tone, part."""
    product: str
    """What it calls the product itself, in the director's English, which asks for nothing; "" where no phrase does."""
    unread: tuple[str, ...]
    """Words that nothing in the picture comes from."""
    absent: tuple[str, ...]
    """What was asked for and the studio has none of: people, animals, lettering, vehicles, motion, film effects…"""
    account: tuple[Accounted, ...]
    """What became of each word of the prompt, in its order: shown, stood in for, not shown, absent, or no request."""
    confidence: float
    """0 to 1: the share of the meaningful words that shape the design."""
    reading: str
    """All of it in one line."""
    nearest_preset_id: str | None
    """The preset that was taken since no word named a set; else None."""
    nearest: tuple[NearPreset, ...]
    """The presets that are nearest to the whole prompt, best first."""
    note: str | None
    """What is missing to read more; None where nothing is."""

    @property
    def stand_ins(self) -> tuple[tuple[str, str], ...]:
        """(Words as they were written, what is shown instead of them), in their order."""
        runs = groupby(self.account, key=lambda told: told.shown_as)
        return tuple((" ".join(told.written for told in run), instead) for instead, run in runs if instead is not None)

    def to_json(self) -> dict[str, Json]:
        """The same as plain data."""
        design = {"name": self.set, **asdict(self.design)}
        nearest = [{**asdict(near), "preview": near.preview and str(near.preview)} for near in self.nearest]
        told: dict[str, Json] = json.loads(json.dumps({**asdict(self), "design": design, "nearest": nearest}))
        return told


def read_prompt(
    text: str,
    registry: PresetRegistry | None = None,
    *,
    nearest: int = NEAREST,
    embedder: SentenceEmbedder | Literal["installed"] | None = "installed",
) -> PromptReading:
    """Read a prompt as the studio would, without making a picture.

    Args:
        text: A scene in plain words, of any language.
        registry: The presets it may be near to. None: those of the catalogue.
        nearest: How many near presets to name.
        embedder: Compares by meaning; by default that of the extra ``prompts``, where it is installed.

    Raises:
        PromptError: The text is over 2000 characters, or has lone surrogates.
    """
    tidy_prompt(text)
    registry = registry or PresetRegistry.load()
    embedder = find_embedder() if embedder == "installed" else embedder
    direction = direct(text, registry, embedder)
    asked = any(map(str.isalnum, text)) or not text.isascii()
    ranked = (
        search_presets(registry, text, english=direction.wording.text, embedder=embedder, least=0.0) if asked else []
    )
    found = ranked[:nearest]
    near = tuple(
        NearPreset(id=item.preset.id, score=item.score, why=item.why, preview=item.preset.preview_path)
        for item in found
    )
    return _read(text, direction, near, None if embedder is not None else NO_MEANING)


def find_presets(
    text: str,
    registry: PresetRegistry | None = None,
    *,
    category: str | None = None,
    tag: str | None = None,
    embedder: SentenceEmbedder | Literal["installed"] | None = "installed",
) -> list[FoundPreset]:
    """Presets that fit what is wanted, in any language, best first, each with why it was found.

    Args:
        text: What is wanted; blank: every preset.
        registry: Where they are looked for. None: in the catalogue.
        category: Only those of this category.
        tag: Only those with this tag.
        embedder: Compares by meaning; by default that of the extra ``prompts``, where it is installed. Without one,
            words are compared, those of other languages by their English as far as the director knows it.

    Raises:
        UnknownNameError: No preset has the category, or none the tag.
    """
    return search_presets(
        registry or PresetRegistry.load(),
        text,
        english=word_prompt(text, load_vocabulary()).text,
        embedder=find_embedder() if embedder == "installed" else embedder,
        category=category,
        tag=tag,
    )


def _read(text: str, direction: Direction, near: tuple[NearPreset, ...], note: str | None) -> PromptReading:
    translation = direction.wording.translation
    return PromptReading(
        text=text,
        understood=direction.understood,
        language="English" if translation is None else translation.language,
        english=" ".join(direction.wording.text.split()),
        mended=dict(direction.wording.mended),
        set=set_name(direction.design),
        design=direction.design,
        words=direction.words,
        product=direction.product,
        unread=direction.unread,
        absent=direction.absent,
        account=direction.account,
        confidence=direction.confidence,
        reading=direction.reading,
        nearest_preset_id=direction.nearest_preset_id,
        nearest=near,
        note=note,
    )
