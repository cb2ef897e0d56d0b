"""Things that stand in a set: furniture, ware on counters, props beside the product, pictures, the coat hanger.

Mental model: an asset is a function of colours and a generator; it returns things (meshes of one colour and roughness)
that `scene.batching` draws as few shapes. A piece stands at the origin on y = 0 and is moved to its place by `rows` or
by its set; `props` find their places themselves, round the product. Start at `rows` or `props`.
"""
