"""Endings and beginnings of words: on, with, without, the, and, for which English has words of its own; and others."""

import re
import unicodedata
from types import MappingProxyType
from typing import Final

from photoshoot.director.words.folding import fold


def _endings(endings: str) -> tuple[tuple[str, str], ...]:
    """(folded ending, that of the plain word: none) of each of a list."""
    return tuple((fold(end), "") for end in endings.split())


ON: Final = MappingProxyType(
    {
        "fi": ("lla",),
        "hu": ("on", "en", "an", "n"),
        "bn": ("তে", "ে", "ায"),
        "et": ("l",),
        "ka": ("ზე",),
        "mr": ("ावर", "वर", "ीवर", "यावर"),
        "te": ("పై",),
        "tr": ("da", "de", "ta", "te"),
    }
)
"""Language → endings that say "on", folded: Finnish ``pöydällä``, Hungarian ``asztalon``, Bengali ``টেবিলে``."""

IN: Final = MappingProxyType({"fi": ("ssa",), "hu": ("ban", "ben"), "tr": ON["tr"]})
"""Language → endings that say "in", folded: Finnish ``metsässä``, Hungarian ``erdőben``, Turkish ``mutfakta``."""

WITH: Final = MappingProxyType(
    {
        "hu": re.compile(r"(v|([^aeiou])\2|ssz|ccs|ggy|nny|lly|tty|zzs)[ae]l$"),
        "tr": re.compile(r"(yl[ae]|l[ae]rl[ae]|l[ae]riyl[ae])$"),
        "et": re.compile(r"ga$"),
        "eu": re.compile(r"ekin$"),
        "ka": re.compile(r"ით$"),
        "hy": re.compile(r"ով$"),
        "ta": re.compile(f"{fold('ுடன்')}$"),
        "te": re.compile("తో$"),
        "mr": re.compile("सह$"),
    }
)
"""Language → endings that say "with": Hungarian ``rózsákkal``, Turkish ``güllerle``."""

LACKING: Final = MappingProxyType(
    {
        "tr": re.compile(r"(siz|suz)$"),
        "de": re.compile(r"(los|frei)(e[nmrs]?)?$"),
        "nl": re.compile(r"(loos|loze|vrije?)$"),
        "sv": re.compile(r"(los|fri)(t|a)?$"),
        "da": re.compile(r"(los|fri)(t|e)?$"),
        "mr": re.compile("(ांशिवाय|ाशिवाय|शिवाय)$"),
        "fi": re.compile(r"(ton|tom(a|an|alla|assa|ia|at|ien))$"),
        "hu": re.compile(r"(mentes|talan|telen|tlan|tlen)(ul|en)?$"),
    }
)
"""Language → endings that say without: of "skugglös" and "gölgesiz" there are no shadows."""

PREFIXES: Final = MappingProxyType(
    {
        "ar": ("وال", "بال", "فال", "كال", "لل", "ال", "و", "ب", "ل", "ف", "ك"),
        "he": ("שה", "מה", "כש", "ה", "ל", "מ", "ש", "כ"),
    }
)
"""Language → articles, "and", "in", "from" and others that are written with the word after them."""

JOINED: Final = MappingProxyType({"ar": ("و", "ب", "ل"), "he": ("ו", "ב", "ל")})
"""Language → letters that are its "and", and its "with", "in" or "to", and are written with the word after them."""

LONGEST_ENDING: Final = MappingProxyType(
    {
        **dict.fromkeys(("pl", "ru", "uk", "cs", "hu", "fi", "ro", "bg", "hr", "lt"), 5),
        **dict.fromkeys(("tr", "el", "ka", "eu", "hy"), 6),
    }
)
"""Language → longest ending that a stem may carry, letters, where it is not four; see ``stem_endings``, too."""

GERMANIC: Final = frozenset({"e", "en", "er", "es", "em", "ern", "n", "a", "t", "et", "s", "ar", "or"})
"""Endings that are no compound's last word."""

MUTATED: Final = MappingProxyType(
    {"ga": re.compile(r"^(?:([bcdfgmpst])h|m(?=b)|g(?=c)|[nd](?=[dgt])|bh(?=f)|b(?=p)|t(?=s)|h(?=[aeiou]))")}
)
"""Language → how its words begin after others, with what is left of it: Irish "ar bhord", on a table, of "bord"."""

DESCRIBING: Final = MappingProxyType(
    {"de": re.compile(r"(lich|ig|isch)(e[nrsm]?)?$"), "nl": re.compile(r"(s|ig|achtig)e$")}
)
"""Language → how adjectives that are made of nouns end."""

PARTICIPLE: Final = MappingProxyType(
    {
        "sv": re.compile(r"\w{3}[aeo]nde$"),
        "da": re.compile(r"\w{3}ende$"),
        "nl": re.compile(r"\w{3}ende$"),
        "af": re.compile(r"\w{3}ende$"),
        "de": re.compile(r"\w{3}(?:ende[nmrs]?|[lr]nde?[nmrs]?)$"),
    }
)
"""Language → how words end that say what something does, and are no compounds: in Swedish "dansande" is no sand."""

SUFFIX: Final = re.compile(
    r"(ar|er|or|en|e|s|n)?(ig|lich|isch|haft|los|bar|sam|en|ern|end|ung|heit|keit|lig|lik|lijk|isk|ad|at|ed|ja|je|tje|"
    r"chen|lein|st|na|ne|nes?|rna|t)?(e|en|er|es|em|s|r|m|t|a|n|ne|na|de|te|jes?|iga?|ar|or|erna|arna|ande)?"
)
"""What stems end in as other kinds of words, and inflected."""

PLURALS: Final = MappingProxyType(
    {
        "es": (
            *(("ces", "z"), ("es", ""), ("s", ""), ("itas", "a"), ("itos", "o"), ("ita", "a"), ("ito", "o")),
            *(("as", "o"), ("a", "o")),
        ),
        "fr": (("aux", "al"), ("s", ""), ("x", ""), ("es", ""), ("e", ""), ("ee", "e")),
        "it": (
            *(("chi", "co"), ("che", "ca"), ("ghi", "go"), ("ghe", "ga"), ("e", "a"), ("i", "o"), ("i", "e")),
            *(("ine", "a"), ("ini", "o"), ("ina", "a"), ("ino", "o"), ("etta", "a"), ("etto", "o")),
            *(("a", "o"), ("e", "o"), ("a", "i"), ("e", "i")),
        ),
        "pt": (
            *(("oes", "ao"), ("aes", "ao"), ("ais", "al"), ("eis", "el"), ("ns", "m"), ("s", ""), ("es", "")),
            *(("inhas", "a"), ("inhos", "o"), ("inha", "a"), ("inho", "o"), ("as", "o"), ("as", "os"), ("a", "o")),
        ),
        "ro": (
            *(("ul", ""), ("ului", ""), ("uri", ""), ("urile", ""), ("i", ""), ("i", "a"), ("i", "e"), ("ii", "ie")),
            *(("e", "a"), ("e", ""), ("a", ""), ("ele", "a"), ("le", ""), ("a", "e"), ("ei", "a")),
        ),
        "de": (
            *(("chen", ""), ("lein", ""), ("en", ""), ("e", ""), ("er", ""), ("es", ""), ("em", ""), ("n", "")),
            *(("s", ""), ("ern", ""), ("chen", "e"), ("lein", "e")),
        ),
        "nl": (("tjes", ""), ("tje", ""), ("pje", ""), ("jes", ""), ("je", ""), ("s", "")),
        "sv": (
            *(("arna", ""), ("erna", ""), ("orna", "a"), ("en", ""), ("et", ""), ("ar", ""), ("er", ""), ("or", "a")),
            *(("n", ""), ("na", ""), ("t", ""), ("a", ""), ("ar", "e"), ("ret", "er"), ("net", "en"), ("len", "el")),
            *(("lar", "el"), ("rar", "er"), ("nar", "en")),
        ),
        "da": (
            *(("erne", ""), ("ene", ""), ("en", ""), ("et", ""), ("er", ""), ("ar", ""), ("e", ""), ("r", "")),
            *(("n", ""), ("t", ""), ("ne", ""), ("kke", "k"), ("kken", "k"), ("sser", "s"), ("tten", "t")),
        ),
        "el": (
            *(
                ("ου", "ος"),
                ("ους", "ος"),
                ("οι", "ος"),
                ("ο", "ος"),
                ("η", "ος"),
                ("α", "ος"),
                ("ες", "α"),
                ("ες", "η"),
            ),
            *(("ας", "α"), ("ης", "η"), ("ου", "ο"), ("α", "ο"), ("ων", "ο"), ("ια", "ι"), ("ιου", "ι"), ("ες", "ας")),
            *(("ους", "ης"), ("α", "ας"), ("η", "ης"), ("η", "ο"), ("α", "ο"), ("ες", "ος"), ("ο", "α"), ("α", "ες")),
        ),
        "he": (
            *(
                ("ימ", ""),
                ("ימ", "ה"),
                ("יימ", "י"),
                ("ות", ""),
                ("ות", "ה"),
                ("ות", "ת"),
                ("יות", "ית"),
                ("יות", "יה"),
            ),
            *(("ה", ""), ("ת", "ה"), ("ת", ""), ("י", ""), ("י", "ה"), ("ית", "י")),
        ),
        "hi": (
            *(("ियों", "ी"), ("ियां", "ी"), ("ुओं", "ू"), ("ओं", ""), ("ों", ""), ("ें", ""), ("ों", "ा"), ("े", "ा")),
            *(("ी", "ा"), ("ी", "े")),
        ),
        "ca": (("es", "a"), ("s", ""), ("os", ""), ("ns", ""), ("es", ""), ("a", ""), ("ques", "ca"), ("gues", "ga")),
        "ur": (
            *(("يوں", "ي"), ("ياں", "ي"), ("وں", ""), ("يں", ""), ("وں", "ا"), ("وں", "ہ"), ("ے", "ا"), ("ے", "ہ")),
            *(("ي", "ا"), ("وں", "ے")),
        ),
        "fil": (("ng", ""), ("g", "")),
        "af": (("e", ""), ("s", ""), ("jie", ""), ("tjie", ""), ("tjies", ""), ("jies", "")),
        "gl": (("s", ""), ("es", ""), ("iños", "o"), ("iño", "o"), ("iña", "a"), ("as", "o"), ("a", "o")),
        "sq": (("t", ""), ("n", ""), ("in", ""), ("it", ""), ("a", "e"), ("en", "e"), ("es", "e"), ("ave", "a")),
        "eu": (*_endings("ekin arekin en aren ak a an ean etan"), ("ekin", "a"), ("ak", "a"), ("en", "a")),
        "et": _endings("dega tega ga de te d l s le st ta t tele dele"),
        "hy": _endings("ներով երով ով ում ներ եր ների երի ի ը ն ին ից ներից երից ները երը ներին երին"),
        "ta": (*_endings("களுடன் ுடன் கள் களின் களில் ில் ின் யில் யின் ை யை வில் வின்"), (fold("த்தில்"), fold("ம்"))),
        "te": (*_endings("లో తో పై లు లతో లపై ని ల"), ("ంలో", "ం"), ("లతో", "లు"), ("ల", "లు")),
        "ka": _endings("ებზე ებში ების ებით ები ებს ებთან ზე ში ის ით"),
        "mr": _endings(
            "ामध्ये मध्ये ीमध्ये ांमध्ये ाजवळ ीजवळ जवळ ासमोर ावरील ावर "
            "वर ात त ाच्या च्या ाची ची ाचा चा ाचे चे ांसह सह ने ाने ांच्या ांनी ांची ांचे ाला ला"
        ),
        "pa": (("ਾਂ", ""), ("ਆਂ", ""), ("ੇ", "ਾ"), ("ਿਆਂ", "ਾ"), ("ੀ", "ਾ"), ("ਂ", "")),
        "fa": tuple((end, "") for end in ("ها", "هاي", "هايي", "هايش", "ان", "ي", "اي", "اش", "ش")),
        "bn": tuple(
            (unicodedata.normalize("NFKD", end), "")
            for end in (
                *("টি", "টা", "টির", "টার", "টিতে", "গুলি", "গুলো", "গুলির", "গুলোর", "এর", "যের", "ের", "র", "তে", "ে"),
                *("য", "যে", "কে", "রা", "দের"),
            )
        ),
        "ar": (
            ("ات", "ه"),
            ("ات", "ة"),
            ("ات", ""),
            ("اً", ""),
            ("ا", ""),
            ("ين", ""),
            ("ة", "ه"),
            ("ه", "ة"),
            ("ة", ""),
            ("ه", ""),
            ("ي", ""),
        ),
    }
)
"""Language → (ending of a plural, another gender or case, or of what is small, that of the plain word)."""
