/*
 * test_build.c - sources are read and built, hostile ones without harm
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "build.h"
#include "cache.h"
#include "image.h"
#include "jobs.h"
#include "privilege.h"
#include "room.h"
#include "suites.h"
#include "walls.h"

static const char good[] = "#include \"lab.h\"\n"
                           "#include \"protocol.h\"\n"
                           "int main(void) { return 0; }\n";

static struct source headers[2];
static struct source lab_o[2];

/* The kit's own headers are read while we may; then root's rights go. */
static void
enter(void)
{
    static const char *const paths[] = {
        "labs/01-filemapping/protocol.h", "labs/lab.h"};
    static const char *const objects[] = {"labs/half.o", "labs/half_checked.o"};
    int kit = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int built = open(build_folder(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    for (int i = 0; i < 2; i++) {
        source_read(&headers[i], kit, paths[i]);
        ck_assert_msg(headers[i].bytes != NULL, "%s", paths[i]);
        source_read(&lab_o[i], built, objects[i]);
        ck_assert_msg(lab_o[i].bytes != NULL, "%s", objects[i]);
    }
    close(kit);
    close(built);
    ck_assert_int_eq(privilege_drop(), 0);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
}

static struct source
source_of(const char *text)
{
    return (struct source){(char *)text, strlen(text), 0};
}

static const struct build_result *
build_source(const struct source *source, int is_checked)
{
    static struct build build;

    build = (struct build){.lab = "01-filemapping",
        .target = &target_posix,
        .program = "server",
        .is_checked = is_checked,
        .source = source,
        .protocol = &headers[0],
        .lab_h = &headers[1],
        .lab_o = &lab_o[is_checked],
        .image = image_new(),
        .result = jobs_share(sizeof *build.result)};
    ck_assert(build.result != NULL);
    build_run(&build);
    close(build.image);
    return build.result;
}

static const struct build_result *
build_text(const char *text)
{
    struct source source = source_of(text);

    return build_source(&source, 0);
}

START_TEST(builds)
{
    struct source source = source_of(good);
    const struct build_result *result = build_source(&source, _i);

    ck_assert_msg(result->status == BUILD_DONE, "%s", result->messages);
    ck_assert_str_eq(result->messages, "");
    ck_assert(!result->is_cached);
}
END_TEST

START_TEST(passes_warnings_on)
{
    const struct build_result *result =
        build_text("int main(void) { int unused; return 0; }\n");

    ck_assert_int_eq(result->status, BUILD_DONE);
    ck_assert_msg(
        strstr(result->messages, "01-filemapping/posix/server.c:1:") != NULL,
        "%s", result->messages);
}
END_TEST

/* Each is refused, says why, and shows nothing of the machine. */
static const struct {
    const char *source;
    const char *says;   /* among the messages */
    const char *hidden; /* must not be there */
} refused[] = {
    {"int main(void)\n{\n    retrun 0;\n}\n",
        "01-filemapping/posix/server.c:3:", "/kit/"},
    {"int main(void) { return missing(); }\n",
        "\n01-filemapping/posix/server.c:1: undefined reference", "/tmp/"},
    {"", "main", "/kit/"},
    {"#include \"/etc/passwd\"\nint main(void) { return 0; }\n",
        "/etc/passwd: No such file", "root:"},
    {"#include \"/etc/shadow\"\nint main(void) { return 0; }\n",
        "/etc/shadow: No such file", "root:"},
    {"#include \"../../../../../../etc/passwd\"\nint main(void) {}\n",
        "No such file", "root:"},
    {"#include \"server.c\"\nint main(void) { return 0; }\n", "nested",
        "/kit/"},
    {"__asm__(\".incbin \\\"/etc/passwd\\\"\");\nint main(void) { return 0; }",
        "/etc/passwd", "root:"},
    {"#error \\x1b[31m\nint main(void) { return 0; }\n", "#error", "/kit/"},
};

START_TEST(refuses)
{
    const struct build_result *result = build_text(refused[_i].source);

    ck_assert_msg(result->status == BUILD_REFUSED, "status %d: %s",
        (int)result->status, result->messages);
    ck_assert_msg(strstr(result->messages, refused[_i].says) != NULL,
        "\"%s\" is not in: %s", refused[_i].says, result->messages);
    ck_assert_msg(strstr(result->messages, refused[_i].hidden) == NULL,
        "\"%s\" is in: %s", refused[_i].hidden, result->messages);
}
END_TEST

#define MAIN "int main(void) { return 0; }\n"

/* Each would take for ever, or everything, or looks where nothing is to be
 * seen: it ends, nobody gets a program of it, nor is the machine to blame. */
static const struct {
    const char *source;
    const char *says;
} greedy[] = {
    {"__asm__(\".incbin \\\"/dev/zero\\\"\");\n" MAIN, ""},
    {"__asm__(\".incbin \\\"/dev/ptmx\\\"\");\n" MAIN, "/dev/ptmx"},
    {"__asm__(\".include \\\"/dev/zero\\\"\");\n" MAIN, ""},
    {"#include \"/dev/zero\"\n" MAIN, "MB of memory"},
    {"#include \"/dev/urandom\"\n" MAIN, "MB of memory"},
    {"#include \"/dev/ptmx\"\n" MAIN, "No such file"},
    {"#include \"/dev/tty\"\n" MAIN, "No such file"},
    {"#include \"/dev/console\"\n" MAIN, "No such file"},
    {"#include \"/dev/stdin\"\n" MAIN, "No such file"},
    {"#include \"/dev/fd/0\"\n" MAIN, "No such file"},
    {"#include \"/dev/pts/0\"\n" MAIN, "No such file"},
    {"#include \"/proc/self/fd/0\"\n" MAIN, "No such file"},
    {"#include \"/proc/self/maps\"\n" MAIN, "No such file"},
    {"#include \"/proc/kmsg\"\n" MAIN, "No such file"},
    {"#include \"/proc/self/mem\"\n" MAIN, "No such file"},
    {"#include \"/\"\n" MAIN, "directory"},
    {"#if __has_include(\"/dev/ptmx\")\n#else\n#error none\n#endif\n" MAIN,
        "none"},
    {"#line 1 \"/dev/ptmx\"\nint main(void) { return x; }\n", "/dev/ptmx"},
    {"#include __FILE__\n" MAIN, ""},
    {"@file\n" MAIN, "stray"},
    {"char big[1 << 30] = {1};\nint main(void) { return big[7]; }\n", "16 MB"},
    {"char big[1 << 24] = {1};\nint main(void) { return big[7]; }\n", "16 MB"},
    {"__asm__(\".fill 0x7fffffff\");\n" MAIN, ""},
    {"__asm__(\".org 0x7fffffff\");\n" MAIN, ""},
    {"#define A(...) __VA_ARGS__ __VA_ARGS__ __VA_ARGS__ __VA_ARGS__\n"
     "#define B(...) A(A(A(A(A(__VA_ARGS__)))))\n"
     "int a[] = {B(B(B(1,)))};\nint main(void) { return a[0]; }\n",
        "MB of memory"},
    {"__asm__(\".rept 2000000000\\nnop\\n.endr\");\n" MAIN, ""},
    {"__asm__(\".macro m\\n.rept 2\\nm\\n.endr\\n.endm\\nm\");\n" MAIN, ""},
    {"__asm__(\".globl die\\n.type die,@function\\ndie: ret\");\n"
     "#include \"lab.h\"\nint main(void) { die(\"x\"); }\n",
        "multiple definition"},
    {"#include \"lab.h\"\n#include <sys/types.h>\n"
     "int write_all(int f, const void *d, size_t s)\n"
     "{ (void)f, (void)d, (void)s; return 0; }\n" MAIN,
        ""},
    {"__asm__(\".globl main\\nmain: ret\");\nint main(void) { return 0; }\n",
        "main"},
    {"#pragma GCC error \"no\"\n" MAIN, "no"},
    {"_Pragma(\"GCC poison int\")\n" MAIN, "poison"},
    {"#pragma GCC plugin \"/work/x.so\"\n#error x\n" MAIN, "#error"},
    {"#embed \"/etc/passwd\"\n" MAIN, "embed"},
};

START_TEST(survives)
{
    const struct build_result *result = build_text(greedy[_i].source);

    ck_assert_msg(result->status == BUILD_REFUSED, "status %d: %.200s",
        (int)result->status, result->messages);
    ck_assert_msg(strstr(result->messages, greedy[_i].says) != NULL,
        "no \"%s\" in %.300s", greedy[_i].says, result->messages);
    ck_assert_uint_lt(strlen(result->messages), MESSAGES_LIMIT);
    while (waitpid(-1, NULL, 0) > 0)
        continue; /* nobody is left behind */
}
END_TEST

/* Without walls there is a device that waits for ever, and nobody to write to a
 * FIFO: the compiler is ended when it is proved to wait. */
START_TEST(ends_a_compiler_that_waits)
{
    char text[400];

    snprintf(text, sizeof text, "%s", scratch("fifo"));
    ck_assert_int_eq(
        run_shell("test -p %s || mkfifo -m 666 %s", text, text), 0);
    snprintf(text, sizeof text, "#include \"%s\"\n" MAIN,
        _i == 0 ? "/dev/ptmx" : scratch("fifo"));
    walls_use(WALLS_NONE);
    const struct build_result *result = build_text(text);
    ck_assert_msg(result->status == BUILD_REFUSED, "status %d: %s",
        (int)result->status, result->messages);
    ck_assert_msg(strstr(result->messages, "never comes") != NULL, "%s",
        result->messages);
    while (waitpid(-1, NULL, 0) > 0)
        continue; /* nobody is left behind */
}
END_TEST

/* lab.c's object is cut: no source could be compiled. */
START_TEST(is_trouble_if_nothing_compiles)
{
    struct source whole = lab_o[0];

    lab_o[0].size /= 2;
    const struct build_result *result = build_text(good);
    ck_assert_int_eq(result->status, BUILD_TROUBLE);
    ck_assert(strstr(result->messages, "lab.o") != NULL);
    /* A mistake is one all the same. */
    ck_assert_int_eq(build_text("int main(void) {\n")->status, BUILD_REFUSED);
    lab_o[0] = whole;
}
END_TEST

/* Errors without end: the messages are cut. */
START_TEST(cuts_messages)
{
    static char text[SOURCE_LIMIT];

    for (size_t i = 0; i + 1 < sizeof text; i++)
        text[i] = i % 100 == 99 ? '\n' : '@';
    const struct build_result *result = build_text(text);
    ck_assert_int_eq(result->status, BUILD_REFUSED);
    ck_assert_uint_lt(strlen(result->messages), MESSAGES_LIMIT);
}
END_TEST

/* Reads a file of the scratch folder; valid until the next one. */
static struct source
read_back(const char *path)
{
    static struct source source;
    int folder = open(scratch(""), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    free(source.bytes);
    source_read(&source, folder, path);
    close(folder);
    return source;
}

static void
write_file(const char *path, size_t size)
{
    FILE *file = fopen(path, "w");

    ck_assert(file != NULL);
    for (size_t i = 0; i < size; i++)
        fputc("/* */\n"[i % 6], file);
    ck_assert_int_eq(fclose(file), 0);
}

START_TEST(reads_regular_files_only)
{
    struct source source;
    char target[256];

    source = read_back("missing.c");
    ck_assert(source.bytes == NULL && source.error == ENOENT);
    write_file(scratch("full.c"), SOURCE_LIMIT);
    source = read_back("full.c");
    ck_assert(source.bytes != NULL && source.size == SOURCE_LIMIT);
    write_file(scratch("over.c"), SOURCE_LIMIT + 1);
    source = read_back("over.c");
    ck_assert(source.bytes == NULL && source.error == EFBIG);
    write_file(scratch("empty.c"), 0);
    source = read_back("empty.c");
    ck_assert(source.bytes != NULL && source.size == 0);
    ck_assert_int_eq(mkdir(scratch("folder.c"), 0700), 0);
    ck_assert(read_back("folder.c").bytes == NULL);
    ck_assert_int_eq(mkfifo(scratch("fifo.c"), 0600), 0);
    ck_assert(read_back("fifo.c").bytes == NULL); /* and does not wait */
    ck_assert_int_eq(symlink("full.c", scratch("link.c")), 0);
    ck_assert(read_back("link.c").bytes == NULL);
    ck_assert_int_eq(symlink("/dev/zero", scratch("zero.c")), 0);
    ck_assert(read_back("zero.c").bytes == NULL);
    ck_assert_int_eq(mkdir(scratch("lab"), 0700), 0);
    write_file(scratch("lab/a.c"), 6);
    ck_assert(read_back("lab/a.c").bytes != NULL);
    snprintf(target, sizeof target, "%s", scratch("lab"));
    ck_assert_int_eq(symlink(target, scratch("other")), 0);
    ck_assert(read_back("other/a.c").bytes == NULL);
    ck_assert(source_problem(&source) != NULL);
}
END_TEST

/* What is wrong with a submission, and what is not: errno. */
START_TEST(tells_the_submission_from_the_machine)
{
    static const int wrong[] = {ENOENT, ENOTDIR, ELOOP, EINVAL, EFBIG, ENXIO};
    static const int machine[] = {
        EACCES, EPERM, EIO, ENOMEM, EMFILE, ENFILE, ESTALE, EINTR};
    struct source source = {NULL, 0, 0};

    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        source.error = wrong[i];
        ck_assert_msg(source_is_wrong(&source), "%s", strerror(wrong[i]));
    }
    for (size_t i = 0; i < sizeof machine / sizeof machine[0]; i++) {
        source.error = machine[i];
        ck_assert_msg(!source_is_wrong(&source), "%s", strerror(machine[i]));
    }
    /* Memory of ours where nothing is mapped: the first read() fails. */
    int folder = open("/proc/self", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    source_read(&source, folder, "mem");
    ck_assert(source.bytes == NULL && source.error == EIO);
    ck_assert(!source_is_wrong(&source));
    close(folder);
}
END_TEST

/* A folder may stand behind links, but is none itself. */
static const struct {
    const char *path; /* below the scratch folder */
    int error;
} folders[] = {
    {"real", 0},
    {"real/", 0},
    {"real//./", 0},
    {"parent/real", 0},
    {"parent/real/.", 0},
    {"parent/../", 0},
    {"link", ELOOP},
    {"link/", ELOOP},
    {"link//", ELOOP},
    {"link/.", ELOOP},
    {"link/././/", ELOOP},
    {"parent/link/", ELOOP},
    {"dangling", ELOOP},
    {"file", ENOTDIR},
    {"missing", ENOENT},
};

START_TEST(opens_folders_that_are_no_links)
{
    run_shell("cd '%s' && mkdir -p real && ln -sfn real link && : >file && "
              "ln -sfn . parent && ln -sfn nowhere dangling",
        scratch(""));
    errno = 0;
    int fd = source_folder(scratch(folders[_i].path));
    ck_assert_msg(fd == -1 ? errno == folders[_i].error : !folders[_i].error,
        "%s: %s", folders[_i].path, strerror(errno));
    if (fd != -1)
        close(fd);
}
END_TEST

/* One byte more, in the source or in a header, is another program. */
START_TEST(finds_in_the_cache_only_the_same)
{
    char other[sizeof good + 8];
    char header[65536];
    struct source source = source_of(good);

    ck_assert_int_eq(mkdir(scratch("cache"), 0700), 0);
    cache_use(open(scratch("cache"), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    ck_assert(!build_source(&source, 0)->is_cached);
    ck_assert(build_source(&source, 0)->is_cached);
    ck_assert_int_eq(build_source(&source, 0)->status, BUILD_DONE);
    ck_assert(!build_source(&source, 1)->is_cached);
    ck_assert(build_source(&source, 1)->is_cached);
    snprintf(other, sizeof other, "%s\n", good);
    ck_assert(!build_text(other)->is_cached);
    ck_assert(build_text(other)->is_cached);
    snprintf(header, sizeof header, "%.*s\n", (int)headers[1].size,
        headers[1].bytes);
    free(headers[1].bytes);
    headers[1] = source_of(header);
    ck_assert(!build_source(&source, 0)->is_cached);
}
END_TEST

START_TEST(keeps_warnings_in_the_cache)
{
    static const char text[] = "int main(void) { int unused; return 0; }\n";

    ck_assert_int_eq(mkdir(scratch("warnings"), 0700), 0);
    cache_use(open(scratch("warnings"), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    ck_assert(!build_text(text)->is_cached);
    const struct build_result *result = build_text(text);
    ck_assert(result->is_cached);
    ck_assert(strstr(result->messages, "unused") != NULL);
}
END_TEST

/* Damaged in its middle, cut short, or emptied: never used. */
static const char *const damages[] = {
    "printf x | dd of=$f bs=1 seek=30 conv=notrunc",
    "truncate -s 40 $f",
    ": >$f",
    "truncate -s -1000 $f",
    "printf x | dd of=$f bs=1 seek=20000 conv=notrunc",
};

START_TEST(does_not_use_a_damaged_cache)
{
    char folder[32];
    char script[400];
    char path[256];

    snprintf(folder, sizeof folder, "damaged%d", _i);
    ck_assert_int_eq(mkdir(scratch(folder), 0700), 0);
    snprintf(path, sizeof path, "%s", scratch(folder));
    cache_use(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    ck_assert(!build_text(good)->is_cached);
    snprintf(script, sizeof script,
        "exec 2>/dev/null; for f in %s/*; do %s; done", path, damages[_i]);
    ck_assert_int_eq(system(script), 0);
    const struct build_result *result = build_text(good);
    ck_assert_int_eq(result->status, BUILD_DONE);
    ck_assert_msg(!result->is_cached, "used what was damaged");
    ck_assert(build_text(good)->is_cached); /* mended */
}
END_TEST

/* The oldest go, what a killed grader has left too; others' stay. */
START_TEST(keeps_the_cache_small)
{
    char script[400];
    char path[256];

    snprintf(path, sizeof path, "%s", scratch("small"));
    ck_assert_int_eq(mkdir(path, 0700), 0);
    cache_use(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    ck_assert(!build_text(good)->is_cached);
    ck_assert_int_eq(
        run_shell("cd %s && for f in 1 2 3; do truncate -s 30M $f; done && "
                  "touch -d 1999-01-01 2 && touch -d 2001-01-01 1 3 && "
                  ": >5.999999999 && : >6.%jd",
            path, (intmax_t)getpid()),
        0);
    ck_assert(build_text(good)->is_cached);
    ck_assert(!build_text("int main(void) { return 1; }\n")->is_cached);
    ck_assert(build_text(good)->is_cached);
    snprintf(script, sizeof script,
        "cd %s && ! test -e 2 && ! test -e 5.999999999 && test -e 6.%jd && "
        "test $(find . -type f -size +29M | wc -l) -eq 1",
        path, (intmax_t)getpid());
    ck_assert_int_eq(run_shell("%s", script), 0);
}
END_TEST

START_TEST(does_not_cache_what_is_refused)
{
    ck_assert_int_eq(mkdir(scratch("refused"), 0700), 0);
    cache_use(open(scratch("refused"), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    for (int i = 0; i < 2; i++) {
        const struct build_result *result = build_text("int main(void) {\n");
        ck_assert_int_eq(result->status, BUILD_REFUSED);
        ck_assert(!result->is_cached);
    }
    ck_assert_int_eq(rmdir(scratch("refused")), 0);
}
END_TEST

Suite *
build_suite(void)
{
    Suite *suite = suite_create("build");
    TCase *tcase = tcase_create("build");

    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_unchecked_fixture(tcase, scratch_enter, scratch_leave);
    tcase_add_checked_fixture(tcase, enter, NULL);
    tcase_add_loop_test(tcase, builds, 0, 2);
    tcase_add_test(tcase, passes_warnings_on);
    tcase_add_loop_test(tcase, refuses, 0, sizeof refused / sizeof refused[0]);
    tcase_add_loop_test(tcase, survives, 0, sizeof greedy / sizeof greedy[0]);
    tcase_add_loop_test(tcase, ends_a_compiler_that_waits, 0, 2);
    tcase_add_test(tcase, is_trouble_if_nothing_compiles);
    tcase_add_test(tcase, cuts_messages);
    tcase_add_test(tcase, reads_regular_files_only);
    tcase_add_test(tcase, tells_the_submission_from_the_machine);
    tcase_add_loop_test(tcase, opens_folders_that_are_no_links, 0,
        sizeof folders / sizeof folders[0]);
    tcase_add_test(tcase, finds_in_the_cache_only_the_same);
    tcase_add_test(tcase, keeps_warnings_in_the_cache);
    tcase_add_loop_test(tcase, does_not_use_a_damaged_cache, 0,
        sizeof damages / sizeof damages[0]);
    tcase_add_test(tcase, does_not_cache_what_is_refused);
    tcase_add_test(tcase, keeps_the_cache_small);
    suite_add_tcase(suite, tcase);
    return suite;
}
