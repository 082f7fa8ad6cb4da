"""What is said of a date before it: that it is one of publication, of a change, or of something else."""

from __future__ import annotations

import re

#: Words of "updated" and "modified", in many languages.
_MODIFIED_WORDS = [
    "updat|modif|edited|revis",
    "aktualis|geänd",  # German
    "mise? à jour",  # French
    "actualiz",  # Spanish
    "atualiz",  # Portuguese
    "aggiorn",  # Italian
    "bijgewerkt",  # Dutch
    "zaktual",  # Polish
    "změn",  # Czech
    "frissít",  # Hungarian
    "güncelle",  # Turkish
    "обновл",  # Russian
    "تحديث",  # Arabic
    "更新",  # Chinese and Japanese
    "수정",  # Korean
]
MODIFIED_WORD = re.compile("|".join(_MODIFIED_WORDS), re.I)
#: Words of "published" at the beginning of a line.
_PUBLISHED_WORDS = [
    "(?:first |originally )?(?:published|posted)",
    "veröffentlicht|erschienen",  # German
    "publiée?",  # French
    "publicad[oa]",  # Spanish and Portuguese
    "pubblicat[oa]",  # Italian
    "gepubliceerd|geplaatst",  # Dutch
    "opublikowan[oay]",  # Polish
    "publicera[dt]|publisert|offentliggjort|julkaistu",  # Swedish, Norwegian, Danish, Finnish
    "yayınlan(?:dı|ma)",  # Turkish
    "опубликован[оа]",  # Russian
]
PUBLISHED_LABEL = re.compile(rf"\W{{0,9}}(?:{'|'.join(_PUBLISHED_WORDS)})(?!\w)", re.I)
#: Labels of other dates: when the one who wrote joined the site.
OTHER_LABEL = re.compile(
    r"\W{0,9}(?:joined|member since|registered|mitglied seit|registriert|dabei seit|inscrit|registrado)\b", re.I
)
#: Words right before a date that is one of a life, or the end of something.
_OTHER_EVENTS = [
    r"born|died|deceased|baptised|valid|until|till|deadline|expires",
    r"geboren|gestorben|verstorben|gültig|bis(?: zum)?|frist",  # German
    r"née?|décédée?|mort[eo]?|jusqu['’]au|avant",  # French
    r"nacid[oa]|nació|falleció|murió|hasta|nascid[oa]|nasceu|morreu|faleceu|até",  # Spanish and Portuguese
    r"nat[oa]|mort[oa]|fino al",  # Italian
    r"overleden|tot|urodzon[ya]|zmarła?|född|död|født|родил(?:ся|ась)|умер(?:ла)?|doğumlu",
]
_OF_OTHER = re.compile(
    rf"(?:(?<!\w)(?:{'|'.join(_OTHER_EVENTS)})|[†✝])(?:[\s:,]{{1,3}}(?:on|am|le|el|il|em|op|the|em|a|den))?"
    r"(?:[\s:,]{1,3}[^\W\d]{2,12})?[\s:,.]{0,3}$",
    re.I,
)
_BEFORE = 50
COPYRIGHT = re.compile(r"©|\(c\)|copyright|all rights|alle rechte|tous droits|derechos|direitos|diritti", re.I)


def is_of_other(text: str, raw: str) -> bool:
    """Do the words before a date of a text say that it is one of a life, or the end of something: "died 1 March"?"""
    at = max(0, text.find(raw))
    return _OF_OTHER.search(text[max(0, at - _BEFORE) : at]) is not None
