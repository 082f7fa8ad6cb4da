# Measures of texts. Twins: newscrawl/read/text_features.py, block_words.py and evidence.py.

cdef extern from "Python.h":
    bint Py_UNICODE_ISDECIMAL(uint32_t character) nogil


#: The properties of characters (see newscrawl/read/text_features.py), in rows of 256, each made when it is needed.
cdef uint32_t *property_rows[0x1100]
cdef object reference_properties = None


cdef int make_row(uint32_t c) except -1:
    global reference_properties
    cdef uint32_t *row
    cdef Py_ssize_t code, start = (c >> 8) << 8
    if reference_properties is None:
        from newscrawl.read.text_features import _properties_of as reference_properties
    row = <uint32_t *> PyMem_Malloc(256 * sizeof(uint32_t))
    if row == NULL:
        raise MemoryError
    for code in range(256):
        row[code] = reference_properties(chr(start + code))
    property_rows[c >> 8] = row
    return 0


cdef inline uint32_t properties(uint32_t c) except? 0xFFFFFFFF:
    if property_rows[c >> 8] == NULL:
        make_row(c)
    return property_rows[c >> 8][c & 0xFF]


cdef enum:  # the bits, in the order of newscrawl/read/text_features.py
    IS_SPACE = 1 << 0
    IS_DIGIT = 1 << 1
    IS_NUMBER = 1 << 2
    IS_UPPER = 1 << 3
    IS_LOWER = 1 << 4
    IS_CASED = 1 << 5
    IS_WIDE = 1 << 6
    IS_COMMA = 1 << 7
    IS_QUOTE = 1 << 8
    IS_STOP = 1 << 9
    IS_WIDE_STOP = 1 << 10
    IS_ODD_MARK = 1 << 11
    IS_COPYRIGHT = 1 << 12
    IS_LINE = 1 << 13
    IS_END = 1 << 14
    IS_CLOSER = 1 << 15
    IS_COLON = 1 << 16
    IS_YEAR = 1 << 17

cdef WordTable stopword_table = None


cdef bint says_copyright(int kind, const void *data, Py_ssize_t size) noexcept nogil:
    cdef const char *word = b"copyright"
    cdef Py_ssize_t at, n
    for at in range(size - 8):
        for n in range(9):
            if lowered(PyUnicode_READ(kind, data, at + n)) != <uint32_t> word[n]:
                break
        else:
            return True
    return False


def text_columns(list texts):
    """The columns of `newscrawl.read.text_features.TEXT_FEATURES`, columns x texts."""
    import newscrawl.read.text_features as reference

    global stopword_table
    if stopword_table is None:
        stopword_table = WordTable(sorted(reference.stopwords()))
    cdef Py_ssize_t count = len(texts), n, at, size, spaces, word_at
    made = numpy.empty((16, count), numpy.float64)
    cdef double[:, ::1] out = made
    cdef int kind
    cdef const void *data
    cdef uint32_t any_of, own, last, key
    cdef Py_ssize_t digits, wide, commas, quotes, stops, wide_stops, lines, capitals, common
    cdef uint32_t c
    cdef bint after_number, is_dated, is_stop, is_cased, ends, is_start, may_copy
    cdef double length_in_words
    cdef str text, lower
    cdef const uint32_t *basic
    properties(0)
    basic = property_rows[0]
    for n in range(count):
        text = <str> texts[n]
        kind, data, size = PyUnicode_KIND(text), PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text)
        any_of = 0
        digits = wide = commas = quotes = stops = wide_stops = lines = capitals = spaces = 0
        after_number = is_dated = is_stop = may_copy = False
        is_start = True
        for at in range(size):
            c = PyUnicode_READ(kind, data, at)
            own = basic[c] if c < 256 else properties(c)
            any_of |= own
            if is_stop and own & IS_SPACE:
                stops += 1
            is_stop = (own & IS_STOP) != 0
            if is_start and own & IS_UPPER:
                capitals += 1
            is_start = False
            if own & IS_SPACE:
                spaces += 1
                is_start = True
            elif own & (IS_DIGIT | IS_NUMBER | IS_WIDE | IS_COMMA | IS_QUOTE | IS_WIDE_STOP):
                digits += (own & IS_DIGIT) > 0
                wide += (own & IS_WIDE) > 0
                commas += (own & IS_COMMA) > 0
                quotes += (own & IS_QUOTE) > 0
                wide_stops += (own & IS_WIDE_STOP) > 0
                if own & IS_NUMBER:
                    is_dated = is_dated or after_number
                    after_number = True
                    continue
            elif c == 0x79 or c == 0x59:  # the y of "copyright"
                may_copy = True
            lines += (own & IS_LINE) > 0
            after_number = False
        stops += is_stop
        last = properties(PyUnicode_READ(kind, data, size - 1)) if size else IS_COLON
        if last & IS_CLOSER:
            at = size - 1
            while at >= 0 and properties(PyUnicode_READ(kind, data, at)) & IS_CLOSER:
                at -= 1
            last = properties(PyUnicode_READ(kind, data, at)) if at >= 0 else IS_COLON
        ends = (last & IS_END) != 0
        is_cased = (any_of & IS_CASED) != 0
        length_in_words = spaces + 1 + wide / 2.0
        common = 0
        if wide == 0:
            lower = text if PyUnicode_IS_ASCII(text) else text.lower()
            kind, data = PyUnicode_KIND(lower), PyUnicode_DATA(lower)
            word_at, key = 0, HASH_START
            for at in range(PyUnicode_GET_LENGTH(lower) + 1):
                c = lowered(PyUnicode_READ(kind, data, at)) if at < PyUnicode_GET_LENGTH(lower) else 0x20
                if c == 0x20 or c == 0x0A:
                    if at > word_at and stopword_table.find(kind, data, word_at, at, key) >= 0:
                        common += 1
                    word_at, key = at + 1, HASH_START
                else:
                    key = hashed(key, c)
        out[0, n] = length_in_words
        out[1, n] = 5.0 if wide > 0 else size / max(1.0, length_in_words)
        out[2, n] = ends
        out[3, n] = (last & IS_COLON) > 0
        out[4, n] = stops + wide_stops if size > 20 else ends
        out[5, n] = commas
        out[6, n] = <double> digits / size
        out[7, n] = <double> capitals / (spaces + 1) if is_cased else 0.15
        out[8, n] = (any_of & IS_UPPER) > 0 and (any_of & IS_LOWER) == 0
        out[9, n] = quotes if size < 2000 else 4.0
        own = properties(PyUnicode_READ(PyUnicode_KIND(text), PyUnicode_DATA(text), 0))
        out[10, n] = (own & IS_UPPER) > 0 or not is_cased
        out[11, n] = (any_of & IS_ODD_MARK) > 0
        out[12, n] = (any_of & IS_COPYRIGHT) > 0 or (
            may_copy and says_copyright(PyUnicode_KIND(text), PyUnicode_DATA(text), size)
        )
        out[13, n] = (
            size < 200 and (is_dated or (any_of & IS_YEAR) > 0) and reference._DATE.search(text) is not None
        )
        out[14, n] = 0.4 if wide > 0 else <double> common / (spaces + 1)
        out[15, n] = lines
    return made


cdef WordTable group_table = None
cdef list groups_by_word = []
cdef Py_ssize_t group_count = 0


cdef inline bint is_letter(uint32_t c) noexcept nogil:
    if c < 0x80:
        return 0x61 <= c <= 0x7A or 0x41 <= c <= 0x5A
    return Py_UNICODE_ISALNUM(c) and not Py_UNICODE_ISDECIMAL(c)


def group_counts(texts):
    """How many words of each group each text has, groups x texts; 0 for long texts."""
    import newscrawl.read.block_words as reference

    global group_table, groups_by_word, group_count
    if group_table is None:
        names, spaced, _ = reference.vocabulary()
        group_table, groups_by_word, group_count = WordTable(list(spaced)), list(spaced.values()), len(names)
    cdef Py_ssize_t count = len(texts), n, at, start, size, longest = reference.LONGEST
    made = numpy.zeros((group_count, count), numpy.float32)
    cdef float[:, ::1] counts = made
    cdef int kind, found
    cdef const void *data
    cdef uint32_t key
    cdef uint32_t c
    cdef bint has_wide
    cdef str text
    for n in range(count):
        text = <str> texts[n]
        if len(text) > longest:
            continue
        if not PyUnicode_IS_ASCII(text):
            text = text.lower()
        kind, data, size = PyUnicode_KIND(text), PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text)
        at, has_wide = 0, False
        while at < size:
            c = PyUnicode_READ(kind, data, at)
            if not is_letter(c):
                has_wide = has_wide or c >= 0xE00
                at += 1
                continue
            start, key = at, HASH_START
            while at < size:
                c = PyUnicode_READ(kind, data, at)
                if is_letter(c):
                    has_wide = has_wide or c >= 0xE00
                elif not (c == 0x2D and at + 1 < size and is_letter(PyUnicode_READ(kind, data, at + 1))):
                    break
                key = hashed(key, lowered(c))
                at += 1
            found = group_table.find(kind, data, start, at, key)
            if found >= 0:
                for group in <tuple> groups_by_word[found]:
                    counts[<Py_ssize_t> group, n] += 1
        if has_wide and reference._WIDE.search(text):
            for word in reference._any_wide().findall(text):
                for group in reference.vocabulary()[2][word]:
                    counts[<Py_ssize_t> group, n] += 1
    return made


cdef bint may_be_address(int kind, const void *data, Py_ssize_t size) noexcept nogil:
    """Is there "@", "://", "www.", or a dot before "com", "org" or "net"?"""
    cdef Py_ssize_t at, back
    cdef uint32_t c, a, b, d
    for at in range(size):
        c = PyUnicode_READ(kind, data, at)
        if c == 0x40:
            return True
        if c == 0x3A and at + 2 < size:
            if PyUnicode_READ(kind, data, at + 1) == 0x2F and PyUnicode_READ(kind, data, at + 2) == 0x2F:
                return True
        elif c == 0x2E:
            if at >= 3:
                for back in range(1, 4):
                    if lowered(PyUnicode_READ(kind, data, at - back)) != 0x77:
                        break
                else:
                    return True
            if at + 3 < size:
                a, b = lowered(PyUnicode_READ(kind, data, at + 1)), lowered(PyUnicode_READ(kind, data, at + 2))
                d = lowered(PyUnicode_READ(kind, data, at + 3))
                if (a == 0x63 and b == 0x6F and d == 0x6D) or (a == 0x6F and b == 0x72 and d == 0x67) or (
                    a == 0x6E and b == 0x65 and d == 0x74
                ):
                    return True
    return False


def forms(list texts):
    """Which short texts are a label, have an address, and stand in brackets: 3 x texts."""
    import newscrawl.read.evidence as reference

    cdef Py_ssize_t count = len(texts), n, size, at
    made = numpy.zeros((3, count), numpy.bool_)
    cdef uint8_t[:, ::1] out = made.view(numpy.uint8)
    cdef int kind
    cdef const void *data
    cdef uint32_t c
    cdef str text
    cdef dict brackets = reference._BRACKETS
    for n in range(count):
        text = <str> texts[n]
        kind, data, size = PyUnicode_KIND(text), PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text)
        if size > 400:
            continue
        for at in range(min(size, 130)):
            c = PyUnicode_READ(kind, data, at)
            if c == 0x3A or c == 0xFF1A:
                out[0, n] = reference._LABEL.match(text[:130]) is not None
                break
        if may_be_address(kind, data, size):
            out[1, n] = reference._ADDRESS.search(text) is not None
        if size and text[0] in brackets:
            out[2, n] = text.endswith(brackets[text[0]])
    return made
