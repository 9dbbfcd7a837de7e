/*
 * text.c - see text.h
 */
#include "text.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>

enum {
    QUOTED = 64,
    COLUMNS = 80
};

void
text_add(char *text, size_t size, const char *format, ...)
{
    size_t used = strlen(text);
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text + used, size - used, format, arguments);
    va_end(arguments);
}

/* The length of the UTF-8 character at bytes; 0 if it is none, or is one of
 * the C1 controls, or a format character that can reorder text. */
static size_t
utf8_length(const unsigned char *bytes, size_t left)
{
    size_t n = bytes[0] < 0x80                                 ? 1
               : (bytes[0] & 0xe0) == 0xc0 && bytes[0] >= 0xc2 ? 2
               : (bytes[0] & 0xf0) == 0xe0                     ? 3
               : (bytes[0] & 0xf8) == 0xf0 && bytes[0] <= 0xf4 ? 4
                                                               : 0;

    if (n == 0 || n > left)
        return 0;
    for (size_t i = 1; i < n; i++)
        if ((bytes[i] & 0xc0) != 0x80)
            return 0;
    if (n == 2 && ((bytes[0] == 0xc2 && bytes[1] < 0xa0) ||
                      (bytes[0] == 0xd8 && bytes[1] == 0x9c)))
        return 0;
    if (n == 3 &&
        ((bytes[0] == 0xe0 && bytes[1] < 0xa0) ||
            (bytes[0] == 0xed && bytes[1] >= 0xa0) ||
            (bytes[0] == 0xe2 && bytes[1] <= 0x81) ||
            (bytes[0] == 0xef && bytes[1] == 0xbb && bytes[2] == 0xbf)))
        return 0;
    if (n == 4 && ((bytes[0] == 0xf0 && bytes[1] < 0x90) ||
                      (bytes[0] == 0xf3 && bytes[1] == 0xa0) ||
                      (bytes[0] == 0xf4 && bytes[1] >= 0x90)))
        return 0;
    return n;
}

/* Writes the next character, escaped if need be. Returns its bytes. */
static size_t
show_one(char out[8], const char *bytes, size_t left)
{
    static const char names[] = "abtnvfr";
    unsigned char c = (unsigned char)bytes[0];

    if (c == '"' || c == '\\') {
        snprintf(out, 8, "\\%c", c);
        return 1;
    }
    if (c >= 7 && c <= 13) {
        snprintf(out, 8, "\\%c", names[c - 7]);
        return 1;
    }
    size_t n = c < 0x20 || c == 0x7f
                   ? 0
                   : utf8_length((const unsigned char *)bytes, left);
    if (n == 0) {
        snprintf(out, 8, "\\%03o", c);
        return 1;
    }
    memcpy(out, bytes, n);
    out[n] = '\0';
    return n;
}

void
text_quote(char *text, size_t size, const char *bytes, size_t length)
{
    char one[8];

    text_add(text, size, "\"");
    size_t at = 0;
    while (at < length && at < QUOTED) {
        at += show_one(one, bytes + at, length - at);
        text_add(text, size, "%s", one);
    }
    text_add(text, size, "\"");
    if (at < length)
        text_add(text, size, "... (%zu bytes)", length);
}

void
text_show(FILE *stream, const char *bytes, size_t length)
{
    char one[8];

    for (size_t at = 0; at < length;) {
        char c = bytes[at];
        if (c == '\n' || c == '"' || c == '\\' || c == '\t') {
            fputc(c, stream);
            at++;
            continue;
        }
        at += show_one(one, bytes + at, length - at);
        fputs(one, stream);
    }
}

/* Columns that text_show() needs. */
static int
width(const char *bytes, size_t length)
{
    char one[8];
    int columns = 0;

    for (size_t at = 0; at < length;) {
        size_t n = show_one(one, bytes + at, length - at);
        int is_as_it_is = n > 1 || bytes[at] == '"' || bytes[at] == '\\';
        columns += is_as_it_is ? 1 : (int)strlen(one);
        at += n;
    }
    return columns;
}

void
text_wrap(FILE *stream, int indent, const char *text)
{
    int column = indent;

    while (*text != '\0') {
        size_t word = strcspn(text, " ");
        int columns = width(text, word);
        if (column > indent && column + 1 + columns > COLUMNS) {
            fprintf(stream, "\n%*s", indent, "");
            column = indent;
        } else if (column > indent) {
            fputc(' ', stream);
            column++;
        }
        text_show(stream, text, word);
        column += columns;
        text += word;
        while (*text == ' ')
            text++;
    }
    fputc('\n', stream);
}

void
text_squeeze(char *text, size_t size)
{
    static const char dots[] = "...";
    size_t length = strlen(text);
    size_t head = (size - strlen(dots)) * 2 / 3;
    size_t tail = size - strlen(dots) - head;

    if (length <= size)
        return;
    memcpy(text + head, dots, strlen(dots));
    memmove(text + head + strlen(dots), text + length - tail, tail + 1);
}

void
text_slug(char *slug, size_t size, const char *title)
{
    size_t n = 0;

    for (; *title != '\0' && n + 1 < size; title++) {
        unsigned char c = (unsigned char)*title;
        if (isalnum(c))
            slug[n++] = (char)tolower(c);
        else if (n > 0 && slug[n - 1] != '-')
            slug[n++] = '-';
    }
    while (n > 0 && slug[n - 1] == '-')
        n--;
    slug[n] = '\0';
}
