/*
 * spelling_object.c - see spelling_object.h
 */
#include "spelling_object.h"

#include <stdio.h>
#include <string.h>

#include "text.h"

static const char folder[] = "/dev/shm/";
static const char semaphore[] = "/dev/shm/sem.";

static int
begins(const char *text, const char *word)
{
    return strncmp(text, word, strlen(word)) == 0;
}

/* The path among the first two words, without quotes; "" if there is none. */
static const char *
path_of(const struct words *words, char path[96])
{
    path[0] = '\0';
    for (int i = 0; i < 2; i++)
        if (words->word[i][0] == '"') {
            const char *from = words->word[i] + 1;
            snprintf(path, 96, "%.*s", (int)strcspn(from, "\""), from);
            break;
        }
    return path;
}

static void
note_map(struct spelling *spelling, const struct words *words)
{
    if (!begins(words->result, "0x") ||
        (words->path[0] == '\0' && strstr(words->word[3], "SHARED") == NULL) ||
        words_is_system(words->path))
        return;
    unsigned int at = spelling->nmaps++ % SPELLING_MAPS;
    snprintf(spelling->map[at].address, sizeof spelling->map[at].address,
        "%.23s", words->result);
    snprintf(spelling->map[at].path, sizeof spelling->map[at].path, "%.63s",
        words->path);
}

/* What was mapped at that address last, or NULL. */
static char *
find_map(struct spelling *spelling, const char *address)
{
    for (unsigned int i = 0; i < SPELLING_MAPS; i++) {
        unsigned int at = (spelling->nmaps - 1 - i) % SPELLING_MAPS;
        if (spelling->map[at].address[0] != '\0' &&
            strcmp(spelling->map[at].address, address) == 0)
            return spelling->map[at].path;
    }
    return NULL;
}

/* Spells name("/object"); what follows stands behind the name. */
static int
spell_name(struct spelled *spelled, const char *name, const char *path,
    const char *more)
{
    const char *object =
        path + strlen(begins(path, semaphore) ? semaphore : folder);

    snprintf(spelled->call, sizeof spelled->call, "%s(\"/%s\"%s)", name, object,
        more);
    /* A descriptor of the library's own, or simply success. */
    if (begins(path, semaphore) && spelled->result[0] != '-')
        spelled->result[0] = '\0';
    return 1;
}

static int
spell_open(struct spelling *spelling, const struct words *words,
    struct spelled *spelled, const char *path)
{
    char more[96];

    if (!begins(path, semaphore)) {
        snprintf(more, sizeof more, ", %.60s%s%.20s", words->word[2],
            words->word[3][0] != '\0' ? ", " : "", words->word[3]);
        words_replace(more, "|O_NOFOLLOW|O_CLOEXEC", "");
        return spell_name(spelled, "shm_open", path, more);
    }
    if (strstr(words->word[2], "O_EXCL") != NULL) {
        snprintf(
            spelling->temporary, sizeof spelling->temporary, "%.63s", path);
        return 0;
    }
    return spell_name(spelled, "sem_open", path, "");
}

/* A new semaphore gets its name when it is complete. */
static int
spell_link(struct spelling *spelling, const struct words *words,
    struct spelled *spelled)
{
    char path[96];
    const char *from = words->word[1] + (words->word[1][0] == '"');

    snprintf(path, sizeof path, "%.*s", (int)strcspn(from, "\""), from);
    if (!begins(path, semaphore))
        return -1;
    for (unsigned int i = 0; i < SPELLING_MAPS; i++)
        if (spelling->temporary[0] != '\0' &&
            strcmp(spelling->map[i].path, spelling->temporary) == 0)
            snprintf(spelling->map[i].path, sizeof spelling->map[i].path,
                "%.63s", path);
    return spell_name(spelled, "sem_open", path, ", O_CREAT");
}

static int
spell_path(struct spelling *spelling, const struct words *words,
    struct spelled *spelled, const char *path)
{
    if (begins(words->name, "link"))
        return spell_link(spelling, words, spelled);
    if (begins(words->name, "open"))
        return spell_open(spelling, words, spelled, path);
    if (!begins(words->name, "unlink"))
        return begins(path, semaphore) ? 0 : -1;
    if (strcmp(path, spelling->temporary) == 0)
        return 0;
    return spell_name(spelled,
        begins(path, semaphore) ? "sem_unlink" : "shm_unlink", path, "");
}

static int
spell_futex(struct spelling *spelling, const struct words *words,
    struct spelled *spelled)
{
    const char *path = find_map(spelling, words->word[0]);
    int is_wait = begins(words->word[1], "FUTEX_WAIT");

    if (!is_wait && strstr(words->word[1], "_PRIVATE") != NULL)
        return 0; /* somebody else's wait tells more */
    if (strstr(words->result, "EAGAIN") != NULL)
        return 0; /* it did not have to wait after all */
    if (path == NULL || !begins(path, semaphore))
        return -1;
    return spell_name(spelled,
        !is_wait ? "sem_post"
        : words->word[3][0] == '\0' || strcmp(words->word[3], "NULL") == 0
            ? "sem_wait"
            : "sem_timedwait",
        path, "");
}

int
spell_object(struct spelling *spelling, const struct words *words,
    struct spelled *spelled)
{
    char buffer[96];

    if (strcmp(words->name, "futex") == 0)
        return spell_futex(spelling, words, spelled);
    if (strcmp(words->name, "munmap") == 0) {
        const char *path = find_map(spelling, words->word[0]);
        if (path == NULL)
            return 0; /* memory of its own */
        return begins(path, semaphore)
                   ? spell_name(spelled, "sem_close", path, "")
                   : -1;
    }
    if (strcmp(words->name, "mmap") == 0)
        note_map(spelling, words);
    if (begins(words->path, semaphore) && !begins(words->name, "open"))
        return 0;
    const char *path = path_of(words, buffer);
    if (!begins(path, folder) || begins(words->name, "write") ||
        begins(words->name, "send") || begins(words->name, "read"))
        return -1;
    return spell_path(spelling, words, spelled, path);
}
