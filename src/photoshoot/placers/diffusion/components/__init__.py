"""What a model is made of: the networks between a prompt and a picture.

In go texts, pictures and latents; out come hidden states (``text_encoder``, ``language_encoder``), latents and
pictures (``codec``), and one step of noise less (``attention`` of a UNet with its ``step_cache``,
``flow_transformer``). ``tensors`` reads the files of their weights.
Start reading with ``codec``.
"""
