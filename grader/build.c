/*
 * build.c - see build.h
 */
#include "build.h"

#include <errno.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cache.h"
#include "image.h"
#include "lab.h"
#include "sandbox.h"

/* Exit statuses of the script that compiles. */
enum {
    SAID_NO = 9, /* the compiler, or the linker */
    NO_COMPILER = 127
};

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

/* The compiler quotes lines of the source, however long they are. */
static void
cut_lines(char *text)
{
    enum {
        COLUMNS = 300
    };

    for (char *line = text; *line != '\0';) {
        size_t length = strcspn(line, "\n");
        if (length > COLUMNS) {
            memcpy(line + COLUMNS - 3, "...", 3);
            memmove(line + COLUMNS, line + length, strlen(line + length) + 1);
            length = COLUMNS;
        }
        line += length + (line[length] == '\n');
    }
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
    cut_lines(text);
}

/* In two steps, so that the linker names an object that has a name. */
static void
write_script(
    const struct build *build, const char *source, char *script, size_t size)
{
    const struct target *target = build->target;
    const char *more = target->more[build->is_checked];

    snprintf(script, size,
        "command -v %s >/dev/null || exit %d; "
        "%s %s %s -fmax-errors=20 -fdebug-prefix-map=\"$PWD\"=. "
        "-I. -I%s -c -o ../work/%s.o %s && "
        "%s %s %s -I. -o ../work/out%s ../work/%s.o lab.o || exit %d; "
        "exec cat ../work/out%s",
        target->compiler, NO_COMPILER, target->compiler, target->flags, more,
        build->lab, build->program, source, target->compiler, target->flags,
        more, target->suffix, build->program, SAID_NO, target->suffix);
}

/* Returns the status as from waitpid(2), or -1. */
static int
compile(struct build *build)
{
    char script[1600];
    int messages = image_new();
    struct sandbox_file files[] = {
        {"", source_image(build->source), 0444},
        {"", source_image(build->protocol), 0444},
        {"lab.h", source_image(build->lab_h), 0444},
        {"lab.o", source_image(build->lab_o), 0444},
    };

    snprintf(files[0].path, sizeof files[0].path, "%s/%s/%s.c", build->lab,
        build->target->name, build->program);
    snprintf(files[1].path, sizeof files[1].path, "%s/protocol.h", build->lab);
    write_script(build, files[0].path, script, sizeof script);
    int end = sandbox_run(
        script, files, sizeof files / sizeof files[0], build->image, messages);
    keep_messages(build, messages);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        close(files[i].image);
    close(messages);
    return end;
}

static int
has_program(const struct build *build, int end)
{
    struct stat status;

    return WIFEXITED(end) && WEXITSTATUS(end) == 0 &&
           fstat(build->image, &status) == 0 && status.st_size > 0;
}

/* Did the compiler run, and find a mistake in the source? */
static int
has_mistake(const struct build *build)
{
    char source[128];
    const char *at = build->result->messages;

    snprintf(source, sizeof source, "%s/%s/%s.c:", build->lab,
        build->target->name, build->program);
    while ((at = strstr(at, source)) != NULL) {
        size_t length = strcspn(at, "\n");
        const char *error = strstr(at, ": error: ");
        if (error != NULL && error < at + length)
            return 1;
        at += length;
    }
    return 0;
}

/* Does a source without any mistake compile, here and now? If not, why says
 * what was told instead. */
static int
works_here(const struct build *build, char *why, size_t size)
{
    static char text[] = "#include \"lab.h\"\n#include \"protocol.h\"\n"
                         "int main(void) { lab_start(\"\"); return 0; }\n";
    static struct build_result result;
    struct source source = {text, sizeof text - 1, 0};
    struct build control = *build;

    control.source = &source;
    control.result = &result;
    control.image = image_new();
    int end = control.image == -1 ? -1 : compile(&control);
    int works = has_program(&control, end);
    if (!works)
        snprintf(why, size, "%s", result.messages);
    if (control.image != -1)
        close(control.image);
    return works;
}

/* What the compiler, or the kernel, says of a source that is too much, and what
 * it took too much of. */
static const struct {
    const char *word;
    int amount;
    const char *unit;
} stops[] = {
    {"CPU time limit exceeded", SANDBOX_SECONDS, "s of processor time"},
    {"memory", SANDBOX_MEMORY >> 20, "MB of memory"},
    {"File too large", SANDBOX_BYTES >> 20, "MB for a file"},
    {"No space left", SANDBOX_BYTES >> 20, "MB for its files"},
    {"write error", SANDBOX_BYTES >> 20, "MB for its files"},
    {"file truncated", SANDBOX_BYTES >> 20, "MB for its files"},
};

/* Why it ended before it was done; "" if that is not known. */
static void
find_stop(const char *messages, int end, char *reason, size_t size)
{
    reason[0] = '\0';
    if (WEXITSTATUS(end) == SANDBOX_STUCK)
        snprintf(reason, size, "it waited for something that never comes");
    if (WEXITSTATUS(end) == SANDBOX_GREEDY)
        snprintf(
            reason, size, "it took too much memory, or too many processes");
    if (WEXITSTATUS(end) == SANDBOX_BURNT)
        snprintf(reason, size, "it took %d %s", stops[0].amount, stops[0].unit);
    for (size_t i = 0; i < sizeof stops / sizeof stops[0]; i++)
        if (reason[0] == '\0' && strstr(messages, stops[i].word) != NULL)
            snprintf(
                reason, size, "it took %d %s", stops[i].amount, stops[i].unit);
}

/* Before the messages: they may be long. */
static void
tell_stop(struct build *build, int end)
{
    char *messages = build->result->messages;
    char reason[80];
    char line[160];

    find_stop(messages, end, reason, sizeof reason);
    if (reason[0] == '\0')
        return;
    size_t n = (size_t)snprintf(
        line, sizeof line, "The compiler was stopped: %s.\n", reason);
    memmove(messages + n, messages, MESSAGES_LIMIT - n);
    memcpy(messages, line, n);
    messages[MESSAGES_LIMIT - 1] = '\0';
}

/* Did the compiler never start, or was the sandbox killed from outside? */
static int
is_of_machine(int end)
{
    enum {
        KILLED = 128 + 9 /* the shell, as bwrap tells it */
    };

    if (!WIFEXITED(end))
        return 1;
    int code = WEXITSTATUS(end);
    return code == SANDBOX_NOT_STARTED || code == NO_COMPILER || code == KILLED;
}

/* There is no program. The source is to blame if the compiler has found a
 * mistake in it; or if everything that the compiler needs is there, so that
 * another source compiles. */
static void
find_blame(struct build *build, int end)
{
    char *messages = build->result->messages;
    char why[MESSAGES_LIMIT] = "";

    if (is_of_machine(end)) {
        if (messages[0] == '\0')
            sandbox_tell_end(messages, MESSAGES_LIMIT, end);
    } else if (WEXITSTATUS(end) == SAID_NO && has_mistake(build))
        build->result->status = BUILD_REFUSED;
    else if (works_here(build, why, sizeof why)) {
        build->result->status = BUILD_REFUSED;
        tell_stop(build, end);
    } else
        memcpy(messages, why, sizeof why);
}

static void
build_anew(struct build *build, const char *key, size_t size)
{
    int end = compile(build);

    if (!has_program(build, end)) {
        find_blame(build, end);
        return;
    }
    build->result->status = BUILD_DONE;
    cache_keep(key, size, build->image, build->result->messages);
}

void
build_run(struct build *build)
{
    struct build_result *result = build->result;
    size_t size = 0;

    result->status = BUILD_TROUBLE;
    char *key = make_key(build, &size);
    if (key == NULL) {
        snprintf(result->messages, MESSAGES_LIMIT, "%s", strerror(errno));
        return;
    }
    result->is_cached =
        cache_find(key, size, build->image, result->messages, MESSAGES_LIMIT);
    if (result->is_cached)
        result->status = BUILD_DONE;
    else
        build_anew(build, key, size);
    free(key);
}
