"""Other languages: puts a prompt into the director's English.

In goes a prompt as it was typed; out comes the same in English, word by word, what is not known as it was written.
``language_telling`` tells the language, ``lexicon`` has its words with ``affixes``, ``inflection`` and
``stem_endings``, ``slips`` mends mistyped ones, ``romanized``, ``hashtags`` and ``other_scripts`` read what is not
written as usual. ``describing``, ``word_order``, ``postpositions``, ``places_last``, ``views_last``, ``flat_things``,
``things_or_colors``, ``naming`` and ``idiom`` say what was translated in the order and the words that English has.
Start reading with ``translation.translate``.
"""
