"""Hashtags as words: ``#GoldenHour``, ``#goldenhourvibes``, ``#sommerlook``."""

import re
from typing import Final

from photoshoot.director.wordlike import load_english

_HASHTAG: Final = re.compile(r"#\w+")
_NUMBER: Final = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
"""Colours by their number."""
_HUMP: Final = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|_")
_AROUND: Final = re.compile(r"^(?:\s*#\w+)+(?=\s)|(?:\s+#\w+)+\s*$")
_SHORT: Final = frozenset(
    {
        *("art", "bag", "bar", "bed", "blue", "boho", "buy", "car", "care", "cat", "cozy", "day", "days"),
        *("deal", "diy", "dog", "eco", "eyes", "fall", "farm", "food", "free", "friday", "gift", "glow"),
        *("gold", "good", "gym", "hair", "home", "hot", "hour", "ice", "jazz", "kids", "life", "lime"),
        *("lips", "look", "love", "luxe", "made", "mint", "mom", "monday", "mood", "moon", "neon", "new"),
        *("now", "nude", "park", "pink", "play", "pool", "rain", "red", "rose", "sale", "sand", "sea"),
        *("self", "silk", "skin", "sky", "snow", "soft", "spa", "spot", "star", "sun", "sunday", "surf"),
        *("tea", "team", "tech", "time", "top", "town", "trip", "vibe", "vibes", "wear", "week", "wild"),
        *("wine", "wood", "work", "xmas", "yoga", "zen", "zero"),
    }
)
"""Words of hashtags that ``load_english`` has not: shorter ones, and days."""
_LEADING: Final = 3  # letters of the longest words that mostly lead to others, in any language
_MOST: Final = 4  # words of one hashtag
_LONGEST: Final = 32  # letters of one that is parted


def name_hashtags(text: str) -> str:
    """A text with its hashtags as words; those that it begins or ends with are phrases of their own.

    Colours by their number are kept.
    """
    if "#" not in text:
        return text
    parted = _AROUND.sub(_part, text)
    return _HASHTAG.sub(lambda tag: tag[0] if _NUMBER.fullmatch(tag[0]) else _name(tag[0][1:]), parted)


def _part(tags: re.Match[str]) -> str:
    """Hashtags with marks between them and the text, which they begin or end; as they are after a word as "on" is."""
    words = tags[0].split()
    before = tags.string[: tags.start()].split()[-1:]
    if any(map(_NUMBER.fullmatch, words)) or (before and len(before[0]) <= _LEADING):
        return tags[0]
    return ", ".join(["", *words] if before else [*words, ""])


def _name(tag: str) -> str:
    """A hashtag as its words; as it is where it is not made of English ones."""
    words = _HUMP.sub(" ", tag)
    if " " in words or not tag.isascii() or len(tag) > _LONGEST or tag in load_english():
        return words
    return " ".join(_split(tag.lower(), _MOST) or (tag,))


def _split(letters: str, most: int) -> tuple[str, ...] | None:
    """Letters as the fewest English words, at most so many; None where they are not made of such."""
    if _is_word(letters):
        return (letters,)
    if most == 1:
        return None
    found = ((letters[:size], _split(letters[size:], most - 1)) for size in range(len(letters) - 3, 2, -1))
    whole = [(first, *rest) for first, rest in found if rest is not None and _is_word(first)]
    return min(whole, key=len, default=None)


def _is_word(letters: str) -> bool:
    return letters in load_english() or letters in _SHORT
