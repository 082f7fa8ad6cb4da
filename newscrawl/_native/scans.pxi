# Scans of a page's bytes, and of its links. Twins: newscrawl/read/decoding.py, document.py, discover/anchors.py.

def is_utf8(bytes html):
    """Are the bytes valid UTF-8?"""
    cdef const uint8_t *data = <const uint8_t *> PyBytes_AS_STRING(html)
    cdef Py_ssize_t size = len(html), at = 0
    cdef uint64_t eight
    cdef uint8_t c, lowest, highest
    cdef int more
    while at < size:
        if at + 8 <= size:
            memcpy(&eight, data + at, 8)
            if not eight & <uint64_t> 0x8080808080808080:
                at += 8
                continue
        c = data[at]
        at += 1
        if c < 0x80:
            continue
        lowest, highest = 0x80, 0xBF  # of the second byte
        if 0xC2 <= c <= 0xDF:
            more = 1
        elif 0xE0 <= c <= 0xEF:
            more = 2
            if c == 0xE0:
                lowest = 0xA0
            elif c == 0xED:
                highest = 0x9F
        elif 0xF0 <= c <= 0xF4:
            more = 3
            if c == 0xF0:
                lowest = 0x90
            elif c == 0xF4:
                highest = 0x8F
        else:
            return False
        if at + more > size or not lowest <= data[at] <= highest:
            return False
        at += 1
        while more > 1:
            if data[at] & 0xC0 != 0x80:
                return False
            at += 1
            more -= 1
    return True


cdef bint begins(const uint8_t *data, const uint8_t *end, const char *name, Py_ssize_t size) noexcept nogil:
    """Does a text begin with a name, in upper or lower case?"""
    cdef Py_ssize_t at
    if end - data < size:
        return False
    for at in range(size):
        if data[at] | 0x20 != <uint8_t> name[at]:
            return False
    return True


def tag_signs(bytes html):
    """May a <template>, and a <frameset>, be among the tags?"""
    cdef const uint8_t *at = <const uint8_t *> PyBytes_AS_STRING(html)
    cdef const uint8_t *end = at + len(html)
    cdef bint has_template = False, has_frameset = False
    while at < end:
        at = <const uint8_t *> memchr(at, 0x3C, end - at)
        if at == NULL:
            break
        at += 1
        if at < end:
            if at[0] | 0x20 == 0x74:
                has_template = has_template or begins(at, end, b"template", 8)
            elif at[0] | 0x20 == 0x66:
                has_frameset = has_frameset or begins(at, end, b"frameset", 8)
    return has_template, has_frameset


def addresses(root):
    """The addresses in the links below a node: see `newscrawl.discover.anchors.addresses`."""
    cdef lexbor_node *top = <lexbor_node *> <uintptr_t> root.mem_id
    cdef lexbor_node *node = top
    cdef lexbor_attribute *attribute
    cdef list hrefs = [], following = []
    cdef str tag, name
    cdef object base = None, href, rel
    cdef bint has_select = False, has_href, has_rel
    while True:
        if node.type == LEXBOR_IS_ELEMENT:
            tag = tag_of(node)
            if tag == "select":
                has_select = True
            elif tag == "a" or tag == "link" or tag == "base":
                href = rel = None
                has_href = has_rel = False
                attribute = (<lexbor_element *> node).first_attr
                while attribute != NULL:
                    name = name_of(attribute)
                    if name == "href":
                        has_href = True
                        href = value_of(attribute)
                    elif name == "xlink:href" and attribute.node.local_name < KNOWN:  # in <svg>, it is a href too
                        has_href = True
                    elif name == "rel":
                        has_rel = True
                        rel = value_of(attribute)
                    attribute = attribute.next
                if has_href:
                    if tag == "base":
                        base = (href or "") if base is None else base
                    elif tag == "a" or has_rel:
                        if tag == "a":
                            hrefs.append(href or "")
                        if rel and "next" in (<str> rel).lower().split():
                            following.append(href or "")
        if node.first_child != NULL:
            node = node.first_child
            continue
        while node != top and node.next == NULL:
            node = node.parent
        if node == top:
            break
        node = node.next
    return hrefs, base, following, has_select
