"""What stands in a prompt: the vocabulary's phrases, and which noun each belongs to.

In goes an English prompt; out comes a ``Reading``: its words, its mentions and what is unread. ``mentions`` finds them
(``headings`` and ``negation`` say how), ``noun_phrases`` takes the prompt apart into nouns and what leads to them,
``heads_untold`` leaves out what describes a noun that is not known, ``product_words`` and ``product_kinds`` what is
said of the product, ``sides`` what is on a side; ``paints`` gives each colour to its part, ``kinds`` says what an
unknown noun is a kind of, ``emoji`` puts emoji into words.
Start reading with ``mentions.read_mentions``.
"""
