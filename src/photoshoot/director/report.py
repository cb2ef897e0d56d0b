"""What is said of how a prompt was read: one line for people, and the same in parts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Final

from photoshoot.color.styling import Tone
from photoshoot.director.account import Accounted, take_account
from photoshoot.director.design.as_they_are import met_states
from photoshoot.director.design.brought_along import met_company
from photoshoot.director.design.counting import met_numbers
from photoshoot.director.design.standing_in import stand_in
from photoshoot.director.design.things_beside import asked_things
from photoshoot.director.phrases.noun_phrases import NounPhrase
from photoshoot.director.phrases.own_product import find_own_product
from photoshoot.director.phrases.paints import Paint
from photoshoot.director.phrases.reading import Mention, Reading
from photoshoot.director.weighing import weigh_mentions
from photoshoot.director.wording import Wording
from photoshoot.director.words.vocabulary import load_vocabulary
from photoshoot.sets import SetDesign

_DESCRIBED: Final = frozenset(
    {"and", "aesthetic", "atmosphere", "feel", "feeling", "look", "mood", "palette", "scene", "setting", "style"}
    | {"tone", "vibe"}
)
"""Words that ask for nothing and are described all the same: a quiet mood or an edgy scene is asked for."""


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
    """Words that were not understood, or that this set can't show; those of other languages with their English."""
    product: str
    """What it calls the product itself, in the director's English; "" where no phrase surely does."""
    nearest_preset_id: str | None
    """The preset that was taken since no word named a set; else None."""
    negative_text: str
    """What must not be in the picture; for diffusion engines."""
    understood: bool
    """Whether anything was; else ``design`` is a plain backdrop."""
    wording: Wording
    """The prompt in the director's English, and what was mended in it."""
    words: Mapping[str, tuple[str, ...]]
    """The phrases that shape the design, by what they are, of ``vocabulary.KINDS``; in the order of the prompt."""
    absent: tuple[str, ...]
    """What was asked for and the studio has none of, such as ``"people"``."""
    stand_ins: tuple[str, ...]
    """What stands in for what can't be built: ``"hay bale shown as a wooden table"``."""
    things: tuple[tuple[str, str], ...]
    """(What it calls them, their kind in the design) of things about the product: fallen leaves, ``autumn_leaves``."""
    behind: tuple[str, ...]
    """What it calls the colour of what is behind the product: ``"pink background"``."""
    account: tuple[Accounted, ...]
    """What became of each word of the prompt."""


@dataclass(frozen=True, kw_only=True)
class Read:
    """A prompt, taken apart."""

    text: str
    """As it was given."""
    wording: Wording
    """The same in the director's English."""
    reading: Reading
    """The phrases that were found, and what is left over."""
    paints: Sequence[Paint]
    """The colours that its words name, with where they go."""
    tones: Sequence[Tone]
    """The tones of the whole picture."""
    phrases: Sequence[NounPhrase]
    """Its noun phrases."""

    @cached_property
    def weighed(self) -> Sequence[Mention]:
        """The phrases of the reading, as much as each speaks for sets beside the others."""
        return weigh_mentions(self.reading)


def describe(read: Read, design: SetDesign, title: str, used: Sequence[Mention], share: float) -> Direction:
    """The direction of a design, with all that is to be said of it.

    Args:
        read: The prompt.
        design: What is built.
        title: What it is, for people.
        used: The phrases that shape it.
        share: Its ``confidence``.
    """
    numbers = met_numbers(used, design)
    states = met_states(read.reading, used, design)
    brought = met_company(read.reading, design)
    met = (
        [*numbers, *states, *(m for m in brought if m not in read.reading.mentions)] if brought else [*numbers, *states]
    )
    reading = read.reading.and_met(met)
    words = _by_kind(reading, used)
    used = sorted((*used, *numbers, *states, *brought), key=lambda mention: mention.start)
    read = replace(read, reading=reading)
    starts = {mention.start for mention in used}
    unused = {i for m in reading.mentions if m.start not in starts for i in range(m.start, m.end)}
    named = find_own_product(reading, unused)
    reading = reading.without([m for m in reading.mentions if m.start in named])  # the product's own colour
    unused -= named
    own = " ".join(reading.words[index] for index in sorted(named))
    reading = _with_qualifiers(reading, unused, named)
    read = replace(read, reading=reading)
    instead = {mention.start: stand_in(mention, design) for mention in used}
    phrases = _phrases(_with_joints(unused.union(reading.unread), read))
    unread = tuple(read.wording.as_written(run, " ".join(reading.words[i] for i in run)) for run in phrases)
    stand_ins = tuple(
        f"{_words(reading, mention)} shown as {other}"
        for mention in used
        if (other := instead[mention.start]) is not None
    )
    absent = tuple(dict.fromkeys(m.term.absent for m in reading.mentions if m.term.absent and not m.negated))
    return Direction(
        design=design,
        reading="read as: "
        + "; ".join(_tell(read, title, used, stand_ins, absent, unread))
        + (f"; the product: {own}" if own else ""),
        confidence=share,
        unread=unread,
        product=own,
        nearest_preset_id=None,
        negative_text=load_vocabulary().negative_text,
        understood=True,
        wording=read.wording,
        words=words,
        absent=absent,
        stand_ins=stand_ins,
        things=tuple((_words(reading, mention), kind) for mention, kind in asked_things(used, design)),
        behind=_colors_behind(read, used, design),
        account=take_account(read.wording, reading, instead),
    )


def _colors_behind(read: Read, used: Sequence[Mention], design: SetDesign) -> tuple[str, ...]:
    """The words for the colour of what is behind: the part that no picture from above has."""
    own = getattr(design, "backdrop_color", None)
    starts = {paint.start for paint in read.paints if paint.role == "backdrop" and paint.color == own}
    return tuple(f"{_words(read.reading, mention)} background" for mention in used if mention.start in starts)


def share_read(reading: Reading, used: Sequence[Mention]) -> float:
    """The share of a prompt's meaningful words, its product's own name left out, that are used, 0 to 1."""
    told = len({*reading.unread} - find_own_product(reading)) + _count_words(reading.mentions)
    return _count_words(used) / told if told else 0.0


def _count_words(mentions: Sequence[Mention]) -> int:
    return sum(mention.end - mention.start for mention in mentions)


def _with_qualifiers(reading: Reading, unused: Collection[int], own: Collection[int]) -> Reading:
    """A prompt whose words of size and manner are told: "low angle", "a tall trombone", "fresh daisies", "quiet mood".

    Those of the photo itself ask for nothing: "a large photo"; and the product's ``own`` name does not.
    """
    vocabulary, told = load_vocabulary(), {*unused, *reading.unread}.difference(own)
    looking, qualifying = vocabulary.company["looking"], vocabulary.company["qualifying"]
    silent = vocabulary.ignored - looking - _DESCRIBED
    known = {index for mention in reading.mentions for index in range(mention.start, mention.end)}
    for index in range(len(reading.stems) - 1, -1, -1):
        after = reading.stems[index + 1 : index + 2]
        ends = not after or index + 1 in known or after[0] not in silent or after[0] in vocabulary.boundaries
        stem = reading.stems[index]
        if (
            index not in known
            and index + 1 not in own
            and ((ends and stem in looking) or (index + 1 in told and stem in qualifying))
        ):
            told.add(index)
    return replace(reading, unread=tuple(sorted(told - known)))


def _tell(
    read: Read,
    title: str,
    used: Sequence[Mention],
    stand_ins: Sequence[str],
    absent: Sequence[str],
    unread: Sequence[str],
) -> Iterator[str]:
    yield ", ".join((title, *_used_phrases(read.reading, used)))
    yield from _tell_wording(read.wording)
    yield from stand_ins
    for thing in absent:
        yield f"no {thing}: the studio has none"
    if unread:
        yield f"not read: {', '.join(unread)}"


def _tell_wording(wording: Wording) -> Iterator[str]:
    if wording.translation is not None:
        yield f"from {wording.translation.language}: {' '.join(wording.text.split())}"
    for before, after in wording.mended:
        yield f"{before!r} taken for {after!r}"
    for before, after in wording.foreign:
        yield f"{before!r} read as {after!r}"
    for before, after in wording.kinds:
        yield f"{before!r} read as its kind, {after}"


def _by_kind(reading: Reading, used: Sequence[Mention]) -> Mapping[str, tuple[str, ...]]:
    kinds: dict[str, list[str]] = {}
    for mention in used:
        lamp = mention.term.role == "light" and mention.term.kind == "place"  # it speaks for sets, and is light
        kinds.setdefault("light" if lamp else mention.term.kind, []).append(_words(reading, mention))
    return {kind: tuple(words) for kind, words in kinds.items()}


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


def _with_joints(untold: Collection[int], read: Read) -> list[int]:
    """Places of words, and of those that only join two of them within one written word: the "of" of "perlet"."""
    if read.wording.translation is None:
        return sorted(untold)
    origins, known = read.wording.origins, {i for m in read.reading.mentions for i in range(m.start, m.end)}
    joints: set[int] = set()
    for before, after in pairwise(sorted(untold)):
        between = range(before + 1, after)
        if origins[before] == origins[after] and known.isdisjoint(between):
            joints.update(between)
    return sorted(joints.union(untold))


def _phrases(indexes: Sequence[int]) -> Iterator[list[int]]:
    """Runs of neighbours among the places of words: phrases."""
    run: list[int] = []
    for index in indexes:
        if run and index != run[-1] + 1:
            yield run
            run = []
        run.append(index)
    if run:
        yield run
