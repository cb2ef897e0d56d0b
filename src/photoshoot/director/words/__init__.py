"""The director's dictionary: which words mean what.

In goes a word or a phrase of an English prompt; out comes its ``Term``: what it asks a set for. ``vocabulary`` reads
``presets/director.json`` and the sets' own words, ``shades`` knows the colours that are called after things,
``participles`` what is said and no thing, ``brand_names`` names of which nothing is asked, ``folding`` how texts are
compared, and ``language_tables`` opens the tables of ``presets/languages``.
Start reading with ``vocabulary.Vocabulary``.
"""
