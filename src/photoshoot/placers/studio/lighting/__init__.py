"""Light that has a picture of its own: the sky, photographed places, the sun through blinds or leaves.

Mental model: a design's `Light` and the `View` go in, named scene entries (emitters, and the gobo's mesh) come out,
ready for a set's shapes. `sky` is the dome over an open set, `environment` a panorama as light and as a blurred
backdrop, `gobos` what throws shadows. Lamps and softboxes of a studio are `scene.emitters`. Start at `sky.open_air`.
"""
