/*
 * grade.c - plan, build, run, report; the exit status
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cache.h"
#include "doctor.h"
#include "hint.h"
#include "keeper.h"
#include "options.h"
#include "privilege.h"
#include "report.h"
#include "surroundings.h"
#include "tie.h"
#include "trouble.h"
#include "walls.h"

enum {
    EXIT_WON = 0,
    EXIT_LOST = 1
};

/* The folder that grade stands in, and the kit's: the one above it, or the
 * current one if the kit was built elsewhere (make BUILD=...). */
static void
find_folders(char build[PATH_MAX], char root[PATH_MAX + 16])
{
    ssize_t n = readlink("/proc/self/exe", build, PATH_MAX - 1);

    build[n > 0 ? n : 0] = '\0';
    char *slash = strrchr(build, '/');
    if (slash != NULL)
        *slash = '\0';
    snprintf(root, PATH_MAX + 16, "%s/../labs/lab.h", build);
    if (access(root, R_OK) == 0)
        snprintf(root, PATH_MAX + 16, "%s/..", build);
    else
        snprintf(root, PATH_MAX + 16, ".");
}

/* Programs already built are kept for us alone; without a folder to keep them
 * in, everything is built anew. */
static void
open_cache(const char *build)
{
    char path[PATH_MAX + 64];
    int is_root = geteuid() == 0;
    uid_t user = is_root ? UNPRIVILEGED : geteuid();
    struct stat status;

    /* What was built without walls is trusted without walls only. */
    snprintf(path, sizeof path, "%s/cache%s-%u", build,
        walls_in_use()->level != WALLS_NONE ? "" : "-bare", (unsigned int)user);
    if (mkdir(path, 0700) == 0)
        chmod(path, 0700); /* whatever is masked */
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd == -1)
        return;
    if ((!is_root || fchown(fd, user, user) == 0) && fstat(fd, &status) == 0 &&
        status.st_uid == user && (status.st_mode & 077) == 0)
        cache_use(fd);
    else
        close(fd);
}

/* Makes the reports, in memory. */
static int
make_reports(const struct options *options, const struct plan *plan)
{
    const char *no_colour = getenv("NO_COLOR");

    for (size_t i = 0; i < options->nformats; i++) {
        const struct outlet *outlet = &options->format[i].outlet;
        int has_colour = !options->is_plain && outlet_is_terminal(outlet) &&
                         (no_colour == NULL || *no_colour == '\0');
        int result = 0;
        if (options->format[i].is_json)
            result = report_json(outlet->memory, plan);
        else
            report_text(outlet->memory, plan, options->is_verbose, has_colour);
        if (fflush(outlet->memory) == EOF || result == -1)
            return trouble("no memory for a report: %s", strerror(errno));
    }
    return 0;
}

/* Files first: what is on standard output cannot be taken back. */
static int
write_reports(const struct options *options)
{
    for (int is_file = 1; is_file >= 0; is_file--)
        for (size_t i = 0; i < options->nformats; i++) {
            const struct outlet *outlet = &options->format[i].outlet;
            if ((outlet->path != NULL) == is_file && outlet_write(outlet) == -1)
                return -1;
        }
    return 0;
}

/* Returns 0 unless there is no such id, which it has told. */
static int
hint(const struct options *options, const struct plan *plan)
{
    char build[PATH_MAX];
    char root[PATH_MAX + 16];

    if (strcmp(options->hint, HINT_LIST) == 0) {
        hint_list(stdout, plan);
        return 0;
    }
    find_folders(build, root);
    if (hint_show(stdout, root, options->hint, options->is_verbose) == 0)
        return 0;
    fputs("grade: ", stderr);
    hint_refuse(stderr, options->hint);
    return -1;
}

/* Gives up root's rights, but for the keeper's. */
static int
give_up_rights(int warden)
{
    if (walls_need_keeper() && keeper_begin(warden) == -1)
        return trouble("cannot start a process: %s", strerror(errno));
    if (privilege_drop() == 0) {
        keeper_tie();
        return 0;
    }
    return trouble(
        "cannot give up root's rights: %s. In a container, leave it "
        "the capabilities SETUID and SETGID, or start it with --user",
        strerror(errno));
}

/* Wine needs namespaces of its own. */
static int
check_platforms(const struct plan *plan)
{
    if (plan->walls->level == WALLS_NAMESPACES)
        return 0;
    for (size_t i = 0; i < plan->nlabs; i++)
        if (plan->lab[i].lab->target->has_wine) {
            fprintf(stderr,
                "grade: Windows programs are run in namespaces only, and the "
                "walls here are '%s'. Remedy: %s\n",
                plan->walls->name, walls_remedy());
            return -1;
        }
    return 0;
}

static int
choose_walls(struct plan *plan)
{
    char why[1600];

    if (walls_choose(why, sizeof why) == -1)
        return trouble("no walls can be had here (%s). Remedy: %s. To grade "
                       "only your own work, add --no-sandbox",
            why, walls_remedy());
    plan->walls = walls_in_use();
    if (plan->walls->is_only_turns)
        plan->workers = 1;
    return check_platforms(plan);
}

/* Returns 0 unless there is trouble, which it has told. */
static int
grade(const struct options *options, struct plan *plan)
{
    char build[PATH_MAX];
    char root[PATH_MAX + 16];

    find_folders(build, root);
    plan->has_timeline = options->has_timeline;
    if (plan_load(plan, root, build) == -1)
        return -1;
    open_cache(build);
    pid_t parent = getppid();
    if (give_up_rights(plan->warden) == -1)
        return -1;
    if (!keeper_is_there()) /* which we are tied to */
        tie(parent, SIGKILL);
    prctl(PR_SET_CHILD_SUBREAPER, 1); /* jobs_run() reaps bwrap's orphans */
    for (size_t i = 0; i < plan->nlabs; i++)
        if (doctor_compiler(plan->lab[i].lab->target) == -1)
            return -1;
    if (choose_walls(plan) == -1)
        return -1;
    if (plan_build(plan) == -1 || plan_run(plan) == -1)
        return -1;
    if (options->has_timeline)
        plan_trace(plan, options->is_verbose);
    return make_reports(options, plan);
}

/* In a process of its own, which may give its rights away. Returns the exit
 * status. */
static int
grade_apart(const struct options *options, struct plan *plan)
{
    pid_t grader = getpid();
    int status;

    if (surroundings_raise(plan->workers) == -1)
        return EXIT_TROUBLE;
    pid_t pid = fork();

    if (pid == 0) {
        tie(grader, SIGKILL);
        if (grade(options, plan) == -1)
            _exit(EXIT_TROUBLE);
        _exit(plan_points(plan, NULL) == plan_maximum(plan, NULL) ? EXIT_WON
                                                                  : EXIT_LOST);
    }
    if (pid == -1) {
        trouble("cannot start a process: %s", strerror(errno));
        return EXIT_TROUBLE;
    }
    while (waitpid(pid, &status, 0) == -1)
        if (errno != EINTR)
            return EXIT_TROUBLE;
    if (WIFSIGNALED(status)) {
        trouble("the grader was ended by signal %d", WTERMSIG(status));
        return EXIT_TROUBLE;
    }
    if (WEXITSTATUS(status) == EXIT_TROUBLE || write_reports(options) == -1)
        return EXIT_TROUBLE;
    return WEXITSTATUS(status);
}

/* What was asked for is on standard output. Returns the exit status. */
static int
answered(void)
{
    if (fflush(stdout) != EOF && !ferror(stdout))
        return 0;
    trouble("the answer could not be written: %s", strerror(errno));
    return EXIT_TROUBLE;
}

int
main(int argc, char *argv[])
{
    static struct plan plan = {.tree = "labs"};
    struct options options = {.action = ACTION_GRADE, .has_timeline = 1};

    surroundings_settle();
    options_read(&options, &plan, argc, argv);
    switch (options.action) {
    case ACTION_HELP:
        fputs(options_help, stdout);
        return answered();
    case ACTION_VERSION:
        puts("grade (IPC lab kit) " KIT_VERSION);
        return answered();
    case ACTION_LIST:
        report_list(stdout, &plan, options.is_verbose);
        return answered();
    case ACTION_HINT:
        return hint(&options, &plan) == 0 ? answered() : EXIT_TROUBLE;
    case ACTION_DOCTOR:
        return surroundings_raise(plan.workers) == 0 &&
                       give_up_rights(-1) == 0 && doctor() == 0
                   ? answered()
                   : EXIT_TROUBLE;
    case ACTION_GRADE:
        break;
    }
    return grade_apart(&options, &plan);
}
