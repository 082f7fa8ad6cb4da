# What texts repeat of the rest of the page. Twin: newscrawl/read/evidence.py.

cdef enum:
    SHORT = 400  # characters of a text that can be an echo, or name somebody, to any use
    FAR = 30
    WINDOW = 15  # characters of an echo that are looked for before it is compared
    ECHO = 60
    TRIES = 3


def named(list texts, list names):
    """2 where a text begins with a name, 1 where it has one in it, 0 where it has none or is long."""
    cdef Py_ssize_t count = len(texts), n, at, first
    made = numpy.zeros(count)
    cdef double[::1] out = made
    cdef list wanted = [name.lower() for name in names if len(name) >= 3]
    cdef str lower, name
    if not wanted:
        return made
    for n in range(count):
        if len(<str> texts[n]) > SHORT:
            continue
        lower = (<str> texts[n]).lower()
        first = -1
        for name in wanted:
            at = lower.find(name)
            if at >= 0 and (first < 0 or at < first):
                first = at
        if first >= 0:
            out[n] = 2.0 if first <= 3 else 1.0
    return made


def squeezed_texts(list texts):
    """The short texts without white space; "" for the others."""
    cdef list found = []
    cdef str text
    for text in texts:
        found.append("".join(text.split()) if len(text) <= SHORT else "")
    return found


def echoed(list texts):
    """Which short texts stand in a longer one as well, as a pull quote does. The first 60 characters are compared."""
    import newscrawl.read.evidence as reference
    from newscrawl import _native

    cdef Py_ssize_t count = len(texts), n, at, size = 0, total, places, of, begin
    made = numpy.zeros(count, numpy.bool_)
    cdef uint8_t[::1] out = made.view(numpy.uint8)
    cdef list starts = []  # what is looked for, each once
    cdef list of_texts = []  # which of them a text begins with; -1 for none
    cdef dict known = {}
    cdef str whole, start, text
    for text in texts:
        size += len(text)
    if size > reference._LONGEST_PAGE:
        return made
    for text in texts:
        of = -1
        if 20 <= len(text) <= SHORT:
            start = text.lower().strip("\"'“”„«»‘’ ")[:ECHO]
            if len(start) >= WINDOW:
                of = known.setdefault(start, len(starts))
                if of == len(starts):
                    starts.append(start)
        of_texts.append(of)
    if not starts:
        return made
    whole = "\n".join(texts).lower()
    cdef list answers = occurrences(whole, starts)
    if answers is None:
        return _native.REFERENCES["echoed"](texts)
    for n in range(count):
        of = of_texts[n]
        out[n] = of >= 0 and <bint> answers[of]
    return made


cdef list occurrences(str whole, list starts):
    """For each start: does one of its first TRIES occurrences not begin a text? None if that is too much work.

    All starts are looked for at once, by a hash that rolls over the page; their characters decide.
    """
    cdef Py_ssize_t count = len(starts), size = len(whole), slots = 64, n, at, k, left
    cdef int kind = PyUnicode_KIND(whole), own_kind
    cdef const void *data = PyUnicode_DATA(whole)
    cdef const void *own
    cdef uint32_t key, leading = 1, slot
    cdef uint32_t c
    cdef int *heads
    cdef int *following
    cdef uint32_t *keys
    cdef signed char *answers  # the number of occurrences so far that begin a text; -1: yes; -2: no
    cdef int candidate
    cdef str start
    cdef bint begins
    if size < WINDOW:
        return [False] * count
    while slots < 4 * count:
        slots *= 2
    heads = <int *> PyMem_Malloc(slots * sizeof(int))
    following = <int *> PyMem_Malloc(count * sizeof(int))
    keys = <uint32_t *> PyMem_Malloc(count * sizeof(uint32_t))
    answers = <signed char *> PyMem_Calloc(count, 1)
    try:
        if heads == NULL or following == NULL or keys == NULL or answers == NULL:
            raise MemoryError
        for n in range(slots):
            heads[n] = -1
        for n in range(count):
            start = starts[n]
            own_kind, own, key = PyUnicode_KIND(start), PyUnicode_DATA(start), 0
            for k in range(WINDOW):
                key = key * HASH_PRIME + PyUnicode_READ(own_kind, own, k)
            keys[n] = key
            slot = (key ^ (key >> 15)) & (slots - 1)
            following[n], heads[slot] = heads[slot], n
        for k in range(WINDOW - 1):
            leading *= HASH_PRIME
        left = 40 * (size + count)
        key = 0
        for at in range(WINDOW - 1):
            key = key * HASH_PRIME + PyUnicode_READ(kind, data, at)
        for at in range(size - WINDOW + 1):
            key = key * HASH_PRIME + PyUnicode_READ(kind, data, at + WINDOW - 1)
            candidate = heads[(key ^ (key >> 15)) & (slots - 1)]
            while candidate >= 0:
                left -= 1
                if left < 0:
                    return None
                if keys[candidate] == key and answers[candidate] >= 0:
                    start = starts[candidate]
                    own_kind, own = PyUnicode_KIND(start), PyUnicode_DATA(start)
                    if at + len(start) <= size:
                        for k in range(len(start)):
                            if PyUnicode_READ(own_kind, own, k) != PyUnicode_READ(kind, data, at + k):
                                break
                        else:
                            begins = at == 0 or PyUnicode_READ(kind, data, at - 1) == 0x0A or (
                                at > 1 and PyUnicode_READ(kind, data, at - 2) == 0x0A
                            )
                            if not begins:
                                answers[candidate] = -1
                            else:
                                answers[candidate] += 1
                                if answers[candidate] == TRIES:
                                    answers[candidate] = -2
                        left -= k // 8
                candidate = following[candidate]
            key -= leading * PyUnicode_READ(kind, data, at)
        return [answers[n] == -1 for n in range(count)]
    finally:
        PyMem_Free(heads)
        PyMem_Free(following)
        PyMem_Free(keys)
        PyMem_Free(answers)


def near(layout):
    """Blocks since the last image, to the next one, and since the last <hr>: 3 x blocks; 30 where there is none."""
    cdef Py_ssize_t count = len(layout.texts), block, last, element
    made = numpy.empty((3, count), numpy.float64)
    cdef double[:, ::1] out = made
    cdef list tags = layout.tags, opens = layout.opens
    cdef list rules = [opens[element] for element in range(len(tags)) if <str> tags[element] == "hr"]
    cdef list images = sorted([image.next_block for image in layout.images])
    distances(images, out[0])
    distances(rules, out[2])
    # to the next image: the places are those after which a block stands
    cdef Py_ssize_t at = 0
    for block in range(count):
        while at < len(images) and <Py_ssize_t> images[at] - 1 < block:
            at += 1
        out[1, block] = min(<Py_ssize_t> FAR, <Py_ssize_t> images[at] - 1 - block) if at < len(images) else FAR
    return made


cdef int distances(list places, double[::1] out) except -1:
    """How far each block is behind the last of the places, in rising order, that is not behind it."""
    cdef Py_ssize_t block, at = 0
    for block in range(out.shape[0]):
        while at < len(places) and <Py_ssize_t> places[at] <= block:
            at += 1
        out[block] = min(<Py_ssize_t> FAR, block - <Py_ssize_t> places[at - 1]) if at else FAR
    return 0


cdef str squeezed(str text):
    """The folded text without spaces."""
    return fold(text).replace(" ", "")


def stated(list texts, str description, str json_body):
    """For each block: whether the description contains it, and whether articleBody does."""
    cdef Py_ssize_t count = len(texts), n
    of_description, of_body = numpy.zeros(count, numpy.bool_), numpy.zeros(count)
    cdef uint8_t[::1] described = of_description.view(numpy.uint8)
    cdef double[::1] in_json = of_body
    cdef str text, start
    for n in range(count):
        text = <str> texts[n]
        if description and len(text) > 20:
            start = text[:10]
            # a cheap test of the first ten characters rules out most blocks
            if not text[:11].isascii() or "".join(start.lower().split()) in description:
                described[n] = squeezed(text[:80])[:50] in description
        if json_body:
            in_json[n] = 1.0 if len(text) > 12 and squeezed(text[:80]) in json_body else -1.0
    return of_description, of_body


def title_overlap(list texts, set title_words):
    """The similarity of each short text to the headline, whose words are given in lower case: 0..1."""
    cdef Py_ssize_t count = len(texts), n, at, size, start
    made = numpy.zeros(count)
    cdef double[::1] out = made
    cdef WordTable table
    cdef int kind
    cdef const void *data
    cdef uint32_t key
    cdef uint32_t c
    cdef bint is_named
    cdef str text
    if not title_words:
        return made
    if len(title_words) > 500:  # no headline: a page could have made its words for one place of the table
        for n in range(count):
            own = set(texts[n].lower().split()) if len(texts[n]) < 300 else set()
            common = len(own & title_words)
            out[n] = <double> common / <double> (len(own) + len(title_words) - common)
        return made
    table = WordTable(list(title_words))
    for n in range(count):
        text = <str> texts[n]
        if len(text) >= 300:
            continue
        if not PyUnicode_IS_ASCII(text):
            text = text.lower()
        kind, data, size = PyUnicode_KIND(text), PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text)
        start, key, is_named = 0, HASH_START, False
        for at in range(size + 1):
            c = lowered(PyUnicode_READ(kind, data, at)) if at < size else 0x20
            if c != 0x20 and c != 0x0A:
                key = hashed(key, c)
                continue
            if at > start and table.find(kind, data, start, at, key) >= 0:
                is_named = True
                break
            start, key = at + 1, HASH_START
        if is_named:
            own = set(text.lower().split())
            common = len(own & title_words)
            out[n] = <double> common / <double> (len(own) + len(title_words) - common)
    return made
