/*
 * test_hostile.c - the grader is tested with programs that attack it
 *
 * Of each row of the bank (bank.h) the same must hold, whatever it does: an
 * exit status that gives a mark, no point that it has not worked for, an end
 * within bounds, nothing left, a report that can be read. References that are
 * graded at the same time keep every point. HOSTILE_OPTIONS in the environment
 * are more options for the grader, which then has other walls (and no Windows
 * programs). The first row of each program is tried, unless it is slow; with
 * HOSTILE_ALL=1 all of them. ONLY=WORD,... picks rows by names and paths.
 */
#include <ctype.h>
#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bank.h"
#include "cell.h"
#include "jobs.h"
#include "room.h"
#include "skip.h"
#include "suites.h"

enum {
    ROWS = 700,
    BETWEEN = 10,   /* rows from one reference to the next */
    SECONDS = 150,  /* after which a grading hangs */
    PROCESSOR = 24, /* seconds for a lab, and to compile a half twice */
    COMPILE = 34,   /* the same if the compiler is what is attacked */
    WORKERS = 3,    /* items at a time */
    ITEM_MB = 512,  /* the processes of an item */
    COMPILER_MB = 512,
    OTHER_MB = 500, /* all others together */
    LONG_TEXT = 1 << 22
};

static struct bank_row rows[ROWS];
static size_t nrows;
static struct cell *cells; /* of the rows, then of the references */
static int is_memory_known;

static const char *
place(const struct bank_row *row, const char *suffix)
{
    static char paths[4][512];
    static unsigned int turn;
    char name[160];

    turn = (turn + 1) % 4;
    bank_name(row, name);
    snprintf(paths[turn], sizeof paths[0], "%s/hostile/%s%s", build_folder(),
        name, suffix);
    return paths[turn];
}

/* For people. */
static void
tell_cost(const struct cell *cell, const struct bank_row *row)
{
    FILE *file = fopen(place(row, ".cost"), "w");

    if (file == NULL)
        return;
    fprintf(file,
        "status %d, wall %.1f s, processor %.1f s, memory %ld MB, left %zu "
        "%s\n",
        cell->status, cell->wall, cell->processor, cell->memory >> 20,
        cell->left, cell->litter);
    fclose(file);
}

static void
grade(struct cell *cell, const struct bank_row *row, const char *tree)
{
    const char *more = getenv("HOSTILE_OPTIONS");
    int workers = more != NULL && row->is_alone ? 1 : WORKERS;
    char command[4096];
    char items[128] = "";

    if (strcmp(tree, "solutions") != 0)
        snprintf(items, sizeof items, "-i %s -i pair", row->half);
    snprintf(command, sizeof command,
        "exec %s/grade -p %s -t '%s' -l %s %s -j %d -f json='%s' "
        "-f text='%s' %s >'%s' 2>&1 </dev/null",
        build_folder(), row->platform, tree, row->lab, items, workers,
        place(row, ".json"), place(row, ".txt"), more != NULL ? more : "",
        place(row, ".said"));
    if (cell_run(cell, command, SECONDS) == -1)
        cell->status = -1;
    tell_cost(cell, row);
}

static size_t
count_references(void)
{
    return (nrows + BETWEEN - 1) / BETWEEN;
}

/* Every few rows, a reference of the lab that is just being attacked. */
static void
run_job(size_t job, void *context)
{
    size_t group = job / (BETWEEN + 1);
    size_t at = job % (BETWEEN + 1);

    (void)context;
    if (at == BETWEEN || group * BETWEEN + at >= nrows) {
        struct bank_row reference = rows[group * BETWEEN];
        snprintf(
            reference.path, sizeof reference.path, "/reference-%zu", group);
        grade(&cells[nrows + group], &reference, "solutions");
        return;
    }
    size_t i = group * BETWEEN + at;
    char tree[256];
    /* The report shows it: a word that fits into a line. */
    snprintf(tree, sizeof tree, "%s/hostile/%zu", build_folder(), i);
    if (bank_make_tree(&rows[i], tree) == -1)
        cells[i].status = -1;
    else
        grade(&cells[i], &rows[i], tree);
}

/* What this machine does not let us see is not checked, and that is told. */
static void
skip_the_unknown(void)
{
    is_memory_known = cell_problem() == NULL;
    if (!is_memory_known)
        skip_others((int)nrows, "the memory of attacks", cell_problem());
    if (cell_mixture() != NULL)
        skip_others((int)nrows, "what attacks leave behind", cell_mixture());
}

static void
grade_all(void)
{
    skip_the_unknown();
    cells = jobs_share((nrows + count_references() + 1) * sizeof *cells);
    ck_assert(cells != NULL);
    ck_assert_int_eq(run_shell("mkdir -p %s/hostile", build_folder()), 0);
    ck_assert_int_eq(jobs_run(nrows + count_references(),
                         2 * (int)sysconf(_SC_NPROCESSORS_ONLN), run_job, NULL),
        0);
}

static char *
read_text(const char *path)
{
    static char text[LONG_TEXT];
    FILE *file = fopen(path, "r");

    ck_assert_msg(file != NULL, "%s is missing", path);
    size_t n = fread(text, 1, sizeof text - 1, file);
    ck_assert_msg(n < sizeof text - 1, "%s is too long", path);
    fclose(file);
    text[n] = '\0';
    ck_assert_msg(strlen(text) == n, "%s: a zero", path);
    return text;
}

/* The points of all items; none is skipped. */
static int
count_points(const struct bank_row *row)
{
    json_error_t error;
    int points = 0;
    size_t index;
    json_t *item;
    json_t *result = json_load_file(place(row, ".json"), 0, &error);

    ck_assert_msg(result != NULL, "%s: %s", place(row, ".json"), error.text);
    json_array_foreach(
        json_object_get(
            json_array_get(json_object_get(result, "labs"), 0), "items"),
        index, item)
    {
        const char *mark = json_string_value(json_object_get(item, "mark"));
        const char *why = json_string_value(json_object_get(item, "why"));
        points += (int)json_integer_value(json_object_get(item, "points"));
        ck_assert_msg(strcmp(mark, "won") == 0 || strcmp(mark, "lost") == 0,
            "%s: %s: %s", json_string_value(json_object_get(item, "item")),
            mark, why != NULL ? why : "");
    }
    json_decref(result);
    return points;
}

/* Nothing in it may be more than a text: no control characters, no bytes that
 * are none, which jansson knows. */
static void
check_report(const struct bank_row *row)
{
    const char *text = read_text(place(row, ".json"));

    ck_assert_msg(strstr(text, "\\u00") == NULL, "%s: control characters",
        place(row, ".json"));
    text = read_text(place(row, ".txt"));
    for (size_t i = 0; text[i] != '\0'; i++)
        ck_assert_msg(text[i] == '\n' || !iscntrl((unsigned char)text[i]),
            "%s: byte %d", place(row, ".txt"), text[i]);
    json_t *string = json_string(text);
    ck_assert_msg(string != NULL, "%s is not UTF-8", place(row, ".txt"));
    json_decref(string);
}

static void
check_bounds(const struct bank_row *row, const struct cell *cell)
{
    int is_source = row->when[0] == '\0';
    int processor = is_source ? COMPILE : PROCESSOR;
    int megabytes =
        OTHER_MB + (is_source ? 2 * COMPILER_MB : WORKERS * ITEM_MB);

    ck_assert_msg(cell->left == 0, "%zu processes left, one is %s", cell->left,
        cell->who);
    ck_assert_msg(cell->processor <= processor, "%.1f s of processor time",
        cell->processor);
    ck_assert_msg(cell->litter[0] == '\0', "left: %s", cell->litter);
    if (!is_memory_known)
        return;
    ck_assert_msg(cell->memory > 0, "nobody knows how much memory");
    ck_assert_msg(cell->memory >> 20 <= megabytes, "%ld MB of memory",
        cell->memory >> 20);
}

START_TEST(attack_gains_nothing)
{
    const struct bank_row *row = &rows[_i];
    const struct cell *cell = &cells[_i];
    char name[160];

    bank_name(row, name);
    if (cell->status != 0 && cell->status != 1)
        ck_abort_msg("%s: exit status %d after %.1f s\n%.2000s", name,
            cell->status, cell->wall,
            access(place(row, ".said"), R_OK) == 0
                ? read_text(place(row, ".said"))
                : "");
    int points = count_points(row);
    ck_assert_msg(
        row->most == -1 || points <= row->most, "%s: %d points", name, points);
    check_report(row);
    check_bounds(row, cell);
}
END_TEST

START_TEST(others_are_undisturbed)
{
    const struct cell *cell = &cells[nrows + (size_t)_i];

    ck_assert_msg(
        cell->status == 0, "reference %d: exit status %d", _i, cell->status);
}
END_TEST

/* A key that an attack has made: nothing but its name tells whose it is. */
static void
check_keys(void)
{
    char line[256];
    FILE *file = fopen("/proc/keys", "r");

    while (file != NULL && fgets(line, sizeof line, file) != NULL)
        ck_assert_msg(strstr(line, "hostile") == NULL, "a key: %s", line);
    if (file != NULL)
        fclose(file);
}

/* Whatever the attacks make has a name that begins so. */
START_TEST(nothing_is_left)
{
    static const char *const folders[] = {"/tmp", "/dev/shm", "/dev/mqueue"};
    struct dirent *entry;

    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        DIR *dir = opendir(folders[i]);
        while (dir != NULL && (entry = readdir(dir)) != NULL)
            ck_assert_msg(strncmp(entry->d_name, "hostile", 7) != 0,
                "%s/%s is left", folders[i], entry->d_name);
        if (dir != NULL)
            closedir(dir);
    }
    check_keys();
}
END_TEST

/* What is checked of a row is seen at all. */
static const char *const leavers[] = {"touch /tmp/left", "touch /dev/shm/left",
    "ipcmk -M 1", "ipcmk -Q", "ipcmk -S 1", "sleep 1000 &"};

START_TEST(what_is_left_is_seen)
{
    struct cell cell;
    char command[64];

    snprintf(command, sizeof command, "%s >/dev/null", leavers[_i]);
    ck_assert_int_eq(cell_run(&cell, command, SECONDS), 0);
    ck_assert(
        cell_mixture() != NULL || cell.litter[0] != '\0' || cell.left == 1);
    ck_assert_int_eq(cell_run(&cell, "true", SECONDS), 0);
    ck_assert_str_eq(cell.litter, "");
    ck_assert(cell_problem() != NULL || cell.memory > 0);
}
END_TEST

/* By any of the words of ONLY, if there are some. */
static int
is_chosen(const struct bank_row *row)
{
    const char *only = getenv("ONLY");
    char name[160];
    char word[160];
    int length;

    if (only == NULL)
        return 1;
    bank_name(row, name);
    for (; *only != '\0'; only += length + (only[length] == ',')) {
        length = (int)strcspn(only, ",");
        snprintf(word, sizeof word, "%.*s", length, only);
        if (strstr(name, word) != NULL || strstr(row->path, word) != NULL)
            return 1;
    }
    return 0;
}

static void
choose_rows(void)
{
    char last[sizeof rows[0].path] = "";
    size_t all;

    all = bank_read(rows, ROWS, "grader/tests/hostile/halves/*.c");
    all += bank_read(rows + all, ROWS - all, "grader/tests/hostile/sources/*");
    for (size_t i = 0; i < all; i++) {
        int is_again = i > 0 && strcmp(rows[i].path, last) == 0;
        memcpy(last, rows[i].path, sizeof last);
        if ((is_again || rows[i].is_slow) && getenv("HOSTILE_ALL") == NULL)
            continue;
        if (is_chosen(&rows[i]) &&
            !(strcmp(rows[i].platform, "win32") == 0 &&
                (getenv("HOSTILE_OPTIONS") != NULL || skip_win32(1))))
            rows[nrows++] = rows[i];
    }
}

Suite *
hostile_suite(void)
{
    Suite *suite = suite_create("hostile");
    TCase *tcase = tcase_create("bank");

    choose_rows();
    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_unchecked_fixture(tcase, grade_all, NULL);
    tcase_add_loop_test(tcase, attack_gains_nothing, 0, (int)nrows);
    tcase_add_loop_test(
        tcase, others_are_undisturbed, 0, (int)count_references());
    tcase_add_test(tcase, nothing_is_left);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("cells");
    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_loop_test(tcase, what_is_left_is_seen, 0,
        (int)(sizeof leavers / sizeof leavers[0]));
    suite_add_tcase(suite, tcase);
    return suite;
}
