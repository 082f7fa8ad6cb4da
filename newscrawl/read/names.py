"""Finds the names of persons and agencies in an author field or a byline, without labels, roles, places and links."""

from __future__ import annotations

import re

from newscrawl.dates import month_of
from newscrawl.read.byline_wording import AGENCIES, DATE_WORDS, FILLERS, OPENING, ROLE
from newscrawl.read.helpers import OTHERS
from newscrawl.read.structured import MAX_VALUE
from newscrawl.text import clean, fold

#: "By" that touches the name, or that is said twice, once for those who listen: "ByJane Roe", "Byby Jane Roe".
_GLUED_BY = re.compile(
    r"^(?:(?:Posted|Written|Published)\s)?By(?=[A-ZÀ-Þ]|by\s)|^(?:Posted|Written|Published)\sby(?=[A-ZÀ-Þ])"
)
#: A word with a capital that touches the word before it.
_GLUED_ROLE = re.compile(r"(?<=[a-zà-ÿ])([A-ZÀ-Þ][a-zà-ÿ]{2,20})\b")
#: A text that is all in brackets.
_IN_BRACKETS = re.compile(r"^[\[(【（［]([^\[\]()【】（）［］]{2,100})[\])】）］]$")
#: Separators and conjunctions between names, in many languages.
_SPLIT = re.compile(
    r"\s{0,9}(?:,(?!\s{0,3}[JS]r\b)|[，、;|/／＝•·⋅∙・\n]|\s[-–—]\s"
    r"|(?<=[\w.])\s{1,9}(?:and|und|et|y|e|i|en|og|och|ve|и|&|\+|with|mit|avec|con|com)\s{1,9}(?=\w))\s{0,9}",
    re.I,
)
#: Everything in a byline that is not part of a name.
_NOT_NAMES = re.compile(
    "|".join(
        [
            r"\be-?mail (?:the|this) (?:author|writer|reporter)\b",
            r"\s{0,9}(?:编辑|編輯|责编|摄影|攝影|校对)\s{0,9}[:：/／].{0,400}$",
            rf"(?:{OTHERS.pattern}).{{0,400}}$",
            r"\([^)]{0,400}\)|\[[^\]]{0,400}\]",
            r"[^\s|,;/]{1,99}@[^\s|,;/]{1,99}|https?://\S+|(?<!\w)@\w+",
            r"\b(?:symbol|archiv)(?:bild|foto)\b.{0,400}$",
            r"\b(?:twitter|facebook|linkedin|instagram|bluesky)\b.{0,400}$",
            r"\b(?:updated?|published|posted|last|aktualisiert|on)\b\s{0,9}:?.{0,400}\d{4}.{0,400}$",
            # a place: "in Berlin"
            r"\s{1,9}(?:in|aus|à|a|en)\s{1,9}[A-ZÄÖÜ]\w+(?=$|\s{1,9}(?:and|und|et|y)\s)",
            # a medium: "for the Courier"
            # what they were there: "Envoyés spéciaux à Lyon"
            r"\benvoy[ée]\w{0,3}\s{1,9}sp[ée]cia.{0,400}$",
            r"\bfor\s{1,9}(?:the\s{1,9})?\w.{0,400}$|\bvia\s.{0,400}$",
        ]
    ),
    re.I,
)
#: Roles of groups, not of one person.
_GROUPS = frozenset(
    "staff team editors editorial desk bureau agency newsroom newsdesk news press media magazine service group "
    "network".split()
)
#: Words between the parts of a name.
_PARTICLES = frozenset(
    "de del della di da dos das do du des der den van von vom zu zur ter ten te la le las los el al bin ibn ben abu "
    "y e i af av".split()
)
#: A part of a name that begins with an article in lower case: "al-Masri", "d'Arc".
_WITH_ARTICLE = re.compile(r"[^\W\d_A-Z]{1,4}[-‐'’][^\W\d_a-zà-ÿ]")
#: What a group says of one of its own, whom it does not name: "Our Correspondent", "A Staff Reporter".
_ONE_OF_OURS = frozenset("our a an unser unserem unserer notre nuestro nuestra nostro nostra nosso nossa onze".split())
#: A conjunction that is left before a name of a list.
_CONJUNCTION = re.compile(r"^(?:and|und|et|en|og|och|ja|and by)\s{1,9}(?=[^\W\d_a-zà-ÿ])")
#: What may be a month and a day after a name ("Jane Roe December 2"), and a number that begins something else.
_MONTH_AND_DAY = re.compile(r"(?:^|\s)([^\W\d_]{3,12})\.?\s{1,9}\d{1,2}\b")
_DAY_AND_MONTH = re.compile(r"\s{0,9}\d{1,2}\.?\s{1,9}([^\W\d_]{3,12})")
_NUMBER = re.compile(r"(?:^|\s{1,9})\d(?!\w{0,40}[a-z])")
#: Signs over, under and beside letters, as of Arabic, Hebrew and the scripts of India, which are no letters themselves.
_SIGNS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0971-\u0dff\u0e31-\u0eff\u200c\u200d"
_NAME_CHARACTERS = re.compile(rf"^[^\W\d_](?:[^\W\d_]|[\s.'’\-‐`´·,{_SIGNS}])*$")
#: "reporter" or "correspondent" after a Korean, Japanese or Chinese name.
_TITLE_AFTER_NAME = re.compile(r"\s{0,9}(?:기자|특파원|記者|记者|通讯员|編集委員|报道|報道|報導|撰文|摄影报道)\s{0,9}$")
#: The editors of a medium, after its name.
_EDITORS = re.compile(r"(?:編集部|编辑部|編輯部|取材班|写真部|편집부|취재팀)$")
_CHINESE = re.compile(r"[\u3040-\u9fff\uac00-\ud7af]")
#: Where a reporter was: "王小明／台北報導".
_PLACE_OF_REPORT = re.compile(r"[\u3040-\u9fff]{1,8}(?:報導|报道|報道)")
#: A medium's reporter before a Chinese or Japanese name: "河谷日报记者 林小河".
_TITLE_BEFORE_NAME = re.compile(
    r"^[\u3040-\u9fff]{0,12}(?:記者|记者|通讯员|編集委員|編集部|特派員)[\s:：]{1,9}(?=[\u3040-\u9fff])"
)


def is_full(name: str) -> bool:
    """Has a name more than one part, or is it Chinese, Japanese or Korean, where parts are not spaced?"""
    return " " in name or _CHINESE.match(name) is not None


def unglued(text: str) -> str:
    """A text with a space between "By" and the name that it touches."""
    return _GLUED_BY.sub("By ", text)


def names_in(text: str, is_byline: bool = False) -> list[str]:
    """The names in a text, in order and without duplicates. At most 300 characters are read.

    is_byline: the text is a line of the page rather than an author field, so it may say other things too, and names
        must look more like names.
    """
    text = text[:MAX_VALUE]
    if not text:
        return []
    if "<" in text:
        text = re.sub(r"<[^<>]{0,4000}>", " ", text)
    text = unglued(clean(text))
    text = _IN_BRACKETS.sub(r"\1", _without_glued_role(text))
    if not text.isascii():
        text = re.sub(r"(?<=[\u3040-\u9fff])[／＝](?=[\u3040-\u9fff])", " / ", text)
    text = re.sub(r"\s{1,9}(?:\||•|·|⋅)\s{1,9}", "|", text)
    if len(text) > 300:
        return []
    stripped = text
    for _ in range(3):
        stripped = OPENING.sub("", stripped)
    stripped = _without_date(_NOT_NAMES.sub(" ", stripped))
    # a user name: "by uriebe"
    is_alone = stripped != text and re.fullmatch(r"\s*[\w.-]{2,20}\s*", stripped) is not None
    is_alone = is_alone and stripped.strip().title() not in _BEFORE_OTHERS
    names: list[str] = []
    for part in _SPLIT.split(stripped):
        if names and _PLACE_OF_REPORT.fullmatch(part):
            continue
        name = _TITLE_AFTER_NAME.sub("", _bare(part)).replace(", ", " ").strip(' .,:;-–—|*&●■"“”')
        name = _CONJUNCTION.sub("", name)
        name = _without_role(name, not names and (is_byline or len(name.split()) > _NAME_AND_ROLE))
        if is_byline:
            whole, name = name, _without_rest(name)
            if name != whole and (fold(whole[len(name) :]) in _GROUPS or (" " not in name and ROLE.search(whole))):
                continue  # "The Gazette staff", "Gazette news editor"
        if not name or not _is_plausible(name, is_byline, is_alone):
            if name and names and is_byline and not ROLE.search(name):
                break
            continue
        if _EDITORS.search(name) or (names and _is_after_names(name, names, is_byline)):
            continue
        if fold(name) not in map(fold, names):
            names.append(name)
    # a list of single words names topics
    return [] if is_byline and len(names) > 2 and not any(map(is_full, names)) else names


def is_unnamed(name: str) -> bool:
    """Is it one of the medium's own, who is not named: "Our Harbour Correspondent"?"""
    first, *others = fold(name).split() or [""]
    return bool(others) and first in _ONE_OF_OURS and ROLE.fullmatch(others[-1]) is not None


def _without_glued_role(text: str) -> str:
    """A text up to a role that touches a name: "Jane RoeFounder at Courier"."""
    for glue in _GLUED_ROLE.finditer(text):
        if ROLE.fullmatch(glue[1]):
            return text[: glue.start()]
    return text


def _is_after_names(name: str, names: list[str], is_byline: bool) -> bool:
    """Is one word after full names no name, but a place, or the medium that they write for?"""
    if " " in name or fold(name) in AGENCIES:
        return False
    if _CHINESE.match(names[0]):
        return name.isascii()
    return is_byline and any(" " in one for one in names)


def _bare(part: str) -> str:
    return _TITLE_BEFORE_NAME.sub("", clean(OPENING.sub("", part)))


def _without_role(name: str, is_first: bool) -> str:
    """A name without the role after it: "Anne Roux journaliste"; in a byline also "Jane Roe Senior Correspondent"."""
    parts = name.split()
    if is_unnamed(name):
        return name
    while len(parts) > 2 and parts[-1].islower() and ROLE.fullmatch(parts[-1]) and fold(parts[-1]) not in _GROUPS:
        parts.pop()
    if is_first and len(parts) > 2 and ROLE.fullmatch(parts[-1]) and fold(parts[-1]) not in _GROUPS:
        first = next(i for i, part in enumerate(parts) if ROLE.fullmatch(part))
        if first > 1 and not any(fold(part) in _GROUPS for part in parts):
            return " ".join(parts[:first])
    return " ".join(parts)


#: More words than this in an author field are a name and a role.
_NAME_AND_ROLE = 3
#: Words before a date or a section that touch a name: "Jane Roe In Harbours".
_BEFORE_OTHERS = frozenset(
    "In On At Am Im Em En Le Il Posted Published Updated Veröffentlicht Publié Publicado".split()
)


def _without_rest(name: str) -> str:
    """A name without what follows it: a word in lower case that joins no names ("in Paris"), or a weekday.

    A month stays: where no number is beside it, it is a name ("Theresa May").
    """
    parts = name.split()
    for index, part in enumerate(parts[1:], 1):
        if part[:1].islower() and not _is_particle(part) and parts[0][:1].isupper():
            parts = parts[:index]
            break
    while len(parts) > 1 and (parts[-1] in _BEFORE_OTHERS or (_is_of_date(parts[-1]) and not _is_month(parts[-1]))):
        parts.pop()
    return " ".join(parts)


def _is_particle(word: str) -> bool:
    return word.casefold() in _PARTICLES or word[1:2] in "'’" or _WITH_ARTICLE.match(word) is not None


def _is_of_date(word: str) -> bool:
    return word.casefold().strip(".,") in DATE_WORDS


def _is_month(word: str) -> bool:
    return month_of(word.strip(".,")) is not None


def _without_date(text: str) -> str:
    """A text up to the date, or another number, that follows a name."""
    days = [found.start() for found in _MONTH_AND_DAY.finditer(text) if _is_month(found[1])]
    number = _NUMBER.search(text)
    if number is not None and (day := _DAY_AND_MONTH.match(text, number.start())) and _is_month(day[1]):
        return text[: number.start()]  # a month before it is a name: "Mai 5 March"
    if number is not None:
        days.append(number.start())
    parts = text[: min(days)].rstrip(" ,").split(" ") if days else []
    while len(parts) > 1 and _is_of_date(parts[-1]):
        parts.pop()
    return " ".join(parts) if days else text


def _is_plausible(name: str, is_byline: bool, is_alone: bool = False) -> bool:
    folded = fold(name)
    if folded in AGENCIES:
        return True
    tokens = name.split()
    if (
        is_unnamed(name)
        or all(token in FILLERS or token.strip(".") in DATE_WORDS for token in folded.split())
        or not 1 <= len(tokens) <= 6
        or len(name) > 60
        or len(name) < 2
        or not _NAME_CHARACTERS.match(name)
    ):
        return False
    if ROLE.search(name) and (len(tokens) < 2 or is_byline or not name[:1].isupper()):
        return False
    if is_byline and not is_alone:
        capitals = sum(1 for token in tokens if token[:1].isupper() or not token[:1].islower())
        return capitals >= max(1, len(tokens) - 2) and len(tokens) <= 5 and tokens[0][:1].upper() == tokens[0][:1]
    return is_alone or name[:1].isupper() or not name[:1].islower() or len(tokens) > 1


_BY = re.compile(r"^(?:by|par|por|door|af|av|text|foto)(?::|\b)\s{0,3}", re.I)
#: The German "by" before a full name; not the first part of one.
_VON = re.compile(r"^Von (?=[^\W\d_a-z]\S* [^\W\d_a-z])")
_FAMILY_FIRST = re.compile(
    r"([^\W\d_][\w'’.-]{1,30}(?:\s[\w'’.-]{1,30})?),\s([^\W\d_][\w'’.-]{0,30}(?:\s[\w'’.-]{1,30})?)"
)
_JOINED = re.compile(r"(.+)\s(?:y|e|i)\s(\S+)")


def stated_names(text: str) -> list[str]:
    """The names that an author field states: one name is taken whole, as it is written; a list is taken apart."""
    names, whole = names_in(text), clean(_VON.sub("", _BY.sub("", clean(text), count=1)))
    swapped = _FAMILY_FIRST.fullmatch(whole)
    if swapped and len(names) == 2 and all(len(part.split()) == 1 for part in names):
        return [f"{swapped[2]} {swapped[1]}"]
    if len(names) == 1 and names[0] != whole and _is_one_name(whole):
        return [whole]
    joined = _JOINED.fullmatch(whole)
    if len(names) == 2 and joined and len(joined[1].split()) > 1 and _is_one_name(whole):
        return [whole]
    return names


def _is_one_name(text: str) -> bool:
    """Is it two to five words of a name: with a capital, or between two parts of it?"""
    parts = text.split()
    return (
        2 <= len(parts) <= 5
        and _NAME_CHARACTERS.match(text) is not None
        and not ROLE.search(text)
        and all(part[:1].isupper() or part in _PARTICLES for part in parts)
    )
