#define _GNU_SOURCE /* syscall(2), since landlock has no wrappers; O_PATH */
/*
 * landlock.c - see landlock.h
 */
#include "landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The kernel's own header may be older than the kernel. */
enum {
    ACCESS_REFER = 1 << 13,    /* from version 2 */
    ACCESS_TRUNCATE = 1 << 14, /* from version 3 */
    ACCESS_TCP = 3,            /* bind and connect, from version 4 */
    SCOPE_SIGNAL = 2           /* from version 6 */
};

enum {
    READ_FILE = LANDLOCK_ACCESS_FS_READ_FILE,
    START = LANDLOCK_ACCESS_FS_EXECUTE,
    READ = READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR | START,
    WRITE_FILE = LANDLOCK_ACCESS_FS_WRITE_FILE | ACCESS_TRUNCATE,
    FILL = LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
           LANDLOCK_ACCESS_FS_REMOVE_FILE,
    EVERYTHING = (ACCESS_TRUNCATE << 1) - 1
};

static const unsigned int rights[] = {
    [LANDLOCK_READ] = READ,
    [LANDLOCK_CHANGE] = READ_FILE | WRITE_FILE,
    [LANDLOCK_FILL] = READ_FILE | WRITE_FILE | FILL,
    [LANDLOCK_ALL] = EVERYTHING,
};

/* Rights that make sense for a file that is no folder. */
static const unsigned int file_rights = READ_FILE | START | WRITE_FILE;

const struct landlock_rule landlock_system[] = {
    {"/usr", LANDLOCK_READ},
    {"/bin", LANDLOCK_READ},
    {"/lib", LANDLOCK_READ},
    {"/lib32", LANDLOCK_READ},
    {"/lib64", LANDLOCK_READ},
    {"/etc/alternatives", LANDLOCK_READ},
    {"/etc/ld.so.cache", LANDLOCK_READ},
    {"/dev/null", LANDLOCK_CHANGE},
    {"/dev/zero", LANDLOCK_CHANGE},
    {"/dev/full", LANDLOCK_CHANGE},
    {"/dev/random", LANDLOCK_READ},
    {"/dev/urandom", LANDLOCK_READ},
    {NULL, LANDLOCK_READ},
};

const struct landlock_rule landlock_shared[] = {
    {"/proc", LANDLOCK_READ},
    {"/dev/shm", LANDLOCK_FILL},
    {"/dev/mqueue", LANDLOCK_FILL},
    {"/dev/pts", LANDLOCK_CHANGE}, /* a half's standard input, opened anew */
    {NULL, LANDLOCK_READ},
};

/* As in the newest linux/landlock.h. */
struct ruleset {
    uint64_t files;
    uint64_t network;
    uint64_t scoped;
};

int
landlock_version(void)
{
    long version = syscall(
        SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);

    return version > 0 ? (int)version : 0;
}

/* The rights on files that a kernel of that version knows. */
static unsigned int
known_rights(int version)
{
    if (version >= 3)
        return EVERYTHING;
    return version == 2 ? EVERYTHING & ~ACCESS_TRUNCATE : ACCESS_REFER - 1;
}

int
landlock_begin(int keeps_signals)
{
    int version = landlock_version();
    struct ruleset set = {.files = known_rights(version)};
    size_t size = sizeof set.files;

    if (version >= 4) {
        set.network = ACCESS_TCP;
        size += sizeof set.network;
    }
    if (version >= LANDLOCK_SIGNALS) {
        set.scoped = keeps_signals ? SCOPE_SIGNAL : 0;
        size += sizeof set.scoped;
    }
    return (int)syscall(SYS_landlock_create_ruleset, &set, size, 0);
}

static int
add(int rules, const struct landlock_rule *rule)
{
    struct stat status;
    struct landlock_path_beneath_attr attribute = {
        .allowed_access = rights[rule->use] & known_rights(landlock_version()),
        .parent_fd = open(rule->path, O_PATH | O_CLOEXEC)};

    if (attribute.parent_fd == -1)
        return errno == ENOENT ? 0 : -1;
    if (fstat(attribute.parent_fd, &status) == 0 && !S_ISDIR(status.st_mode))
        attribute.allowed_access &= file_rights;
    long result = syscall(SYS_landlock_add_rule, rules,
        LANDLOCK_RULE_PATH_BENEATH, &attribute, 0);
    int error = errno;
    close(attribute.parent_fd);
    errno = error;
    return (int)result;
}

int
landlock_add(int rules, const struct landlock_rule *list)
{
    for (; list->path != NULL; list++)
        if (add(rules, list) == -1)
            return -1;
    return 0;
}

int
landlock_enter(int rules)
{
    return (int)syscall(SYS_landlock_restrict_self, rules, 0);
}
