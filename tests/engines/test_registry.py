from __future__ import annotations

import pytest

from photoshoot import stages
from photoshoot.engines.registry import REGISTRY, load_class
from photoshoot.errors import UnknownNameError
from photoshoot.weights import load_manifest


@pytest.mark.parametrize(("role", "name"), [(role, name) for role, names in REGISTRY.items() for name in names])
def test_every_entry_leads_to_a_class_with_its_roles_verb(role: str, name: str) -> None:
    verb = {
        "segmenter": "segment",
        "captioner": "describe",
        "translator": "translate",
        "matcher": "match",
        "moderator": "check_pictures",
        "recommender": "recommend",
        "placer": "place",
    }
    found = load_class(role, name)
    assert callable(getattr(found, verb.get(role, "export")))
    assert role.capitalize() in vars(stages)


def test_the_models_of_entries_are_in_the_manifest_with_their_role() -> None:
    for role, entries in REGISTRY.items():
        for entry in entries.values():
            assert entry.model is None or load_manifest().hub[entry.model].role == role


def test_unknown_names_list_the_near_ones() -> None:
    with pytest.raises(UnknownNameError, match="studio"):
        load_class("placer", "studo")
    with pytest.raises(UnknownNameError, match="placer"):
        load_class("placers", "studio")
