"""Reads a scene in plain words as a set design.

The words are data (``presets/director.json``): each known phrase speaks for sets, fixes parameters and light, or names
a colour. The set with the most votes is built; a prompt that names no set becomes the preset that means the most
alike, in its colours and its light. Where nothing is near, the prompt was not understood, and ``Direction`` says so.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Literal, TypeAlias

from photoshoot.director.choosing import COLORS_VOTE, choose_set, choose_without, name_others
from photoshoot.director.design.cloth_patterns import join_patterns, print_papers
from photoshoot.director.design.counting import count_things
from photoshoot.director.design.designing import build_design, give_to_things, is_seen, stay_off_ground, to_parameters
from photoshoot.director.design.face_materials import off_linen
from photoshoot.director.design.made_of import give_to_heads
from photoshoot.director.design.place_colors import give_to_places, give_to_rest
from photoshoot.director.design.set_rules import SetRules
from photoshoot.director.design.showing import Showing
from photoshoot.director.design.things_beside import of_lamps_of_clay
from photoshoot.director.design.thrown_shadows import join_shadows
from photoshoot.director.languages.postpositions import PLACED_BEFORE
from photoshoot.director.leaving_out import leave_denied
from photoshoot.director.nearest import find_nearest
from photoshoot.director.phrases.crossed_lights import cross_lights
from photoshoot.director.phrases.heads_untold import leave_with_heads, leave_with_untold
from photoshoot.director.phrases.mentions import read_mentions
from photoshoot.director.phrases.noun_phrases import find_phrases
from photoshoot.director.phrases.paints import Paint, Rank, find_paints, find_tones
from photoshoot.director.phrases.product_kinds import leave_kinds
from photoshoot.director.phrases.product_words import (
    ADJECTIVES_LAST,
    POSTPOSITIONS,
    WITH,
    find_joints,
    leave_compounds,
    leave_last_color,
    leave_likened,
    leave_owned,
    leave_product,
    leave_purpose,
    leave_things,
)
from photoshoot.director.phrases.reading import Mention, Reading
from photoshoot.director.phrases.sides import leave_grades, leave_sides, leave_temperatures
from photoshoot.director.placing.laying_flat import lay_tables
from photoshoot.director.placing.painted_skies import paint_skies
from photoshoot.director.placing.piled_up import leave_lower, leave_upper
from photoshoot.director.placing.plain_backdrops import lay_papers, stand_before_paper
from photoshoot.director.placing.rooms_behind import see_rooms
from photoshoot.director.placing.settling import settle
from photoshoot.director.placing.supports import mark_support
from photoshoot.director.report import Direction, Read, describe, share_read
from photoshoot.director.senses.company_rules import read_in_company, read_supports
from photoshoot.director.senses.english import read_english
from photoshoot.director.senses.owning import settle_parts
from photoshoot.director.senses.product_first import leave_first_product, leave_first_seat, leave_made
from photoshoot.director.senses.stars_above import raise_stars
from photoshoot.director.senses.tossing import toss_things
from photoshoot.director.wording import Wording, word_prompt
from photoshoot.director.words.vocabulary import load_vocabulary
from photoshoot.director.worth import Scale, is_hardly_shown, shows_more, themselves
from photoshoot.meaning import SentenceEmbedder, find_embedder
from photoshoot.presets import PresetRegistry
from photoshoot.sets import SetDesign, set_name

_MARGIN = 2.0  # what another set must show more than that with the most votes; see ``worth``
_MOODS = ("light", "tone")  # kinds of phrases that name neither a place nor a thing
Best: TypeAlias = tuple[str, SetDesign, list[Mention]]
"""A set, its design, and the phrases that it shows."""
_HEARD = 0.5  # share of a translated prompt's words: under it, meaning says more than they


def direct(
    text: str, registry: PresetRegistry, embedder: SentenceEmbedder | Literal["installed"] | None = "installed"
) -> Direction:
    """Read a prompt as a design. Any text gives one; ``understood``, ``confidence`` and ``reading`` say how well.

    Args:
        text: A scene in plain words, in English or one of ``language_tables.LANGUAGES``; in any with an embedder.
        registry: Presets to fall back on.
        embedder: Finds the preset that means the most alike, where no word names a set. None: the preset that shares
            most words is taken. By default the one of the extra ``prompts``, where it is installed.
    """
    vocabulary = load_vocabulary()
    wording = word_prompt(text, vocabulary)
    language = "English" if wording.translation is None else wording.translation.language
    translated, behind = wording.translation is not None, language in POSTPOSITIONS
    reading = toss_things(print_papers(join_shadows(read_mentions(wording.text, vocabulary), vocabulary), vocabulary))
    reading = (read_supports if language in PLACED_BEFORE else read_english)(reading, vocabulary)
    if not behind:
        reading = read_in_company(join_patterns(reading, vocabulary), wording.text, vocabulary)
    reading = raise_stars(count_things(reading, vocabulary), vocabulary)
    reading = cross_lights(leave_things(leave_likened(reading)), vocabulary)
    reading = leave_compounds(leave_temperatures(leave_sides(leave_grades(reading), vocabulary)), wording.origins)
    if wording.translation is None:
        reading = leave_first_seat(reading)
    else:
        reading = leave_made(leave_first_product(reading, wording, vocabulary, behind=behind), vocabulary)
    if not behind:
        last = language in ADJECTIVES_LAST
        reading = leave_kinds(reading, after_nouns=last) if last or language == "English" else reading
        reading = leave_product(leave_purpose(reading), vocabulary, after_nouns=last, translated=translated)
    else:
        reading = leave_last_color(reading)
    reading = leave_owned(reading, cloth_alone=behind)
    reading = leave_with_heads(reading) if wording.translation is None else reading
    reading = stand_before_paper(lay_tables(paint_skies(leave_lower(lay_papers(reading))), vocabulary))
    reading = mark_support(give_to_heads(reading), on_last=behind)
    unsettled, reading = reading, settle(reading)
    read = _look_into(text, wording, reading)
    embedder = find_embedder() if embedder == "installed" else embedder
    name = choose_set(reading, read.weighed, read.paints)
    if name is None and _is_only_mood(reading):
        return _take_plain(read)
    if name is None or (embedder is not None and _is_half_heard(wording)):
        nearest = _take_nearest(read, registry, embedder)
        if nearest is not None or name is None:
            return nearest or _take_plain(read)
    name, design, used = _take_best(read, name)
    if wording.translation is None and (bare := leave_with_untold(reading, used)) is not reading:
        reading, read = bare, _look_into(text, wording, bare)
        name, design, used = _take_best(read, choose_set(bare, read.weighed, read.paints) or name)
    read, (name, design, used) = _see_farther(read, unsettled, (name, design, used))
    return describe(read, design, design.called or name.replace("_", " "), used, share_read(read.reading, used))


def _see_farther(read: Read, unsettled: Reading, best: Best) -> tuple[Read, Best]:
    """A reading and its set, with a real place in the stead of a room that is not shown, where that shows more."""
    _, design, used = best
    seen = see_rooms(unsettled, lambda asked: themselves((design, [m for m in used if m in asked])))
    if seen is unsettled:
        return read, best
    farther = _look_into(read.text, read.wording, settle(seen))
    other = _take_best(farther, choose_set(farther.reading, farther.weighed, farther.paints) or best[0])
    return (farther, other) if shows_more(other[1:], best[1:]) else (read, best)


def _look_into(text: str, wording: Wording, reading: Reading) -> Read:
    """A reading, and the colours, tones and phrases that are found in it."""
    vocabulary = load_vocabulary()
    paints, tones = find_paints(reading, vocabulary), find_tones(reading, vocabulary)
    return Read(text=text, wording=wording, reading=reading, paints=paints, tones=tones, phrases=find_phrases(reading))


def _is_half_heard(wording: Wording) -> bool:
    """Whether so few of a prompt's words are known that they may be of another language of the same letters."""
    translation = wording.translation
    return translation is not None and translation.share < _HEARD and not translation.by_script


def _is_only_mood(reading: Reading) -> bool:
    """Whether all of a prompt that says something is light and tone, which any place would have: "bright and clean"."""
    return bool(reading.mentions) and not reading.unread and all(map(_is_mood, reading.mentions))


def _is_mood(mention: Mention) -> bool:
    return mention.term.kind in _MOODS or (mention.term.role == "light" and not mention.term.votes)


def _stays(mention: Mention) -> bool:
    """Whether it speaks for sets also where the chosen one does not show it: what the product stands on does."""
    return mention.negated or (mention.supports and mention.term.kind == "material")


def _take_best(read: Read, name: str) -> Best:
    """The set that a prompt speaks for most, or one of those that its other phrases name, if that shows more of it.

    What a set does not show has not named it: of a glass, before a park, the park is left.
    """
    reading = read.reading
    best = (name, *_build_named(read, name))
    shown = {mention.start for mention in best[2]}
    unmet = {mention.start for mention in reading.mentions if mention.start not in shown and not _stays(mention)}
    left = choose_without(reading, unmet, read.paints)
    if left is not None and left != name:
        best = (left, *_build_named(read, left))
    best = _keep_support(read, best)
    shown = {mention.start for mention in best[2] if not is_hardly_shown(mention, best[0])}
    missed = {mention.start for mention in reading.mentions}.difference(shown)
    named = name_others(reading, read.weighed, read.phrases, missed)
    others = [other for other in named if other not in (name, best[0])]
    if not others:
        return best
    scale = Scale.of(read.weighed, read.phrases)
    most = scale.weigh(best[2], best[1]) + _MARGIN
    for other in others:
        design, used = _build_named(read, other)
        if (worth := scale.weigh(used, design)) > most:
            best, most = (other, design, used), worth
    return best


def _keep_support(read: Read, best: Best) -> Best:
    """What the product is said to be on, rather than a room that only a thing beside it speaks for and that has none.

    "On black granite with dumbbells" is on granite, and in no gym.
    """
    reading, used = read.reading, best[2]
    lost = [m for m in reading.mentions if m.supports and m.term.kind == "material" and not m.negated and m not in used]
    joints = find_joints(reading) if lost else {}
    aside = {m.start for m in reading.mentions if joints.get(m.start) in WITH}
    name = choose_without(reading, aside, read.paints) if aside else None
    if name is None or name == best[0]:
        return best
    design, shown = _build_named(read, name)
    return (name, design, shown) if all(mention in shown for mention in lost) else best


def _build_named(read: Read, name: str) -> tuple[SetDesign, list[Mention]]:
    mentions = read.reading.mentions if name in COLORS_VOTE else ()
    dyed = any("colors" in m.term.params.get(name, ()) for m in mentions)  # an old map has its own
    known = [paint for paint in read.paints if not (dyed and paint.of_unread)]
    paints = leave_upper(_of_what_is_known(known, name), read.reading, name)
    return _build(dataclasses.replace(read, paints=paints), name, SetRules.of(name))


def _of_what_is_known(paints: Sequence[Paint], name: str) -> list[Paint]:
    """Colours without those of what the studio does not know: copper pots make no copper tiles."""
    others = any(paint.role is not None or (paint.rank is Rank.NAMED and not paint.of_unread) for paint in paints)
    plain = name in COLORS_VOTE and not others
    return [paint for paint in paints if plain or not paint.of_unread]


def _build(read: Read, name: str, rules: SetRules) -> tuple[SetDesign, list[Mention]]:
    """A set in a prompt's words, and those of them that it shows; colours of what is not shown colour nothing else."""
    mentions = read.reading.mentions
    paints = give_to_things(give_to_places(give_to_rest(read.paints, name), mentions, name), mentions, name)
    paints = stay_off_ground(paints, mentions, name)
    owning = settle_parts(off_linen(paints, mentions, name), read.phrases, mentions, name)
    paints = [paint for paint in owning.paints if not of_lamps_of_clay(paint, mentions, name)]
    while True:
        design = leave_denied(build_design(name, mentions, paints, read.tones, rules), mentions)
        showing = Showing(
            name=name, design=design, paints=paints, rules=rules, tones=read.tones, without=owning.without
        )
        shown = showing.find_shown(mentions)
        starts = {mention.start for mention in shown}
        lost = [paint for paint in paints if paint.start not in starts]
        named = [paint for paint in lost if paint.rank is Rank.NAMED and is_seen(paint.color, design)]
        gone = named or [paint for paint in lost if paint.rank is Rank.MATERIAL]  # a name's room may be a material's
        if not gone:
            return _without_told(read, name, paints, rules, (design, shown), owning.without)
        bare = {paint.noun for paint in gone} - starts  # a material that is not there has no colour of its own, either
        paints = [paint for paint in paints if paint not in gone and paint.start not in bare]


def _without_told(
    read: Read,
    name: str,
    paints: Sequence[Paint],
    rules: SetRules,
    built: tuple[SetDesign, list[Mention]],
    without: frozenset[int],
) -> tuple[SetDesign, list[Mention]]:
    """A set without what phrases fix in it that it does not show, where it shows all others without them, too."""
    starts = {mention.start for mention in built[1]}
    mentions = read.reading.mentions
    told = [m for m in mentions if m.start not in starts and not m.negated and m.term.params.get(name)]
    if not told:
        return built
    bare = {m.start: m.meaning(dataclasses.replace(m.term, params={})) for m in told}
    left = [bare.get(mention.start, mention) for mention in mentions]
    design = leave_denied(build_design(name, left, paints, read.tones, rules), left)
    if design == built[0]:
        return built
    showing = Showing(name=name, design=design, paints=paints, rules=rules, tones=read.tones, without=without)
    shown = showing.find_shown(mentions)
    return (design, shown) if [m.start for m in shown] == [m.start for m in built[1]] else built


def _take_nearest(read: Read, registry: PresetRegistry, embedder: SentenceEmbedder | None) -> Direction | None:
    """The preset that is nearest to a prompt, in its colours and light; None where none is near."""
    preset, likeness, how = find_nearest(read, registry, embedder)
    if preset is None:
        return None
    name = set_name(preset.design)
    rules = dataclasses.replace(SetRules.of(name), base=to_parameters(preset.design))
    read = dataclasses.replace(read, paints=_of_what_is_known(read.paints, name))
    design, used = _build(read, name, rules)
    share = (share_read(read.reading, used) + min(likeness, 1.0)) / 2
    direction = describe(read, design, f"preset {preset.id} (nearest by {how})", used, share)
    return dataclasses.replace(direction, nearest_preset_id=preset.id)


def _take_plain(read: Read) -> Direction:
    """A plain backdrop in the light and tones that the prompt speaks of; where of none, nothing was understood."""
    plain, mentions = load_vocabulary().fallback, read.reading.mentions
    name = set_name(plain)
    rules = dataclasses.replace(SetRules.of(name), base=to_parameters(plain))
    lights = [mention for mention in mentions if mention.term.light or mention.term.negated_light]
    design, shown = _build(dataclasses.replace(read, paints=_of_what_is_known(read.paints, name)), name, rules)
    share = share_read(read.reading, lights) / 2
    spared = [m for m in mentions if m.negated and (m.term.role == "props" or m.term.absent is not None)]
    heard = [m for m in mentions if m in lights or m in spared or (m in shown and _is_mood(m))]
    direction = describe(read, design, "plain backdrop (no scene was recognised)", heard, share)
    return dataclasses.replace(direction, understood=bool(lights))
