/*
 * bank.c - see bank.h
 */
#include "bank.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "room.h"

/* What stands behind the attack; then perhaps comes the reference. */
static const struct {
    const char *when;
    const char *text;
    int has_reference;
} tails[] = {
    {"main",
        "int main(int argc, char *argv[])\n"
        "{ (void)argc; lab_start(argv[0]); SAY_READY; attack(); return 0; }\n",
        0},
    {"mute",
        "int main(int argc, char *argv[])\n"
        "{ (void)argc; lab_start(argv[0]); attack(); return 0; }\n",
        0},
    {"first",
        "__attribute__((constructor)) static void\n"
        "attack_first(void) { attack(); }\n",
        1},
    {"last",
        "__attribute__((destructor)) static void\n"
        "attack_last(void) { attack(); }\n",
        1},
    {"ready",
        "static int attack_line(const char *text, size_t length)\n"
        "{ int r = put_line(text, length); attack(); return r; }\n"
        "#define put_line attack_line\n",
        1},
    {"thread",
        "static void *attack_thread(void *none) { attack(); return none; }\n"
        "__attribute__((constructor)) static void attack_first(void)\n"
        "{ pthread_t t; pthread_create(&t, NULL, attack_thread, NULL); }\n",
        1},
    {"child",
        "__attribute__((constructor)) static void attack_first(void)\n"
        "{ if (fork() == 0) { attack(); _exit(0); } }\n",
        1},
};

static int
is_source(const struct bank_row *row)
{
    return row->when[0] == '\0';
}

/* "03" becomes "03-namedpipe". */
static int
find_lab(char lab[64])
{
    char pattern[96];
    glob_t found;

    snprintf(pattern, sizeof pattern, "labs/%.60s-*", lab);
    if (glob(pattern, 0, NULL, &found) != 0)
        return -1;
    snprintf(lab, 64, "%.60s", strchr(found.gl_pathv[0], '/') + 1);
    globfree(&found);
    return 0;
}

/* Returns 0 if the line is one of those that make a row. */
static int
read_row(struct bank_row *row, const char *path, const char *line)
{
    const char *rest = strstr(line, "play: ");
    const char *most = strstr(line, "most=");

    memset(row, 0, sizeof *row);
    if (rest == NULL)
        return -1;
    rest += strlen("play: ");
    snprintf(row->path, sizeof row->path, "%s", path);
    row->platform = strstr(path, "/win32-") != NULL ? "win32" : "posix";
    int n =
        strstr(path, "/sources/") != NULL
            ? sscanf(rest, "%60s %31s", row->lab, row->half) + 1
            : sscanf(rest, "%15s %60s %31s", row->when, row->lab, row->half);
    int works = !is_source(row) && strcmp(row->when, "main") != 0 &&
                strcmp(row->when, "mute") != 0;
    row->most = most != NULL ? atoi(most + 5) : works ? -1 : 0;
    row->is_alone = strstr(line, " alone") != NULL;
    row->is_slow = strstr(line, " slow") != NULL;
    return n == 3 ? find_lab(row->lab) : -1;
}

size_t
bank_read(struct bank_row *rows, size_t limit, const char *pattern)
{
    char line[256];
    glob_t files;
    size_t n = 0;

    if (glob(pattern, 0, NULL, &files) != 0)
        return 0;
    for (size_t i = 0; i < files.gl_pathc; i++) {
        FILE *file = fopen(files.gl_pathv[i], "r");
        while (
            file != NULL && n < limit && fgets(line, sizeof line, file) != NULL)
            n += read_row(&rows[n], files.gl_pathv[i], line) == 0;
        if (file != NULL)
            fclose(file);
    }
    globfree(&files);
    return n;
}

void
bank_name(const struct bank_row *row, char name[160])
{
    const char *base = strrchr(row->path, '/') + 1;

    snprintf(name, 160, "%.*s-%s%s%.2s-%s", (int)strcspn(base, "."), base,
        row->when, is_source(row) ? "" : "-", row->lab, row->half);
}

/* Of several graders that run at once each has another one. */
static unsigned int
number_of(const struct bank_row *row)
{
    char name[160];
    unsigned int number = 0;

    bank_name(row, name);
    for (const char *c = name; *c != '\0'; c++)
        number = (number * 31 + (unsigned char)*c) % 1000003;
    return number;
}

/* Puts one text behind another. Returns 0, or -1. */
static int
append(FILE *to, const char *path)
{
    char block[4096];
    size_t n;
    FILE *from = fopen(path, "r");

    if (from == NULL)
        return -1;
    fprintf(to, "#line 1 \"%s\"\n", strrchr(path, '/') + 1);
    while ((n = fread(block, 1, sizeof block, from)) > 0)
        fwrite(block, 1, n, to);
    fclose(from);
    return 0;
}

/* The headers come first: what is in an attack may ask for all of them. */
static int
make_half(const struct bank_row *row, const char *path)
{
    int says_ready =
        strstr(row->half, "server") != NULL && strncmp(row->lab, "02", 2) != 0;
    const char *prologue = strcmp(row->platform, "win32") == 0
                               ? "grader/tests/hostile/attack_win32.h"
                               : "grader/tests/hostile/attack.h";
    char reference[256];
    FILE *file = fopen(path, "w");
    int result = -1;

    if (file == NULL)
        return -1;
    snprintf(reference, sizeof reference, "solutions/%s/%s/%s.c", row->lab,
        row->platform, row->half);
    fprintf(file,
        "#define _GNU_SOURCE\n#define SAY_READY %s\n#define ROW \"%u\"\n",
        says_ready ? "put_line(\"ready\", 5)" : "(void)0", number_of(row));
    for (size_t i = 0; i < sizeof tails / sizeof tails[0]; i++) {
        if (strcmp(tails[i].when, row->when) != 0)
            continue;
        result = append(file, prologue) | append(file, row->path);
        fputs(tails[i].text, file);
        if (tails[i].has_reference)
            result |= append(file, reference);
    }
    return fclose(file) == EOF ? -1 : result;
}

/* Halves that have nothing to do with the row's one win nothing. */
static int
empty_other_pair(const struct bank_row *row, const char *folder)
{
    const char *end = strchr(row->half, '_');
    int length = end != NULL ? (int)(end - row->half) + 1 : 0;

    return run_shell("cd '%s' && for f in *.c; do case $f in "
                     "%.*sserver.c | %.*sclient.c) ;; "
                     "*) echo 'int main(void) { return 0; }' >$f ;; "
                     "esac; done",
        folder, length, row->half, length, row->half);
}

int
bank_make_tree(const struct bank_row *row, const char *tree)
{
    char folder[512];
    char path[600];

    snprintf(folder, sizeof folder, "%s/%s/%s", tree, row->lab, row->platform);
    snprintf(path, sizeof path, "%s/%s.c", folder, row->half);
    if (run_shell("rm -rf '%s' && mkdir -p '%s' && cp solutions/%s/%s/*.c '%s'",
            tree, folder, row->lab, row->platform, folder) != 0 ||
        empty_other_pair(row, folder) != 0)
        return -1;
    if (!is_source(row))
        return make_half(row, path);
    if (strstr(row->path, ".sh") != NULL)
        return run_shell("export KIT=\"$PWD\" TREE=\"$PWD/%s\"; "
                         "cd '%s' && sh \"$KIT/%s\"",
                   tree, folder, row->path) == 0
                   ? 0
                   : -1;
    return run_shell("cp '%s' '%s'", row->path, path) == 0 ? 0 : -1;
}
