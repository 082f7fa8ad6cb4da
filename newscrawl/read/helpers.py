"""Tells those who helped with a story, as a line names them ("Edited by Tom Reiter"), from those who signed it."""

from __future__ import annotations

import re

from newscrawl.read.byline_wording import OPENING

#: What introduces others than the author: "Edited by", "Photos by", "Foto:".
OTHERS = re.compile(
    r"\W{0,40}\b(?:(?:(?:medically |fact.?|technically |expert )?(?:reviewed|checked|updated|edited|editing"
    r"|photographed|illustrated|translated|produced|additional reporting|research(?:ed)?)"
    r"|photos?|images?|illustrations?|photography|recipe|design|code|graphics?|contributions?) (?:by|from)\b"
    r"|(?:fotos?|fotograf\w{0,3}|photos?|bild(?:er)?|redigier\w{1,2} von|bearbeitet von|lektorat|übersetz\w{1,5} von"
    r"|relu par|édité par|traduit par|editado por|revisado por|a cura della redazione|bewerkt door"
    r"|фото|редактор|编辑|責編|责编|摄影|攝影|校对|撮影|写真|编审|사진|편집)\s{0,3}[:：／/|-])",
    re.I,
)

#: Where a sentence or a part of a line ends, and another may begin.
_BREAK = re.compile(r"[.;|•·]\s{1,9}")


def from_signature(text: str) -> str:
    """A line that begins with those who helped from where it is signed: "Reviewed by Tom Reiter. Written by Jane Roe".

    "" if it begins with them and is not signed; any other line is as it was.
    """
    others = OTHERS.match(text)
    if others is None:
        return text
    ends = (found.end() for found in _BREAK.finditer(text, others.end()))
    return next(
        (text[end:] for end in ends if (opening := OPENING.match(text[end:])) and _SIGNS_SURELY.search(opening[0])), ""
    )


#: What opens a byline and is no part of a name, as "von" and "de" may be.
_SIGNS_SURELY = re.compile(r"^\W{0,9}by\b|[:：]|\w\s{1,9}\w", re.I)
