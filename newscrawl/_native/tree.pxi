# lexbor's tree: names, attributes and texts of its nodes.

from posix.dlfcn cimport RTLD_LAZY, dlopen, dlsym

cdef extern from "lexbor_layout.h":
    ctypedef struct lexbor_str:
        unsigned char *data
        size_t length
    ctypedef struct lexbor_node:
        uintptr_t local_name
        lexbor_node *next
        lexbor_node *prev
        lexbor_node *parent
        lexbor_node *first_child
        int type
    ctypedef struct lexbor_attribute:
        lexbor_node node
        uintptr_t qualified_name
        lexbor_str *value
        lexbor_attribute *next
    ctypedef struct lexbor_element:
        lexbor_attribute *first_attr
    ctypedef struct lexbor_text:
        lexbor_str data
    ctypedef const unsigned char *(*lexbor_element_name)(const lexbor_element *, size_t *)
    ctypedef const unsigned char *(*lexbor_attribute_name)(lexbor_attribute *, size_t *)
    int LEXBOR_IS_ELEMENT
    int LEXBOR_IS_TEXT

#: Higher numbers of tags and attributes are pointers to the names that one page alone has.
cdef enum:
    KNOWN = 1000

cdef lexbor_element_name element_name = NULL
cdef lexbor_attribute_name attribute_name = NULL
cdef list tag_names = [None] * KNOWN
cdef list attribute_names = [None] * KNOWN


def connect(bytes path):
    """Look up lexbor's functions in selectolax's module, the file at this path; False if they are not there."""
    global element_name, attribute_name
    cdef void *module = dlopen(path, RTLD_LAZY)
    if module == NULL:
        return False
    element_name = <lexbor_element_name> dlsym(module, b"lxb_dom_element_qualified_name")
    attribute_name = <lexbor_attribute_name> dlsym(module, b"lxb_dom_attr_qualified_name")
    return element_name != NULL and attribute_name != NULL


cdef inline str decoded(const unsigned char *data, size_t size):
    return PyUnicode_DecodeUTF8(<const char *> data, <Py_ssize_t> size, "replace")


cdef str tag_of(lexbor_node *node):
    """The name of an element; "" for a node that is none."""
    cdef size_t size = 0
    cdef const unsigned char *name
    cdef uintptr_t number = node.local_name
    if node.type != LEXBOR_IS_ELEMENT:
        return ""
    if number < KNOWN and tag_names[number] is not None:
        return <str> tag_names[number]
    name = element_name(<lexbor_element *> node, &size)
    tag = decoded(name, size) if name != NULL else ""
    if number < KNOWN and tag:
        tag_names[number] = tag
    return tag


cdef str name_of(lexbor_attribute *attribute):
    """The name of an attribute, with its prefix."""
    cdef const unsigned char *text
    cdef size_t size = 0
    cdef uintptr_t number = attribute.qualified_name if attribute.qualified_name else attribute.node.local_name
    if number < KNOWN and attribute_names[number] is not None:
        return <str> attribute_names[number]
    text = attribute_name(attribute, &size)
    name = decoded(text, size) if text != NULL else ""
    if number < KNOWN:
        attribute_names[number] = name
    return name


cdef object value_of(lexbor_attribute *attribute):
    """The value of an attribute; None where the page states none."""
    if attribute.value == NULL or attribute.value.data == NULL:
        return None
    return decoded(attribute.value.data, attribute.value.length)


cdef dict attributes_of(lexbor_node *node):
    """Names and values of an element's attributes; the value is None where the page states none."""
    cdef dict found = {}
    cdef lexbor_attribute *attribute
    cdef str name
    if node.type != LEXBOR_IS_ELEMENT:
        return found
    attribute = (<lexbor_element *> node).first_attr
    while attribute != NULL:
        name = name_of(attribute)
        found[name] = value_of(attribute)
        attribute = attribute.next
    return found


cdef extern from "string.h":
    void *memmem(const void *text, size_t size, const void *part, size_t length) nogil


def parts_of_links(root, parts):
    """Those of some parts of addresses that the addresses of the links below a node have."""
    cdef lexbor_node *top = <lexbor_node *> <uintptr_t> root.mem_id
    cdef lexbor_node *node = top
    cdef lexbor_attribute *attribute
    cdef list found = [], left = [name.encode() for name in parts]
    cdef bytes part
    while left:
        if node.type == LEXBOR_IS_ELEMENT and tag_of(node) == "a":
            attribute = (<lexbor_element *> node).first_attr
            while attribute != NULL:
                if attribute.value != NULL and attribute.value.data != NULL and name_of(attribute) == "href":
                    for part in left:
                        if memmem(attribute.value.data, attribute.value.length, <char *> part, len(part)) != NULL:
                            found.append(part)
                    left = [part for part in left if part not in found]
                attribute = attribute.next
        if node.first_child != NULL:
            node = node.first_child
            continue
        while node != top and node.next == NULL:
            node = node.parent
        if node == top:
            break
        node = node.next
    return tuple([name for name in parts if name.encode() in found])
