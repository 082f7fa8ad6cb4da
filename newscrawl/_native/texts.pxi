# Texts, as newscrawl/text.py has them: cleaning, folding, words and lengths.

import unicodedata

cdef extern from "Python.h":
    int PyUnicode_KIND(object text)
    void *PyUnicode_DATA(object text)
    Py_ssize_t PyUnicode_GET_LENGTH(object text)
    bint PyUnicode_IS_ASCII(object text)
    uint32_t PyUnicode_READ(int kind, const void *data, Py_ssize_t index) nogil
    void PyUnicode_WRITE(int kind, void *data, Py_ssize_t index, uint32_t value) nogil
    object PyUnicode_FromKindAndData(int kind, const void *data, Py_ssize_t size)
    bint Py_UNICODE_ISSPACE(uint32_t character) nogil
    bint Py_UNICODE_ISALNUM(uint32_t character) nogil


cdef inline bint is_invisible(uint32_t c) noexcept nogil:
    """Control and zero-width characters, soft hyphens, lone surrogates: what `clean` drops."""
    if c < 0xAD:
        return c < 0x20 or 0x7F <= c <= 0x9F
    if c < 0x180E:
        return c == 0xAD
    return c in (0x180E, 0x200B, 0x2060, 0xFEFF, 0xFFFE, 0xFFFF) or 0xD800 <= c <= 0xDFFF


cdef inline bint is_wide(uint32_t c) noexcept nogil:
    """Characters of scripts written without spaces: kana, CJK ideographs and Thai."""
    if c < 0xE00:
        return False
    return (
        c <= 0xE7F or 0x3040 <= c <= 0x30FF or 0x3400 <= c <= 0x4DBF or 0x4E00 <= c <= 0x9FFF or 0xF900 <= c <= 0xFAFF
    )


cdef bint is_clean(int kind, const void *data, Py_ssize_t size) noexcept nogil:
    """Are there single spaces alone between words, and nothing to drop?"""
    cdef Py_ssize_t at
    cdef uint32_t c
    cdef bint after_space = True
    cdef const uint8_t *bytes = <const uint8_t *> data
    if kind == 1:
        for at in range(size):
            c = bytes[at]
            if c > 0x20:
                if 0x7F <= c <= 0xA0 or c == 0xAD:
                    return False
                after_space = False
            elif c < 0x20 or after_space:
                return False
            else:
                after_space = True
    else:
        for at in range(size):
            c = PyUnicode_READ(kind, data, at)
            if c == 0x20:
                if after_space:
                    return False
                after_space = True
            elif c < 0x7F and c > 0x20:
                after_space = False
            elif Py_UNICODE_ISSPACE(c) or is_invisible(c):
                return False
            else:
                after_space = False
    return size == 0 or not after_space


cpdef str clean(str text):
    cdef int kind = PyUnicode_KIND(text)
    cdef void *data = PyUnicode_DATA(text)
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text), at, end = 0
    cdef uint32_t c
    cdef bint is_apart = False
    cdef void *out
    if is_clean(kind, data, size):
        return text
    out = PyMem_Malloc(size * kind)
    if out == NULL:
        raise MemoryError
    for at in range(size):
        c = PyUnicode_READ(kind, data, at)
        if c > 0x20 and c < 0x7F:
            pass
        elif Py_UNICODE_ISSPACE(c):
            is_apart = end > 0
            continue
        elif is_invisible(c):
            continue
        if is_apart:
            PyUnicode_WRITE(kind, out, end, 0x20)
            end += 1
            is_apart = False
        PyUnicode_WRITE(kind, out, end, c)
        end += 1
    try:
        return PyUnicode_FromKindAndData(kind, out, end)
    finally:
        PyMem_Free(out)


cdef uint32_t plain_mark(uint32_t c) noexcept nogil:
    """The ASCII equivalent of a typographic quote or dash, as `newscrawl.text` lists them; otherwise itself."""
    if c < 0xAB:
        return c
    if c in (0x2018, 0x2019, 0x201A, 0x201B, 0x02BC, 0x00B4):
        return 0x27
    if c in (0x201C, 0x201D, 0x201E, 0x201F, 0x00AB, 0x00BB):
        return 0x22
    if c in (0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212):
        return 0x2D
    return c


cdef str with_plain_marks(str text):
    cdef int kind = PyUnicode_KIND(text)
    cdef void *data = PyUnicode_DATA(text)
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text), at
    cdef uint32_t c
    cdef void *out = PyMem_Malloc(size * kind if size else 1)
    if out == NULL:
        raise MemoryError
    for at in range(size):
        PyUnicode_WRITE(kind, out, at, plain_mark(PyUnicode_READ(kind, data, at)))
    try:
        return PyUnicode_FromKindAndData(kind, out, size)
    finally:
        PyMem_Free(out)


cpdef str fold(str text):
    if PyUnicode_IS_ASCII(text):
        return clean(text.lower())
    return clean(with_plain_marks(unicodedata.normalize("NFKC", text)).casefold())


cpdef str plain(str text):
    if PyUnicode_IS_ASCII(text):
        return clean(text)
    return clean(with_plain_marks(unicodedata.normalize("NFKC", text)))


cpdef list words(str text):
    cdef str folded = text.lower() if PyUnicode_IS_ASCII(text) and text.isprintable() else fold(text)
    cdef int kind = PyUnicode_KIND(folded)
    cdef const void *data = PyUnicode_DATA(folded)
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(folded), at = 0, start
    cdef uint32_t c
    cdef list found = []
    while at < size:
        c = PyUnicode_READ(kind, data, at)
        if not (Py_UNICODE_ISALNUM(c) or c == 0x5F):
            at += 1
            continue
        start = at
        while at < size:
            c = PyUnicode_READ(kind, data, at)
            if not (Py_UNICODE_ISALNUM(c) or c == 0x5F):
                break
            at += 1
        found.append(folded[start:at])
    return found


cpdef double folded_length(str text):
    cdef int kind = PyUnicode_KIND(text)
    cdef const void *data = PyUnicode_DATA(text)
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text), at, count = 1, wide = 0
    cdef uint32_t c
    if size == 0:
        return 0.0
    for at in range(size):
        c = PyUnicode_READ(kind, data, at)
        if c <= 0x20:
            count += c == 0x20 or c == 0x0A
        elif c >= 0xE00 and is_wide(c):
            wide += 1
    return count + wide / 2.0


cpdef double length(str text):
    cdef int kind = PyUnicode_KIND(text)
    cdef const void *data = PyUnicode_DATA(text)
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text), at, count = 0, wide = 0
    cdef uint32_t c
    cdef bint is_inside = False
    for at in range(size):
        c = PyUnicode_READ(kind, data, at)
        if Py_UNICODE_ISSPACE(c):
            is_inside = False
            continue
        if not is_inside:
            count += 1
            is_inside = True
        if c >= 0xE00 and is_wide(c):
            wide += 1
    return count + wide / 2.0
