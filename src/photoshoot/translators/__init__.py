"""Prompts of any language go in, English ones come out.

START HERE: ``verbatim``, which leaves them as they are; a captioner that answers questions translates too.
"""
