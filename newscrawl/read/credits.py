"""Separates an image's caption from its credit: "Dawn (Jane Roe/AP)" becomes "Dawn" and "Jane Roe/AP"."""

from __future__ import annotations

import re

from newscrawl.text import clean

#: Agencies and picture libraries, as they are spelled in credits.
_AGENCY_NAMES = [
    r"Reuters|REUTERS|AP|AFP|EPA|EFE|ANSA|dpa|DPA|APA|PA|TASS|Xinhua|Bloomberg|Keystone|Lusa|AAP|ANP|Belga|NTB|TT",
    r"Ritzau|PAP|CTK|ČTK|Anadolu|AA|DHA|IHA",
    r"Getty(?: Images)?|Alamy|Shutterstock|iStock|Unsplash|IMAGO|imago|picture alliance|Zuma|SIPA|ABACA|NurPhoto",
    r"Wikimedia(?: Commons)?|Flickr|Pixabay|Pexels|Handout|Archiv\w*|FILE",
]
_AGENCY = rf"(?:{'|'.join(_AGENCY_NAMES)})"
#: Words that introduce a credit, in many languages. They are followed by a colon or slash.
_LABEL_WORDS = [
    r"photo|image|picture|pic|foto|bild|fotos|fotografie|photograph|credits?|crédits?|crédito|quelle|source|fuente",
    r"fonte|kaynak|fotoğraf|фото|video|immagine|imagen|imagem|zdjęcie|zdj|beeld|kép",
]
_LABEL = re.compile(
    r"(?:^|[\s.(\[–—-])("
    rf"(?:©|\(c\)|(?:{'|'.join(_LABEL_WORDS)})\s{{0,9}}(?:credits?|courtesy|by|de|di|von)?\s{{0,9}}[:：/]"
    r"|(?:photo|image|photograph|foto|picture|photographs)\s{1,9}(?:by|courtesy of|from)\s)"
    r"\s{0,9}.{2,120}?)[)\]]?\s{0,9}$",
    re.I,
)
_BRACKETS = re.compile(r"\s{0,9}[(\[]([^()\[\]]{2,120})[)\]]\s{0,9}\.?$")
_BRACKETED_LABEL = re.compile(r"(?i)(photo|foto|©|image|bild|credit)")
_BRACKETED_AGENCY = re.compile(rf"\b{_AGENCY}\b")
#: A character of a name; a full stop follows an initial.
_IN_NAME = r"(?:[^.!?|]|(?<=\b[A-Z])\.)"
#: A name and an agency after the caption, separated by a slash or bar: "Jane Roe/AP".
_SLASHED = re.compile(
    r"(?:^|(?<=[.!?”\"»])(?<!\b[A-Z]\.)\s{1,9}|\s{1,9}[|–—]\s{1,9})"
    rf"((?:{_IN_NAME}{{0,60}}[/|·]\s{{0,9}})?{_AGENCY}(?:\s{{0,9}}[/|·,]\s{{0,9}}[^.!?]{{2,60}})*"
    rf"|{_IN_NAME}{{2,60}}/\s{{0,9}}{_AGENCY})\.?$"
)
#: A credit in an element of its own that touches the caption: "The weir in March.Tomas Quell / Gazette".
_TOUCHING = re.compile(r"(?<=[a-zà-ÿ)”][.!?])[A-ZÀ-Þ©][^.!?]{2,80}\.?$")
#: What makes the word after it no label: "in a photo from 1960".
_ARTICLE = re.compile(
    r"\b(?:an?|the|this|these|in|une?|ce(?:tte)?|eine?[mrn]?|dem|das|diese[mns]?|una|un|esta|uma)\s$", re.I
)

_COPYRIGHT_MARK = re.compile(r"(?i)^\s*(?:©|\(c\))\s*")
_LEADING_LABEL_WORDS = [
    r"photo|image|picture|pic|foto|bild|fotos|photograph|credits?|crédits?|crédito|quelle|source|fuente|fonte|kaynak",
    r"fotoğraf|фото|immagine|imagen|imagem|zdjęcie|beeld",
]
_LEADING_LABEL = re.compile(
    rf"(?i)^\s*(?:{'|'.join(_LEADING_LABEL_WORDS)})\s*(?:credits?|courtesy of|courtesy|by|de|di|von|from)?\s*[:：/]?\s+"
    r"(?:courtesy(?:\s+of)?:?\s+)?"
)


def split_credit(text: str) -> tuple[str | None, str | None]:
    """The caption and the credit in a text; either may be None."""
    text = clean(text)
    touching = _TOUCHING.search(text)
    if touching and ("/" in touching[0] or all(part[:1].isupper() for part in touching[0].split())):
        return text[: touching.start()], bare_credit(touching[0])
    bracketed = _BRACKETS.search(text)
    if bracketed and (
        _BRACKETED_AGENCY.search(bracketed[1])
        or "/" in bracketed[1]
        or _LABEL.match(bracketed[1] + " ")
        or _BRACKETED_LABEL.match(bracketed[1])
    ):
        return text[: bracketed.start()].strip() or None, bare_credit(bracketed[1])
    labelled = _LABEL.search(text)
    if labelled and not _ARTICLE.search(text[: labelled.start(1)]):
        credit, bar, rest = labelled[1].partition(" | ")
        if bar and not labelled.start(1) and not _LABEL.match(rest):
            return rest.strip() or None, bare_credit(credit)
        caption = text[: labelled.start(1)].strip(" .([–—-|").strip() + _end_mark(text, labelled.start(1))
        return caption or None, bare_credit(labelled[1])
    slashed = _SLASHED.search(text)
    if slashed:
        return text[: slashed.start()].strip(" |–—") or None, bare_credit(slashed[1])
    return text or None, None


def _end_mark(text: str, cut: int) -> str:
    """The mark that ends the sentence before `cut`, if any."""
    before = text[:cut].rstrip(" ([–—-|")
    return before[-1] if before and before[-1] in ".!?" else ""


def bare_credit(text: str) -> str | None:
    """A credit without "©", its label and brackets."""
    text = _LEADING_LABEL.sub("", _COPYRIGHT_MARK.sub("", text))
    return clean(text.strip(" .()[]")) or None
