"""What a shop calls a thing: a tree of nouns, and how ImageNet's 1000 classes speak for them.

``weights/shop_nouns.json`` holds the tree and, for each class in order, the noun it speaks for, several nouns with the
share of each, or null where no shop sells such a thing (animals, places, people).

A ``Silhouette`` is what the product's outline says, proportions and fullness, as numbers that a noun is held against.
A noun is said only when enough of all probability speaks for it; else the broader one above it, at last "product".
A second network, which knows fewer kinds of things but knows them in use, speaks for the nouns that name those kinds.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from photoshoot.captioners.noun import ROOT, Noun, read_noun
from photoshoot.captioners.silhouette import Silhouette
from photoshoot.files import find_data
from photoshoot.records import Category

_SURE = 0.5  # share of a noun's weight that its child needs to be named instead
_LEAST = 0.3  # share of all weight that a noun needs; under it the thing is a "product"
_CLEAR, _BEYOND_DOUBT = 0.25, 0.75  # belief of a detector that is a second opinion, and evidence that needs none
_LEAST_MASS = 0.2  # probability that must speak for shop nouns at all
_HOME_SHELF = 1.25  # weight of a noun's own category against those of the nouns under it
_SEEN = (0.45, 0.9)  # scores of a detector between which what it sees begins to count, and counts in full
_TRUST = 0.8  # probability that a thing which the detector is sure of is there
_WORN_AS = "garment"  # the narrowest noun of most that somebody wears
_WORN_NEEDS = (0.0, 0.5, 0.95)  # evidence for a kind of it with no skin in the outline, some, and much
_KIND_UNTOLD = 0.1  # weight of a noun itself against its kinds, where a detector sees one and tells no kind
_SECONDED = 0.03  # share of the classifier's weight that a detector's noun needs to be said in its own words
_LEAFY, _GROWN = 0.2, 0.15  # share of leaf green, and of all weight that growing things have, of a plant
_GREEN = ("plant", "plant pot", "flower", "vegetable", "fruit")
PERSON_SEEN: Final = 0.35
"""A detector's score of a person before grey, from which a wearer is in the outline."""
PERSON_LIKELY: Final = 0.2
"""The same, where something else speaks for a wearer, too: skin, or clothing that weighs most of all."""
_CLOTHED = 0.2  # share of all weight that clothing has then
_DRESSED, _ON_HEAD = "clothing", "headwear"  # what people wear, and what their hair is taken for
_BY_OUTLINE = 0.3  # confidence where the outline alone tells what no class speaks for


@dataclass(frozen=True, kw_only=True)
class Naming:
    """The noun that was chosen."""

    noun: Noun
    """The narrowest noun that is sure."""
    category: Category
    """The shelf, by all nouns that are weighed under ``noun``."""
    confidence: float
    """0 to 1: the share of all weight that speaks for the noun, times the probability that speaks for any noun."""


@dataclass(frozen=True, kw_only=True)
class NounTree:
    """Every noun, and which classes speak for them."""

    nouns: Mapping[str, Noun]
    """By name, parents before children."""
    labels: tuple[str, ...]
    """ImageNet's class names, in the order of ILSVRC 2012."""
    shares: tuple[Mapping[str, float], ...]
    """For each class: noun → share of the class's probability; empty where no noun fits."""

    @classmethod
    def load(cls, path: Path | None = None) -> NounTree:
        """Read the tree from a file; None: the embedded one."""
        text = (path or find_data("weights") / "shop_nouns.json").read_text(encoding="utf-8")
        data = json.loads(text)
        return cls(
            nouns={name: read_noun(name, entry) for name, entry in data["nouns"].items()},
            labels=tuple(label for label, _ in data["classes"]),
            shares=tuple(_read_shares(target) for _, target in data["classes"]),
        )

    @cached_property
    def children(self) -> Mapping[str, tuple[str, ...]]:
        """Noun → the nouns right under it that classes speak for."""
        found: dict[str, tuple[str, ...]] = dict.fromkeys(self.nouns, ())
        for noun in self.nouns.values():
            if noun.parent is not None and not noun.when:
                found[noun.parent] += (noun.name,)
        return found

    @cached_property
    def families(self) -> Mapping[str, tuple[str, ...]]:
        """Noun → itself and all under it that classes speak for."""
        found: dict[str, tuple[str, ...]] = {}
        for name in reversed(list(self.nouns)):  # parents stand before children
            found[name] = (name, *(member for child in self.children[name] for member in found[child]))
        return found

    def is_a(self, noun: Noun, kinds: Sequence[str]) -> bool:
        """Whether a noun, of the tree or put under one of it, is one of those, or under one."""
        return noun.name in kinds or (noun.parent is not None and not set(kinds).isdisjoint(self._lineage(noun.parent)))

    def choose(
        self,
        probabilities: npt.NDArray[np.float32],
        silhouette: Silhouette,
        seen: Mapping[str, float] | None = None,
        *,
        least: float = 0.0,
        person: float = 0.0,
    ) -> Naming:
        """Choose the narrowest noun that is sure.

        Args:
            probabilities: (1000,), of ImageNet's classes; sums to 1.
            silhouette: The product's outline; nouns that it doesn't fit count less.
            seen: Noun → how sure a detector is of seeing such a thing, 0 to 1. None: none was asked.
            least: Confidence under which the thing is a "product", 0 to 1.
            person: How sure a detector is of a person in the outline, 0 to 1.
        """
        found = {name: _believe(score) for name, score in (seen or {}).items()}
        votes = self.count_votes(probabilities)
        weights = {
            name: vote * self.nouns[name].prior * self.nouns[name].fit(silhouette) for name, vote in votes.items()
        }
        told = {name: self._total(name, weights) for name in self.nouns}
        beliefs = {name: belief * self.nouns[name].fit(silhouette) for name, belief in found.items()}
        self._add_seen(weights, beliefs)
        mass = 1 - (1 - self._mass(probabilities)) * (1 - _TRUST * max(found.values(), default=0.0))
        everything = sum(weights.values())
        totals = {name: self._total(name, weights) for name in self.nouns}
        doubted = self._find_doubted(told, found)
        name = ROOT
        if mass >= _LEAST_MASS and everything > 0:
            evidence = self._gather(votes, beliefs)
            name = self._settle(self._descend(totals, evidence, silhouette, doubted), evidence, beliefs)
        dressed = everything > 0 and self._is_dressed(name, totals, person)
        name = _DRESSED if dressed else name
        if name == ROOT and silhouette.leaves >= _LEAFY and sum(totals[kind] for kind in _GREEN) > _GROWN * everything:
            return Naming(noun=self.nouns["plant"], category=self.nouns["plant"].category, confidence=_BY_OUTLINE)
        share = totals[name] / everything if everything > 0 else 0.0
        noun = self._refine(self.nouns[name], silhouette)
        chosen = noun.name == name and not dressed  # else a wig's shelf
        category = self._choose_category(name, weights) if chosen else noun.category
        sure = min(1.0, share * mass) if name != ROOT else 0.0 if noun.name == ROOT else _BY_OUTLINE
        if sure < least:
            return Naming(noun=self.nouns[ROOT], category=self.nouns[ROOT].category, confidence=0.0)
        return Naming(noun=noun, category=category, confidence=sure)

    def count_votes(self, probabilities: npt.NDArray[np.float32]) -> dict[str, float]:
        """Probability that speaks for each noun itself, without those under it; of (1000,), of ImageNet's classes."""
        votes = dict.fromkeys(self.nouns, 0.0)
        for probability, shares in zip(probabilities.tolist(), self.shares, strict=True):
            for name, share in shares.items():
                votes[name] += share * probability
        return votes

    def _gather(self, votes: Mapping[str, float], beliefs: Mapping[str, float]) -> dict[str, float]:
        """Evidence for each noun with those under it, 0 to 1: what the surer of the two networks says.

        A noun's share of all weight tells which of the known nouns it is; not whether it is a known one at all.
        """
        common = {name: vote * math.sqrt(self.nouns[name].prior) for name, vote in votes.items()}
        return {
            name: max(
                self._total(name, common if noun.is_mixed else votes),
                *(beliefs.get(member, 0.0) for member in self.families[name]),
            )
            for name, noun in self.nouns.items()
        }

    def _add_seen(self, weights: dict[str, float], beliefs: Mapping[str, float]) -> None:
        """Add what is believed of each noun; kinds of it that the classifier tells share it with the noun itself."""
        for name, belief in beliefs.items():
            shares = {member: weights[member] for member in self.families[name]}
            shares[name] += _KIND_UNTOLD
            whole = sum(shares.values())
            for member, share in shares.items():
                weights[member] += belief * share / whole

    def _mass(self, probabilities: npt.NDArray[np.float32]) -> float:
        return float(sum(value for value, shares in zip(probabilities.tolist(), self.shares, strict=True) if shares))

    def _total(self, name: str, weights: Mapping[str, float]) -> float:
        return sum(weights[member] for member in self.families[name])

    def _find_doubted(self, told: Mapping[str, float], seen: Mapping[str, float]) -> frozenset[str]:
        """Nouns that a detector alone sees, while the classifier looks elsewhere: of them the broader one is said."""
        whole = max(told[ROOT], 1e-9)
        return frozenset(name for name in seen if told[name] < _SECONDED * whole and self.nouns[name].parent != ROOT)

    def _descend(
        self,
        totals: Mapping[str, float],
        evidence: Mapping[str, float],
        silhouette: Silhouette,
        doubted: frozenset[str],
    ) -> str:
        """From the root down while a child holds enough of its parent's weight, and has the evidence that it needs."""
        name, needed = ROOT, _LEAST
        while shown := [child for child in self.children[name] if evidence[child] >= self.nouns[child].evidence]:
            best = max(shown, key=lambda child: totals[child])
            if totals[best] < needed * totals[name]:
                break
            if best in doubted or (name == _WORN_AS and evidence[best] < _needs_worn(silhouette)):
                break
            name, needed = best, _SURE
        return name

    def _settle(self, name: str, evidence: Mapping[str, float], beliefs: Mapping[str, float]) -> str:
        """The noun itself, or the one above both where a detector clearly sees another thing of that kind."""
        other = max(beliefs, key=lambda seen: beliefs[seen], default=ROOT)
        above, rival = self._lineage(name), self._lineage(other)
        if other in above or name in rival or beliefs.get(other, 0.0) < _CLEAR or evidence[name] >= _BEYOND_DOUBT:
            return name
        shared = next(noun for noun in above if noun in rival)
        return name if shared == ROOT else shared

    def _is_dressed(self, name: str, totals: Mapping[str, float], person: float) -> bool:
        """Whether a person is seen, and the name is only for the hair, or for nothing although clothes weigh most."""
        if person >= PERSON_SEEN and _ON_HEAD in self._lineage(name):
            return True
        heaviest = max(self.children[ROOT], key=lambda child: totals[child])
        clothed = heaviest == _DRESSED and totals[heaviest] >= _CLOTHED * totals[ROOT]
        return name == ROOT and person >= PERSON_LIKELY and clothed

    def _lineage(self, name: str) -> list[str]:
        parent = self.nouns[name].parent
        return [name, *(self._lineage(parent) if parent is not None else [])]

    def _choose_category(self, name: str, weights: Mapping[str, float]) -> Category:
        shelves: dict[Category, float] = {self.nouns[name].category: 0.0}
        if name == ROOT:
            return self.nouns[name].category
        for member in self.families[name]:
            noun = self.nouns[member]
            shelves[noun.category] = shelves.get(noun.category, 0.0) + weights[member]
        shelves[self.nouns[name].category] *= _HOME_SHELF
        return max(shelves, key=lambda category: shelves[category])

    def _refine(self, noun: Noun, silhouette: Silhouette) -> Noun:
        """The noun that measures alone tell: of those under it, or beside it where they share more than the root.

        A noun that gathers whatever is unknown (``needs``) tells no more than the root does. Where a wearer's head is
        seen the outline's is no hood.
        """
        vague = noun.name == ROOT or noun.needs > 0
        parents = {noun.name, noun.parent or ROOT} - (set() if vague else {ROOT})
        for other in self.nouns.values():
            hooded = "head" in other.when and silhouette.has_face
            if other.parent in parents and other.when and not hooded and silhouette.lies_in(other.when):
                return other
        return noun


def _needs_worn(silhouette: Silhouette) -> float:
    """Evidence that a kind of garment needs: with its wearer in the outline a top and shorts look like a skirt."""
    return _WORN_NEEDS[silhouette.shows_skin + silhouette.is_worn]


def _believe(score: float) -> float:
    low, high = _SEEN
    return min(1.0, max(0.0, (score - low) / (high - low)))


def _read_shares(target: str | Mapping[str, float] | None) -> Mapping[str, float]:
    if target is None:
        return {}
    return {target: 1.0} if isinstance(target, str) else dict(target)
