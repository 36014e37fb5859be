"""The three-letter names that models and dictionaries have for languages (ISO 639-3)."""

from __future__ import annotations

from tarjuma.engines._codes import base

_NAMES = """
    aaaar ababk aeave afafr akaka amamh anarg arara asasm avava ayaym azaze babak bebel bgbul bibis bmbam bnben
    bobod brbre bsbos cacat ceche chcha cocos crcre csces cuchu cvchv cycym dadan dedeu dvdiv dzdzo eeewe elell
    eneng eoepo esspa etest eueus fafas ffful fifin fjfij fofao frfra fyfry gagle gdgla glglg gngrn guguj gvglv
    hahau heheb hihin hohmo hrhrv hthat huhun hyhye hzher iaina idind ieile igibo iiiii ikipk ioido isisl itita
    iuiku jajpn jvjav kakat kgkon kikik kjkua kkkaz klkal kmkhm knkan kokor krkau kskas kukur kvkom kwcor kykir
    lalat lbltz lglug lilim lnlin lolao ltlit lulub lvlav mgmlg mhmah mimri mkmkd mlmal mnmon mrmar msmsa mtmlt
    mymya nanau nbnob ndnde nenep ngndo nlnld nnnno nonor nrnbl nvnav nynya ococi ojoji omorm orori ososs papan
    pipli plpol pspus ptpor quque rmroh rnrun roron rurus rwkin sasan scsrd sdsnd sesme sgsag sisin skslk slslv
    smsmo snsna sosom sqsqi srsrp ssssw stsot susun svswe swswa tatam tetel tgtgk ththa titir tktuk tltgl tntsn
    toton trtur tstso tttat twtwi tytah uguig ukukr ururd uzuzb veven vivie vovol wawln wowol xhxho yiyid yoyor
    zazha zhzho zuzul
"""
"""All of ISO 639-1: two letters, then three."""
_MEMBERS = {
    "ar": "arb", "az": "azj", "et": "ekk", "fa": "pes", "gn": "grn", "ku": "kmr", "lv": "lvs", "mg": "plt", "mn": "khk",
    "ms": "zsm", "nb": "nob", "ne": "npi", "or": "ory", "ps": "pbt", "qu": "quy", "sq": "als", "sw": "swh", "uz": "uzn",
    "yi": "ydd",
}  # fmt: skip
"""The member of a group of languages that people mean by its name."""
NAMES = {name[:2]: name[2:] for name in _NAMES.split()}


def three_letters(tag: str) -> str:
    """Return the ISO 639-3 code of a BCP 47 tag, "" when the tag asks for a script that is not the usual one."""
    code = base(tag)
    return NAMES.get(code, code if len(code) == 3 else "")


def member(tag: str) -> str:
    """Return the code of the very language where ISO 639-3 takes the name for a group: uzn (Northern Uzbek) for uz."""
    return _MEMBERS.get(base(tag)) or three_letters(tag)
