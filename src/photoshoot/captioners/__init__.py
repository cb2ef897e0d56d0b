"""A ``Cutout`` goes in, a ``Product`` comes out: its name, description, category and palette; prompts of a model.

``efficientnet`` comes with the library: a classifier votes for ``nouns`` that fit the ``silhouette``; ``descriptions``
writes the sentence from a ``look``, with ``color_words`` for colours and ``product_parts`` for where they lie. ``vlm``
asks a vision-language model and holds its JSON to ``forms``. ``sentence_captioner`` reads one sentence of a model by
the rules of ``sentences``. ``recall`` never asks twice about a picture.

START HERE: ``efficientnet``.
"""
