# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The compiled part: what newscrawl/read does most often, with the same results as the Python that it stands for.

Each function here has a readable twin of the same name in Python, which is the reference: `newscrawl._native` chooses.
"""

from cpython.bytes cimport PyBytes_AS_STRING
from cpython.dict cimport PyDict_GetItem
from cpython.list cimport PyList_GET_ITEM
from cpython.mem cimport PyMem_Calloc, PyMem_Free, PyMem_Malloc, PyMem_Realloc
from cpython.object cimport PyObject
from cpython.unicode cimport PyUnicode_DecodeUTF8
from libc.stdint cimport uint8_t, uint32_t, uint64_t, uintptr_t
from libc.string cimport memchr, memcpy

import os

cdef extern from "arithmetic.h":
    bint newscrawl_fuses(float a, float b, float c)


def is_exact():
    """Does the module round as numpy does?"""
    return not newscrawl_fuses(float("4097"), float("4097"), float("-16785408"))


class _Numpy:
    """numpy, which is imported when something is first asked of it: texts need none of it."""

    def __getattr__(self, name):
        import numpy

        found = getattr(numpy, name)
        setattr(self, name, found)
        return found


numpy = _Numpy()

#: What it was built of (see newscrawl/_native/__init__.py).
SOURCES = "2d57f604870732d5"

include "texts.pxi"
include "tree.pxi"
include "scans.pxi"
include "columns.pxi"
include "classes.pxi"
include "walk_state.pxi"
include "walk.pxi"
include "word_table.pxi"
include "measures.pxi"
include "repetition.pxi"
include "features.pxi"
include "forest.pxi"
