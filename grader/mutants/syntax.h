/*
 * syntax.h - a C source and its syntax tree, as clang prints it
 *
 * clang -Xclang -ast-dump=json prints the tree of a whole translation unit. A
 * location has the byte offset in its file, but names the file only where it is
 * another one than that of the location printed before; what comes out of a
 * macro has two, that of its spelling and that of the macro's use. Here a node
 * is what stands in the source: of a macro, its use.
 */
#ifndef SYNTAX_H
#define SYNTAX_H

#include <jansson.h>
#include <stddef.h>

struct syntax {
    char *source; /* ends with '\0' */
    size_t size;
    json_t *unit;
    json_t *own; /* an array: the declarations of the source itself */
};

/* Bytes of the source: the first, and the one behind the last. */
struct span {
    size_t begin;
    size_t end;
};

/* Reads the source at path and, from tree, what clang has printed about it
 * under that very path. Returns 0, or -1 after it has said what is wrong. */
int syntax_read(struct syntax *syntax, const char *path, FILE *tree);

void syntax_free(struct syntax *syntax);

/* "CallExpr", ...; "" for a part that is not there, such as the first of
 * for (;;). */
const char *syntax_kind(const json_t *node);

/* A text of the node, such as its "opcode" or "name"; "" if it has none. */
const char *syntax_text(const json_t *node, const char *key);

/* The spelled type: "const char *". */
const char *syntax_type(const json_t *node);

/* Is it of this kind; has it this "opcode"; is it a number? */
int syntax_is(const json_t *node, const char *kind);
int syntax_is_operator(const json_t *node, const char *opcode);
int syntax_is_integer(const json_t *node);

/* A part of the node, NULL if there are less; and how many there are. */
const json_t *syntax_part(const json_t *node, size_t i);
size_t syntax_parts(const json_t *node);

/* The node without the casts that nobody has written. */
const json_t *syntax_bare(const json_t *node);

/* Is there a part of this kind, at any depth, or the node itself? */
int syntax_has(const json_t *node, const char *kind);

/* Is the whole node the use of one macro? */
int syntax_is_macro(const json_t *node);

/* The number of bytes, for "%.*s". */
int span_length(struct span span);

/* What stands there: not the end of a string. Does it read exactly so? */
const char *syntax_at(const struct syntax *syntax, struct span span);
int syntax_reads(
    const struct syntax *syntax, struct span span, const char *text);

/* Where the node stands: an expression without the ';' behind it. */
struct span syntax_span(const struct syntax *syntax, const json_t *node);

/* The same with the ';' that ends a statement. */
struct span syntax_statement(const struct syntax *syntax, const json_t *node);

/* Copies a span without comments, every blank between words as one space.
 * Returns what free() takes. */
char *syntax_squeeze(const char *source, struct span span);

#endif
