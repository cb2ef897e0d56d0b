"""A product before where it stands, as in English: of "oak table on vase" there is a vase on an oak table.

Turkish, Japanese, Korean, Chinese and India's languages say where something is, then what; what they say is turned
round clause by clause, so that their prompts are read as English ones are.
"""

from collections.abc import Collection, Sequence
from typing import Final

from photoshoot.director.languages.flat_things import leads_on
from photoshoot.director.languages.lexicon import JOINTS
from photoshoot.director.languages.word_order import Piece

PLACES_FIRST: Final = frozenset({"tr", "ja", "ko", "zh", "hi", "ur", "pa", "bn", "mr", "ta", "te"})
"""Languages that say where something is before what it is."""
_PLACED: Final = ("on", "in")
_UNSPACED: Final = ("ja", "zh")
"""Of those, the ones that part a product from where it is by more than a space."""
_SOLD: Final = frozenset({"basket", "bowl", "lotion", "serum", "shampoo", "soap"})
"""More wares, in the singular."""
_PACKS: Final = ("bottle", "box", "canister", "jar", "packaging", "product", "tube")
_PILES: Final = ("stack of books",)
_COMPOUNDING: Final = frozenset({"book", "toy"})  # of a toy box no toy is the product
_SEASONS: Final = frozenset({"spring", "summer", "autumn", "winter"})
_HOURS: Final = frozenset({"sunset", "sunrise"})
_HOURLY: Final = frozenset(
    {
        "sky",
        "light",
        "lights",
        "sunlight",
        "sun",
        "?",
        "glow",
        "glowing",
        "afterglow",
        "colors",
        "and",
        "on",
        "in",
        "with",
    }
)
"""What is of an hour that leads to it, in English, too."""
_OF_NO_SEASON: Final = frozenset({"wood", "garden"})
"""What a season before it makes another thing of in English."""
_LED: Final = frozenset({*_PLACED, "before", "near", "under"})
_JOINTS: Final = JOINTS - {"and"}


def put_places_last(pieces: Sequence[Piece], code: str, wares: Collection[str]) -> list[Piece]:
    """Pieces of a text where what is said to stand somewhere is named before that place.

    A phrase that something leads to follows what stands on or near it: "before green wall , table on cup" is a cup on a
    table before a green wall.

    Args:
        pieces: (as written, English; None where it is not known), what leads to a phrase before it.
        code: The language; others' pieces are as they are.
        wares: What is sold, in the singular: where a text begins with it, its place follows it there, too.
    """
    if code not in PLACES_FIRST or leads_on(pieces):
        return list(pieces)
    sold = frozenset() if code in _UNSPACED else _SOLD.union(wares) - _COMPOUNDING
    clauses = [(_turn(_put_season_last(clause), sold), mark) for clause, mark in part_clauses(pieces)]
    for index, (clause, mark) in enumerate(clauses[:-1]):
        after, _ = clauses[index + 1]
        leads = mark[:1] == [(",", ",")] and _first(clause) in _LED
        leads = leads and (not _is_ware(clause[-1], sold) or _is_placed(after, sold))
        if leads and after and _first(after) not in _JOINTS:
            clauses[index], clauses[index + 1] = (after, []), (clause, clauses[index + 1][1])
    return [piece for clause, mark in clauses for piece in (*clause, *mark)]


def part_clauses(pieces: Sequence[Piece]) -> list[tuple[list[Piece], list[Piece]]]:
    """The clauses of a text, each with the marks after it."""
    clauses: list[tuple[list[Piece], list[Piece]]] = [([], [])]
    for piece in pieces:
        clause, marks = clauses[-1]
        if not piece[0][:1].isalnum():
            marks.append(piece)
        elif marks:
            clauses.append(([piece], []))
        else:
            clause.append(piece)
    return clauses


def _put_season_last(clause: Sequence[Piece]) -> list[Piece]:
    """A clause whose season is no part of what follows, behind it: of "winter wood table" the wood is no forest.

    So it is with the hour of a place: of "sunset beach sand" it is the sand of a beach at sunset.
    """
    said = [index for index, (_, english) in enumerate(clause) if english != ""]
    names = [clause[index][1] or "?" for index in said[:2]]
    if len(names) > 1 and names[0] in _HOURS and names[1].split()[0] not in _HOURLY:
        written, hour = clause[said[0]]
        return [*clause[: said[0]], *clause[said[0] + 1 :], (written, f"at {hour}")]
    if len(names) < len(("season", "noun")) or names[0] not in _SEASONS or names[1].split()[0] not in _OF_NO_SEASON:
        return list(clause)
    written, season = clause[said[0]]
    return [*clause[: said[0]], *clause[said[0] + 1 :], (written, f"in {season}")]


def _turn(clause: Sequence[Piece], wares: Collection[str]) -> list[Piece]:
    """A clause with its places in the order of English: "park in bench on cup" is a cup on a bench in a park."""
    if _first(clause) in _JOINTS:
        return list(clause)
    turned: list[Piece] = []
    stretch: list[Piece] = []
    for written, english in clause:
        *noun, last = (english or "?").split() or ("",)
        if last not in _PLACED or not (noun or _first(stretch)):
            stretch.append((written, english))
            continue
        stretch += [(written, " ".join(noun))] if noun else []
        joint, stretch = "" if noun else written, _pile_first(stretch)
        first = _product_first(stretch, wares) if not turned else []
        turned = [*first, (joint, "on" if _hangs(stretch, clause) else last), *stretch[len(first) :], *turned]
        stretch = []
    return [*turned, *stretch] if _first(stretch) in _JOINTS else [*stretch, *turned]


def _product_first(stretch: Sequence[Piece], wares: Collection[str]) -> list[Piece]:
    """The ware that a place follows without a mark, with what is in it: "çikolata kutusu kadife üzerinde"."""
    packed = wares and len(stretch) > 1 and stretch[1][1] in _PACKS and bool(stretch[0][1])
    size = 2 if packed else 1 if _is_ware(stretch[0], wares) else 0
    return list(stretch[:size]) if size and _first(stretch[size:]) else []


def _pile_first(stretch: Sequence[Piece]) -> list[Piece]:
    """A place where a pile that something is on is near what leads to it: "窓辺の本の山"."""
    said = [index for index, (_, english) in enumerate(stretch) if english != ""]
    if said[:1] == said[-1:] or stretch[said[-1]][1] not in _PILES or stretch[said[0]][1] in _JOINTS:
        return list(stretch)
    (written, english), rest = stretch[said[0]], list(stretch[said[0] + 1 : said[-1]])
    near = english if (english or "").startswith("near") else f"near {written if english is None else english}"
    return [*stretch[: said[0]], stretch[said[-1]], (written, near), *rest]


def _is_placed(clause: Sequence[Piece], wares: Collection[str]) -> bool:
    """Whether a clause says of a ware where it is: "perfume on wood table"."""
    return any(_is_ware(piece, wares) for piece in clause) and any(english in _PLACED for _, english in clause)


def _is_ware(piece: Piece, wares: Collection[str]) -> bool:
    return (piece[1] or "").removesuffix("s") in wares


def _hangs(place: Sequence[Piece], clause: Sequence[Piece]) -> bool:
    """Whether a place is a wall that something hangs on, and is in no more than in a picture."""
    said = next((english for _, english in reversed(place) if english != ""), None) or ""
    return said.split()[-1:] == ["wall"] and any(english == "hanging" for _, english in clause)


def _first(clause: Sequence[Piece]) -> str | None:
    """The first word of a clause in English that says anything."""
    return next(((english or "?").split()[0] for _, english in clause if english != ""), None)
