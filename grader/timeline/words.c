/*
 * words.c - see words.h
 */
#include "words.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* Files of the system: the loader's, the sanitizer's, the C library's. */
static const char *const system_folders[] = {
    "/etc/", "/usr/", "/lib", "/proc/", "/sys/", "/kit/", "/dev/null"};

/* The character behind the string that begins here. */
static const char *
skip_string(const char *c)
{
    for (c++; *c != '\0' && *c != '"'; c++)
        if (*c == '\\' && c[1] != '\0')
            c++;
    return *c == '"' ? c + 1 : c;
}

/* "<path>" behind a descriptor is what -y has added; in the path, strace
 * escapes the two signs. */
static int
is_path(const char *text, const char *c)
{
    return *c == '<' && c > text &&
           (isdigit((unsigned char)c[-1]) || c[-1] == 'D') && c[1] != '<';
}

/* Copies without the paths; keeps the first of them. */
static void
copy(struct words *words, const char *text)
{
    static const char deleted[] = "(deleted)";
    char *to = words->text;

    for (const char *c = text; *c != '\0';) {
        const char *end = *c == '"' ? skip_string(c) : c + 1;
        if (is_path(text, c)) {
            size_t length = strcspn(c, ">");
            if (words->path[0] == '\0' && c[-1] != 'D')
                snprintf(words->path, sizeof words->path, "%.*s",
                    (int)length - 1, c + 1);
            c += length + (c[length] == '>');
            if (strncmp(c, deleted, strlen(deleted)) == 0)
                c += strlen(deleted);
            continue;
        }
        while (c < end)
            *to++ = *c++;
    }
    *to = '\0';
}

/* Ends the arguments where the last ") = " stands. */
static void
take_result(struct words *words, char *arguments)
{
    words->result = "";
    for (char *c = arguments + strlen(arguments); c > arguments; c--) {
        if (strncmp(c, "= ", 2) != 0)
            continue;
        char *end = c;
        while (end > arguments && end[-1] == ' ')
            end--;
        if (end == c || end == arguments || end[-1] != ')')
            continue;
        end[-1] = '\0';
        words->result = c + 2;
        return;
    }
}

int
words_split(struct words *words, const char *text)
{
    int depth = 0;

    memset(words, 0, offsetof(struct words, text));
    copy(words, text);
    char *c = strchr(words->text, '(');
    for (int i = 0; i <= WORDS_LIMIT; i++)
        words->word[i] = "";
    if (c == NULL || c == words->text)
        return -1;
    *c++ = '\0';
    words->name = words->text;
    take_result(words, c);
    if (*c != '\0')
        words->word[words->n++] = c;
    while (*c != '\0') {
        char *end = *c == '"' ? (char *)skip_string(c) : c + 1;
        if (strchr("([{", *c) != NULL)
            depth++;
        else if (strchr(")]}", *c) != NULL)
            depth--;
        else if (*c == ',' && depth == 0 && words->n < WORDS_LIMIT) {
            *c = '\0';
            end += *end == ' ';
            words->has_more = *end == '\0';
            if (*end != '\0')
                words->word[words->n++] = end;
        }
        c = end;
    }
    return 0;
}

void
words_replace(char *text, const char *from, const char *to)
{
    size_t old = strlen(from);
    size_t new = strlen(to);

    for (char *c = text; *c != '\0';) {
        if (*c == '"') {
            c = (char *)skip_string(c);
        } else if (strncmp(c, from, old) == 0) {
            memmove(c + new, c + old, strlen(c + old) + 1);
            memcpy(c, to, new);
            c += new;
        } else {
            c++;
        }
    }
}

int
words_is_system(const char *path)
{
    size_t n = sizeof system_folders / sizeof system_folders[0];

    for (size_t i = 0; i < n; i++)
        if (strncmp(path, system_folders[i], strlen(system_folders[i])) == 0)
            return 1;
    return 0;
}
