"""Whether what a prompt's phrases ask for is in the design that was made of them: the facts behind "read as".

A colour counts where something of the design has it, and what it was said of is there; a thing or a place where the
design's parameter says so, and no other one took its room; light where it is not a lamp that is to be seen.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Final

import numpy as np

from photoshoot.color.space import hex_to_oklab
from photoshoot.color.styling import Tone, is_dark, tone_color
from photoshoot.director.design.merging import LIGHTS_BEHIND, at_night, is_of_light, is_seen_lamp
from photoshoot.director.design.natural_colors import looks_of
from photoshoot.director.design.night_skies import NIGHT_SKY
from photoshoot.director.design.set_rules import SetRules, find_lamps, find_part, has_part, has_place, parameters_of
from photoshoot.director.design.things_beside import PART_OF
from photoshoot.director.phrases.natural_hues import GREEN_LANDS, is_a_lands
from photoshoot.director.phrases.noun_phrases import HARDLY, WALLED, is_paper, is_wall, leads_to_one
from photoshoot.director.phrases.paints import Paint, Rank
from photoshoot.director.phrases.reading import NOUN, PLACE_VOTE, Mention, is_only_a_part, is_toning, names_a_place
from photoshoot.director.placing.platforms import has_stand, is_of_walls
from photoshoot.director.words.vocabulary import Term, Values
from photoshoot.sets import SetDesign
from photoshoot.sets.patterned import ONE_COLORED
from photoshoot.sets.table_places import LIT_PLACES, UNLIT_PLACES

ALIKE: Final = 0.12
"""OKLab distance under which a colour of a design, toned by other words, is the one that was asked for."""
_BARE = ("beach", "dunes", "water")  # the sets without a table
_SKIES = (*_BARE, "pool", "drapery")  # sets behind which is a sky, or cloth, that no wall is
_OPEN = frozenset({*_SKIES, "garden", "glossy_floor", "location", "outdoor_ground", "road", "rocks"})  # without walls
_ANYWHERE = 1.0  # the most vote of a part of nearly any set
_OF_ABSENT = {
    "stone_color": ("support", "water"),
    "prop_colors": ("props", "none"),
    "beside_colors": ("beside", "none"),
    "line_color": ("line", "none"),
}
"""Parameter of colour or material → the parameter, and its value, at which it is of nothing that is there."""
_UNVEINED = frozenset({"linen", "plain", "concrete", "paper", "plaster", "silk", "velvet", "folds"})  # have no veins
_THINGS = ("props", "beside", "produce")  # parameters of what lies beside a product
_FLOWERS = frozenset({"daisies", "flowers", "tulips"})  # what a garden never is without
_LOOKS = frozenset({"shape", "style", "backdrop", "finish"})  # parameters of how a thing looks, which is there still
_OF_PLACES, _OF_THINGS = (
    frozenset({"water", "sky", "light", "glow"}),
    ("accent", "props"),
)  # parts of any set; of things
_THROUGH, _LIT = "gobo", ("neon_colors", "strip_color")  # parameters of what light comes through; of signs and strips
_WHERE = frozenset({"place", "heading_deg"})  # parameters of where a set stands: a lamp is not seen for them


@dataclass(frozen=True, kw_only=True)
class Showing:
    """A design, to be asked what of a prompt it shows."""

    name: str
    """The name of the set that the design is of."""
    design: SetDesign
    """What is built."""
    paints: Sequence[Paint]
    """The colours that the prompt names, with where they go."""
    rules: SetRules
    """Those of its set."""
    tones: Sequence[Tone] = ()
    """Those of the whole picture."""
    without: frozenset[int] = frozenset()
    """Where phrases begin whose part of the set another noun has."""

    def find_shown(self, mentions: Sequence[Mention]) -> list[Mention]:
        """The phrases that the design shows, in their order; a colour only where what it is said of is shown."""
        felt = [mention for mention in mentions if self._is_felt(mention, mentions) and self.shows(mention)]
        if (land := getattr(self.design, "place", "none")) in GREEN_LANDS:
            felt = [m for m in mentions if m in felt or is_a_lands(m, mentions, land)]
        shown = [mention for mention in felt if not self._is_but_the_set(mention, felt)]
        starts = {m.start for m in shown if _THROUGH not in m.term.light or m.term.params_in(self.name)}
        known = {mention.start: mention for mention in mentions}
        homeless = {
            paint.start
            for paint in self.paints
            if paint.rank is Rank.NAMED
            and paint.noun is not None
            and paint.noun not in starts
            and not (self._is_painted_part(paint, known.get(paint.noun), shown) or self._is_there_anyway(paint))
        }
        kept = {mention.start for mention in shown} - homeless
        for mention in reversed(mentions):
            if is_toning(mention, mentions) and mention.end not in kept:
                kept.discard(mention.start)  # of a colour that is not there
        return [mention for mention in shown if mention.start in kept]

    def _is_but_the_set(self, mention: Mention, shown: Sequence[Mention]) -> bool:
        """Whether a table stands in for it where a table was named: no napkin is one."""
        term, name = mention.term, self.name
        if mention.negated or term.stand_in is None or term.role or term.params or term.everywhere or term.light:
            return False
        return any(m.term.role == "surface" and m.term.votes.get(name, 0.0) >= term.votes.get(name, 0.0) for m in shown)

    def _is_felt(self, mention: Mention, mentions: Sequence[Mention]) -> bool:
        """Whether it is no tone, or one of the colour after it, of the picture or of its light."""
        term = mention.term
        if term.tone is None or term.role or term.light or term.alone or term.tone in self.tones:
            return True
        return bool(term.params_in(self.name)) or is_toning(mention, mentions)

    def _is_painted_part(self, paint: Paint, noun: Mention | None, shown: Sequence[Mention]) -> bool:
        """Whether it is said of a part that any set may have, and this one has.

        A wall of whatever is a wall, and what the product stands on is there, of whatever that is said to be.
        """
        if noun is None:
            return False
        is_open = self.name in _OPEN
        if is_wall(noun.term) and self.name in _SKIES:
            return False
        walled = is_paper(noun.term) or (noun.term.role == "backdrop" and not is_open)
        if (walled or noun.supports) and paint.role == noun.term.role and has_part(paint, self.rules):
            return True
        return leads_to_one(noun, shown) or (is_only_a_part(noun.term) and paint.role not in _OF_THINGS)

    def _is_there_anyway(self, paint: Paint) -> bool:
        """Whether it colours what a set has without a word for it, such as a beach's water."""
        return paint.role in _OF_PLACES and bool(self.rules.roles.get(paint.role, ()))

    def shows(self, mention: Mention) -> bool:
        """Whether a phrase has an effect in this design; tones and names of parts always do."""
        term, name = mention.term, self.name
        if mention.negated:
            heard = name in term.negated_params or bool(term.negated_light or term.absent or term.kind == "tone")
            return heard or self._is_left_out(term) or self._is_elsewhere(term)
        params = term.params_in(name)
        if term.role == "props" and self._hangs(params):
            return True
        if mention.start in self.without or self._is_missing(term, params):
            return False
        if _THROUGH in term.light and term.role != "light":
            return self.design.catches_shadows and self.design.light.gobo == term.light[_THROUGH]
        if name in term.votes or params:
            return self._has_its_color(mention)
        if term.role == "backdrop" and term.color is not None:
            return self._has_a_wall() and self._has_color(mention)
        return self._is_painted_place(mention) or self._shows_elsewhere_named(mention)

    def _is_missing(self, term: Term, params: Values) -> bool:
        """Whether the set has none such, or another phrase took its room."""
        walled = self.name in _OPEN and term.votes.get(WALLED, 0.0) > HARDLY and not (term.params or term.light)
        unlit = is_wall(term) and getattr(self.design, "backdrop", "") in LIGHTS_BEHIND
        none = walled or unlit or term.absent is not None
        return none or self._is_displaced(term, params) or self._is_unseen_lamp(term, params)

    def _is_painted_place(self, mention: Mention) -> bool:
        """Whether it is water or sky that the set has in a colour that was said of it: a beach's turquoise water."""
        if mention.term.role not in _OF_PLACES:
            return False
        at = (mention.start, mention.term.role)
        return any((paint.noun, paint.role) == at and has_part(paint, self.rules) for paint in self.paints)

    def _shows_elsewhere_named(self, mention: Mention) -> bool:
        """Whether a phrase that speaks for other sets than this one has an effect here."""
        term = mention.term
        hung = term.role == "backdrop" and bool(term.params and term.light)  # a fireplace behind cloth
        unseen = term.role == "sky" and term.weight >= PLACE_VOTE
        thing = term.is_thing and term.color is None and "haze" not in term.light  # and no steam
        if names_a_place(term) or unseen or thing or hung:
            return False  # light alone, or a part's name, shows neither
        if term.tone or term.light:
            return "haze" not in term.light or self.design.only_stance is None
        if term.color is not None:
            return self._has_color(mention)
        named = {paint.role for paint in self.paints if paint.rank is Rank.NAMED and has_part(paint, self.rules)}
        if term.weight > _ANYWHERE and not named & {term.role} & {*_OF_PLACES}:
            return False  # a sideboard, and not a wall or a floor, which sets have without a word for them
        elsewhere = self.name in _BARE and term.weight >= PLACE_VOTE
        return find_part(term.role, self.rules) is not None and (
            (not term.params and not elsewhere) or term.role in named
        )

    def _has_a_wall(self) -> bool:
        """Whether something of this set that is no lamp is behind the product."""
        uses = self.design.color_uses()
        return any(not uses[param].shines for param in self.rules.roles.get("backdrop", ()) if param in uses)

    def _is_displaced(self, term: Term, params: Values) -> bool:
        """Whether another phrase took the room of what this one says first."""
        if (term.season and term.stand_in is None) or not params or "elevation_deg" in term.light:
            return False
        part, value = next(iter(params.items()))
        if (part in _OF_ABSENT and part in self._unseen()) or not has_stand(part, vars(self.design), self.name):
            return True
        if term.role == "light" and part == _THROUGH:
            return False  # sunbeams are there, whatever they come through
        if part == "props" and value == "none":
            return self._is_displaced(term, {key: params[key] for key in params if key != part})
        dyed = part == "colors" and "location" in term.params and any(p.rank is Rank.NAMED for p in self.paints)
        if isinstance(value, list) and (term.role == "sky" or dyed):  # blue paper has no clouds
            toned = [reduce(tone_color, self.tones, color) for color in value]  # a bright blue sky is blue
            return {*value, *toned}.isdisjoint(getattr(self.design, part, value))
        if part == "backdrop" and (there := getattr(self.design, part, value)) != value:
            hidden = (there == "neon" and value in UNLIT_PLACES) or is_seen_lamp(term) or not term.light
            return hidden and not (value in LIGHTS_BEHIND and there in LIT_PLACES)  # its lamps are; so is a spotlight
        bare = term.role == "surface" and term.color is None and value == "wood"  # a board of slate
        if isinstance(value, str) and not value.startswith("#") and part not in _LOOKS and not bare:
            among = getattr(self.design, "also", ()) if part in ("props", "beside", "air") else ()
            meant = (value, PART_OF.get(value), *at_night(term, value))
            there = getattr(self.design, part, value)
            starry = (part, value) == (NIGHT_SKY, "stars") and there != "none"  # in every sky by night are some
            return not starry and there not in meant and value not in among
        return False

    def _is_unseen_lamp(self, term: Term, params: Values) -> bool:
        """Whether it is a lamp that is to be seen, such as neon, in a set that has no such."""
        lamp = term.role == "light" and term.weight >= NOUN
        lamp = lamp and not (self.design.light.is_crossed and term.params_in("neon_room").get("shape") == "gel")
        return lamp and self.name not in term.votes and not set(params) - _WHERE

    def _has_its_color(self, mention: Mention) -> bool:
        """Whether a colour's name that speaks for a set, too, shows its colour there, and a material its own."""
        if mention.term.color is None:
            return True
        if mention.term.role is None:
            return self._has_color(mention)
        own = [paint for paint in self.paints if paint.start == mention.start]
        others = [p for p in self.paints if p.start != mention.start and p.role == mention.term.role]
        if not own or {Rank.MATERIAL} != {paint.rank for paint in others}:
            return True
        return any(self._shows_color(paint, list(self._colors())) for paint in own)

    def _has_color(self, mention: Mention) -> bool:
        at, colors, term = mention.start, list(self._colors()), mention.term
        wall = is_of_walls(term) and not term.params_in(self.name)
        own = [p for p in self.paints if at in (p.start, p.noun if wall else None) and has_place(p, self.rules)]
        return any(
            paint.color in colors if paint.rank is Rank.MATERIAL else self._shows_color(paint, colors) for paint in own
        )

    def _shows_color(self, paint: Paint, colors: Sequence[str]) -> bool:
        own = parameters_of(paint, self.rules)
        unlit = is_dark(paint.color) and own and find_lamps(self.name).issuperset(own)
        if unlit or is_of_light(paint.color, self.design.light):
            return True  # where lamps alone are seen, it is dark behind them
        tints = {"props": ("also_colors",), "light": _LIT}.get(paint.role or "", ())
        params = [p for p in (*own, *tints) if p in vars(self.design) and p not in self._unseen()]
        if own and not params:
            return False  # of what is not there, such as a lake's stone
        values = [getattr(self.design, param) for param in params]
        seen = [color for value in values for color in (value if isinstance(value, tuple) else (value,))]
        colors = seen if seen or paint.role == "light" else colors
        wanted = [hex_to_oklab(color) for color in looks_of(paint.color)]
        shown = [hex_to_oklab(color) for color in colors]
        return any(float(np.linalg.norm(one - other)) < ALIKE for one in wanted for other in shown)

    def _colors(self) -> Iterator[str]:
        """The design's colours but for those of what it has not."""
        unseen = self._unseen()
        for param in [param for param in self.design.color_uses() if param not in unseen]:
            value = getattr(self.design, param)
            yield from (value if isinstance(value, tuple) else (value,))

    def _unseen(self) -> set[str]:
        """The colour parameters of what is not there: of a stone where a lake has none."""
        made = getattr(self.design, "material", getattr(self.design, "surface", getattr(self.design, "counter", None)))
        hangs = getattr(self.design, "air", "none") != "none"  # it has the colours of what lies
        absent = {color for color, (part, none) in _OF_ABSENT.items() if getattr(self.design, part, None) == none}
        patterned = getattr(self.design, "pattern", "none") not in ("none", *ONE_COLORED)
        absent |= {"vein_color"} if patterned or made in _UNVEINED else set()
        return absent - {"prop_colors"} if hangs else absent

    def _is_left_out(self, term: Term) -> bool:
        """Whether a set that may have things beside its product has none of those that a phrase names."""
        named = {value for values in term.params.values() for value in values.values() if isinstance(value, str)}
        beside = {getattr(self.design, part) for part in _THINGS if hasattr(self.design, part)}
        grown = "flower_colors" in vars(self.design)
        if term.negated_params and not grown and beside <= {"none"}:
            return True  # no props, and there are none
        has = {*beside, getattr(self.design, "air", "none"), *(_FLOWERS if grown else ())} - {"none"}
        return term.role == "props" and bool(beside) and not named & has

    def _is_elsewhere(self, term: Term) -> bool:
        """Whether nothing of this design is of the colour, the material or the place that a phrase names."""
        if term.color is not None and term.role is None and getattr(self.design, "place", "none") == "none":
            wanted = hex_to_oklab(term.color)  # of a photographed place nothing is known: a sunset is orange
            return all(float(np.linalg.norm(hex_to_oklab(color) - wanted)) >= ALIKE for color in self._colors())
        if term.role == "props" or not term.votes:
            return False
        params = term.params_in(self.name)
        part, value = next(iter(params.items()), ("", None))
        return getattr(self.design, part) != value if params else self.name not in term.votes

    def _hangs(self, params: Values) -> bool:
        """Whether what a phrase names is in the air."""
        return getattr(self.design, "air", "none") in {params.get("air"), params.get("props")} - {"none"}
