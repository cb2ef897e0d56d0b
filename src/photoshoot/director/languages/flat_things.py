"""What things stand on in other languages: a Chinese 放在…上, an "in" that is an "on" for what is flat, metals."""

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from photoshoot.director.languages.lexicon import JOINTS
from photoshoot.director.languages.postpositions import BEHIND
from photoshoot.director.languages.word_order import DESCRIBING, TONES, Piece, is_color
from photoshoot.director.words.shades import METALS

_PLACING: Final = frozenset(
    {
        *("放在", "摆在", "擺在", "摆放在", "擺放在", "放置在", "置于", "置於"),
        *("立在", "立于", "躺在", "摆放", "放置", "摆上", "放上", "搁在", "在"),
    }
)
"""Chinese verbs, and an "at", that say where something is put."""
_FLAT: Final = frozenset(
    {
        *("bench", "board", "chair", "counter", "countertop", "desk", "ledge", "log", "pedestal", "podium", "rock"),
        *("rocks", "shelf", "slab", "stairs", "step", "stool", "stump", "table", "tabletop", "tray", "windowsill"),
        *(
            "asphalt",
            "sand",
            "deck",
            "dock",
            "jetty",
            "pier",
            "quilt",
            "rooftop",
            "boardwalk",
            "mantelpiece",
            "workbench",
            "barrel",
            "sofa",
            "couch",
            "armchair",
        ),
        *("blanket", "carpet", "mat", "rug", "tablecloth", "towel", "towels", "balcony", "patio", "porch", "terrace"),
    }
)
"""What things stand on, and hardly in."""
_WEATHERED, _OLD = "weathered", "old"  # wood is weathered, and metal old
_OF: Final = frozenset({"의", "の"})
_ROUND: Final = frozenset({"bathroom", "desert", "forest", "garden", "kitchen", "meadow", "park", "street"})
"""Places that a Korean "of" says that something is in: 정원의 향수."""
_TROD: Final = frozenset(
    {"asphalt", "beach", "grass", "lawn", "pavement", "road", "sand", "sidewalk", "snow", "street"}
)
"""Grounds that such an "of" says that wares are on: 濡れた路面のスニーカー."""
_FINISHES: Final = frozenset({"glossy", "matte", "polished", _WEATHERED})
_SLAB: Final = "slab"
_ABOVE: Final = "上"  # "on", also at the end of a word: 桌上
_IN, _ON = "in", "on"


def lead_on(pieces: Sequence[Piece], code: str) -> list[Piece]:
    """Pieces of a Chinese text where a verb of place leads to what something is on: of 放在…上 the 上 is left out.

    Without such a verb a 桌上 is "table on".
    """
    if code != "zh":
        return list(pieces)
    led: list[Piece] = []
    verb: int | None = None
    for written, english in pieces:
        if written in _PLACING:
            verb = len(led)
        elif not written[:1].isalnum():
            verb = None
        elif verb is not None and (
            english == _ON or (written[-1] == _ABOVE and _is_flat([("", english)], behind=True))
        ):
            led[verb] = (led[verb][0], _ON)
            english, verb = "" if english == _ON else english, None
        elif english and len(written) > 1 and written[-1] == _ABOVE and _is_flat([("", english)], behind=True):
            english = f"{english} {_ON}"
        led.append((written, english))
    return led


def stand_on(pieces: Sequence[Piece], code: str, wares: Collection[str]) -> list[Piece]:
    """Pieces of a text where an "in" is an "on" for what is flat: "di meja", "numa mesa", "テーブルに".

    Args:
        pieces: (as written, English; None where it is not known) in the order of the text.
        code: Its language; Chinese says on what a thing is behind it.
        wares: What is sold, in the singular.
    """
    if code == "zh":
        return list(pieces)
    stood: list[Piece] = []
    for index, (written, english) in enumerate(pieces):
        *noun, last = (english or "").split() or [""]
        if english == _IN:
            nouns = reversed(stood) if code in BEHIND else pieces[index + 1 :]
            english = _ON if _is_flat(nouns, behind=code in BEHIND) else english
        elif written in _OF and stood:
            english = _place_of(stood[-1][1], pieces[index + 1 :], code, wares) or english
        elif last == _IN and _is_flat([("", noun[-1])], behind=True):
            english = f"{' '.join(noun)} {_ON}"
        stood.append((written, english))
    return stood


def _place_of(place: str | None, after: Sequence[Piece], code: str, wares: Collection[str]) -> str | None:
    """The "in" or "on" that an "of" after a place is; None where it is another."""
    ware, ends = (after[0][1] or "").removesuffix("s") if after else "", not after[1:] or not after[1][0][:1].isalnum()
    if ware in wares and ends and (place or "").split()[-1:] and str(place).split()[-1] in _TROD:
        return _ON
    return _IN if code == "ko" and place in _ROUND else None


def name_metals(pieces: Sequence[Piece], standing: Sequence[bool], code: str) -> list[Piece]:
    """Pieces of a text where a metal that colours are called after is a slab of it, where things are on it.

    "gebürstetem Kupfer" after an "auf" is no colour, whatever else is said of it: nor is 銅 before 上に.

    Args:
        pieces: (as written, English; None where it is not known) in the order of the text.
        standing: Whether each has an ending that says "on".
        code: Its language.
    """
    named: list[Piece] = []
    on = False
    for index, (written, english) in enumerate(pieces):
        after = next((said for _, said in pieces[index + 1 :] if said != ""), ".")
        if english and english.split()[-1] in METALS:
            here = standing[index] or (after == _ON if code in BEHIND else on and _ends(pieces[index + 1 :]))
            english = f"{english} {_SLAB}" if here else english
        joins = english in JOINTS or not written[:1].isalnum()
        on = english == _ON or (english == _IN and not index) or (on and not joins)
        beside = [said for _, said in (*pieces[max(index - 1, 0) : index], *pieces[index + 1 : index + 2])]
        of_metal = english == _WEATHERED and not METALS.isdisjoint(beside)
        named.append((written, _OLD if of_metal else english))
    return named


def _ends(after: Sequence[Piece]) -> bool:
    """Whether no noun follows in the same phrase, but for what is said of the one before."""
    for written, english in after:
        if english in JOINTS or not written[:1].isalnum():
            return True
        if english and not (is_color((written, english)) or english in DESCRIBING | TONES | _FINISHES):
            return False
    return True


def _is_flat(pieces: Iterable[Piece], *, behind: bool) -> bool:
    """Whether the first noun of these, after colours and adjectives, is flat; ``behind``: the very first of them."""
    for _, english in pieces:
        if english is None or english in JOINTS or not english.split()[-1:]:
            if english == "":
                continue
            return False
        if english.split()[-1] in _FLAT:
            return True
        if behind or not (is_color((english, english)) or english in DESCRIBING | TONES):
            return False
    return False


def leads_on(pieces: Sequence[Piece]) -> bool:
    """Whether a Chinese text's verb of place leads to what something is on, as in English, after the product."""
    return any(written in _PLACING and english == "on" for written, english in pieces)
