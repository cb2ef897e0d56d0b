"""Moderators: what goes in and what comes out is allowed, or refused by a rule that has a name.

In go prompts, photos, style pictures and finished pictures; out come the rules that they break. None is built in unless
one is asked for: ``Selection.moderator``, ``EngineChoice.moderator``, or one of your own for ``Photoshoot``.
"""
