"""What a vision-language model is asked, in words."""

from __future__ import annotations

from photoshoot.records import Category

PRODUCT = f"""\
You are the copywriter and art director of an online shop. The picture shows one product, cut out before plain grey.
Answer with one JSON object with these four keys:
"name": what a shop calls it, in one to four words, lower case, without brand and colour, such as "running shoes";
"description": one sentence of what is seen: colours, material, shape, print. Say nothing of the grey behind it;
"category": one of {", ".join(Category)};
"prompts": a list of four scenes for advertising photos that suit it and differ in place, surface and light. Each is 8 \
to 25 words, begins with "on" or "in", says on what it stands, what is behind it and how it is lit, and never names \
the product. Such as "on a weathered oak table in front of a sunlit garden, warm late sun, relaxed and homely".
Answer with the JSON object alone."""

TRANSLATION = """\
Translate this description of a photo's scene into plain English. Keep every detail and add none; if it is English \
already, repeat it. Answer with one JSON object with the key "english".

{text}"""

RETRY = "That can't be used: {fault}. Answer again, with the whole JSON object corrected."
