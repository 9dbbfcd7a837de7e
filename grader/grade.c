/*
 * grade.c - plan, build, run, report; the exit status
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "doctor.h"
#include "hint.h"
#include "keeper.h"
#include "options.h"
#include "privilege.h"
#include "report.h"
#include "surroundings.h"
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

    snprintf(path, sizeof path, "%s/cache-%u", build, (unsigned int)user);
    mkdir(path, 0700);
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd == -1)
        return;
    if ((!is_root || fchown(fd, user, user) == 0) && fstat(fd, &status) == 0 &&
        status.st_uid == user && (status.st_mode & 077) == 0)
        build_cache(fd);
    else
        close(fd);
}

static int
write_reports(const struct options *options, const struct plan *plan)
{
    const char *no_colour = getenv("NO_COLOR");
    int result = 0;

    for (size_t i = 0; i < options->nformats; i++) {
        FILE *stream = options->format[i].stream;
        int has_colour = !options->is_plain && isatty(fileno(stream)) &&
                         (no_colour == NULL || *no_colour == '\0');
        if (options->format[i].is_json)
            result |= report_json(stream, plan);
        else
            report_text(stream, plan, options->is_verbose, has_colour);
        if (fflush(stream) == EOF || ferror(stream))
            result = -1;
    }
    if (result != 0)
        fprintf(stderr, "grade: the report could not be written: %s\n",
            strerror(errno));
    return result;
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
    if (walls_need_keeper() && keeper_begin(warden) == -1) {
        fprintf(stderr, "grade: cannot start a process: %s\n", strerror(errno));
        return -1;
    }
    if (privilege_drop() == 0) {
        keeper_tie();
        return 0;
    }
    fprintf(stderr,
        "grade: cannot give up root's rights: %s. In a container, leave it the "
        "capabilities SETUID and SETGID, or start it with --user\n",
        strerror(errno));
    return -1;
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

    if (walls_choose(why, sizeof why) == -1) {
        fprintf(stderr,
            "grade: no walls can be had here (%s). Remedy: %s. To grade only "
            "your own work, add --no-sandbox\n",
            why, walls_remedy());
        return -1;
    }
    plan->walls = walls_in_use();
    if (!plan->walls->has_sandboxes)
        plan->workers = 1;
    return check_platforms(plan);
}

/* Returns 0 unless there is trouble, which it has told. */
static int
grade(const struct options *options, struct plan *plan)
{
    char build[PATH_MAX];
    char root[PATH_MAX + 16];

    if (surroundings_raise(plan->workers) == -1)
        return -1;
    find_folders(build, root);
    plan->has_timeline = options->has_timeline;
    if (plan_load(plan, root, build) == -1)
        return -1;
    open_cache(build);
    if (give_up_rights(plan->warden) == -1)
        return -1;
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
    return write_reports(options, plan);
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
        return 0;
    case ACTION_VERSION:
        puts("grade (IPC lab kit) " KIT_VERSION);
        return 0;
    case ACTION_LIST:
        report_list(stdout, &plan, options.is_verbose);
        return 0;
    case ACTION_HINT:
        return hint(&options, &plan) == 0 ? 0 : EXIT_TROUBLE;
    case ACTION_DOCTOR:
        return give_up_rights(-1) == 0 && doctor() == 0 ? 0 : EXIT_TROUBLE;
    case ACTION_GRADE:
        break;
    }
    if (grade(&options, &plan) == -1)
        return EXIT_TROUBLE;
    return plan_points(&plan, NULL) == plan_maximum(&plan, NULL) ? EXIT_WON
                                                                 : EXIT_LOST;
}
