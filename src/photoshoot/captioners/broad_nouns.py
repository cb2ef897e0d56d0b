"""Broad nouns for things of no known class, by the classifier's features, taught with drawings and models.

``weights/broad_nouns.npz`` is a softmax layer over the classifier's 1280 pooled features, made by
``weights/train_broad_nouns.py``. What it says is multiplied with what the classes say of the same nouns: each knows
things that the other doesn't, and where both are unsure so is the product.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from photoshoot.captioners.noun import Noun
from photoshoot.captioners.nouns import Naming, NounTree
from photoshoot.files import find_data

_ALSO: Final[Mapping[str, tuple[str, ...]]] = {"home appliance": ("kitchen appliance",), "plant": ("flower",)}
"""Nouns elsewhere in the tree that speak for one, too."""
_APART: Final[Mapping[str, tuple[str, ...]]] = {"homeware": ("lamp", "plant")}
"""Nouns under one that are weighed for themselves."""
_UNSAID: Final = frozenset(
    {"sports gear", "accessory", "timepiece", "musical instrument", "medical item", "vehicle", "toy"}
)
"""They win what is round, small or slender, whatever it is, and are weighed for that alone."""
_UNTOLD = 0.01  # share of each noun of which no class tells anything
_LEAST = 0.75  # probability from which one is said: under it, of photos and drawings, every second name was wrong
_GATHERED: Final[Mapping[str, tuple[str, ...]]] = {
    "household item": ("homeware", "furniture", "lamp", "plant", "home textile", "home appliance", "tool"),
    "fashion item": ("garment", "headwear", "shoes", "bag", "accessory"),
    "device": ("device", "home appliance"),
}
"""Nouns for what is one of several: said where none of these is likely enough, and all of them together are."""
_TOGETHER = 0.6  # their probability then, for a noun that nothing here speaks for itself
_HARDLY, _SECONDED = 0.6, 0.5  # confidence under which a broad noun needs that probability here, too
_APART_FROM_IT, _INSTEAD = 0.25, 0.6  # the most that speaks for a name of any kind, and the least for another noun
_TOLD, _SEEN = 0.9, 0.45  # confidence and a detector's score from which no likeness takes a name back
_UNLIKE = "box"  # the layer can't tell it from a book: they have one outline
BY_LIKENESS: Final = 0.3
"""Confidence of such a name, 0 to 1: lower than the classes' own, however like the drawings a thing is."""


@dataclass(frozen=True, kw_only=True, eq=False)
class BroadNouns:
    """The layer, and the nouns that it tells apart."""

    nouns: tuple[str, ...]
    """Names of nouns of the tree, one for each output."""
    weights: npt.NDArray[np.float32]
    """(1280, N), of the softmax layer; N nouns."""
    bias: npt.NDArray[np.float32]
    """(N,), of its logits."""

    @classmethod
    @cache
    def load(cls) -> BroadNouns:
        """The embedded one, read once a process."""
        with np.load(find_data("weights") / "broad_nouns.npz", allow_pickle=False) as data:
            return cls(
                nouns=tuple(str(noun) for noun in data["nouns"]),
                weights=data["weights"].astype(np.float32),
                bias=data["bias"].astype(np.float32),
            )

    def weigh(
        self, features: npt.NDArray[np.float32], probabilities: npt.NDArray[np.float32], tree: NounTree
    ) -> npt.NDArray[np.float32]:
        """Probabilities (N,) of the nouns; they sum to 1.

        Args:
            features: (1280,), the mean over a product's views.
            probabilities: (1000,), of ImageNet's classes.
            tree: Tells for which noun each class speaks.
        """
        logits = features @ self.weights + self.bias
        votes = tree.count_votes(probabilities)
        told = np.array([sum(votes[name] for name in _find_members(noun, tree)) for noun in self.nouns], np.float32)
        both = np.exp(logits - logits.max()) * (told + _UNTOLD)
        return np.asarray(both / both.sum(), np.float32)

    def doubts(
        self,
        naming: Naming,
        features: npt.NDArray[np.float32],
        probabilities: npt.NDArray[np.float32],
        tree: NounTree,
    ) -> bool:
        """Whether classes hardly speak for a broad noun, and the product doesn't look like such things."""
        name = naming.noun.name
        if name not in self.nouns or name == _UNLIKE or naming.confidence >= _HARDLY:
            return False
        weights = self.weigh(features, probabilities, tree)
        return bool(weights[self.nouns.index(name)] < _SECONDED)

    def find_other(
        self,
        naming: Naming,
        features: npt.NDArray[np.float32],
        probabilities: npt.NDArray[np.float32],
        tree: NounTree,
        seen: Mapping[str, float],
    ) -> str | None:
        """What a product looks like instead, where next to nothing here speaks for its name; else None.

        A class that comes nearest to what has none, a dispenser to a smoke detector, stands alone: the other classes
        and the features tell of devices. What a detector sees (``seen``: noun → score) is not taken back.
        """
        noun = naming.noun
        kin = {name for name in self.nouns if tree.is_a(noun, (name,)) or noun.name in _find_members(name, tree)}
        if not kin or _UNLIKE in kin or noun.is_plant or naming.confidence >= _TOLD or _is_seen(noun, seen, tree):
            return None
        weights = dict(zip(self.nouns, self.weigh(features, probabilities, tree).tolist(), strict=True))
        best = max(weights, key=lambda name: weights[name])
        other = sum(weights[name] for name in kin) < _APART_FROM_IT and weights[best] >= _INSTEAD
        return best if other and best not in _UNSAID else None

    def choose(
        self, features: npt.NDArray[np.float32], probabilities: npt.NDArray[np.float32], tree: NounTree
    ) -> str | None:
        """The likeliest noun, where it is likely enough and may be said; else one that gathers several."""
        weights = dict(zip(self.nouns, self.weigh(features, probabilities, tree).tolist(), strict=True))
        best = max(weights, key=lambda noun: weights[noun])
        if weights[best] >= _LEAST and best not in _UNSAID:
            return best
        totals = {name: sum(weights[member] for member in members) for name, members in _GATHERED.items()}
        widest = max(totals, key=lambda name: totals[name])
        return widest if totals[widest] >= (_LEAST if widest in self.nouns else _TOGETHER) else None


def _is_seen(noun: Noun, seen: Mapping[str, float], tree: NounTree) -> bool:
    """Whether a detector sees such a thing, a kind of it, or what it is a kind of."""
    found = [name for name, score in seen.items() if score >= _SEEN]
    return tree.is_a(noun, found) or any(tree.is_a(tree.nouns[name], (noun.name,)) for name in found)


def _find_members(noun: str, tree: NounTree) -> set[str]:
    """A noun with all that speak for it."""
    members = {member for name in (noun, *_ALSO.get(noun, ())) for member in tree.families[name]}
    return members - {member for name in _APART.get(noun, ()) for member in tree.families[name]}
