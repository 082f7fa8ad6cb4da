"""The meaning of class names, ids and roles: each name is split into words, and each word belongs to groups of meaning.

A word belongs to a group if it is one of the group's words. A longer word also belongs to it if it begins or ends with
one that is long enough not to match by chance ("sharebar", "newsletterbox").
"""

from __future__ import annotations

import re
from functools import lru_cache

#: Group -> words of class names, ids and roles. The order of the groups is that of the bits, and part of the model.
GROUPS: dict[str, str] = {
    "story": (
        "story article body content entry post text artikel articulo noticia materia corpo cuerpo testo texte contenu "
        "inhalt haber icerik richtext wysiwyg prose copy paragraph absatz"
    ),
    "body": (
        "articlebody storybody entrycontent postcontent articletext storytext bodytext maincontent articlecontent "
        "bodycopy"
    ),
    "lead": (
        "lead lede standfirst strapline intro summary excerpt dek deck subtitle subhead subheadline chapo vorspann "
        "kicker abstract description spitzmarke overline epigraph entradilla bajada copete sommario ingress manchet"
    ),
    "title": "title headline heading titel titre titulo titolo baslik hed",
    "meta": "meta date time datum fecha timestamp published updated dateline info postmeta",
    "byline": "byline author autor auteur autore writer bio contributor yazar signature firma",
    "caption": "caption credit copyright figcaption legend legende bildunterschrift imgcaption photocredit source",
    "image": (
        "image img photo picture gallery slideshow carousel slider figure bild foto thumb thumbnail media lightbox"
    ),
    "video": "video player audio podcast embed youtube jwplayer brightcove iframe twitter tweet instagram",
    "share": (
        "share social sharing facebook whatsapp twitter follow addthis sharebar sharedaddy teilen compartir partager "
        "paylas print email bookmark"
    ),
    "teaser": "teaser teasers anriss recirculation",
    "related": (
        "related recommend recommended recommendation more moreon readmore also similar further suggested relacionadas "
        "relacionados connexe verwandt ilgili taboola outbrain recirc upnext nextup teaserlist"
    ),
    "popular": "popular trending mostread latest recent top ranking hot featured highlights",
    "comment": (
        "comment comments commentlist disqus respond reply discussion kommentar kommentare commentaire comentario "
        "comentarios yorum feedback review reviews"
    ),
    "nav": (
        "nav navigation menu navbar menubar megamenu submenu dropdown toolbar tab tabs pager pagination paging prev "
        "previous next"
    ),
    "breadcrumb": "breadcrumb breadcrumbs crumb crumbs",
    "header": "header masthead topbar banner site hero logo brand",
    "footer": "footer foot colophon bottom imprint",
    "side": "sidebar aside rail side secondary complementary column widget widgets panel",
    "ad": (
        "ad ads advert advertisement adslot adsbygoogle sponsor sponsored promo promotion promoted anzeige publicidad "
        "publicidade pubblicita reklam werbung affiliate commercial partner dfp gpt"
    ),
    "newsletter": "newsletter subscribe subscription signup optin mailing mailchimp abo subscriber subscribers",
    "consent": "cookie cookies consent gdpr privacy cmp onetrust didomi usercentrics",
    "paywall": "paywall premium locked gate regwall piano offer membership member donate donation donations support",
    "tags": "tag tags tagcloud topic topics keyword keywords category categories section labels taxonomy",
    "modal": "modal popup overlay dialog lightbox tooltip toast alert notification notice message",
    "hidden": "hidden sr screenreader visuallyhidden offscreen invisible assistive hide",
    "form": "form search login input button btn cta submit signin account select field",
    "list": "list items item card cards grid row tile tiles feed stream collection listing archive",
    "quote": "quote blockquote pullquote zitat cita citation pull",
    "box": "box infobox factbox inset callout module block group wrapper container infobloc aside",
    "toc": "toc contents outline index jump anchor faq",
    "live": "live liveblog ticker update updates entries",
    "legal": "legal disclaimer terms copyright rights license licence imprint",
    "shop": "product price shop cart buy deal deals store amazon coupon",
    "table": "table stats scoreboard data chart graph graphic infographic",
    "note": "note notes footnote footnotes correction corrections editors reference references sources",
    "rating": "rating stars reaction reactions vote poll like likes score emoji",
    "event": "event events calendar weather stock stocks job jobs horoscope quiz game games",
    "main": "main primary page core single permalink",
}

_BITS: dict[str, int] = {}
for _bit, _words in enumerate(GROUPS.values()):
    for _word in _words.split():
        _BITS[_word] = _BITS.get(_word, 0) | (1 << _bit)
_LONG_WORDS = sorted((word for word in _BITS if len(word) >= 5), key=len, reverse=True)
#: Splits names in camel case as well as at signs.
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]{2,}(?![a-z])")


class _Groups(dict[str, int]):
    """Name -> groups. A cache, because the pages of a site, and many sites, share their class names."""

    def __missing__(self, name: str) -> int:
        if len(self) > 100_000:  # a hostile page could have any number of class names
            self.clear()
        mask = 0
        for word in _WORD.findall(name):
            mask |= _groups_of_word(word.lower())
        self[name] = mask
        return mask


_groups = _Groups()


@lru_cache(maxsize=20_000)
def groups_of(names: str) -> int:
    """Bit set of the groups that the words of a class, id or role attribute belong to."""
    mask = 0
    for name in names.split():
        mask |= _groups[name]
    return mask


@lru_cache(maxsize=20_000)
def _groups_of_word(word: str) -> int:
    if word in _BITS:
        return _BITS[word]
    if word.endswith("s") and word[:-1] in _BITS:
        return _BITS[word[:-1]]
    mask = 0
    if len(word) >= 7:
        for part in _LONG_WORDS:
            if word.startswith(part) or word.endswith(part):
                mask |= _BITS[part]
    return mask
