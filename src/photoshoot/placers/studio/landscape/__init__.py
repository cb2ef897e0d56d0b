"""Uneven ground out of doors: sand, dunes, lawn, rock, water, and what grows and lies on it.

Mental model: `grid` spreads points over the ground as the camera sees it, a terrain (a height for x and z) lifts them,
and the room's files lay what covers them: `ground_cover`, `boulders`, `plants`, or the whole of `dunes`,
`lawn_and_sand` and `water`. Lengths are world units; all chance comes from the shot's generator. Start at `grid`.
"""
