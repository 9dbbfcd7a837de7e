/*
 * expect_census.c - predicates about what exists, and is mapped (see expect.h)
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "expect.h"
#include "explain.h"
#include "lose.h"
#include "pair_sysv.h"
#include "text.h"

static int
is_listed(const char *file, va_list names)
{
    const char *listed;

    while ((listed = va_arg(names, const char *)) != NULL)
        if (strcmp(listed, file) == 0)
            return 1;
    return 0;
}

static void
describe_file(char *text, size_t size, const struct census_file *file)
{
    const char *shown = file->name;

    if (strcmp(file->where, "shm") == 0 && strncmp(shown, "sem.", 4) == 0)
        text_add(text, size, "semaphore ");
    else if (strcmp(file->where, "shm") == 0)
        text_add(text, size, "shared memory ");
    else
        text_add(text, size,
            S_ISFIFO(file->mode)   ? "FIFO "
            : S_ISDIR(file->mode)  ? "folder "
            : S_ISSOCK(file->mode) ? "socket "
                                   : "file ");
    if (file->value >= 0)
        shown += strlen("sem.");
    text_quote(text, size, shown, strlen(shown));
}

/* Somebody who is still there, once all that the item started has ended. */
static void
tell_processes(char *text, size_t size)
{
    const struct census_process *list;
    size_t n = pair_processes(&list);

    for (size_t i = 0; i < n; i++) {
        if (list[i].half != -1 || list[i].state == 'Z')
            continue;
        text_add(text, size, "%sprocess ", text[0] != '\0' ? ", " : "");
        text_quote(text, size, list[i].name, strlen(list[i].name));
    }
}

static void
tell_objects(char *text, size_t size)
{
    static const char *const kinds[] = {
        "message queue", "shared memory segment", "semaphore set"};
    const struct census_sysv *list;
    size_t n = pair_sysv(&list);

    for (size_t i = 0; i < n; i++)
        text_add(text, size, "%sSystem V %s with key 0x%08lx",
            text[0] != '\0' ? ", " : "", kinds[list[i].kind],
            (unsigned long)(uint32_t)list[i].key);
}

void
expect_left(struct half_view *half, ...)
{
    struct verdict *verdict = pair_verdict;
    const struct census_file *list;
    char got[sizeof verdict->got] = "";
    size_t n = pair_files(&list);
    va_list names;

    for (size_t i = 0; i < n; i++) {
        va_start(names, half);
        if (strcmp(list[i].where, "work") != 0 ||
            !is_listed(list[i].name, names)) {
            text_add(got, sizeof got, "%s", got[0] != '\0' ? ", " : "");
            describe_file(got, sizeof got, &list[i]);
        }
        va_end(names);
    }
    tell_objects(got, sizeof got);
    tell_processes(got, sizeof got);
    expect_that(half, !sysv_is_touched(), "SV12",
        "the System V objects of others are left alone",
        "an object with the ID 0 was used, or removed: it is somebody else's");
    if (got[0] == '\0')
        return;
    lose_expected("nothing but what must stay is left behind");
    memcpy(verdict->got, got, sizeof got);
    explain_id("FM12", "");
    lose(half);
}

/* Semaphores are files of another file system, whose inodes may be equal. */
static const struct census_map *
find_map(const struct half_view *half, uint64_t inode)
{
    const struct census_process *list;
    size_t n = pair_processes(&list);

    for (size_t i = 0; i < n && inode != 0; i++)
        for (uint32_t m = 0; m < list[i].maps; m++)
            if (list[i].half == half->number && list[i].map[m].inode == inode &&
                strncmp(list[i].map[m].path, "/dev/shm/", 9) != 0)
                return &list[i].map[m];
    return NULL;
}

static int
matches(const char *access, const char *pattern)
{
    for (int i = 0; i < 4; i++)
        if (pattern[i] != '?' && pattern[i] != access[i])
            return 0;
    return 1;
}

/* The mapping is there, but not as it should be, or it is not there. */
static void
explain_map(struct half_view *half, const struct census_map *map)
{
    struct verdict *verdict = pair_verdict;
    const struct half_state *state = half_state(half);

    if (map != NULL) {
        text_add(verdict->got, sizeof verdict->got, "%llu bytes, %s",
            (unsigned long long)map->size, map->access);
        if (map->access[3] == 's' && map->access[1] == 'w')
            explain_id("FM17", "");
    } else if (state->has_ended) {
        struct reply reply = *pair_wait(half, UNTIL_ENDED, 0);
        text_add(verdict->got, sizeof verdict->got, "%s has already ended",
            half->name);
        explain(half, &reply);
    } else {
        text_add(verdict->got, sizeof verdict->got, "no mapping of that file");
        explain_facts();
        explain_id("FM18", "");
    }
}

void
expect_mapped(
    struct half_view *half, const char *file, uint64_t size, const char *access)
{
    const struct census_file *found = census_find("work", file);
    const struct census_map *map =
        find_map(half, found != NULL ? found->inode : 0);

    if (map != NULL && matches(map->access, access) && map->size >= size &&
        map->offset == 0)
        return;
    lose_expected("%s has the file mapped, %s%s (see /proc/PID/maps)",
        half->name, access[3] == 's' ? "shared, " : "",
        access[1] == '-'   ? "for reading only"
        : access[1] == '?' ? "for reading"
                           : "for reading and writing");
    explain_map(half, map);
    lose(half);
}

const struct census_file *
census_find(const char *where, const char *file)
{
    const struct census_file *list;
    size_t n = pair_files(&list);

    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i].where, where) == 0 &&
            strcmp(list[i].name, file) == 0)
            return &list[i];
    return NULL;
}
