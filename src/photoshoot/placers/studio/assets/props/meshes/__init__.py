"""Models of props, in unit sizes round the origin or on y = 0; each is made once and kept.

Mental model: numbers in, one mesh or one for each coat out. Texture coordinates carry a meaning that the props' palette
reads: u chooses a colour, v a shade, from a thing's foot (0) to its tip (1). Start at `festive.cushion`.
"""
