"""Furniture for a room's background: it is seen out of focus, so it is made of few, bold shapes.

Mental model: a piece takes a `Spot` of the room, the room's `Style` and a generator, and returns things to be batched.
Lengths are in world units of a product set, where a room is about nine units a metre. Start at `style`; `seats`,
`decor` and `lighting` are the pieces, `sideboard` the small things that lie on a board.
"""
