/*
 * census_sysv.c - see census_sysv.h
 */
#include "census_sysv.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <unistd.h>

#include "proc.h"

enum {
    OBJECTS = 256, /* of the whole machine, outside a sandbox */
    OURS = 256
};

/* Objects, as the kernel names them. */
struct names {
    size_t n;
    struct {
        uint32_t kind;
        int32_t id;
    } name[OBJECTS];
};

static struct {
    int is_planted; /* in a sandbox: all but the planted ones are ours */
    int has_user;   /* all that this user has made is ours */
    uid_t user;
    struct names others; /* what was there before us */
    struct names ours;   /* outside a sandbox: what was traced to us */
    size_t pids;
    pid_t pid[OURS];
} known;

static const char *const tables[] = {"msg", "shm", "sem"};

static void
read_queue(struct census_sysv *object, const char *line)
{
    long long bytes = 0;
    struct msqid_ds status;

    sscanf(line, "%*d %*d %*o %lld %u %d %d %u %*u %u", &bytes, &object->count,
        &object->last, &object->receiver, &object->owner, &object->maker);
    object->bytes = (uint64_t)bytes;
    if (msgctl(object->id, IPC_STAT, &status) == 0)
        object->limit = status.msg_qbytes;
}

static void
read_segment(struct census_sysv *object, const char *line)
{
    unsigned long long bytes = 0;

    sscanf(line, "%*d %*d %*o %llu %d %d %u %u %*u %u", &bytes,
        &object->creator, &object->last, &object->count, &object->owner,
        &object->maker);
    object->bytes = bytes;
}

static void
read_set(struct census_sysv *object, const char *line)
{
    sscanf(line, "%*d %*d %*o %u %u %*u %u", &object->count, &object->owner,
        &object->maker);
    for (int i = 0; i < (int)object->count && i < CENSUS_SEMAPHORES; i++) {
        struct census_semaphore *one = &object->semaphore[i];
        one->value = semctl(object->id, i, GETVAL);
        one->waiting = semctl(object->id, i, GETNCNT);
        one->zero = semctl(object->id, i, GETZCNT);
        one->last = semctl(object->id, i, GETPID);
        if (one->last > 0)
            object->last = one->last;
    }
}

/* Reads the row of an object for what tells whose it is, and what the kernel
 * needs for it, in bytes. Returns 1 if we know the user, and it is his. */
static int
is_of_user(enum sysv_kind kind, const char *line, uint64_t *weight)
{
    enum {
        AN_OBJECT = 1 << 9,
        A_MESSAGE = 1 << 6,
        A_SEMAPHORE = 1 << 7
    };
    unsigned long long size = 0;
    unsigned int count = 0;
    unsigned int maker = 0;
    int n = 0;

    if (kind == SYSV_QUEUE) {
        n = sscanf(line, "%*d %*d %*o %llu %u %*d %*d %*u %*u %u", &size,
            &count, &maker);
        size += (unsigned long long)count * A_MESSAGE;
    } else if (kind == SYSV_SEGMENT)
        n = 1 + sscanf(line, "%*d %*d %*o %llu %*d %*d %*u %*u %*u %u", &size,
                    &maker);
    else {
        n = 1 + sscanf(line, "%*d %*d %*o %u %*u %*u %u", &count, &maker);
        size = (unsigned long long)count * A_SEMAPHORE;
    }
    *weight = size + AN_OBJECT;
    return n == 3 && maker == known.user;
}

/* Reads the heading and the rows of the user, as many as there is room for;
 * others may have made more than that. Adds all of his to a sum. */
static void
read_rows(
    enum sysv_kind kind, char *text, size_t size, struct census_sysv_sum *sum)
{
    char path[32];
    char line[512];
    size_t used = 0;
    uint64_t weight;

    snprintf(path, sizeof path, "/proc/sysvipc/%s", tables[kind]);
    FILE *stream = fopen(path, "re");
    text[0] = '\0';
    for (int row = 0; stream != NULL && fgets(line, sizeof line, stream);
         row++) {
        size_t length = strlen(line);
        if (row > 0 && !is_of_user(kind, line, &weight))
            continue;
        sum->bytes += row > 0 ? weight : 0;
        sum->objects += row > 0;
        if (used + length >= size)
            continue;
        memcpy(text + used, line, length + 1);
        used += length;
    }
    if (stream != NULL)
        fclose(stream);
}

struct census_sysv_sum
census_sysv_sum(void)
{
    char heading[512];
    struct census_sysv_sum sum = {0, 0};

    for (int kind = SYSV_QUEUE; kind <= SYSV_SET; kind++)
        read_rows((enum sysv_kind)kind, heading, sizeof heading, &sum);
    return sum;
}

/* Lists all that the kernel tells of one kind. Returns how many. */
static size_t
list_kind(enum sysv_kind kind, struct census_sysv *list, size_t limit)
{
    enum {
        SIZE = 65536
    };
    static char text[SIZE];
    struct census_sysv_sum sum;
    size_t n = 0;

    if (known.has_user)
        read_rows(kind, text, sizeof text, &sum);
    else if (proc_read(text, sizeof text, "sysvipc/%s", tables[kind]) <= 0)
        return 0;
    char *line = strchr(text, '\n'); /* behind the heading */
    while (line != NULL && *++line != '\0' && n < limit) {
        struct census_sysv *object = &list[n];
        unsigned int mode;
        memset(object, 0, sizeof *object);
        object->kind = kind;
        if (sscanf(line, "%d %d %o", &object->key, &object->id, &mode) == 3) {
            object->mode = mode & 0777;
            if (kind == SYSV_QUEUE)
                read_queue(object, line);
            else if (kind == SYSV_SEGMENT)
                read_segment(object, line);
            else
                read_set(object, line);
            n++;
        }
        line = strchr(line, '\n');
    }
    return n;
}

static size_t
list_all(struct census_sysv *list, size_t limit)
{
    size_t n = 0;

    for (int kind = SYSV_QUEUE; kind <= SYSV_SET; kind++)
        n += list_kind((enum sysv_kind)kind, list + n, limit - n);
    return n;
}

static int
has(const struct names *names, const struct census_sysv *object)
{
    for (size_t i = 0; i < names->n; i++)
        if (names->name[i].kind == object->kind &&
            names->name[i].id == object->id)
            return 1;
    return 0;
}

static void
add(struct names *names, const struct census_sysv *object)
{
    if (names->n == OBJECTS || has(names, object))
        return;
    names->name[names->n].kind = object->kind;
    names->name[names->n].id = object->id;
    names->n++;
}

void
census_sysv_begin(void)
{
    static struct census_sysv list[OBJECTS];
    size_t n = list_all(list, OBJECTS);

    known.others.n = 0;
    for (size_t i = 0; i < n; i++)
        add(&known.others, &list[i]);
}

void
census_sysv_plant(void)
{
    msgget(IPC_PRIVATE, 0600);
    shmget(IPC_PRIVATE, 1, 0600);
    semget(IPC_PRIVATE, 1, 0600);
    known.is_planted = 1;
    census_sysv_begin();
}

void
census_sysv_choose(uid_t user)
{
    known.has_user = 1;
    known.user = user;
}

int
census_sysv_is_touched(void)
{
    struct census_sysv object;

    for (size_t i = 0; known.is_planted && i < known.others.n; i++)
        if (census_sysv_find((enum sysv_kind)known.others.name[i].kind,
                known.others.name[i].id, &object) == -1 ||
            object.last != 0 || object.receiver != 0)
            return 1;
    return 0;
}

static void
add_pid(pid_t pid)
{
    for (size_t i = 0; i < known.pids; i++)
        if (known.pid[i] == pid)
            return;
    if (known.pids < OURS)
        known.pid[known.pids++] = pid;
}

static int
is_our_pid(pid_t pid)
{
    for (size_t i = 0; pid > 0 && i < known.pids; i++)
        if (known.pid[i] == pid)
            return 1;
    return pid == getpid();
}

/* Is the key made from a file that is in the current folder now? One that has
 * been there tells nothing: somebody else's file may have got its inode. */
static int
is_our_key(int32_t key)
{
    DIR *dir = key != IPC_PRIVATE ? opendir(".") : NULL;
    int is_found = 0;

    if (dir == NULL)
        return 0;
    struct dirent *entry;
    while (!is_found && (entry = readdir(dir)) != NULL) {
        struct stat status;
        is_found = entry->d_name[0] != '.' &&
                   fstatat(dirfd(dir), entry->d_name, &status,
                       AT_SYMLINK_NOFOLLOW) == 0 &&
                   (key & 0xffffff) == (int32_t)((status.st_dev & 0xff) << 16 |
                                                 (status.st_ino & 0xffff));
    }
    closedir(dir);
    return is_found;
}

/* Can it be traced to us, as it is now? */
static int
is_traced(const struct census_sysv *object)
{
    if (object->owner != geteuid() || has(&known.others, object))
        return 0;
    if (object->creator != 0) /* then the others only use it */
        return is_our_pid(object->creator);
    return is_our_pid(object->last) || is_our_pid(object->receiver) ||
           is_our_key(object->key);
}

/* Lists all objects, and remembers which are ours. Returns how many. */
static size_t
look(struct census_sysv *list, size_t limit)
{
    static struct proc_stat stats[PROC_LIMIT];
    size_t n = list_all(list, limit);

    if (known.is_planted || known.has_user)
        return n;
    size_t pids = proc_descendants(stats, PROC_LIMIT);
    for (size_t i = 0; i < pids; i++)
        add_pid(stats[i].pid);
    for (size_t i = 0; i < n; i++)
        if (!has(&known.ours, &list[i]) && is_traced(&list[i]))
            add(&known.ours, &list[i]);
    return n;
}

void
census_sysv_note(void)
{
    static struct census_sysv list[OBJECTS];

    if (!known.is_planted && !known.has_user)
        look(list, OBJECTS);
}

static int
is_ours(const struct census_sysv *object)
{
    if (known.has_user)
        return object->maker == known.user;
    return known.is_planted ? !has(&known.others, object)
                            : has(&known.ours, object);
}

size_t
census_sysv(struct census_sysv *list)
{
    static struct census_sysv all[OBJECTS];
    size_t found = 0;

    size_t n = look(all, OBJECTS);
    for (size_t i = 0; i < n && found < CENSUS_SYSV; i++)
        if (is_ours(&all[i]))
            list[found++] = all[i];
    return found;
}

int
census_sysv_find(enum sysv_kind kind, int32_t id, struct census_sysv *found)
{
    static struct census_sysv all[OBJECTS];
    size_t n = list_kind(kind, all, OBJECTS);

    for (size_t i = 0; i < n; i++)
        if (all[i].id == id) {
            *found = all[i];
            return 0;
        }
    return -1;
}

int
census_sysv_remove(enum sysv_kind kind, int32_t id)
{
    switch (kind) {
    case SYSV_QUEUE:
        return msgctl(id, IPC_RMID, NULL);
    case SYSV_SEGMENT:
        return shmctl(id, IPC_RMID, NULL);
    default:
        return semctl(id, 0, IPC_RMID);
    }
}

void
census_sysv_sweep(void)
{
    static struct census_sysv list[CENSUS_SYSV];
    size_t removed;

    do {
        size_t n = census_sysv(list);
        removed = 0;
        for (size_t i = 0; i < n; i++)
            removed += census_sysv_remove(
                           (enum sysv_kind)list[i].kind, list[i].id) == 0;
    } while (removed > 0);
}
