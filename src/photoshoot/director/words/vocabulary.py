"""The director's vocabulary: which words mean what, read from ``presets/director.json`` and checked.

The file's keys: ``terms`` (phrases and what they do), ``colors`` (further colour names, as ``#rrggbb`` or as another
name), ``ignored`` words, ``negations``, ``boundaries`` (prepositions that end a phrase), ``fallback_set`` (what is
built when nothing was understood), ``never`` (words for what no picture of the studio's has) and ``negative_text``.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeAlias, get_args

from photoshoot.color.space import NAMED_COLORS
from photoshoot.color.styling import Tone
from photoshoot.director.words.folding import of_wood, stem
from photoshoot.director.words.tinges import TINGES, hint_color
from photoshoot.director.words.tokens import split_tokens
from photoshoot.errors import InputError
from photoshoot.files import JsonObject, find_data, load_json, with_floats
from photoshoot.sets import PARTS, SETS, SetDesign, parameters_of, parse_set
from photoshoot.sets.strewn import StrewnSet
from photoshoot.settings import check_color

Values: TypeAlias = Mapping[str, Any]
"""Values of a set's parameters, as in a preset file."""
Phrase: TypeAlias = tuple[str, ...]
"""Stems of a phrase's words."""

_PROPS_OF, _EVERY_PLACE = "tabletop", "location"  # the sets that show every kind of props, and stand in every place
_OF_ROCKS, _WHERE = "rocks", ("place", "heading_deg")  # the set of rocks, and its parameters of where those are
_ROCKY = frozenset(get_args(parameters_of(SETS["rocks"])["place"]))
_OWN_VOTE, _OVER = 4.0, 0.2  # of words that a set names itself: over a material's 3, and over what else they speak for


@dataclass(frozen=True, kw_only=True)
class Term:
    """What a phrase does to a design."""

    votes: Mapping[str, float] = field(default_factory=dict)
    """Set → how much the phrase speaks for it."""
    params: Mapping[str, Values] = field(default_factory=dict)
    """Set → parameters that the phrase fixes there."""
    light: Values = field(default_factory=dict)
    """Light parameters that it fixes, in every set."""
    role: str | None = None
    """The part of the set that it names, so that a colour beside it knows where to go."""
    color: str | None = None
    """A colour name's colour; or with ``role``, the material's own colour."""
    tone: Tone | None = None
    """What it does to a colour that follows at once."""
    alone: str | None = None
    """The colour it gives to a part that follows, where no colour is named."""
    negated_params: Mapping[str, Values] = field(default_factory=dict)
    """As ``params``, for "no …"."""
    negated_light: Values = field(default_factory=dict)
    """As ``light``, for "no …"."""
    stand_in: str | None = None
    """What the studio shows where it can't build the thing itself."""
    season: bool = False
    """Whether it names a season or a feast."""
    fades: bool = False
    """Whether it asks for a gradient, also of one colour."""
    mood: bool = False
    """Whether it is a feeling, which makes no light soft, hard, bright or dim that words call otherwise."""
    everywhere: Values = field(default_factory=dict)
    """Parameters of every set that it fixes; in sets of one stance no other than the shot's size."""
    absent: str | None = None
    """What the studio has none of, such as ``"people"``; then it means nothing else."""
    after_dark: Mapping[str, tuple[str, float]] = field(default_factory=dict)
    """Place by day → (the one that is shown instead, which way the camera looks in it)."""
    _by_set: dict[str, Values] = field(default_factory=dict, init=False, repr=False, compare=False)

    def with_votes(self, votes: Mapping[str, float]) -> "Term":
        """The same that speaks for other sets."""
        return Term(**{**{part: value for part, value in vars(self).items() if part in _GIVEN}, "votes": votes})

    def params_in(self, name: str) -> Values:
        """The parameters that it fixes in a set; rocks may be where tables are, and things beside are props."""
        if name not in self._by_set:
            kept = {"shot_size"} if SETS[name].only_stance else self.everywhere
            asked = {part: value for part, value in self.everywhere.items() if part in kept}
            self._by_set[name] = {**self._find_params(name), **asked}
        return self._by_set[name]

    def _find_params(self, name: str) -> Values:
        if name == _OF_ROCKS and name not in self.params:
            there = self.params.get(_EVERY_PLACE, {})
            if there.get("place") in _ROCKY:
                return {part: there[part] for part in _WHERE if part in there}
        kind, props = SETS[name], self.params.get(_PROPS_OF)
        if not props or name in self.params or not issubclass(kind, StrewnSet):
            return self.params.get(name, {})
        if props.get("props") in kind.made_of:
            return {}
        return {to: props[of] for of, to in (("props", "beside"), ("prop_colors", "beside_colors")) if of in props}

    @cached_property
    def afloat(self) -> bool:
        """Whether it says that the product floats."""
        return "afloat" in self.everywhere

    @property
    def is_thing(self) -> bool:
        """Whether it names what can be seen, so that its light alone does not show it."""
        return self.role == "props" or (self.stand_in is not None and bool(self.votes))

    @property
    def is_beside(self) -> bool:
        """Whether it names a thing, or light as one: what stands in a list with things."""
        return self.role == "props" or (self.role == "light" and bool(self.votes))

    @cached_property
    def weight(self) -> float:
        """How much it speaks for the set that it speaks for most; 0 where it speaks for none."""
        return max(self.votes.values(), default=0.0)

    @cached_property
    def placing(self) -> float:
        """Its weight where it says where things are, which decides between words that speak for a set alike; else 0."""
        return self.weight if "place" in self.params.get(_EVERY_PLACE, ()) else 0.0

    @cached_property
    def kind(self) -> str:
        """What it is, of ``KINDS``."""
        if self.absent is not None:
            return "absent"
        if self.season:
            return "season"
        if self.color is not None:
            return "colour" if self.role is None else "material"
        if self.role == "props":
            return "props"
        if self.votes or self.params:
            return "place"
        return "light" if self.light and self.tone is None else "part" if self.role is not None else "tone"


_GIVEN = frozenset(part.name for part in fields(Term) if part.init)

KINDS = ("place", "material", "colour", "props", "season", "light", "tone", "part", "absent")
"""The kinds of terms."""

_TERM_KEYS = ("negated", *(part for part in _GIVEN if not part.startswith("negated")))


@dataclass(frozen=True, kw_only=True, eq=False)
class Vocabulary:
    """All that the director knows."""

    phrases: Mapping[Phrase, Term]
    """Phrase → term, colour names among them."""
    ignored: frozenset[str]
    """Stems that mean nothing here."""
    correct: frozenset[str]
    """Stems that are near a known one, in no list of common words, and yet not it misspelt: "silky" beside "silks"."""
    negations: frozenset[str]
    """Stems such as "no"."""
    boundaries: frozenset[str]
    """Stems that end a phrase."""
    fallback: SetDesign
    """What is built for a prompt of which nothing was understood."""
    never: frozenset[str]
    """Stems of faults that networks make and the studio does not, so that there is nothing to leave out."""
    negative_text: str
    """The negative prompt of custom scenes."""
    company: Mapping[str, frozenset[str]]
    """Stems that mean another thing beside each other, by what they are to ``company``."""

    @cached_property
    def sizes(self) -> Mapping[str, tuple[int, ...]]:
        """First stem of phrases → how many words those have, most first."""
        found: dict[str, set[int]] = {}
        for phrase in self.phrases:
            found.setdefault(phrase[0], set()).add(len(phrase))
        return {first: tuple(sorted(sizes, reverse=True)) for first, sizes in found.items()}

    def find(self, phrase: Phrase) -> Term | None:
        """What a phrase means, or a colour by its number, such as ``#1f7a5c``; None where it is not known."""
        if phrase and phrase[0][:1] == "#" and phrase[1:] == ():
            return Term(color=phrase[0])
        return self.phrases.get(phrase)


def load_vocabulary() -> Vocabulary:
    """The vocabulary that comes with the library, with every set's words; a damaged file raises ``PresetError``."""
    return _load(tuple(SETS.values()))


@cache
def _load(_: tuple[type[SetDesign], ...]) -> Vocabulary:
    return read_vocabulary(find_data("presets") / "director.json")


def read_vocabulary(file: Path) -> Vocabulary:
    """Read and check a vocabulary file.

    Raises:
        PresetError: A key is missing, unknown or wrong, a phrase is given twice, or a value is not one of its set's.
    """
    lists = ("ignored", "correct", "negations", "boundaries", "never")
    keys = ("terms", "colors", *lists, "fallback_set", "negative_text", "company")
    data = JsonObject(file, "", load_json(file), required=keys)
    phrases: dict[Phrase, Term] = {}
    for name, color in {**NAMED_COLORS, **data.value("colors", dict, {})}.items():
        _add_phrase(phrases, data, name, _color_term(data, name, color))
    for index, item in enumerate(data.value("terms", list, [])):
        reader = JsonObject(file, f"terms[{index}]", item, required=("phrases",), optional=_TERM_KEYS)
        term = _read_term(reader)
        for name in reader.strings("phrases"):
            _add_phrase(phrases, reader, name, term)
    for word in TINGES:
        phrases.setdefault((word,), Term(color=hint_color(word)))
    for phrase, term in tuple(phrases.items()):  # other languages have one word for wooden and of wood
        phrases.setdefault(of_wood(phrase), term)
    _add_own_words(phrases)
    with _telling(data, "fallback_set"):
        fallback = parse_set(data.value("fallback_set", dict, {}))
    return Vocabulary(
        phrases=phrases,
        **{name: frozenset(" ".join(map(stem, text.split())) for text in data.strings(name)) for name in lists},
        fallback=fallback,
        negative_text=data.text("negative_text"),
        company={name: frozenset(map(stem, words)) for name, words in data.value("company", dict, {}).items()},
    )


def _add_phrase(phrases: dict[Phrase, Term], reader: JsonObject, name: str, term: Term) -> None:
    plain = name.isascii() and name.replace(" ", "").isalpha()  # such a one has no marks to part it at
    phrase = tuple(map(stem, name.lower().split())) if plain else tuple(token for _, token in split_tokens(name))
    if phrases.setdefault(phrase, term) is not term:
        raise reader.error("phrases", f"{name!r} is given twice")


def _add_own_words(phrases: dict[Phrase, Term]) -> None:
    """Let phrases speak for the sets that name them, beside what they mean already."""
    for name, kind in SETS.items():
        for words in kind.words:
            phrase = tuple(token for _, token in split_tokens(words))
            term = phrases.get(phrase, Term())
            phrases[phrase] = replace(term, votes={**term.votes, name: max(_OWN_VOTE, term.weight + _OVER)})


def _color_term(reader: JsonObject, name: str, color: object) -> Term:
    value = NAMED_COLORS.get(str(color), color)
    with _telling(reader, "colors"):
        check_color(name, value)
    return Term(color=str(value))


def _read_term(reader: JsonObject) -> Term:
    negated = reader.value("negated", dict, {})
    term = Term(
        votes=reader.value("votes", dict, {}),
        params=reader.value("params", dict, {}),
        light=with_floats(reader.value("light", dict, {})),
        role=reader.text("role") if reader.value("role", str, "") else None,
        color=reader.value("color", str, "") or None,
        tone=Tone(**tone) if (tone := reader.value("tone", dict, {})) else None,
        alone=reader.value("alone", str, "") or None,
        negated_params=negated.get("params", {}),
        negated_light=with_floats(negated.get("light", {})),
        stand_in=reader.value("stand_in", str, "") or None,
        season=reader.value("season", bool, False),
        fades=reader.value("fades", bool, False),
        mood=reader.value("mood", bool, False),
        everywhere=reader.value("everywhere", dict, {}),
        absent=reader.value("absent", str, "") or None,
        after_dark={day: (place, turn) for day, (place, turn) in reader.value("after_dark", dict, {}).items()},
    )
    _check_term(reader, term)
    return term


def _check_term(reader: JsonObject, term: Term) -> None:
    if term.role is not None and term.role not in PARTS:
        raise reader.error("role", f"must be one of {', '.join(PARTS)}, not {term.role!r}")
    with _telling(reader, "term"):
        for params in ({name: {} for name in term.votes.keys() - SETS.keys()}, term.params, term.negated_params):
            for name, values in params.items():
                parse_set({"name": name, **values})
        for day, (place, turn) in term.after_dark.items():
            parse_set({"name": _EVERY_PLACE, "place": day})
            parse_set({"name": _EVERY_PLACE, "place": place, "heading_deg": turn})
        for asked in ({"light": term.light}, {"light": term.negated_light}, term.everywhere):
            if any(asked.values()):
                parse_set({"name": "cyclorama", **asked})
        for color in filter(None, (term.color, term.alone)):
            check_color("color", color)


@contextmanager
def _telling(reader: JsonObject, key: str) -> Iterator[None]:
    """Whatever is refused within was that of the key."""
    try:
        yield
    except InputError as error:
        raise reader.error(key, str(error)) from error
