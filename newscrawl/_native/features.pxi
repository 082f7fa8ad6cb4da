# Columns of the content model. Twins: newscrawl/read/features.py and context.py.
#
# Sums are added in the type, and in the order, in which numpy adds them there, so that every bit is the same.

cdef enum:
    REPEATS = 6
    CONTAINER_MEASURES = 8
    REACH = 5
    SIBLING_STEPS = 3


def form_columns(layout, around, const float[::1] words):
    """The columns about the tree around each block; words: of each block. In the order of `columns.names()`."""
    import newscrawl.read.class_names as class_names
    import newscrawl.read.columns as columns

    cdef Py_ssize_t count = len(layout.texts), flags = len(columns.PATH_TAGS) + 1, meanings = len(class_names.GROUPS)
    counts = group_counts(layout.texts)
    cdef Py_ssize_t groups = len(counts), row
    cdef Py_ssize_t rows = flags + meanings + groups + REPEATS + 3 + CONTAINERS * CONTAINER_MEASURES
    made = numpy.empty((rows, count), numpy.float32)
    cdef float[:, ::1] out = made
    cdef const Py_ssize_t[::1] bits = around.flags
    cdef Py_ssize_t block
    for row in range(flags):
        for block in range(count):
            out[row, block] = (bits[block] >> row) & 1
    class_distances(layout, class_names.groups_of, out[flags : flags + meanings])
    row = flags + meanings
    made[row : row + groups] = counts
    row += groups
    repeats(layout, out[row : row + REPEATS])
    row += REPEATS
    headings_above(layout.levels, layout.link_shares, out[row : row + 3])
    row += 3
    container_measures(layout, around, words, out[row:])
    return made


cdef int class_distances(layout, groups_of, float[:, ::1] out) except -1:
    """Steps up to the nearest element of each group of class names; STEPS if there is none."""
    cdef list attributes = layout.attributes, names = layout.class_names
    cdef const Py_ssize_t[:, ::1] up = layout.up
    cdef const Py_ssize_t[::1] class_of = layout.class_of
    cdef Py_ssize_t elements = len(attributes), element, block, step, group, groups = out.shape[0], size, room
    cdef uint64_t *masks = <uint64_t *> PyMem_Calloc(elements + len(names) + 2, sizeof(uint64_t))
    cdef uint64_t *by_class
    cdef uint8_t *is_near
    cdef uint64_t seen, new
    cdef dict stated
    cdef PyObject *value
    cdef str text
    if masks == NULL:
        raise MemoryError
    is_near = <uint8_t *> PyMem_Calloc(elements + len(names) + 2, 1)
    if is_near == NULL:
        PyMem_Free(masks)
        raise MemoryError
    by_class = masks + elements + 1
    try:
        for block in range(up.shape[1]):
            for step in range(STEPS):
                is_near[up[step, block]] = 1
        for element in range(1, elements):
            if not is_near[element]:
                continue
            group = class_of[element]
            if not is_near[elements + 1 + group]:
                is_near[elements + 1 + group] = 1
                text = names[group] or ""
                by_class[group] = groups_of(text[:300])
            masks[element] = by_class[group]
            stated = <dict> PyList_GET_ITEM(attributes, element)
            if not stated or not ("id" in stated or "role" in stated or "aria-label" in stated):
                continue
            room = 299 - len(stated.get("class") or "")
            for name in ("id", "role", "aria-label"):
                text = stated.get(name) or ""
                if text and room > 0:
                    masks[element] |= <uint64_t> groups_of(text[:room])
                room -= len(text) + 1
        for block in range(up.shape[1]):
            for group in range(groups):
                out[group, block] = STEPS
            seen = 0
            for step in range(STEPS):
                new = masks[up[step, block]] & ~seen
                seen |= new
                group = 0
                while new:
                    if new & 1:
                        out[group, block] = step
                    new >>= 1
                    group += 1
    finally:
        PyMem_Free(masks)
        PyMem_Free(is_near)
    return 0


cdef int repeats(layout, float[:, ::1] out) except -1:
    """How many siblings of the same tag and class have blocks, for each block's element and those above it."""
    import newscrawl.read.surroundings as surroundings

    cdef const Py_ssize_t[::1] shape = surroundings.same_shape(layout)
    cdef const Py_ssize_t[:, ::1] up = layout.up
    cdef list opens = layout.opens, closes = layout.closes
    cdef Py_ssize_t elements = len(opens), element, block, step
    cdef int *counts = <int *> PyMem_Calloc(elements + 1, sizeof(int))
    if counts == NULL:
        raise MemoryError
    for element in range(elements):
        counts[shape[element]] += <Py_ssize_t> closes[element] > <Py_ssize_t> opens[element]
    for step in range(REPEATS):
        for block in range(up.shape[1]):
            out[step, block] = counts[shape[up[step, block]]]
    PyMem_Free(counts)
    return 0


cdef int headings_above(list levels, list link_shares, float[:, ::1] out) except -1:
    """Level, link share and distance in blocks of the last heading before each block; 0, -1, 99 if there is none."""
    cdef Py_ssize_t block, last = -1
    for block in range(len(levels)):
        out[0, block] = <float> <double> levels[last] if last >= 0 else 0
        out[1, block] = <float> <double> link_shares[last] if last >= 0 else -1.0
        out[2, block] = min(30, block - last) if last >= 0 else 99
        if <Py_ssize_t> levels[block] > 0:
            last = block
    return 0


cdef int container_measures(layout, around, const float[::1] words, float[:, ::1] out) except -1:
    """Measures of each block's containers; -1 where there is none."""
    cdef Py_ssize_t count = words.shape[0], block, level, a, b, row, opening
    cdef const uint8_t[:, ::1] has_container = around.has_container.view(numpy.uint8)
    cdef const Py_ssize_t[:, ::1] start = around.start, stop = around.stop
    cdef list shares = layout.link_shares, levels = layout.levels
    cdef float *sums = <float *> PyMem_Malloc(3 * (count + 1) * sizeof(float))
    cdef float *linked
    cdef float *running
    cdef double total, running_total, inside, size, share
    if sums == NULL:
        raise MemoryError
    linked, running = sums + count + 1, sums + 2 * (count + 1)
    try:
        sums[0] = linked[0] = running[0] = 0.0
        for block in range(count):
            share = shares[block]
            if block == 0:  # numpy begins with the first number itself
                sums[1] = words[0]
                linked[1] = <float> share * words[0]
                running[1] = words[0] if words[0] >= 12 and share < 0.3 else 0.0
                continue
            sums[block + 1] = sums[block] + words[block]
            linked[block + 1] = linked[block] + <float> share * words[block]
            running[block + 1] = running[block] + (words[block] if words[block] >= 12 and share < 0.3 else <float> 0.0)
        total, running_total = max(1.0, <double> sums[count]), max(1.0, <double> running[count])
        for level in range(CONTAINERS):
            row = level * CONTAINER_MEASURES
            for block in range(count):
                if not has_container[level, block]:
                    for a in range(CONTAINER_MEASURES):
                        out[row + a, block] = -1.0
                    continue
                a, b = start[level, block], stop[level, block]
                opening = min(a, count - 1)
                inside, size = <double> sums[b] - <double> sums[a], b - a
                out[row, block] = <float> inside
                out[row + 1, block] = <float> (inside / total)
                out[row + 2, block] = <float> ((<double> linked[b] - <double> linked[a]) / max(1.0, inside))
                out[row + 3, block] = <float> size
                out[row + 4, block] = <float> ((<double> running[b] - <double> running[a]) / running_total)
                out[row + 5, block] = <float> ((block - a) / max(1.0, size))
                out[row + 6, block] = <float> <double> levels[opening]
                out[row + 7, block] = <float> <double> shares[opening]
    finally:
        PyMem_Free(sums)
    return 0


def context(layout, base, scores):
    """The columns that only the second model sees: where a block is among those that the first is sure of."""
    import newscrawl.read.surroundings as surroundings

    around = surroundings.surroundings(layout)
    cdef const float[::1] p = numpy.ascontiguousarray(scores, numpy.float32)
    cdef const float[::1] words = numpy.ascontiguousarray(base[:, 0])
    cdef const uint8_t[:, ::1] has_container = around.has_container.view(numpy.uint8)
    cdef const Py_ssize_t[:, ::1] start = around.start, stop = around.stop, up = layout.up
    cdef const Py_ssize_t[::1] group = around.group, shape = surroundings.same_shape(layout)
    cdef list levels = layout.levels
    cdef Py_ssize_t count = p.shape[0], elements = len(layout.tags), block, row, level, at, a, b, step
    cdef Py_ssize_t first, last, heading
    made = numpy.empty((1 + 2 * REACH + 3 * CONTAINERS + 1 + SIBLING_STEPS + 9, count), numpy.float32)
    cdef float[:, ::1] out = made
    cdef float *of_words = <float *> PyMem_Malloc(4 * (count + 1) * sizeof(float))
    cdef double *totals = <double *> PyMem_Malloc((max(elements, count) + 1) * sizeof(double))
    cdef Py_ssize_t *sizes = <Py_ssize_t *> PyMem_Malloc((max(elements, count) + count + 2) * sizeof(Py_ssize_t))
    cdef float *weighted
    cdef float *sure_words
    cdef float *scores_up_to
    cdef Py_ssize_t *sure_blocks
    cdef double all_sure_words
    cdef float best
    if of_words == NULL or totals == NULL or sizes == NULL:
        PyMem_Free(of_words)
        PyMem_Free(totals)
        PyMem_Free(sizes)
        raise MemoryError
    weighted, sure_words, scores_up_to = of_words + count + 1, of_words + 2 * (count + 1), of_words + 3 * (count + 1)
    sure_blocks = sizes + max(elements, count) + 1
    try:
        of_words[0] = weighted[0] = sure_words[0] = scores_up_to[0] = 0.0
        sure_blocks[0] = 0
        first, last, best = count, -1, p[0]
        for block in range(count):
            if p[block] > <float> 0.7:
                first, last = min(first, block), block
            best = max(best, p[block])
            sure_blocks[block + 1] = sure_blocks[block] + (p[block] > <float> 0.7)
            if block == 0:  # numpy begins with the first number itself
                of_words[1], weighted[1], scores_up_to[1] = words[0], words[0] * p[0], p[0]
                sure_words[1] = words[0] if p[0] > <float> 0.7 else 0.0
                continue
            of_words[block + 1] = of_words[block] + words[block]
            weighted[block + 1] = weighted[block] + words[block] * p[block]
            sure_words[block + 1] = sure_words[block] + (words[block] if p[block] > <float> 0.7 else <float> 0.0)
            scores_up_to[block + 1] = scores_up_to[block] + p[block]
        all_sure_words = max(1.0, <double> sure_words[count])
        for block in range(count):
            out[0, block] = p[block]
            row = 1
            for at in range(-REACH, REACH + 1):
                if at:
                    out[row, block] = p[block + at] if 0 <= block + at < count else -1.0
                    row += 1
            for level in range(CONTAINERS):
                if not has_container[level, block]:
                    out[row, block] = out[row + 1, block] = out[row + 2, block] = -1.0
                else:
                    a, b = start[level, block], stop[level, block]
                    out[row, block] = <float> (
                        (<double> weighted[b] - <double> weighted[a])
                        / max(1.0, <double> of_words[b] - <double> of_words[a])
                    )
                    out[row + 1, block] = <float> ((<double> sure_words[b] - <double> sure_words[a]) / all_sure_words)
                    out[row + 2, block] = sure_blocks[b] - sure_blocks[a]
                row += 3
        row = 1 + 2 * REACH + 3 * CONTAINERS
        for block in range(count):
            totals[group[block]], sizes[group[block]] = 0.0, 0
        for block in range(count):
            totals[group[block]] += <double> p[block]
            sizes[group[block]] += 1
        for block in range(count):
            out[row, block] = <float> (totals[group[block]] / sizes[group[block]])
        row += 1
        for step in range(SIBLING_STEPS):
            for block in range(count):
                at = shape[up[step, block]]
                totals[at], sizes[at] = 0.0, 0
            for block in range(count):
                at = shape[up[step, block]]
                totals[at] += <double> p[block]
                sizes[at] += 1
            for block in range(count):
                at = shape[up[step, block]]
                out[row, block] = <float> (
                    (totals[at] - <double> p[block]) / max(1, sizes[at] - 1) if sizes[at] > 1 else -1.0
                )
            row += 1
        heading = -1
        for block in range(count):
            if <Py_ssize_t> levels[block] > 0:
                heading = block
            out[row, block] = min(99, max(-30, block - first))
            out[row + 1, block] = min(99, max(-30, last - block))
            out[row + 2, block] = <float> (<double> sure_words[block] / all_sure_words)
            out[row + 3, block] = sure_blocks[count]
            out[row + 4, block] = best
            out[row + 5, block] = p[heading] if heading >= 0 else -1.0
            out[row + 6, block] = block > first and block < last
            a = max(0, block - 12)
            out[row + 7, block] = <float> ((<double> scores_up_to[block] - <double> scores_up_to[a]) / 12)
            a, b = block + 1, min(count, block + 13)
            out[row + 8, block] = <float> ((<double> scores_up_to[b] - <double> scores_up_to[a]) / 12)
    finally:
        PyMem_Free(of_words)
        PyMem_Free(totals)
        PyMem_Free(sizes)
    return made.T
