/*
 * room.c - see room.h
 */
#include "room.h"

#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "image.h"
#include "keeper.h"
#include "privilege.h"
#include "proc.h"
#include "suites.h"
#include "walls.h"
#include "wine_template.h"

enum {
    SEED = 0x5eed,
    FIRST_IDS = 55000,
    ID_RANGES = 40
};

struct sandbox room;
unsigned int room_ids;

static char folder[64];
static struct verdict verdict;

int
run_shell(const char *format, ...)
{
    char command[4096];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(command, sizeof command, format, arguments);
    va_end(arguments);
    int status = system(command);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

const char *
fixture(const char *program)
{
    static char path[PATH_MAX];

    snprintf(path, sizeof path, "%s/grader/tests/fixtures/%s", build_folder(),
        program);
    return path;
}

void
scratch_enter(void)
{
    snprintf(folder, sizeof folder, "/tmp/kit-tests-XXXXXX");
    if (mkdtemp(folder) == NULL || chmod(folder, 0777) == -1)
        abort();
}

/* The folder's name is its own random word. */
const char *
own_word(void)
{
    return strrchr(folder, '/') + 1;
}

void
scratch_leave(void)
{
    char command[256];

    snprintf(command, sizeof command, "rm -rf '%s' /dev/shm/*'%s'* 2>/dev/null",
        folder, own_word());
    if (system(command) == -1)
        abort();
}

const char *
scratch(const char *file)
{
    static char paths[8][256];
    static unsigned int turn;

    turn = (turn + 1) % 8;
    snprintf(paths[turn], sizeof paths[turn], "%s/%s", folder, file);
    return paths[turn];
}

pid_t
fixture_start(const char *program, ...)
{
    char *argv[16] = {(char *)program};
    va_list arguments;
    size_t n = 1;

    va_start(arguments, program);
    while (n < 15 && (argv[n] = va_arg(arguments, char *)) != NULL)
        n++;
    va_end(arguments);
    pid_t pid = fork();
    if (pid == 0) {
        for (int fd = 3; fd < 32; fd++)
            close(fd); /* Check's own */
        execv(fixture(program), argv);
        _exit(127);
    }
    ck_assert_int_gt(pid, 0);
    return pid;
}

void
end_descendants(void)
{
    static struct proc_stat stats[PROC_LIMIT];

    prctl(PR_SET_CHILD_SUBREAPER, 1);
    do {
        size_t n = proc_descendants(stats, PROC_LIMIT);
        for (size_t i = 0; i < n; i++)
            kill(stats[i].pid, SIGKILL);
    } while (waitpid(-1, NULL, 0) > 0);
}

static int
load(const char *path)
{
    int image = image_load(path);

    ck_assert_msg(image != -1, "%s cannot be read", path);
    return image;
}

static struct {
    struct sandbox_file file[7];
    size_t n;
    int warden;
} kit;

static void
load_kit(void)
{
    static const char *const programs[] = {"wait", "act"};
    struct sandbox_file *files = kit.file;
    char path[PATH_MAX];
    size_t n = 0;

    for (size_t i = 0; i < 2; i++) {
        int image = load(fixture(programs[i]));
        snprintf(
            files[n].path, sizeof files[n].path, "student/%s", programs[i]);
        files[n].image = image;
        files[n++].mode = 0555;
        snprintf(
            files[n].path, sizeof files[n].path, "reference/%s", programs[i]);
        files[n].image = image;
        files[n++].mode = 0111;
    }
    files[n++] =
        (struct sandbox_file){"student/reach", load(fixture("reach")), 0555};
    files[n++] =
        (struct sandbox_file){"student/leave", load(fixture("leave")), 0555};
    snprintf(path, sizeof path, "%s/short.so", build_folder());
    files[n++] = (struct sandbox_file){"short.so", load(path), 0444};
    snprintf(path, sizeof path, "%s/warden", build_folder());
    kit.warden = load(path);
    kit.n = n;
}

void
room_again(void)
{
    uint64_t seed = SEED + (uint64_t)getpid();

    memset(&verdict, 0, sizeof verdict);
    pair_reset(NULL, &target_posix, seed, &verdict);
    ck_assert_int_eq(
        sandbox_enter(&room, kit.file, kit.n, kit.warden, name(), NULL), 0);
    pair_reset(&room, &target_posix, seed, &verdict);
}

static void
enter(enum walls_level level)
{
    load_kit();
    /* Graders that run beside the tests have other ids. */
    room_ids = FIRST_IDS + 2 * PLACES * (unsigned int)(getpid() % ID_RANGES);
    keeper_choose(room_ids);
    if (level == WALLS_USERS)
        ck_assert_int_eq(keeper_begin(kit.warden), 0);
    ck_assert_int_eq(privilege_drop(), 0);
    keeper_tie();
    ck_assert_int_eq(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
    walls_use(level);
    room_again();
}

int
room_wine(struct sandbox_file files[3], char *template, size_t size)
{
    char path[PATH_MAX];

    ck_assert_int_eq(wine_template(".", template, size), 0);
    snprintf(path, sizeof path, "%s/grader/tests/fixtures/win32/ways.exe",
        build_folder());
    files[0] = (struct sandbox_file){"student/ways.exe", load(path), 0555};
    snprintf(path, sizeof path, "%s/aside.so", build_folder());
    files[1] = (struct sandbox_file){"aside.so", load(path), 0444};
    snprintf(path, sizeof path, "%s/grader/wine/booted.exe", build_folder());
    files[2] = (struct sandbox_file){"tools/booted.exe", load(path), 0555};
    snprintf(path, sizeof path, "%s/warden", build_folder());
    int warden = load(path);
    ck_assert_int_eq(privilege_drop(), 0);
    ck_assert_int_eq(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
    walls_use(WALLS_NAMESPACES);
    return warden;
}

void
room_enter_wine(void)
{
    struct sandbox_file files[3];
    char template[512];
    int warden = room_wine(files, template, sizeof template);

    memset(&verdict, 0, sizeof verdict);
    pair_reset(NULL, &target_win32, SEED + (uint64_t)getpid(), &verdict);
    ck_assert_int_eq(
        sandbox_enter(&room, files, 3, warden, name(), template), 0);
    pair_reset(&room, &target_win32, SEED + (uint64_t)getpid(), &verdict);
}

void
check_page(const char *text)
{
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        ck_assert_msg(
            length <= 80, "%zu columns: %.*s", length, (int)length, text);
        for (size_t i = 0; i < length; i++)
            ck_assert_msg(text[i] >= ' ' && text[i] <= '~', "%s", text);
        text += length + (text[length] == '\n');
    }
}

void
room_enter(void)
{
    enter(WALLS_NAMESPACES);
}

void
room_enter_bare(void)
{
    enter(WALLS_NONE);
}

void
room_enter_users(void)
{
    enter(WALLS_USERS);
}

void
room_enter_landlock(void)
{
    enter(WALLS_LANDLOCK);
}

void
room_leave(void)
{
    sandbox_leave(&room);
}

const char *
room_output(struct half_view *half)
{
    size_t size;

    while (!half_state(half)->has_ended)
        pair_wait(half, UNTIL_ENDED, 0);
    return half_output(half, 1, &size);
}

const char *
room_shell(const char *script)
{
    return room_output(pair_start(STUDENT, "act", "shell", script, NULL));
}
