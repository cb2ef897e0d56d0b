"""What closes a set to the back and below: floors, walls, sweeps, table tops, tiles, and pictures out of focus.

Mental model: each takes the `View`, so that it fills the picture of any format, and returns a mesh, things to be
batched, or a shape with its material. `studio` has the plain surfaces, `table_tops` and `tiled_walls` build on them,
`frontal` is the surface that faces the camera in a flat-lay, `bokeh` shines behind a set. Start at `studio`.
"""
