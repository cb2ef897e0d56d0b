"""Which of its meanings a word has in its company: holidays in the sun are no Christmas.

In goes a ``Reading``; out comes one whose words mean what they mean beside each other. ``company`` shows each phrase
the others, ``company_rules`` are the rules, ``relations``, ``buildings``, ``furniture`` and ``seen_outside`` are those
of one kind each, ``owning`` tells which noun has a part of a set, ``product_first``, ``product_leading`` and ``goods``
find the product that a prompt begins with, ``nouns_elsewhere`` finds nouns that elsewhere ask for nothing, and
``english`` does what is done of English alone (``changes``, ``floors_of_rooms``, ``foods_or_colors``).
Start reading with ``company_rules.read_in_company``.
"""
