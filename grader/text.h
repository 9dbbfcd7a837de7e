/*
 * text.h - bytes that are not ours, made fit to be shown
 */
#ifndef TEXT_H
#define TEXT_H

#include <stddef.h>
#include <stdio.h>

/* Appends to the string in text, which has room for size bytes. */
void text_add(char *text, size_t size, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Appends bytes in quotes, as C would write them: control characters, quotes
 * and what is not UTF-8 are escaped. Long ones are cut in the middle of
 * nowhere and say how many there were. */
void text_quote(char *text, size_t size, const char *bytes, size_t length);

/* Writes bytes to stream, '\n' and printable UTF-8 as they are, the rest
 * escaped: nothing in there can move a cursor or change a colour. */
void text_show(FILE *stream, const char *bytes, size_t length);

/* Writes text to stream in lines of at most 80 columns; the first begins where
 * the cursor is (column indent), the others are indented by that much. */
void text_wrap(FILE *stream, int indent, const char *text);

/* Cuts the middle out of a string that is longer than size bytes, of which it
 * then has that many; at least 8. */
void text_squeeze(char *text, size_t size);

/* The words of a title joined by '-': "What it does" -> "what-it-does". */
void text_slug(char *slug, size_t size, const char *title);

#endif
