"""What the stems of ``presets/languages`` may end in: no other letters follow them, so that no "pinzetta" is of a pine.

An ending is one of inflection, behind at most one that makes another kind of word of a stem ("sabb-i-os-a"). What
languages of compounds have behind a stem is told as another word, and is no matter of this file.
"""

import re
from types import MappingProxyType
from typing import Final

from photoshoot.director.words.folding import fold


def _ends(made: str, inflected: str, *, bare: str = "") -> re.Pattern[str]:
    """Endings: none, one of ``inflected``, behind one of ``made`` or not; those of ``bare`` may end a word, too."""
    one, other, alone = ("|".join(fold(endings).split()) for endings in (made, inflected, bare))
    return re.compile(rf"(?:{one})?(?:{other})|(?:{alone})?" if one else rf"(?:{other})?")


STEM_ENDINGS: Final = MappingProxyType(
    {
        "fr": _ends(
            "ee? eu eus al i[eè]r iqu ett os ât ign eâtr on ill ant ent if iv in t n l s h u ur hi",
            "s x e es ux",
            bare="é hi er ir eux al el ier if on in ant ent et ée ch au a h",
        ),
        "es": _ends(
            "ad id os al it ill er an in iz ent ec ic eñ ead uzc ech on ier or ant ar ion",
            "s es a o as os e",
            bare="do al ar ón ión or l cion ero era eza eda",
        ),
        "it": _ends(
            "at it ut os ios al in cin ett ell er an on evol ar ur esc ol ic ent i h ier or ant istic iv ott",
            "a e i o",
            bare="ale io ino",
        ),
        "pt": _ends(
            "ad id os al inh eir an in ent iç ec ic ead ejad on or ant ar çã ç estr iz",
            "s es a o as os e ão ões ães ã ãs",
            bare="al ais ar or m ns l do dos da das ção ções gem gens il is eis",
        ),
        "ro": _ends(
            "oas os at it ut iu ic an in en esc easc iș eț ul ist al ar ei ț or izat ăm ior ișoar",
            "a ă e i u ul ului ii ei le lor lui ele elor ile ilor uri urile urilor ea iei iul iile iilor ie ia",
            bare="as os at it iu ic an esc al r s ri lui is ui oi",
        ),
        "pl": _ends(
            "n ian an en in ow ist ast owat sk sc k ek ik yk ec c cz czn iczn on ion zan isk ąc ując iow ien eń "
            "icz ny aw yst ań ńsk ark nic cow kow z dz",
            "a ą e ę i o ó u y ie ia ię iu em iem om iom ami iami mi ach iach ów owi ego iego emu ej iej ym im "
            "ych ich ymi imi io ią",
            bare="ek ik yk ec iec eń ień n ni ów k z h ść ość cie m zik",
        ),
        "cs": _ends(
            "n ín an en in ov ovit at sk ck k ek ik ec c čk ěn eň íc ejíc ujíc ajíc on nat av iv it ničk ečk ičk "
            "ouč íčk oučk ovan ean ouh inov cn",
            "a á e ě é i í o u ů y ý och ie ia iu em ém om ám ami emi ách ech ích ovi ého ího ému ímu ej ou ým ím "
            "ých ými ími ům mi ata at ete eti",
            bare="ek ík ec k ov n ný ni ok ěn ecek eček ch ami m ník s l ost eň t ař um a",
        ),
        "ru": _ends(
            "н ьн ян янн ан анн ен енн ин ов ев ист оват ск еск ическ ичн к ок ик ек очк ичк ышк чик ник очн инк "
            "ованн атк ящ ущ ющ яющ ающ чат ков иров ышн яч яц иц овск истск ушк юшк ужн мов сов ах нн еств",
            "а я о е у ю ы и ь ои еи ом ем ам ям ах ях ами ями ов ев ью ие ья ье ьев ьем ьям ьями ьях ый ий ая яя "
            "ое ее ые ого его ому ему ым им ых их ыми ими ую юю ою ею ия ию ием иям иями иях ми ти тью й",
            bare="ок ек ик ник чик к н ен ет ер ир ость ян",
        ),
        "uk": _ends(
            "н ьн ян ан анн ен енн єн ін ин ов ев єв ист іст оват ськ цьк ичн ічн к ок ик ек очк ичк чик ник очн "
            "инк иц ован учн уч юч яч ач аюч юк ат ят еньк ков ц нн яст аст овик мов сов ов'ян т л ж инц очц",
            "а я о е є у ю и і ь ї ей ою ею єю ом ем єм ам ям ах ях ами ями ів їв ев єв ові еві єві ий ій ії ого "
            "його ому йому им ім их іх ими іми ої її ьою ію ія ню ня нь тю тя лю ля жю жжя нню ння опад опада "
            "опаду опаді опадом ищ ище ища ищі",
            bare="ок ек ик ник чик к н ень ер ість ян ад адi ік ен",
        ),
        "bg": _ends(
            "н ен ян ан ин ов ев ист оват ск еск ичн к ок ик ек ичк ечк ниц ств ест ав ив ат ит яв иц чк ник ящ "
            "ащ ец чет ени ани ово ар",
            "а я о е и у ю ът ят ия та то те ата ято ото ите ето ията ове овете ища ищата ият ното ната ните ен "
            "ена ено ени чето чета четата ца цата ци ята ете ьо ния",
            bare="н ен ок ек ик ник ец ов ян ин ка ки че",
        ),
        "hr": _ends(
            "n en an in ov ev ast it at sk ask ansk insk čk k ak ek ik ic ac ec c čn ičn nic ost nat on jsk avn "
            "ušt aš evn aln čast asn sn ničk",
            "a e i o u je jem ju om em ama ima og oga omu oj im ih ije iju ijom ovi ova ove ovima evi eva evima j "
            "nja nje nju ošću osti uje ci ce ca",
            bare="n an en in jin ak ek ik ac ec at ast ni k t ir ost aj čki",
        ),
        "el": _ends(
            "ιν εν ικ ιακ ιατικ ερ ωτ ωμεν εριν αλιν ιζ ισμεν ακ ουλ ιτσ ουδ εινος λικ αν ωσ ματ ιανν αι ισμ ει "
            "αδ εδ ωδ ητ οτ ενι",
            "α ο ος η ου ες ας ι ων υ ς ια ης ους οι ε εις εως ιο ιος ιοι ιου ιων ιας ιες ακι ακια ατα ατος ατων "
            "τος τα τ εια ειας υς ονι ιους ετε ιζει",
        ),
        "tr": _ends(
            "ci lı li lu siz suz lik luk msi imsi mtırak sal sel cik ciklar cık",
            "lar ler lari leri sin sun i u a e ya ye yi yu in un nin nun im si su da de ta te dan den tan ten inda "
            "unda inde unde sinda sinde sunda sunde nda nde indan inden sindan sinden la le yla yle iyla iyle uyla "
            "siyla siyle larla lerle lariyla leriyle larin lerin larinin lerinin lara lere larda lerde lardan "
            "lerden larinda lerinde larindaki inin unun sinin sine sina ina ine una daki deki taki teki indaki "
            "indeki undaki sindaki sindeki layin leyin n m umu ini unu sini sunu rengi renk mi mu dir dur nu ni "
            "na ne",
            bare="li lu lik luk siz suz ci msi likta lsi k l",
        ),
        "fi": _ends(
            "i o oi e a is ais ois eis as us es os lis llis maiss mais n s tu t ttu v av ev iv ov uv ht nee nei k "
            "kk ukk oj aj ij ks uks keill te tt in isi oid u tet id",
            "n a t ssa sta lla lta lle na ksi tta in ien iden en on an seen hin den ty tty etty syys ita ia ja jen "
            "sia sa ta i et at sen sten set sella sessa nen inen ella essa illa issa ista ilta oita oiden ten tte "
            "e yn aa ava avat van vat",
            bare="as us is o e",
        ),
        "hu": _ends(
            "os es as s i nyi u ju ok ek ak k j ai ei jai jei a e ott ett at et t ezett ozott azott an en on nk "
            "unk okk ekk akk kk b v sag seg em um ik ikk beli szeru",
            "n on en an ban ben nal nel bol rol tol val vel al el bal bel ba be ra re hoz hez ig ert k ok ek ak t "
            "ot et at a e i ja je jan jen nyi s os es as u o lo zo ito fa kor kon ken sal sel gal gel ul kben "
            "kban esre osra ihez jat jet jaban",
        ),
        "et": _ends(
            "i e a u is ise ne se li like st nda",
            "d l s le st sse ta t ga de dega te tega del dele i id e ed a ad u ud b n na is ist il iga ja ne sed "
            "seid sel",
        ),
    }
)
"""Language → what its stems may end in, folded; of a language that is none of them, any letters up to its longest."""
