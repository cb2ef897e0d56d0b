from __future__ import annotations

from photoshoot.framing.shot_sizes import asked_frame, with_shot_size
from photoshoot.sets.cyclorama import Cyclorama
from photoshoot.sets.podium import Podium
from photoshoot.settings import Placement, Stance


def test_a_close_up_is_larger_and_a_wide_shot_smaller() -> None:
    usual = Placement(scale=0.8, stance=Stance.LYING)
    close, wide = with_shot_size(usual, "close_up"), with_shot_size(usual, "wide")
    assert wide.scale < usual.scale < close.scale
    assert with_shot_size(usual, "usual") == usual
    assert close.stance is Stance.LYING


def test_a_scale_stays_within_its_range() -> None:
    assert with_shot_size(Placement(scale=3), "close_up").scale == 3
    assert with_shot_size(Placement(scale=0.1), "wide").scale == 0.1


def test_a_packshot_is_as_marketplaces_ask_for() -> None:
    white = Cyclorama(packshot=True, shot_size="wide")
    assert white.pure_white
    assert asked_frame(white) == (True, False, "usual")
    assert asked_frame(Podium(shot_size="wide")) == (False, False, "wide")
