/*
 * test_grade.c - the grader from outside: options, marks, trouble, its end
 */
#include <jansson.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/prctl.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "labs.h"
#include "landlock.h"
#include "privilege.h"
#include "proc.h"
#include "room.h"
#include "skip.h"
#include "suites.h"

enum {
    TEXT = 1 << 18,
    COMMAND = 2048
};

static char out[TEXT]; /* what the last run said */
static char err[TEXT];

static void
slurp(const char *file, char *text)
{
    FILE *stream = fopen(scratch(file), "r");
    size_t n = stream == NULL ? 0 : fread(text, 1, TEXT - 1, stream);

    text[n] = '\0';
    if (stream != NULL)
        fclose(stream);
}

static int shell(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Runs a command and keeps what it says. Returns its exit status. */
static int
shell(const char *format, ...)
{
    char command[COMMAND];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(command, sizeof command, format, arguments);
    va_end(arguments);
    unlink(scratch("out")); /* they may be root's, and we no longer root */
    unlink(scratch("err"));
    size_t used = strlen(command);
    snprintf(command + used, sizeof command - used, " >%s 2>%s </dev/null",
        scratch("out"), scratch("err"));
    int status = system(command);
    slurp("out", out);
    slurp("err", err);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* build/grade, with variables of the environment before it. */
static int
grade_with(const char *environment, const char *arguments)
{
    return shell("%s %s/grade %s", environment, build_folder(), arguments);
}

static int
grade(const char *arguments)
{
    return grade_with("", arguments);
}

static size_t
count_lines(const char *text)
{
    size_t n = 0;

    for (; *text != '\0'; text++)
        n += *text == '\n';
    return n;
}

static const char *
last_line(const char *text)
{
    static char line[256];
    size_t end = strlen(text);

    while (end > 0 && text[end - 1] == '\n')
        end--;
    size_t from = end;
    while (from > 0 && text[from - 1] != '\n')
        from--;
    snprintf(line, sizeof line, "%.*s", (int)(end - from), text + from);
    return line;
}

static int
maximum(void)
{
    int points = 0;

    for (size_t i = 0; lab_table[i] != NULL; i++)
        if (lab_table[i]->target == &target_posix)
            points += lab_points(lab_table[i]);
    return points;
}

static void
check_total(int points, int most)
{
    char total[64];

    snprintf(total, sizeof total, "%d/%d", points, most);
    ck_assert_str_eq(last_line(out), total);
}

/* A tree with what the command makes of the solutions; %s is the tree. */
static const char *
make_tree(const char *name, const char *change)
{
    char tree[256];

    snprintf(tree, sizeof tree, "%s", scratch(name));
    ck_assert_int_eq(
        shell("cp -r solutions %s && cd %s && { %s; }", tree, tree, change), 0);
    return scratch(name);
}

static int
patch(const char *tree, const char *lab, const char *name)
{
    return shell("patch -s -F0 -p1 -d '%s/%s' -i "
                 "\"$PWD/grader/tests/wrong/%s/%s.patch\"",
        tree, lab, lab, name);
}

static const struct {
    const char *arguments;
    const char *says;
} questions[] = {
    {"--help", "usage: grade"},
    {"--version", "grade"},
    {"--list", "01-filemapping"},
    {"--list -l 2", "02-anonpipe"},
    {"--list -l 02-anonpipe", "02-anonpipe"},
    {"--hint AP1", "labs/02-anonpipe/README.md, step 7: close"},
    {"--hint ap1", "make hint ID=AP1 MORE=1"},
    {"--hint FM2 -v", "\n  mend   use MAP_SHARED\n"},
    {"-v --hint FM2", "copy on write"},
    {"--hint MEM2", "the report names"},
    {"--hint list", "\n05-sysv\n  BYE1 "},
    {"-l 2 --hint list", "\n02-anonpipe\n  AP1 "},
    {"--doctor", "ok       walls        namespaces"},
};

START_TEST(answers)
{
    ck_assert_int_eq(grade(questions[_i].arguments), 0);
    ck_assert_msg(strstr(out, questions[_i].says) != NULL, "%s", out);
    ck_assert_str_eq(err, "");
}
END_TEST

static const char *const nonsense[] = {"-l 99", "-l 1x", "-l nothing", "-l ''",
    "-l", "-i nothing", "-l 1 -i client-no-such-item", "-l 1 -i buffer_server",
    "-i pair -i nothing", "-s xyz", "-s ''", "-s -1", "-s 11112222333344445",
    "-j 0", "-j 65", "-j x", "-j -1", "-j ''", "-f xml", "-f jsonx", "-f ''",
    "-f text=/nowhere/file", "-f text -f text -f text -f text -f text",
    "-p macos", "-p ''", "--hint", "--hint ''", "--hint NO1", "--hint AP",
    "--hint AP1x", "--hint AP1 FM2", "-t /nowhere", "-t Makefile", "-t ''",
    "--nonsense", "-x", "operand", "-- operand"};

START_TEST(refuses)
{
    ck_assert_int_eq(grade(nonsense[_i]), 2);
    ck_assert_str_eq(out, "");
    ck_assert_msg(count_lines(err) == 1, "%s", err);
}
END_TEST

START_TEST(the_reference_wins_everything)
{
    ck_assert_msg(grade("-t solutions --plain") == 0, "%s%s", out, err);
    check_total(maximum(), maximum());
    ck_assert(strstr(out, "FAIL") == NULL);
    ck_assert_str_eq(err, "");
}
END_TEST

START_TEST(the_skeleton_loses_every_item)
{
    ck_assert_msg(grade("--plain") == 1, "%s%s", out, err);
    check_total(0, maximum());
    ck_assert(strstr(out, "\n  ok ") == NULL);
    ck_assert(strstr(out, "the first is TASK 1 in line ") != NULL);
    ck_assert(strstr(out, "\n          calls ") == NULL); /* why is known */
    ck_assert_str_eq(err, "");
}
END_TEST

/* The points of the items of a half of a lab; lab: an index of lab_table. */
static int
points_of(size_t lab, const char *half)
{
    int points = 0;

    for (size_t i = 0; i < lab_table[lab]->nitems; i++)
        if (strcmp(lab_table[lab]->items[i].half, half) == 0)
            points += lab_table[lab]->items[i].points;
    return points;
}

START_TEST(a_source_that_does_not_compile_is_not_gradable)
{
    char command[COMMAND];
    int won = points_of(0, "client");

    const char *tree = make_tree("broken",
        "cd 01-filemapping/posix; printf '\n\n\n\n\n\nreturn;\n' | "
        "cat - server.c >x && mv x server.c");
    snprintf(command, sizeof command, "-t %s -l 1 --plain", tree);
    ck_assert_int_eq(grade(command), 1);
    check_total(won, 100);
    snprintf(command, sizeof command,
        "\n    %s/01-filemapping/posix/server.c:7:", tree);
    ck_assert_msg(strstr(out, command) != NULL, "no %s in: %s", command, out);
    ck_assert(strstr(out, "server is not gradable") != NULL);
    ck_assert(strstr(out, "  ok    server") == NULL);
    ck_assert(strstr(out, "  FAIL  client") == NULL);
    /* The other lab is graded all the same. */
    snprintf(command, sizeof command, "-t %s --plain", tree);
    ck_assert_int_eq(grade(command), 1);
    check_total(maximum() - 100 + won, maximum());
}
END_TEST

START_TEST(a_header_of_ones_own_is_explained)
{
    char command[COMMAND];

    snprintf(command, sizeof command, "-t %s -l 1 --plain",
        make_tree("header",
            "cd 01-filemapping/posix; echo >my.h; echo '#include \"my.h\"' | "
            "cat - server.c >x && mv x server.c"));
    ck_assert_int_eq(grade(command), 1);
    ck_assert_msg(strstr(out, "\n  A half is one file.") != NULL, "%s", out);
}
END_TEST

/* Not there, not readable as a source, or leading elsewhere. */
static const struct {
    const char *change; /* of client.c */
    const char *says;
    int has_server;
} unreadable[] = {
    {"rm client.c", "No such file", 1},
    {"rm client.c; mkdir client.c", "client.c", 1},
    {"rm client.c; mkfifo client.c", "client.c", 1},
    {"rm client.c; ln -s server.c client.c", "client.c", 1},
    {"rm client.c; ln -s /etc/shadow client.c", "client.c", 1},
    {"head -c 2000000 /dev/zero >client.c", "client.c", 1},
    {"cd ..; rm -r posix", "client.c", 0},
    {"cd ../..; rm -r 02-anonpipe", "client.c", 0},
};

START_TEST(a_source_that_cannot_be_read_is_not_gradable)
{
    char command[COMMAND];
    char name[32];

    snprintf(name, sizeof name, "unreadable%d", _i);
    snprintf(command, sizeof command, "cd 02-anonpipe/posix; %s",
        unreadable[_i].change);
    const char *tree = make_tree(name, command);
    snprintf(command, sizeof command, "-t %s -l 2 --plain", tree);
    ck_assert_msg(grade(command) == 1, "%s%s", out, err);
    check_total(unreadable[_i].has_server ? points_of(1, "server") : 0, 100);
    ck_assert_msg(strstr(out, unreadable[_i].says) != NULL, "%s", out);
    ck_assert(strstr(out, "root:") == NULL);
}
END_TEST

static json_t *
items_of(const char *arguments)
{
    char command[COMMAND];

    snprintf(
        command, sizeof command, "-t solutions -l 1 -f json %s", arguments);
    ck_assert_int_eq(grade(command), 0);
    json_t *result = json_loads(out, 0, NULL);
    json_t *items = json_object_get(
        json_array_get(json_object_get(result, "labs"), 0), "items");
    json_incref(items);
    json_decref(result);
    return items;
}

/* One by its name, and those of a half. */
START_TEST(grades_the_items_asked_for)
{
    char arguments[COMMAND];
    json_t *all = items_of("");
    json_t *second = json_array_get(all, 1);
    const char *slug = json_string_value(json_object_get(second, "item"));
    size_t clients = 0;
    size_t index;
    json_t *item;

    ck_assert_int_eq(grade("-t solutions -i server-prints-ready --plain"), 2);
    snprintf(arguments, sizeof arguments, "-i %s", slug);
    json_t *chosen = items_of(arguments);
    ck_assert_uint_eq(json_array_size(chosen), 1);
    ck_assert(json_equal(json_array_get(chosen, 0), second));
    json_decref(chosen);
    snprintf(arguments, sizeof arguments, "-i %s -i client", slug);
    chosen = items_of(arguments);
    json_array_foreach(all, index, item)
    {
        const char *half = json_string_value(json_object_get(item, "half"));
        clients += strcmp(half, "client") == 0;
    }
    ck_assert_uint_gt(clients, 0);
    ck_assert_uint_eq(json_array_size(chosen), clients + 1);
    json_decref(chosen);
    json_decref(all);
}
END_TEST

START_TEST(the_same_seed_gives_the_same_report)
{
    static char first[TEXT];

    ck_assert_int_eq(grade("-v --plain -s 1234abcd"), 1);
    memcpy(first, out, sizeof first);
    ck_assert_int_eq(grade("-v --plain -s 1234abcd"), 1);
    ck_assert_str_eq(out, first);
    ck_assert(strstr(out, "SEED=1234abcd") != NULL);
    ck_assert_int_eq(grade("-v --plain -s 1234abce"), 1);
    ck_assert_str_ne(out, first);
}
END_TEST

START_TEST(two_gradings_do_not_disturb_each_other)
{
    char total[64];

    snprintf(total, sizeof total, "%d/%d", maximum(), maximum());
    ck_assert_int_eq(
        shell("{ for i in 1 2 3; do %s/grade -t solutions --plain | tail -n 1 "
              "& done; wait; }",
            build_folder()),
        0);
    ck_assert_uint_eq(count_lines(out), 3);
    for (char *line = strtok(out, "\n"); line; line = strtok(NULL, "\n"))
        ck_assert_str_eq(line, total);
}
END_TEST

START_TEST(one_worker_or_many_give_the_same_marks)
{
    static const char *const arguments[] = {
        "-t solutions --plain -j 1", "-t solutions --plain -j 64"};

    ck_assert_msg(grade(arguments[_i]) == 0, "%s%s", out, err);
    check_total(maximum(), maximum());
}
END_TEST

static const struct proc_stat *
find(const char *name)
{
    static struct proc_stat stats[PROC_LIMIT];
    size_t n = proc_descendants(stats, PROC_LIMIT);

    for (size_t i = 0; i < n; i++)
        if (strcmp(stats[i].name, name) == 0)
            return &stats[i];
    return NULL;
}

static int
is_there(const char *name)
{
    return find(name) != NULL;
}

/* Killed as soon as such a process is there. */
static const struct {
    const char *until;
    const char *option;
    const char *tree;
} killed[] = {
    {"cc1", "-v", "kill-cc1"},
    {"bwrap", "-v", "solutions"},
    {"warden", "-v", "solutions"},
    {"server", "-v", "solutions"},
    {"client", "-v", "solutions"},
    {"cc1", "--no-sandbox", "kill-bare"},
    {"warden", "--no-sandbox", "solutions"},
    {"server", "--no-sandbox", "solutions"},
    {"strace", "-v", "kill-traced"},
    {"strace", "--no-sandbox", "kill-traced-bare"},
};

static pid_t
start_grading(const char *tree, const char *option)
{
    pid_t pid = fork();

    if (pid == 0) {
        snprintf(out, sizeof out, "%s/grade", build_folder());
        execl(out, "grade", "-t", tree, option, "-l", "1", "-f",
            "text=/dev/null", (char *)NULL);
        _exit(127);
    }
    return pid;
}

/* 0: the grading has ended before. */
static int
is_seen(const char *name, pid_t grading)
{
    while (!is_there(name))
        if (waitpid(grading, NULL, WNOHANG) != 0)
            return 0;
    return 1;
}

START_TEST(killed_at_any_moment_it_leaves_no_process)
{
    const char *tree = killed[_i].tree;
    char change[256];
    char path[256];

    if (strstr(tree, "traced") != NULL) {
        snprintf(path, sizeof path, "%s", make_tree(tree, ":"));
        tree = path;
        ck_assert_int_eq(
            patch(tree, "01-filemapping", "BEG-client-prints-one-line"), 0);
    } else if (strcmp(tree, "solutions") != 0) {
        /* Nothing of it is in the cache, and cc1 has something to do. */
        snprintf(change, sizeof change,
            "for half in */*/*.c; do seq %jd00000 %jd29999 | "
            "sed 's/.*/extern int x&;/' >>$half; done",
            (intmax_t)getpid(), (intmax_t)getpid());
        snprintf(path, sizeof path, "%s", make_tree(tree, change));
        tree = path;
    }
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    pid_t pid;
    do /* on a busy machine the moment may pass unseen */
        pid = start_grading(tree, killed[_i].option);
    while (!is_seen(killed[_i].until, pid));
    kill(pid, SIGKILL);
    while (waitpid(-1, NULL, 0) > 0)
        continue; /* would wait for ever if anybody stayed */
    ck_assert(!is_there("warden"));
}
END_TEST

/* The guards, which alone could clean up after their items, and the grader, who
 * would begin the next one there. */
static void
kill_children(pid_t keeper)
{
    static struct proc_stat stats[PROC_LIMIT];
    size_t n = proc_descendants(stats, PROC_LIMIT);

    for (size_t i = 0; i < n; i++)
        if (stats[i].parent == keeper)
            kill(stats[i].pid, SIGKILL);
}

START_TEST(what_killed_guards_leave_is_removed)
{
    const struct proc_stat *warden = NULL;
    struct proc_stat guard;
    char link[64];
    char work[256] = "";

    if (geteuid() != 0 || landlock_version() < LANDLOCK_FILES) {
        skip_others(1, "guards that are killed", "only root can start them");
        return;
    }
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    pid_t pid = start_grading("solutions", "--walls=users");
    while (*work == '\0') {
        ck_assert_int_eq(waitpid(pid, NULL, WNOHANG), 0);
        warden = find("warden");
        if (warden == NULL)
            continue;
        snprintf(link, sizeof link, "/proc/%d/cwd", (int)warden->pid);
        if (readlink(link, work, sizeof work - 1) == -1 ||
            proc_stat(warden->parent, &guard) == -1)
            *work = '\0'; /* it has ended just now */
    }
    kill_children(guard.parent);
    while (waitpid(-1, NULL, 0) > 0)
        continue;
    ck_assert_int_eq(strncmp(work, "/tmp/grade-", 11), 0);
    *strrchr(work, '/') = '\0';
    ck_assert_int_eq(access(work, F_OK), -1);
}
END_TEST

static const char *const full[] = {
    "-t solutions -l 1 -f text=/dev/full",
    "-t solutions -l 1 -f json=/dev/full",
    "-t solutions -l 1 -f text=/dev/null -f json=/dev/full",
};

START_TEST(a_full_disk_is_trouble)
{
    ck_assert_int_eq(grade(full[_i]), 2);
    ck_assert_str_eq(out, "");
    ck_assert(strstr(err, "No space left") != NULL);
    ck_assert_uint_eq(count_lines(err), 1);
    ck_assert_int_eq(
        shell("{ %s/grade -t solutions -l 1 >/dev/full; }", build_folder()), 2);
}
END_TEST

/* No mark, and one line that says so. */
static void
check_trouble(int status, const char *says)
{
    ck_assert_msg(status == 2, "%d: %s%s", status, out, err);
    ck_assert_str_eq(out, "");
    ck_assert_msg(
        strncmp(err, "grade: ", 7) == 0 && count_lines(err) == 1, "%s", err);
    ck_assert_msg(strstr(err, says) != NULL, "%s", err);
}

/* What the grader is started in: told, if it cannot be graded in, else without
 * any influence. */
static const struct {
    const char *before;
    const char *says; /* NULL: every point is won */
} starts[] = {
    {"ulimit -n 16;", "open files (ulimit -n) is 16 here"},
    {"ulimit -n 64;", "open files"},
    {"ulimit -v 100000;", "address space"},
    {"ulimit -d 100000;", "data"},
    {"ulimit -t 20;", "processor time"},
    {"ulimit -f 100;", "size of a file"},
    {"ulimit -s 1000;", "stack"},
    {"prlimit --pid $$ --nproc=10;", "processes"},
    {"prlimit --pid $$ --msgqueue=1000;", "message queues"},
    {"prlimit --pid $$ --sigpending=2;", "pending signals"},
    {"ulimit -Sn 16; ulimit -St 1; ulimit -Sf 10; ulimit -Ss 100;"
     "ulimit -Sv 100000; ulimit -Sd 100000; ulimit -c 0; ulimit -l 0;"
     "prlimit --pid $$ --msgqueue=1000: --sigpending=2: --nproc=9:;",
        NULL},
    {"trap '' CHLD PIPE ALRM XFSZ;", NULL},
    {"umask 777;", NULL},
    {"export TMPDIR=/nowhere CK_FORK=no CK_VERBOSITY=verbose "
     "CK_MAX_MSG_SIZE=1 GCC_EXEC_PREFIX=/nowhere COMPILER_PATH=/nowhere "
     "POSIXLY_CORRECT=1 MALLOC_PERTURB_=7 BASH_ENV=/dev/zero ENV=/dev/zero;",
        NULL},
    {"exec <&-;", NULL},
    {"exec <&- >&-;", "could not be written"},
    {"exec >/dev/full;", "could not be written"},
};

START_TEST(what_it_is_started_in_gives_no_marks)
{
    ck_assert_int_eq(chmod(scratch(""), 0777), 0);
    ck_assert_int_eq(privilege_drop(), 0);
    int status = shell("{ %s exec %s/grade -t solutions -l 1 --plain; }",
        starts[_i].before, build_folder());
    if (starts[_i].says != NULL) {
        check_trouble(status, starts[_i].says);
        return;
    }
    ck_assert_msg(status == 0, "%d: %s%s", status, out, err);
    check_total(100, 100);
    ck_assert_str_eq(err, "");
}
END_TEST

/* Of a submission that cannot be read, and of a kit that is not whole. %1$s is
 * a tree. */
static const struct {
    const char *change; /* in the tree */
    const char *tree;   /* below it */
    const char *says;
} unread[] = {
    {"chmod 0 01-filemapping/posix/server.c", "",
        "server.c cannot be read: Permission denied"},
    {"chmod 0 01-filemapping/posix", "", "cannot be read: Permission denied"},
    {"chmod 0 01-filemapping", "", "cannot be read: Permission denied"},
    {"chmod 0 .", "", "cannot be read: Permission denied"},
    {"ln -s . link", "link", "is a symbolic link"},
    {"ln -s . link", "link/", "is a symbolic link"},
    {"ln -s . link", "link/.", "is a symbolic link"},
};

START_TEST(what_cannot_be_read_gets_no_mark)
{
    char tree[256];
    char name[32];

    snprintf(name, sizeof name, "unread%d", _i);
    ck_assert_int_eq(chmod(scratch(""), 0777), 0);
    ck_assert_int_eq(privilege_drop(), 0);
    snprintf(tree, sizeof tree, "%s", make_tree(name, unread[_i].change));
    int status = shell("%s/grade -l 1 --plain -t '%s/%s'", build_folder(), tree,
        unread[_i].tree);
    check_trouble(status, unread[_i].says);
    ck_assert_int_eq(shell("chmod -R u+rwX %s", tree), 0);
}
END_TEST

/* A kit that is not whole: what is done to a copy of the build folder. */
static const struct {
    const char *change;
    const char *says;
} damaged[] = {
    {"rm warden", "warden: No such file"},
    {": >warden", "warden is damaged"},
    {"truncate -s 4 warden", "warden is damaged"},
    {"truncate -s -1 warden", "warden is damaged"},
    {"truncate -s -1000 warden", "warden is damaged"},
    {"rm warden; mkdir warden", "warden: "},
    {"rm warden; mkfifo warden", "warden: "},
    {"truncate -s 4 short.so", "short.so is damaged"},
    {"truncate -s 4 solutions/01-filemapping/posix/server",
        "server is damaged"},
    {"truncate -s -9 solutions/01-filemapping/posix/client",
        "client is damaged"},
    {"rm solutions/01-filemapping/posix/client", "client: No such file"},
    {"truncate -s 4 labs/half.o", "half.o is damaged"},
    {"truncate -s -1 labs/half_checked.o", "half_checked.o is damaged"},
    {"rm labs/half.o", "half.o: No such file"},
    {"cp /bin/true solutions/01-filemapping/posix/client; "
     "printf '\\377' | dd of=solutions/01-filemapping/posix/client bs=1 "
     "seek=18 conv=notrunc 2>/dev/null",
        "reference client could not be started"}, /* another machine's */
    {"cp /bin/true warden", "nothing can be run in a sandbox here"},
    {"cp /bin/false warden", "nothing can be run in a sandbox here"},
};

START_TEST(without_a_whole_kit_no_mark_is_given)
{
    char build[256];

    snprintf(build, sizeof build, "%s", scratch("built"));
    ck_assert_int_eq(
        shell("rm -rf %s && mkdir -p %s/solutions %s/labs && cp %s/grade "
              "%s/warden %s/short.so %s && cp -r %s/solutions/01-filemapping "
              "%s/solutions && cp %s/labs/half*.o %s/labs && cd %s && { %s; }",
            build, build, build, build_folder(), build_folder(), build_folder(),
            build, build_folder(), build, build_folder(), build, build,
            damaged[_i].change),
        0);
    check_trouble(
        shell("%s/grade -t solutions -l 1 --plain", build), damaged[_i].says);
}
END_TEST

/* Files of reports, in a folder with a regular file "old", a link to it, another
 * name of it, a FIFO and a folder; root is made to overwrite nothing. */
static const struct {
    const char *file;
    const char *says; /* NULL: the report is there */
} files[] = {
    {"new", NULL},
    {"old", NULL},
    {"./old", NULL},
    {"link", "symbolic link"},
    {"dangling", "symbolic link"},
    {"folder", "Is a directory"},
    {"folder/", ""},
    {"nowhere/file", "No such file"},
    {"old/file", "Not a directory"},
    {"socket", "cannot be written to that"},
};

START_TEST(a_report_replaces_a_file_or_nothing)
{
    char folder[256];
    char path[300];

    snprintf(folder, sizeof folder, "%s", scratch("files"));
    ck_assert_int_eq(
        shell("rm -rf %s && mkdir %s && cd %s && echo before >old && "
              "chmod 640 old && ln old other && ln -s old link && "
              "ln -s nobody dangling && mkfifo fifo && mkdir folder && "
              "perl -MIO::Socket::UNIX -e "
              "'IO::Socket::UNIX->new(Local => \"socket\", Listen => 1)'",
            folder, folder, folder),
        0);
    snprintf(path, sizeof path, "%s/%s", folder, files[_i].file);
    int status = shell(
        "%s/grade -t solutions -l 1 --plain -f text=%s", build_folder(), path);
    if (files[_i].says != NULL)
        check_trouble(status, files[_i].says);
    else {
        ck_assert_msg(status == 0, "%s%s", out, err);
        ck_assert_int_eq(shell("tail -n 1 %s", path), 0);
        ck_assert_str_eq(out, "100/100\n");
    }
    ck_assert_int_eq(
        shell("{ cd %s && cat other && ls -A | wc -l; }", folder), 0);
    ck_assert_str_eq(out,
        strcmp(files[_i].file, "new") == 0 ? "before\n8\n" : "before\n7\n");
    if (strcmp(files[_i].file, "old") == 0)
        ck_assert_int_eq(shell("test $(stat -c %%a %s) = 640", path), 0);
}
END_TEST

/* Written to as they are; standard output may have several names. */
static const char *const outlets[] = {
    "/dev/stdout", "/dev/fd/1", "/dev/fd/7 7>&1", "/dev/stderr 2>&1", "fifo"};

START_TEST(a_report_goes_to_what_is_no_file)
{
    char path[300];

    snprintf(path, sizeof path, "%s", outlets[_i]);
    if (strcmp(path, "fifo") == 0) {
        snprintf(path, sizeof path, "%s", scratch("fifo"));
        ck_assert_int_eq(shell("mkfifo %s", path), 0);
    }
    int status = shell("{ { test ! -p %s || cat %s; } & "
                       "%s/grade -t solutions -l 1 --plain -f text=%s && wait; "
                       "}",
        scratch("fifo"), scratch("fifo"), build_folder(), path);
    ck_assert_msg(status == 0, "%s%s", out, err);
    check_total(100, 100);
}
END_TEST

/* Nothing is lost where there is no room, and no room is needed in /tmp. */
START_TEST(a_full_disk_loses_nothing)
{
    ck_assert_int_eq(chmod(scratch(""), 0777), 0);
    ck_assert_int_eq(privilege_drop(), 0);
    ck_assert_int_eq(
        shell("bwrap --bind / / --dev-bind /dev /dev --proc /proc --size 8192 "
              "--tmpfs /mnt --size 4096 --tmpfs /tmp sh -c "
              "'echo before >/mnt/old; cat /dev/zero >/mnt/x 2>/dev/null; "
              "cat /dev/zero >/tmp/x 2>/dev/null; "
              "%s/grade -t solutions -l 1 -f text=/mnt/old -f text >/dev/full; "
              "test $? = 2 && %s/grade -t solutions -l 1 --plain | tail -n 1; "
              "cat /mnt/old; ls -A /mnt'",
            build_folder(), build_folder()),
        0);
    ck_assert_str_eq(out, "100/100\nbefore\nold\nx\n");
    ck_assert_msg(count_lines(err) == 1 && strstr(err, "No space left") != NULL,
        "%s", err);
}
END_TEST

START_TEST(without_bwrap_no_mark_is_given)
{
    check_trouble(
        grade_with("PATH=/nowhere", "-t solutions --walls=namespaces"),
        "bubblewrap (bwrap) is not installed");
    ck_assert_msg(strstr(err, "make setup") != NULL, "%s", err);
}
END_TEST

/* Something else of that name, on the path before it. */
static const struct {
    const char *script;
    const char *says;
} impostors[] = {
    {"exit 1", "it ended with status 1"},
    {"kill -9 $$", "it was ended by signal 9"},
    {"exec sleep 1000", "it waits for ever"},
    {"echo one >&2; echo two >&2; exit 3", "namespaces: one"},
    {"echo bwrap: Resource temporarily unavailable >&2; exit 1",
        "Resource temporarily"},
    {"yes >&2", "namespaces: y"},
};

START_TEST(a_bwrap_that_fails_is_told)
{
    char folder[32];

    snprintf(folder, sizeof folder, "bin%d", _i);
    ck_assert_int_eq(
        shell("mkdir %s && cd %s && printf '#!/bin/sh\n%s\n' >bwrap && "
              "chmod 755 bwrap . ..",
            scratch(folder), scratch(folder), impostors[_i].script),
        0);
    check_trouble(shell("PATH=%s:/usr/bin:/bin %s/grade -t solutions "
                        "--walls=namespaces",
                      scratch(folder), build_folder()),
        impostors[_i].says);
    ck_assert(strstr(err, "not installed") == NULL);
}
END_TEST

START_TEST(without_namespaces_it_says_what_to_do)
{
    char path[256];

    ck_assert_int_eq(
        shell("mkdir %s && cd %s && printf '#!/bin/sh\\necho bwrap: No "
              "permissions >&2\\nexit 1\\n' >bwrap && chmod 755 bwrap .",
            scratch("bin"), scratch("bin")),
        0);
    snprintf(path, sizeof path, "PATH=%s:/usr/bin", scratch("bin"));
    check_trouble(grade_with(path, "-t solutions --walls=namespaces"),
        "bwrap: No permissions");
    ck_assert_msg(strstr(err, "Remedy: ") != NULL, "%s", err);
    ck_assert_msg(strstr(err, "--no-sandbox") != NULL, "%s", err);
}
END_TEST

/* Hidden behind something that cannot be executed, in a sandbox of ours. */
START_TEST(without_a_compiler_no_mark_is_given)
{
    ck_assert_int_eq(chmod(scratch(""), 0777), 0);
    ck_assert_int_eq(privilege_drop(), 0);
    ck_assert_int_eq(
        shell("bwrap --bind / / --dev /dev --proc /proc --ro-bind /dev/null "
              "/usr/bin/" HALF_CC " %s/grade -t solutions",
            build_folder()),
        2);
    ck_assert_str_eq(out, "");
    ck_assert_msg(strstr(err, "make setup") != NULL, "%s", err);
}
END_TEST

static void
check_there(int queue, int segment, int set, int is_wanted)
{
    struct msqid_ds one;
    struct shmid_ds two;

    ck_assert_int_eq(msgctl(queue, IPC_STAT, &one) == 0, is_wanted);
    ck_assert_int_eq(shmctl(segment, IPC_STAT, &two) == 0, is_wanted);
    ck_assert_int_eq(semctl(set, 0, GETVAL) != -1, is_wanted);
}

/* What the grader did not make stays, although the same user has made it: not
 * even another grader's, whose keys are made of files' numbers, too. No program
 * comes from the cache: the compiler runs without walls, too. */
START_TEST(without_walls_it_removes_only_its_own)
{
    char command[COMMAND];
    char change[128];

    ck_assert_int_eq(chmod(scratch(""), 0777), 0);
    ck_assert_int_eq(privilege_drop(), 0);
    int queue = msgget(IPC_PRIVATE, 0600);
    int segment = shmget(IPC_PRIVATE, 4096, 0600);
    int set = semget(IPC_PRIVATE, 1, 0600);
    ck_assert_int_eq(shell("cd /dev/shm && : >'%s.x' && : >'sem.%s'",
                         own_word(), own_word()),
        0);
    snprintf(change, sizeof change,
        "for half in */*/*.c; do echo '/* %s */' >>$half; done", own_word());
    snprintf(command, sizeof command,
        "{ %s/grade -t solutions -l 5 --no-sandbox --plain & "
        "%s/grade -t %s -l 1 -l 5 --no-sandbox --plain && wait $!; }",
        build_folder(), build_folder(), make_tree("changed", change));
    ck_assert_msg(shell("%s", command) == 0, "%s%s", out, err);
    ck_assert(strstr(out, "Without a sandbox") != NULL);
    check_there(queue, segment, set, 1);
    msgctl(queue, IPC_RMID, NULL);
    shmctl(segment, IPC_RMID, NULL);
    semctl(set, 0, IPC_RMID);
    check_there(queue, segment, set, 0);
    ck_assert_int_eq(
        shell("cd /dev/shm && rm '%s.x' 'sem.%s'", own_word(), own_word()), 0);
}
END_TEST

/* Wrong programs, and what their timelines must have; the server of the first
 * waits for what only its own half could do. */
static const struct {
    const char *lab;
    const char *name;
    const char *says[4];
} timelines[] = {
    {"02-anonpipe", "AP1-write-end-kept",
        {"\n          stuck      server   | read(", " client   | write(1,",
            " client   | ended: exit status 0\n", NULL}},
    {"01-filemapping", "BEG-client-prints-one-line",
        {"\n          waits      server | read(0, ...)\n",
            " server | sem_post(\"/n", "client | ended: exit status 0\n",
            NULL}},
};

START_TEST(shows_the_last_calls_of_both_halves)
{
    char command[COMMAND];
    const char *lab = timelines[_i].lab;
    char tree[256]; /* scratch() would forget it */

    snprintf(tree, sizeof tree, "%s", make_tree(lab, ":"));
    ck_assert_int_eq(patch(tree, lab, timelines[_i].name), 0);
    snprintf(command, sizeof command,
        "-t %s -l %s -s 1 --plain -f text -f json=%s", tree, lab,
        scratch("json"));
    ck_assert_int_eq(grade(command), 1);
    for (size_t i = 0; timelines[_i].says[i] != NULL; i++)
        ck_assert_msg(strstr(out, timelines[_i].says[i]) != NULL,
            "no %s in: %s", timelines[_i].says[i], out);
    slurp("json", out);
    ck_assert(strstr(out, "\"calls\": [") != NULL);
    ck_assert(strstr(out, "\"time_ms\": ") != NULL);
    /* Without them the report is the same. */
    snprintf(command, sizeof command,
        "-t %s -l %s -s 1 --plain --no-timeline -f text -f json=%s", tree, lab,
        scratch("json"));
    ck_assert_int_eq(grade(command), 1);
    ck_assert(strstr(out, "  FAIL") != NULL && strstr(out, " calls ") == NULL);
    slurp("json", out);
    ck_assert(strstr(out, "\"calls\"") == NULL);
}
END_TEST

START_TEST(without_strace_the_marks_are_the_same)
{
    char command[COMMAND];
    char total[64];
    char tree[256];

    snprintf(tree, sizeof tree, "%s", make_tree("bare", ":"));
    ck_assert_int_eq(
        patch(tree, "01-filemapping", "BEG-client-prints-one-line"), 0);
    snprintf(command, sizeof command, "-t %s -l 1 --plain", tree);
    ck_assert_int_eq(grade(command), 1);
    ck_assert(strstr(out, " calls ") != NULL);
    snprintf(total, sizeof total, "%s", last_line(out));
    ck_assert_int_eq(chmod(scratch(""), 0777), 0);
    ck_assert_int_eq(privilege_drop(), 0);
    ck_assert_int_eq(
        shell("bwrap --bind / / --dev /dev --proc /proc --ro-bind /dev/null "
              "/usr/bin/strace %s/grade %s",
            build_folder(), command),
        1);
    ck_assert_str_eq(last_line(out), total);
    ck_assert(strstr(out, " calls ") == NULL);
    ck_assert_str_eq(err, "");
}
END_TEST

/* Odd bytes of a program, in its output and in the compiler's messages. */
static const char *const odd[] = {
    "01-filemapping/posix/server.c", "01-filemapping/posix/client.c"};

static void
check_plain_text(const char *text)
{
    for (const char *c = text; *c != '\0'; c++)
        ck_assert_msg(
            (*c >= ' ' && *c != 0x7f) || *c == '\n', "byte %d in %s", *c, text);
}

START_TEST(odd_bytes_are_escaped)
{
    char command[COMMAND];
    char name[32];

    snprintf(name, sizeof name, "odd%d", _i);
    snprintf(command, sizeof command,
        "printf '#include <stdio.h>\\n#warning \\033[31m\\177\\377\\n"
        "int main(void) { fputs(\"\\\\033[2J\\\\177\\\\377\\\\302\\\\205\", "
        "stderr); return puts(\"\\\\033]0;x\\\\a\\\\377\") < 0; }\\n' >%s",
        odd[_i]);
    const char *tree = make_tree(name, command);
    snprintf(command, sizeof command, "-t %s -l 1 -v -f text -f json=%s", tree,
        scratch("json"));
    ck_assert_int_eq(grade(command), 1);
    check_plain_text(out);
    ck_assert(strstr(out, "\\033") != NULL);
    slurp("json", out);
    check_plain_text(out);
    json_t *result = json_loads(out, 0, NULL);
    ck_assert(result != NULL);
    json_decref(result);
}
END_TEST

Suite *
grade_suite(void)
{
    Suite *suite = suite_create("grade");
    TCase *tcase = tcase_create("grade");

    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_unchecked_fixture(tcase, scratch_enter, scratch_leave);
    tcase_add_loop_test(
        tcase, answers, 0, sizeof questions / sizeof questions[0]);
    tcase_add_loop_test(
        tcase, refuses, 0, sizeof nonsense / sizeof nonsense[0]);
    tcase_add_test(tcase, the_reference_wins_everything);
    tcase_add_test(tcase, the_skeleton_loses_every_item);
    tcase_add_test(tcase, a_source_that_does_not_compile_is_not_gradable);
    tcase_add_test(tcase, a_header_of_ones_own_is_explained);
    tcase_add_loop_test(tcase, a_source_that_cannot_be_read_is_not_gradable, 0,
        sizeof unreadable / sizeof unreadable[0]);
    tcase_add_test(tcase, grades_the_items_asked_for);
    tcase_add_test(tcase, the_same_seed_gives_the_same_report);
    tcase_add_test(tcase, two_gradings_do_not_disturb_each_other);
    tcase_add_loop_test(tcase, one_worker_or_many_give_the_same_marks, 0, 2);
    tcase_add_loop_test(tcase, killed_at_any_moment_it_leaves_no_process, 0,
        sizeof killed / sizeof killed[0]);
    tcase_add_test(tcase, what_killed_guards_leave_is_removed);
    tcase_add_loop_test(
        tcase, a_full_disk_is_trouble, 0, sizeof full / sizeof full[0]);
    tcase_add_test(tcase, without_bwrap_no_mark_is_given);
    tcase_add_test(tcase, without_namespaces_it_says_what_to_do);
    tcase_add_test(tcase, without_a_compiler_no_mark_is_given);
    if (!IS_SANITIZED)
        tcase_add_test(tcase, without_walls_it_removes_only_its_own);
    tcase_add_loop_test(tcase, odd_bytes_are_escaped, 0, 2);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("trouble");
    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_unchecked_fixture(tcase, scratch_enter, scratch_leave);
    if (!IS_SANITIZED) {
        tcase_add_loop_test(tcase, what_it_is_started_in_gives_no_marks, 0,
            sizeof starts / sizeof starts[0]);
        tcase_add_loop_test(tcase, without_a_whole_kit_no_mark_is_given, 0,
            sizeof damaged / sizeof damaged[0]);
    }
    tcase_add_loop_test(tcase, what_cannot_be_read_gets_no_mark, 0,
        sizeof unread / sizeof unread[0]);
    tcase_add_loop_test(tcase, a_report_replaces_a_file_or_nothing, 0,
        sizeof files / sizeof files[0]);
    tcase_add_loop_test(tcase, a_report_goes_to_what_is_no_file, 0,
        sizeof outlets / sizeof outlets[0]);
    tcase_add_test(tcase, a_full_disk_loses_nothing);
    tcase_add_loop_test(tcase, a_bwrap_that_fails_is_told, 0,
        sizeof impostors / sizeof impostors[0]);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("timelines");
    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_unchecked_fixture(tcase, scratch_enter, scratch_leave);
    tcase_add_loop_test(tcase, shows_the_last_calls_of_both_halves, 0,
        sizeof timelines / sizeof timelines[0]);
    tcase_add_test(tcase, without_strace_the_marks_are_the_same);
    suite_add_tcase(suite, tcase);
    return suite;
}
