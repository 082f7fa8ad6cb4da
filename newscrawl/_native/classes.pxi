# Class names of the elements of a layout. Twins: newscrawl/read/blocks.py and page_text.py.

def class_numbers(layout):
    """The number of each element's class attribute, and the attributes by number, of which the first is None."""
    cdef list attributes = layout.attributes
    made = numpy.empty(len(attributes), numpy.intp)
    cdef Py_ssize_t[::1] out = made
    cdef dict numbers = {None: 0}
    cdef list names = [None]
    cdef Py_ssize_t element
    cdef PyObject *number
    cdef PyObject *name
    for element in range(len(attributes)):
        name = PyDict_GetItem(<dict> PyList_GET_ITEM(attributes, element), "class")
        if name == NULL:
            out[element] = 0
            continue
        number = PyDict_GetItem(numbers, <object> name)
        if number == NULL:
            numbers[<object> name] = len(names)
            out[element] = len(names)
            names.append(<object> name)
        else:
            out[element] = <object> number
    return made, names


def class_uses(layout, where, around, above):
    """How many elements have class names of each group in `around`, and the words of blocks in elements of `above`."""
    from newscrawl.read.class_names import groups_of

    cdef list names = layout.class_names, counts = [0] * len(around), words = [0.0] * len(above), sizes = layout.sizes
    cdef Py_ssize_t elements = len(layout.tags), number, element, step, block, at
    cdef uint64_t over
    cdef const Py_ssize_t[::1] class_of
    cdef const Py_ssize_t[:, ::1] up
    cdef uint64_t *meanings = <uint64_t *> PyMem_Calloc(len(names) + 1, sizeof(uint64_t))
    cdef Py_ssize_t *uses = <Py_ssize_t *> PyMem_Calloc(len(names) + 1, sizeof(Py_ssize_t))
    if meanings == NULL or uses == NULL:
        PyMem_Free(meanings)
        PyMem_Free(uses)
        raise MemoryError
    try:
        for number in range(len(names)):
            meanings[number] = groups_of(names[number]) if names[number] else 0
        if len(layout.class_of):
            class_of, up = layout.class_of, layout.up
            for element in range(elements):
                uses[class_of[element]] += 1
            for block in where:
                over = 0
                for step in range(STEPS):
                    over |= meanings[class_of[up[step, block]]]
                for at in range(len(above)):
                    if over & <uint64_t> above[at]:
                        words[at] += sizes[block]
        for at in range(len(around)):
            for number in range(len(names)):
                if meanings[number] & <uint64_t> around[at]:
                    counts[at] += uses[number]
    finally:
        PyMem_Free(meanings)
        PyMem_Free(uses)
    return counts, words
