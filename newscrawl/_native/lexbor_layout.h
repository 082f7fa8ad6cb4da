/* The part of lexbor's tree that the compiled walk reads, as laid out in the versions of selectolax that
 * newscrawl/_native/__init__.py names. Nothing of lexbor is linked: its functions are looked up in selectolax. */
#ifndef NEWSCRAWL_LEXBOR_LAYOUT_H
#define NEWSCRAWL_LEXBOR_LAYOUT_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    unsigned char *data;
    size_t         length;
} lexbor_str;

typedef struct lexbor_node {
    void               *events;
    uintptr_t           local_name; /* the tag's number; a pointer for custom elements */
    uintptr_t           prefix;
    uintptr_t           ns;
    void               *owner_document;
    struct lexbor_node *next;
    struct lexbor_node *prev;
    struct lexbor_node *parent;
    struct lexbor_node *first_child;
    struct lexbor_node *last_child;
    void               *user;
    int                 type;
} lexbor_node;

typedef struct lexbor_attribute {
    lexbor_node              node;
    uintptr_t                upper_name;
    uintptr_t                qualified_name;
    lexbor_str              *value; /* NULL: the attribute has no value */
    void                    *owner;
    struct lexbor_attribute *next;
    struct lexbor_attribute *prev;
} lexbor_attribute;

typedef struct {
    lexbor_node       node;
    uintptr_t         upper_name;
    uintptr_t         qualified_name;
    lexbor_str       *is_value;
    lexbor_attribute *first_attr;
    lexbor_attribute *last_attr;
} lexbor_element;

typedef struct {
    lexbor_node node;
    lexbor_str  data;
} lexbor_text;

#define LEXBOR_IS_ELEMENT 1
#define LEXBOR_IS_TEXT    3

typedef const unsigned char *(*lexbor_element_name)(const lexbor_element *, size_t *);
typedef const unsigned char *(*lexbor_attribute_name)(lexbor_attribute *, size_t *);

#endif
