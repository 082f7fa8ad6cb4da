# Words that are looked for without making an object of each word of a page.

#: Of the hash FNV-1a.
cdef uint32_t HASH_START = 2166136261U, HASH_PRIME = 16777619U


cdef class WordTable:
    """Words in lower case with a number each, found without making an object of what is looked for.

    Hashes only help: a word is found where all its characters are the same. The words are ours, not a page's.
    """

    cdef uint32_t *characters
    cdef Py_ssize_t *starts
    cdef int *slots
    cdef Py_ssize_t mask, longest

    def __cinit__(self, words):
        cdef Py_ssize_t total = sum(len(word) for word in words), size = 8, number, at, end = 0
        cdef uint32_t key
        cdef str word
        while size < 3 * len(words):
            size *= 2
        self.mask, self.longest = size - 1, 0
        self.characters = <uint32_t *> PyMem_Malloc((total + 1) * sizeof(uint32_t))
        self.starts = <Py_ssize_t *> PyMem_Malloc((len(words) + 1) * sizeof(Py_ssize_t))
        self.slots = <int *> PyMem_Malloc(size * sizeof(int))
        if self.characters == NULL or self.starts == NULL or self.slots == NULL:
            raise MemoryError
        for at in range(size):
            self.slots[at] = -1
        for number, word in enumerate(words):
            self.starts[number] = end
            key = HASH_START
            for at in range(len(word)):
                self.characters[end] = <Py_UCS4> word[at]
                key = hashed(key, <Py_UCS4> word[at])
                end += 1
            self.longest = max(self.longest, len(word))
            key &= self.mask
            while self.slots[key] >= 0:
                key = (key + 1) & self.mask
            self.slots[key] = number
        self.starts[len(words)] = end

    def __dealloc__(self):
        PyMem_Free(self.characters)
        PyMem_Free(self.starts)
        PyMem_Free(self.slots)

    cdef int find(self, int kind, const void *data, Py_ssize_t start, Py_ssize_t stop, uint32_t key) noexcept nogil:
        """The number of the word at a place, whose hash is `key`; -1 if it is none of the words."""
        cdef Py_ssize_t size = stop - start, at
        cdef int number
        cdef const uint32_t *word
        if size > self.longest:
            return -1
        key &= self.mask
        while True:
            number = self.slots[key]
            if number < 0:
                return -1
            if self.starts[number + 1] - self.starts[number] == size:
                word = self.characters + self.starts[number]
                for at in range(size):
                    if lowered(PyUnicode_READ(kind, data, start + at)) != word[at]:
                        break
                else:
                    return number
            key = (key + 1) & self.mask


cdef inline uint32_t hashed(uint32_t key, uint32_t c) noexcept nogil:
    return (key ^ <uint32_t> c) * HASH_PRIME


cdef inline uint32_t lowered(uint32_t c) noexcept nogil:
    """An ASCII letter in lower case; texts with other letters are lowered by Python before."""
    return c + 32 if 0x41 <= c <= 0x5A else c
