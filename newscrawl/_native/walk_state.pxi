# What the walk over a page's body keeps: the open elements, and the texts of the block that is being read.

cdef enum:
    SKIPPED, TEXT, FORMULA, LINE_END, IMAGE, INLINE, LINK, BLOCK, PRE, TABLE, UNKNOWN

cdef int[KNOWN] known_meanings
cdef int number_at
for number_at in range(KNOWN):
    known_meanings[number_at] = UNKNOWN

cdef object twin = None, pictures = None  # the modules newscrawl.read.walk and picture


cdef class Open:
    """The elements that are open, by their depth in lexbor's tree: -1 for those that are passed over."""

    cdef int *elements
    cdef Py_ssize_t room

    def __cinit__(self):
        self.room = 256
        self.elements = <int *> PyMem_Malloc(self.room * sizeof(int))
        if self.elements == NULL:
            raise MemoryError

    def __dealloc__(self):
        PyMem_Free(self.elements)

    cdef int put(self, Py_ssize_t depth, int element) except -1:
        cdef int *more
        if depth >= self.room:
            more = <int *> PyMem_Realloc(self.elements, 2 * depth * sizeof(int))
            if more == NULL:
                raise MemoryError
            self.elements = more
            self.room = 2 * depth
        self.elements[depth] = element
        return 0


cdef class Walk:
    """One page's walk: the lists of its layout, and the texts of the block that is being read."""

    cdef object layout
    cdef list tags, parents, attributes, opens, closes, texts, places, link_shares, images
    cdef list pieces, linked, chain
    cdef dict nodes
    cdef object body
    cdef Py_ssize_t characters, most_characters, most_block, most_blocks

    def __init__(self, layout, body):
        self.layout, self.body, self.nodes = layout, body, None
        self.tags, self.parents, self.attributes = layout.tags, layout.parents, layout.attributes
        self.opens, self.closes, self.texts = layout.opens, layout.closes, layout.texts
        self.places, self.link_shares, self.images = layout.places, layout.link_shares, layout.images
        self.pieces, self.linked, self.chain = [], [], []
        self.characters = layout.characters
        self.most_block, self.most_characters, self.most_blocks = twin.MAX_BLOCK, twin.MAX_TEXT, twin.MAX_BLOCKS

    cdef int forget(self) except -1:
        self.pieces, self.linked, self.chain = [], [], []
        return 0

    cdef object node_at(self, lexbor_node *node):
        """selectolax's object for a node that Python reads."""
        if self.nodes is None:
            self.nodes = {found.mem_id: found for found in self.body.css("pre, table, math")}
        return self.nodes[<uintptr_t> node]

    cdef str bounded(self, str text):
        self.characters += len(text)
        if len(text) <= self.most_block:
            return text
        self.layout.is_cut = True
        return text[: self.most_block].rstrip()

    cdef str text_of(self, list pieces, Py_ssize_t place):
        cdef str text = <str> pieces[0] if len(pieces) == 1 else "".join(pieces)
        if "&" in text and self.tags[place] not in twin._CODE_TAGS:
            text = twin._ENTITY.sub(twin._resolved, text)
        return clean(text)

    cdef double share(self, Py_ssize_t start, Py_ssize_t end) except -1:
        """Share of the characters of some pieces that are inside links."""
        cdef Py_ssize_t at, of_links = 0, of_all = 0, first = 0, last = len(self.linked), middle
        if not self.linked:
            return 0.0
        while first < last:  # the first of them that is not before `start`
            middle = (first + last) // 2
            if <Py_ssize_t> self.linked[middle] < start:
                first = middle + 1
            else:
                last = middle
        last = first
        while last < len(self.linked) and <Py_ssize_t> self.linked[last] < end:
            of_links += len((<str> self.pieces[<Py_ssize_t> self.linked[last]]).strip())
            last += 1
        if first == last:
            return 0.0
        for at in range(start, end):
            of_all += len((<str> self.pieces[at]).strip())
        return <double> of_links / (of_all if of_all > 1 else 1)

    cdef int append(self, str text, Py_ssize_t place, double share) except -1:
        self.texts.append(text)
        self.places.append(place)
        self.link_shares.append(share)
        return 0

    cdef int add(self, Py_ssize_t place) except -1:
        """Make a block of the pieces, or several blocks if a blank line (<br><br>) separates them."""
        cdef list pieces = self.pieces, lines = []
        cdef Py_ssize_t first = 0, start = 0, end, size = len(pieces)
        cdef str text, line, line_end = twin._BREAK
        if line_end not in pieces:
            text = self.text_of(pieces, place)
            if text:
                self.append(self.bounded(text), place, self.share(0, size))
            return 0
        for end in range(size + 1):
            if end < size and <str> pieces[end] != line_end:
                continue
            line = self.text_of(pieces[start:end], place) if end > start else ""
            if line:
                lines.append(line)
            if lines and (not line or end == size):
                if len(self.texts) > self.most_blocks or self.characters > self.most_characters:
                    self.layout.is_cut = True
                    return 0
                self.append(self.bounded("\n".join(lines)), place, self.share(first, end))
                lines = []
            start = end + 1
            if not lines:
                first = start
        return 0

    cdef bint is_drop_cap(self, Py_ssize_t element) except -1:
        """Is the only piece so far a letter, in an element that is named for drop caps?"""
        if len(self.pieces) != 1 or len((<str> self.pieces[0]).strip()) != 1:
            return False
        return twin._DROP_CAP_CLASS.search((<dict> self.attributes[element]).get("class") or "") is not None
