"""Reads a scene in plain words as a set design.

The words are data (``presets/director.json``): each known phrase speaks for sets, fixes parameters and light, or names
a colour. The set with the most votes is built; a prompt that names no set becomes the preset whose words are nearest.
"""

import dataclasses
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from photoshoot.director.designing import SetRules, build_design, has_part, has_place, merge_light
from photoshoot.director.mentions import Mention, Paint, Rank, Reading, find_paints, find_tones, read_mentions
from photoshoot.director.vocabulary import Vocabulary, load_vocabulary, split_tokens
from photoshoot.presets import Preset, PresetRegistry
from photoshoot.sets import SETS, SetDesign, set_name
from photoshoot.settings import Stance

_COLORS_VOTE = {"cyclorama": 0.3}  # a colour and nothing else is a coloured backdrop
_LEAST_VOTE = 0.3  # under it, no set was named


@dataclass(frozen=True, kw_only=True)
class Direction:
    """How a prompt was read."""

    design: SetDesign
    """What the studio builds."""
    reading: str
    """One line for people: what was understood, what stands in for what can't be built, and what was not read."""
    confidence: float
    """0 to 1: the share of the meaningful words that shape the design; halved where no word named a set."""
    unread: tuple[str, ...]
    """Words that were not understood, or that this set can't show."""
    nearest_preset_id: str | None
    """The preset that was taken since no word named a set; else None."""
    negative_text: str
    """What must not be in the picture; for diffusion engines."""


def direct(text: str, registry: PresetRegistry) -> Direction:
    """Read a prompt as a design. Any text gives one; ``confidence`` and ``reading`` say how much of it was understood.

    Args:
        text: A scene in plain English.
        registry: Presets to fall back on.
    """
    vocabulary = load_vocabulary()
    reading = read_mentions(text, vocabulary)
    paints = find_paints(reading, vocabulary)
    name = _choose_set(reading.mentions, paints)
    if name is None:
        return _take_nearest(reading, registry, vocabulary)
    tones = find_tones(reading, vocabulary)
    rules = SetRules.of(SETS[name])
    design = build_design(name, reading.mentions, paints, tones, rules)
    used = [mention for mention in reading.mentions if _shapes(mention, name, paints, rules)]
    share = _share_read(reading, used)
    return _direction(design, name.replace("_", " "), reading, used, share, vocabulary)


def _choose_set(mentions: Sequence[Mention], paints: Sequence[Paint]) -> str | None:
    votes: Counter[str] = Counter(_COLORS_VOTE if any(paint.rank is Rank.NAMED for paint in paints) else {})
    # A term counts once, however often its words are repeated.
    for term in {id(mention.term): mention.term for mention in mentions if not mention.negated}.values():
        votes.update(term.votes)
    best = max(SETS, key=lambda name: votes[name])
    return best if votes[best] >= _LEAST_VOTE else None


def _shapes(mention: Mention, name: str, paints: Sequence[Paint], rules: SetRules) -> bool:
    """Whether a phrase has an effect in this set; tones and names of parts always do."""
    term = mention.term
    if mention.negated:
        return name in term.negated_params or bool(term.negated_light)
    if name in term.votes or name in term.params or term.light or term.tone:
        return True
    if term.color is not None:
        return any(paint.start == mention.start and has_place(paint, rules) for paint in paints)
    named = {paint.role for paint in paints if paint.rank is Rank.NAMED and has_part(paint, rules)}
    return term.role is not None and (not term.params or term.role in named)


def _take_nearest(reading: Reading, registry: PresetRegistry, vocabulary: Vocabulary) -> Direction:
    lights = [mention for mention in reading.mentions if mention.term.light or mention.term.negated_light]
    spoken = {i for mention in lights for i in range(mention.start, mention.end)}
    stems = (stem for i, stem in enumerate(reading.stems) if i not in spoken)
    preset, shared = _nearest_preset(_content(stems, vocabulary), registry, vocabulary)
    chosen = preset.design if preset else vocabulary.fallback
    title = f"preset {preset.id} (nearest by words)" if preset else "plain backdrop (no scene was recognised)"
    design = dataclasses.replace(chosen, light=dataclasses.replace(chosen.light, **merge_light(reading.mentions)))
    direction = _direction(design, title, reading, lights, (_share_read(reading, lights) + shared) / 2, vocabulary)
    return dataclasses.replace(direction, nearest_preset_id=preset.id if preset else None)


def _nearest_preset(
    words: frozenset[str], registry: PresetRegistry, vocabulary: Vocabulary
) -> tuple[Preset | None, float]:
    """The preset that shares most words (rare ones weigh more), and the share of the words' weight that it has."""
    # Lying products are seen from above: words must ask for that, it is not guessed.
    standing = [preset for preset in registry if preset.design.only_stance is not Stance.LYING]
    texts = {preset.id: _content(_preset_stems(preset), vocabulary) for preset in standing}
    counts = Counter(word for own in texts.values() for word in own)
    weight = {word: math.log(1 + len(texts) / (1 + counts[word])) for word in words}
    scores = {name: sum(weight[word] for word in words & own) for name, own in texts.items()}
    best = max(scores, key=lambda name: scores[name], default=None)
    if best is None or not scores[best]:
        return None, 0.0
    return registry.get(best), scores[best] / sum(weight.values())


def _preset_stems(preset: Preset) -> Iterator[str]:
    texts = (preset.preview_name, preset.prompt_text, preset.scene_text, *preset.tags, *preset.categories)
    return (stem for text in texts for stem in _stems(text))


@lru_cache(maxsize=4096)  # the same presets are compared with every prompt
def _stems(text: str) -> tuple[str, ...]:
    return tuple(stem for _, stem in split_tokens(text))


def _content(stems: Iterable[str], vocabulary: Vocabulary) -> frozenset[str]:
    silent = vocabulary.ignored | vocabulary.boundaries | vocabulary.negations
    return frozenset(stem for stem in stems if stem[0].isalnum() and stem not in silent)


def _share_read(reading: Reading, used: Sequence[Mention]) -> float:
    read = sum(mention.end - mention.start for mention in used)
    total = len(reading.unread) + sum(mention.end - mention.start for mention in reading.mentions)
    return read / total if total else 0.0


def _direction(
    design: SetDesign, title: str, reading: Reading, used: Sequence[Mention], share: float, vocabulary: Vocabulary
) -> Direction:
    unused = {i for m in reading.mentions if m not in used for i in range(m.start, m.end)}
    unread = tuple(_phrases(reading, sorted(unused.union(reading.unread))))
    parts = [", ".join((title, *_used_phrases(reading, used)))]
    stand_ins = [mention for mention in used if _is_stand_in(mention, set_name(design))]
    parts += [f"{_words(reading, mention)} shown as {mention.term.stand_in}" for mention in stand_ins]
    parts += [f"not read: {', '.join(unread)}"] if unread else []
    return Direction(
        design=design,
        reading="read as: " + "; ".join(parts),
        confidence=share,
        unread=unread,
        nearest_preset_id=None,
        negative_text=vocabulary.negative_text,
    )


def _is_stand_in(mention: Mention, name: str) -> bool:
    """Whether this set shows something else for a phrase: the set that the phrase speaks for most does."""
    votes = mention.term.votes
    return (
        mention.term.stand_in is not None
        and not mention.negated
        and votes.get(name) == max(votes.values(), default=None)
    )


def _words(reading: Reading, mention: Mention) -> str:
    words = " ".join(reading.words[mention.start : mention.end]).lower()
    return f"no {words}" if mention.negated else words


def _used_phrases(reading: Reading, used: Sequence[Mention]) -> list[str]:
    """Phrases that were understood; those that touch are one."""
    phrases: list[str] = []
    for before, mention in zip((None, *used), used, strict=False):
        words = _words(reading, mention)
        if before is not None and before.end == mention.start and not mention.negated:
            phrases[-1] += f" {words}"
        else:
            phrases.append(words)
    return phrases


def _phrases(reading: Reading, indexes: Sequence[int]) -> Iterator[str]:
    """Words at these places; neighbours are one phrase."""
    run: list[int] = []
    for index in indexes:
        if run and index != run[-1] + 1:
            yield " ".join(reading.words[i] for i in run)
            run = []
        run.append(index)
    if run:
        yield " ".join(reading.words[i] for i in run)
