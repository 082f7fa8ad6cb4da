# The walk over a page's body: the twin of newscrawl/read/walk.py, from where its bounds and patterns come.

cdef int meaning_of(lexbor_node *node) except -1:
    """What a node means to the walk, by its tag."""
    cdef uintptr_t number = node.local_name
    cdef int meaning
    cdef str tag
    if number < KNOWN and known_meanings[number] != UNKNOWN:
        return known_meanings[number]
    if node.type == LEXBOR_IS_TEXT:
        meaning = TEXT
        tag = "-text"
    elif node.type == 8:
        meaning = SKIPPED
        tag = "-comment"
    else:
        tag = tag_of(node)
        meaning = twin._MEANINGS.get(tag, INLINE)
    if number < KNOWN and tag:
        known_meanings[number] = meaning
    elif meaning == INLINE and number >= KNOWN and node.parent != NULL and tag_of(node.parent) in twin._CONTAINERS:
        meaning = BLOCK
    return meaning


cdef bint is_space(const unsigned char *data, size_t size) noexcept nogil:
    """Is it ASCII white space alone? Not so for no text at all, nor for any other white space."""
    cdef size_t at
    for at in range(size):
        if not (data[at] == 0x20 or 0x09 <= data[at] <= 0x0D or 0x1C <= data[at] <= 0x1F):
            return False
    return size > 0


cdef dict with_sources(lexbor_node *image):
    """The attributes of an image, and the sets of images of the <source> elements before it."""
    cdef dict attributes = attributes_of(image), stated
    cdef lexbor_node *before = image.prev
    cdef int steps = 0
    found = None
    while before != NULL and steps < pictures.SOURCE_STEPS:
        steps += 1
        if tag_of(before) == "source":
            stated = attributes_of(before)
            of_source = stated.get("srcset") or stated.get("data-srcset")
            found = f"{found}, {of_source}" if found and of_source else of_source or found
        before = before.prev
    if found:
        attributes[pictures.SOURCE] = found
    return attributes


cdef bint is_said_twice(dict attributes, lexbor_node *node) except -1:
    """Is it shown to sighted readers, beside an element that says the same to screen readers?"""
    if attributes.get("aria-hidden") != "true" or node.next == NULL:
        return False
    return twin._FOR_SCREEN_READERS.search(attributes_of(node.next).get("class") or "") is not None


def walk(layout, body):
    """Fill a layout with the elements, blocks and images of <body>, as `newscrawl.read.walk.walk` does."""
    global twin, pictures
    if twin is None:
        import newscrawl.read.picture as pictures
        import newscrawl.read.walk as twin
    cdef Walk state = Walk(layout, body)
    cdef Open open_elements = Open()
    cdef lexbor_node *root = <lexbor_node *> <uintptr_t> body.mem_id
    cdef lexbor_node *node = root
    cdef list tags = state.tags, opens = state.opens, closes = state.closes, texts = state.texts
    cdef list stack = [0], meanings = [BLOCK]
    cdef Py_ssize_t depth = 0, left = twin.MAX_NODES, most_elements = twin.MAX_ELEMENTS, most_images = twin.MAX_IMAGES
    cdef Py_ssize_t most_depth = twin.MAX_DEPTH + 1, links = 0, level = 0, low = 0, element, parent
    cdef int meaning, open_meaning
    cdef bint is_drop_cap = False
    cdef const unsigned char *data
    cdef size_t size
    cdef str text, letter
    cdef dict own
    tags.append("body")
    state.parents.append(-1)
    state.attributes.append(attributes_of(root))
    opens.append(0)
    closes.append(0)
    open_elements.put(0, 0)
    while True:
        # the next node in document order
        if node.first_child != NULL:
            node = node.first_child
            depth += 1
        else:
            while node != root and node.next == NULL:
                node = node.parent
                depth -= 1
            if node == root:
                break
            node = node.next
        if left == 0:
            layout.is_cut = True
            break
        left -= 1
        open_elements.put(depth, -1)
        meaning = meaning_of(node)
        if meaning == SKIPPED:
            continue
        text = ""
        if meaning == TEXT:
            data, size = (<lexbor_text *> node).data.data, (<lexbor_text *> node).data.length
            if data != NULL and is_space(data, size):
                if not state.pieces:
                    continue
            elif data != NULL:
                text = decoded(data, size)
                if text.isspace():
                    if not state.pieces:
                        continue
                    text = ""
        parent = open_elements.elements[depth - 1]
        if parent < 0:  # inside a skipped element
            continue
        if <Py_ssize_t> stack[len(stack) - 1] != parent:  # close the elements that ended before this node
            while <Py_ssize_t> stack[len(stack) - 1] != parent:
                if len(stack) == 1:
                    raise RuntimeError("an element is not open")
                element, open_meaning = stack.pop(), meanings.pop()
                if open_meaning >= BLOCK and not state.is_drop_cap(element):
                    if state.pieces:
                        if state.chain:
                            state.add(state.chain[level - 1])
                        state.forget()
                        is_drop_cap = False
                    closes[element] = len(texts)
                    continue
                if open_meaning == LINK:
                    links -= 1
                if len(texts) > <Py_ssize_t> opens[element]:
                    closes[element] = len(texts) + (1 if state.pieces else 0)
                if state.is_drop_cap(element):
                    is_drop_cap = True
            if len(stack) < low:
                low = len(stack)
        if meaning == FORMULA:
            own = attributes_of(node)
            text = " ".join((own.get("alttext") or state.node_at(node).text(separator="")).split())
        if meaning <= FORMULA:
            if not text:
                if state.pieces and not is_drop_cap:
                    state.pieces.append(" ")
                continue
            if (
                state.linked
                and len(state.pieces) >= 1
                and state.pieces[len(state.pieces) - 1] == " "
                and <Py_ssize_t> state.linked[len(state.linked) - 1] == len(state.pieces) - 2
                and text[0] in twin._CLOSING
            ):
                state.pieces.pop()  # a comma after a link is no word
            if is_drop_cap:  # join it to its word, whatever white space is between them in the markup
                state.pieces[0], text, is_drop_cap = (<str> state.pieces[0]).strip(), text.lstrip(), False
            state.pieces.append(text)
            if links:
                state.linked.append(len(state.pieces) - 1)
            if not state.chain:
                state.chain, level = stack[:], len(stack)
            elif low < level:
                level = low
            low = len(stack)
            continue
        if meaning == LINE_END:
            state.pieces.append(twin._BREAK)
            continue
        own = None
        if meaning >= BLOCK:
            if len(texts) >= state.most_blocks or state.characters > state.most_characters:
                layout.is_cut = True
                break
            if state.pieces:
                if state.chain:
                    state.add(state.chain[level - 1])
                state.forget()
                is_drop_cap = False
        elif meaning == LINK:
            if state.linked and not links and <Py_ssize_t> state.linked[len(state.linked) - 1] == len(state.pieces) - 1:
                state.pieces.append(" ")  # adjacent links are separate words
        elif meaning == IMAGE:
            own = attributes_of(node)
            letter = twin.drop_cap(own) if not state.pieces else ""
            if letter:
                state.pieces, state.chain, level, low, is_drop_cap = [letter], stack[:], len(stack), len(stack), True
                continue
            if len(state.images) >= most_images:
                continue
        else:
            own = attributes_of(node)
            if is_said_twice(own, node):
                continue
        element = len(tags)
        if element >= most_elements:
            layout.is_cut = True
            break
        if len(stack) > most_depth:  # too deep: treat its texts as the parent's
            open_elements.put(depth, parent)
            continue
        if own is None:
            own = attributes_of(node)
        if meaning == IMAGE and <str> tags[parent] == "picture":
            own = with_sources(node)
        tags.append("img" if meaning == IMAGE else tag_of(node))
        state.parents.append(parent)
        state.attributes.append(own)
        opens.append(len(texts))
        closes.append(len(texts) + 1)
        if meaning == IMAGE:
            layout.add_image(element)
            continue
        if meaning == PRE:
            layout.characters = state.characters
            if twin.add_preformatted(layout, state.node_at(node), element):
                state.characters = layout.characters
                continue
        if meaning == TABLE:
            rows = twin.data_rows(state.node_at(node), state.most_block)
            if rows:
                layout.tables.append(len(texts))
                state.append(state.bounded("\n".join(rows)), element, 0.0)
                closes[element] = len(texts)
                continue  # its cells are passed over
        open_elements.put(depth, element)
        stack.append(element)
        meanings.append(meaning)
        if meaning == LINK:
            links += 1
    for element, open_meaning in zip(reversed(stack), reversed(meanings)):
        if open_meaning >= BLOCK:
            if state.pieces and state.chain:
                state.add(state.chain[level - 1])
            state.pieces = []
            closes[element] = len(texts)
        elif len(texts) > <Py_ssize_t> opens[element]:
            closes[element] = len(texts) + (1 if state.pieces else 0)
    layout.characters = state.characters
