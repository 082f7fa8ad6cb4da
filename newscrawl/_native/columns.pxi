# Columns of a layout: where its blocks are in the tree, and of which kind they are.
# Twins: newscrawl/read/blocks.py, block_kinds.py and surroundings.py.

cdef enum:
    STEPS = 10
    KIND_STEPS = 7
    CONTAINERS = 5

cdef enum:
    PARAGRAPH, HEADING, QUOTE, PREFORMATTED, LIST_ITEM, CAPTION, EMBED, TABLE_KIND, FIGCAPTION


def steps_up(layout):
    """The element of each block, its parent, and so on up to <body>, which repeats."""
    cdef list parents = layout.parents, places = layout.places
    cdef Py_ssize_t[:, ::1] out
    cdef Py_ssize_t block, step, element, count = len(places)
    cdef Py_ssize_t *above
    made = numpy.empty((STEPS, count), numpy.intp)
    out = made
    above = <Py_ssize_t *> PyMem_Malloc((len(parents) + 1) * sizeof(Py_ssize_t))
    if above == NULL:
        raise MemoryError
    try:
        for element in range(len(parents)):
            above[element] = parents[element]
        above[0] = 0
        for block in range(count):
            element = places[block]
            for step in range(STEPS):
                out[step, block] = element
                element = above[element]
    finally:
        PyMem_Free(above)
    return made


def markup_kinds(layout):
    """The kind of each block, as a number, and the heading element around it (0: none), by tags and class names."""
    import newscrawl.read.block_kinds as reference

    cdef const Py_ssize_t[:, ::1] up = layout.up
    cdef const Py_ssize_t[::1] class_of = layout.class_of
    cdef list class_names = layout.class_names, tags = layout.tags
    cdef dict tag_kinds = reference._TAG_KINDS
    class_kinds = reference._class_kinds
    cdef Py_ssize_t count = up.shape[1], elements = len(tags), block, step, element
    cdef signed char *by_tag = <signed char *> PyMem_Malloc(elements + len(class_names) + 2)
    cdef signed char *by_class
    cdef int kind, decided, tag, class_kind, best
    cdef bint decides, names_kind
    cdef Py_ssize_t heading
    cdef list kinds = [], headings = []
    cdef PyObject *found
    cdef str name
    if by_tag == NULL:
        raise MemoryError
    by_class = by_tag + elements + 1
    try:
        for element in range(elements):
            found = PyDict_GetItem(tag_kinds, tags[element])
            by_tag[element] = PARAGRAPH if found == NULL else <int> <object> found
        by_tag[0] = PARAGRAPH  # <body> says nothing about a block
        for element in range(len(class_names)):
            by_class[element] = -1
        for block in range(count):
            kind, decided, heading = PARAGRAPH, 0, 0
            for step in range(KIND_STEPS - 1, -1, -1):
                element = up[step, block]
                if element == 0:
                    continue
                class_kind = by_class[class_of[element]]
                if class_kind < 0:
                    best = PARAGRAPH
                    for name in (class_names[class_of[element]] or "").split():
                        best = max(best, <int> class_kinds[name])
                    class_kind = by_class[class_of[element]] = best
                tag = by_tag[element]
                decides = class_kind == EMBED or tag == FIGCAPTION or (step < 3 and class_kind == CAPTION)
                if decides:
                    decided = EMBED if class_kind == EMBED else CAPTION
                names_kind = tag > PARAGRAPH and tag <= (LIST_ITEM if step < 3 else PREFORMATTED)
                if decides or (names_kind and decided > 0):
                    kind = decided
                elif names_kind:
                    kind = tag
                elif tag == CAPTION:
                    kind = CAPTION
                if tag == HEADING:
                    heading = element
            kinds.append(kind)
            headings.append(heading)
    finally:
        PyMem_Free(by_tag)
    return kinds, headings


def depths_and_flags(layout):
    """For each block: the number of elements from <body> down to it, and the bits of the tags on its path."""
    import newscrawl.read.surroundings as reference

    cdef list tags = layout.tags, parents = layout.parents, attributes = layout.attributes, places = layout.places
    cdef dict tag_bits = reference._TAG_BITS
    cdef Py_ssize_t hidden_bit = reference._HIDDEN_BIT
    depth_made, flags_made = numpy.empty((2, len(places)), numpy.intp)
    cdef Py_ssize_t[::1] depth = depth_made, flags = flags_made
    cdef Py_ssize_t elements = len(tags), element, parent, block
    cdef Py_ssize_t *own = <Py_ssize_t *> PyMem_Malloc((2 * elements + 2) * sizeof(Py_ssize_t))
    cdef Py_ssize_t *levels
    cdef PyObject *found
    cdef dict stated
    if own == NULL:
        raise MemoryError
    levels = own + elements + 1
    try:
        for element in range(elements):
            found = PyDict_GetItem(tag_bits, <object> PyList_GET_ITEM(tags, element))
            own[element] = 0 if found == NULL else <Py_ssize_t> <object> found
            stated = <dict> PyList_GET_ITEM(attributes, element)
            if stated and is_hidden(stated):
                own[element] |= hidden_bit
            levels[element] = 0
            if element:
                parent = parents[element]
                own[element] |= own[parent]
                levels[element] = levels[parent] + 1
        for block in range(len(places)):
            element = places[block]
            depth[block] = levels[element]
            flags[block] = own[element]
    finally:
        PyMem_Free(own)
    return depth_made, flags_made


cdef bint is_hidden(dict stated) except -1:
    cdef PyObject *value
    if PyDict_GetItem(stated, "hidden") != NULL:
        return True
    value = PyDict_GetItem(stated, "aria-hidden")
    if value != NULL and <object> value == "true":
        return True
    value = PyDict_GetItem(stated, "style")
    return value != NULL and <object> value is not None and "none" in <str> <object> value


def groups(layout):
    """A number for each block, shared by those whose element, and its parent, have the same tag and class."""
    cdef const Py_ssize_t[:, ::1] up = layout.up
    cdef const Py_ssize_t[::1] class_of = layout.class_of
    cdef list tags = layout.tags
    made = numpy.empty(up.shape[1], numpy.intp)
    cdef Py_ssize_t[::1] out = made
    cdef dict numbers = {}
    cdef Py_ssize_t block, own, above, number
    for block in range(up.shape[1]):
        own, above = up[0, block], up[1, block]
        key = (tags[own], class_of[own], tags[above], class_of[above])
        found = numbers.get(key)
        if found is None:
            numbers[key] = found = len(numbers)
        out[block] = found
    return made


cdef uint64_t PROCESS_NUMBER = int.from_bytes(os.urandom(8), "little") | 1


def shapes(layout):
    """A number for each element, shared by siblings of the same tag and class."""
    cdef list tags = layout.tags, parents = layout.parents
    cdef const Py_ssize_t[::1] class_of = layout.class_of
    made = numpy.empty(len(tags), numpy.intp)
    cdef Py_ssize_t[::1] out = made
    cdef dict tag_numbers = {}
    cdef Py_ssize_t element, tag, elements = len(tags), slots = 64, slot, count = 0
    cdef uint64_t key
    cdef PyObject *found
    cdef uint64_t *keys
    cdef int *numbers
    while slots < 2 * elements:
        slots *= 2
    keys = <uint64_t *> PyMem_Malloc(slots * sizeof(uint64_t))
    numbers = <int *> PyMem_Malloc(slots * sizeof(int))
    if keys == NULL or numbers == NULL:
        PyMem_Free(keys)
        PyMem_Free(numbers)
        raise MemoryError
    for slot in range(slots):
        numbers[slot] = -1
    for element in range(elements):
        found = PyDict_GetItem(tag_numbers, <object> PyList_GET_ITEM(tags, element))
        if found == NULL:
            tag = len(tag_numbers)
            tag_numbers[tags[element]] = tag
        else:
            tag = <object> found
        # of at most 60,000 elements each: three numbers of 20 bits
        key = <uint64_t> (<Py_ssize_t> parents[element] + 1) << 40
        key |= (<uint64_t> tag << 20) | <uint64_t> class_of[element]
        # a page cannot choose keys for one slot: the place of a key depends on a number of this process
        slot = ((key ^ (key >> 29)) * PROCESS_NUMBER >> 20) & (slots - 1)
        while numbers[slot] >= 0 and keys[slot] != key:
            slot = (slot + 1) & (slots - 1)
        if numbers[slot] < 0:
            keys[slot], numbers[slot] = key, count
            count += 1
        out[element] = numbers[slot]
    PyMem_Free(keys)
    PyMem_Free(numbers)
    return made


def containers(layout):
    """The nearest elements above each block that contain more blocks than the element below them."""
    cdef const Py_ssize_t[:, ::1] up = layout.up
    cdef list opens = layout.opens, closes = layout.closes
    flags = numpy.empty((CONTAINERS, up.shape[1]), numpy.bool_)
    first, last = numpy.empty((2, CONTAINERS, up.shape[1]), numpy.intp)
    cdef uint8_t[:, ::1] has_container = flags.view(numpy.uint8)
    cdef Py_ssize_t[:, ::1] start = first, stop = last
    cdef Py_ssize_t count = up.shape[1], block, step, found, element, size, before, a, b, level
    for block in range(count):
        found = 0
        element = up[0, block]
        a, b = min(<Py_ssize_t> opens[element], count), min(<Py_ssize_t> closes[element], count)
        before = b - a
        for level in range(CONTAINERS):
            has_container[level, block] = 0
            start[level, block], stop[level, block] = a, b
        for step in range(1, STEPS):
            if up[step, block] == element:
                break
            element = up[step, block]
            a, b = min(<Py_ssize_t> opens[element], count), min(<Py_ssize_t> closes[element], count)
            size = b - a
            if size > before and found < CONTAINERS:
                has_container[found, block] = 1
                start[found, block], stop[found, block] = a, b
                found += 1
            before = size
    return flags, first, last
