# Boosted trees, as newscrawl/read/trees.py evaluates them.

cdef float pairwise_sum(const float *values, Py_ssize_t count) noexcept nogil:
    """The sum of numbers in the order in which numpy adds them, so that every bit is the same."""
    cdef float[8] r
    cdef float total
    cdef Py_ssize_t at, j, half
    if count < 8:
        total = 0.0
        for at in range(count):
            total += values[at]
        return total
    if count <= 128:
        for j in range(8):
            r[j] = values[j]
        at = 8
        while at < count - count % 8:
            for j in range(8):
                r[j] += values[at + j]
            at += 8
        total = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]))
        while at < count:
            total += values[at]
            at += 1
        return total
    half = count // 2
    half -= half % 8
    return pairwise_sum(values, half) + pairwise_sum(values + half, count - half)


cdef enum:
    ROWS = 32  # that go down a tree together, so that the processor need not wait for one of them


def log_odds(trees_of, values_of):
    """The sum over the trees' leaves for each row. trees_of: a `newscrawl.read.trees.Trees`."""
    cdef const float[:, :] rows = values_of
    cdef const Py_ssize_t[:, ::1] column = trees_of.column
    cdef const float[:, ::1] threshold = trees_of.threshold, leaf = trees_of.leaf
    made = numpy.empty(rows.shape[0], numpy.float32)
    cdef float[::1] out = made
    cdef Py_ssize_t trees = column.shape[0], inner = column.shape[1], width = rows.shape[1], count = rows.shape[0]
    cdef Py_ssize_t tree, first, size, row, at
    cdef Py_ssize_t[ROWS] places
    cdef const Py_ssize_t *columns
    cdef const float *thresholds
    cdef float *values = <float *> PyMem_Malloc(ROWS * (width + trees + 1) * sizeof(float))
    cdef float *leaves
    if values == NULL:
        raise MemoryError
    leaves = values + ROWS * width
    with nogil:
        first = 0
        while first < count:
            size = min(<Py_ssize_t> ROWS, count - first)
            for at in range(width):
                for row in range(size):
                    values[at * ROWS + row] = rows[first + row, at]
            for tree in range(trees):
                columns, thresholds = &column[tree, 0], &threshold[tree, 0]
                for row in range(size):
                    places[row] = 0
                at = 0
                while at < inner:  # one level after another: complete trees have 1, 3, 7 ... inner nodes
                    for row in range(size):
                        places[row] = 2 * places[row] + 1 + (
                            values[columns[places[row]] * ROWS + row] > thresholds[places[row]]
                        )
                    at = 2 * at + 1
                for row in range(size):
                    leaves[row * trees + tree] = leaf[tree, places[row] - inner]
            for row in range(size):
                out[first + row] = pairwise_sum(leaves + row * trees, trees)
            first += size
    PyMem_Free(values)
    return made
