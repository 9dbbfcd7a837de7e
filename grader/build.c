/*
 * build.c - see build.h
 */
#include "build.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "image.h"
#include "lab.h"
#include "sandbox.h"
#include "text.h"

static int cache_folder = -1;

void
build_cache(int folder)
{
    cache_folder = folder;
}

/* All that the program depends on. The caller frees it. */
static char *
make_key(const struct build *build, size_t *size)
{
    const struct source *parts[] = {
        build->source, build->protocol, build->lab_h, build->lab_o};
    const struct target *target = build->target;
    struct stat compiler = {0};
    char path[256];
    char *key = NULL;
    FILE *stream = open_memstream(&key, size);

    if (stream == NULL)
        return NULL;
    snprintf(path, sizeof path, "/usr/bin/%s", target->compiler);
    stat(path, &compiler);
    fprintf(stream, "%s %jd %jd %s %s %s %s %s\n", target->compiler,
        (intmax_t)compiler.st_size, (intmax_t)compiler.st_mtime, target->flags,
        target->more[build->is_checked], build->lab, target->name,
        build->program);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        fprintf(stream, "%zu\n", parts[i]->size);
        fwrite(parts[i]->bytes, 1, parts[i]->size, stream);
    }
    if (fclose(stream) == EOF) {
        free(key);
        return NULL;
    }
    return key;
}

/* FNV-1a: against accidents only. Goes on from an earlier hash, or from 0. */
static uint64_t
hash_bytes(uint64_t hash, const char *bytes, size_t size)
{
    hash ^= UINT64_C(14695981039346656037);
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * UINT64_C(1099511628211);
    return hash;
}

/* A file's name; the whole key is compared. */
static void
name_of_key(char name[32], const char *key, size_t size)
{
    snprintf(name, 32, "%016" PRIx64, hash_bytes(0, key, size));
}

/* A cached program: sizes of key and messages, key, messages, program. After
 * a crash of the machine a file may be damaged: hash is of the last two. */
struct cached {
    uint64_t key;
    uint64_t messages;
    uint64_t hash;
};

static uint64_t
hash_result(const struct build *build)
{
    const char *messages = build->result->messages;
    uint64_t hash = hash_bytes(0, messages, strlen(messages));
    char block[4096];
    ssize_t n;
    int fd = image_open(build->image);

    while (fd != -1 && (n = read_all(fd, block, sizeof block)) > 0)
        hash = hash_bytes(hash, block, (size_t)n);
    if (fd != -1)
        close(fd);
    return hash;
}

static int
find_cached(struct build *build, const char *key, size_t size)
{
    struct cached head;
    char name[32];
    int found = 0;

    name_of_key(name, key, size);
    int fd = openat(cache_folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd == -1)
        return 0;
    char *other = malloc(size);
    if (other != NULL && read_all(fd, &head, sizeof head) == sizeof head &&
        head.key == size && head.messages < MESSAGES_LIMIT &&
        read_all(fd, other, size) == (ssize_t)size &&
        memcmp(key, other, size) == 0 &&
        read_all(fd, build->result->messages, head.messages) ==
            (ssize_t)head.messages)
        found =
            copy_all(fd, build->image) == 0 && hash_result(build) == head.hash;
    if (!found) {
        ftruncate(build->image, 0);
        lseek(build->image, 0, SEEK_SET);
    }
    free(other);
    close(fd);
    return found;
}

/* Under another name first: nobody ever finds half a program. */
static void
put_cached(const struct build *build, const char *key, size_t size)
{
    char name[32];
    char temporary[64];
    const char *messages = build->result->messages;
    struct cached head = {size, strlen(messages), hash_result(build)};

    name_of_key(name, key, size);
    snprintf(temporary, sizeof temporary, "%s.%jd", name, (intmax_t)getpid());
    int fd = openat(
        cache_folder, temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd == -1)
        return;
    int from = image_open(build->image);
    int is_good = write_all(fd, &head, sizeof head) == 0 &&
                  write_all(fd, key, size) == 0 &&
                  write_all(fd, messages, head.messages) == 0 &&
                  copy_all(from, fd) == 0;
    close(from);
    if (close(fd) == 0 && is_good)
        renameat(cache_folder, temporary, cache_folder, name);
    else
        unlinkat(cache_folder, temporary, 0);
}

static int
source_image(const struct source *source)
{
    int image = image_new();

    if (image != -1 && write_all(image, source->bytes, source->size) == -1) {
        close(image);
        image = -1;
    }
    return image;
}

/* Keeps what the compiler said, with paths as below the tree. The linker has
 * them from the debug information: with "./" in front. */
static void
keep_messages(struct build *build, int messages)
{
    char *text = build->result->messages;
    int fd = image_open(messages);
    ssize_t n = fd == -1 ? 0 : read_all(fd, text, MESSAGES_LIMIT - 1);

    text[n > 0 ? n : 0] = '\0';
    if (fd != -1)
        close(fd);
    for (char *at = text; (at = strstr(at, "\n./")) != NULL; at++)
        memmove(at + 1, at + 3, strlen(at + 3) + 1);
}

static void
compile(struct build *build)
{
    const struct target *target = build->target;
    const char *more = target->more[build->is_checked];
    char script[1600];
    struct stat status;
    int messages = image_new();
    struct sandbox_file files[] = {
        {"", source_image(build->source), 0444},
        {"", source_image(build->protocol), 0444},
        {"lab.h", source_image(build->lab_h), 0444},
        {"lab.o", source_image(build->lab_o), 0444},
    };

    snprintf(files[0].path, sizeof files[0].path, "%s/%s/%s.c", build->lab,
        target->name, build->program);
    snprintf(files[1].path, sizeof files[1].path, "%s/protocol.h", build->lab);
    /* In two steps, so that the linker names an object that has a name. */
    snprintf(script, sizeof script,
        "command -v %s >/dev/null || exit 127; "
        "%s %s %s -fmax-errors=20 -fdebug-prefix-map=\"$PWD\"=. "
        "-I. -I%s -c -o ../work/%s.o %s && "
        "%s %s %s -I. -o ../work/out%s ../work/%s.o lab.o || exit 9; "
        "exec cat ../work/out%s",
        target->compiler, target->compiler, target->flags, more, build->lab,
        build->program, files[0].path, target->compiler, target->flags, more,
        target->suffix, build->program, target->suffix);
    int end = sandbox_run(
        script, files, sizeof files / sizeof files[0], build->image, messages);
    keep_messages(build, messages);
    if (WIFEXITED(end) && WEXITSTATUS(end) == 0 &&
        fstat(build->image, &status) == 0 && status.st_size > 0)
        build->result->status = BUILD_DONE;
    else if (WIFEXITED(end) && WEXITSTATUS(end) == 9)
        build->result->status = BUILD_REFUSED;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        close(files[i].image);
    close(messages);
}

void
build_run(struct build *build)
{
    size_t size = 0;
    char *key;

    build->result->status = BUILD_TROUBLE;
    key = make_key(build, &size);
    if (key == NULL)
        return;
    if (cache_folder != -1 && find_cached(build, key, size)) {
        build->result->status = BUILD_DONE;
        build->result->is_cached = 1;
    } else {
        compile(build);
        if (cache_folder != -1 && build->result->status == BUILD_DONE)
            put_cached(build, key, size);
    }
    free(key);
}
