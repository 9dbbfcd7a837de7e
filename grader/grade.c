/*
 * grade.c - options to plan, report, exit status
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "doctor.h"
#include "labs.h"
#include "plan.h"
#include "privilege.h"
#include "report.h"
#include "sandbox.h"

enum { EXIT_WON = 0, EXIT_LOST = 1, EXIT_TROUBLE = 2, FORMATS = 4, JOBS = 64 };

enum long_option {
    OPTION_PLAIN = 256,
    OPTION_NO_SANDBOX,
    OPTION_LIST,
    OPTION_DOCTOR,
    OPTION_VERSION,
    OPTION_HELP
};

struct format {
    int is_json;
    FILE *stream;
};

static struct {
    struct format format[FORMATS];
    size_t nformats;
    int is_verbose;
    int is_plain;
    enum long_option action; /* 0: grade */
} options;

static struct plan plan = {.tree = "labs", .platform = "posix"};

static const char help[] =
    "usage: grade [-p posix] [-t TREE] [-l LAB]... [-i ITEM] [-j N] [-s SEED]\n"
    "             [-f FORMAT[=FILE]]... [-v] [--plain] [--no-sandbox]\n"
    "             [--list] [--doctor] [--version] [--help]\n"
    "\n"
    "  -p posix          the platform (the only one so far)\n"
    "  -t TREE           what to grade: labs, solutions or a folder like them\n"
    "  -l LAB            only this lab, by number or name; may be repeated\n"
    "  -i ITEM           only this item, by the name that the report gives\n"
    "  -j N              items run at the same time (default: processors)\n"
    "  -s SEED           the same secret words as in the run with that seed\n"
    "  -f FORMAT[=FILE]  text or json, to standard output or a file\n"
    "  -v                every lost item in full\n"
    "  --plain           no colours\n"
    "  --no-sandbox      without walls: for your own work only\n"
    "  --list            print the marking scheme and end\n"
    "  --doctor          say what this machine can do and what is missing\n"
    "\n"
    "Exit status: 0 every point won, 1 points lost or not gradable, 2 trouble:\n"
    "then no mark is given.\n";

static _Noreturn void
refuse(const char *what, const char *word)
{
    fprintf(stderr, "grade: %s '%s'; see 'grade --help'\n", what, word);
    exit(EXIT_TROUBLE);
}

static void
add_lab(const char *word)
{
    const struct lab *lab = lab_find(word);

    if (lab == NULL)
        refuse("there is no lab", word);
    for (size_t i = 0; i < plan.nlabs; i++)
        if (plan.lab[i].lab == lab)
            return;
    plan.lab[plan.nlabs++].lab = lab;
}

static unsigned long long
number(const char *word, int base, unsigned long long limit, const char *what)
{
    char *end;

    errno = 0;
    unsigned long long value = strtoull(word, &end, base);
    if (*word == '\0' || *word == '-' || *end != '\0' || errno != 0 ||
        value > limit)
        refuse(what, word);
    return value;
}

/* The file is opened now, while the user's own rights are still there. */
static void
add_format(const char *word)
{
    struct format *format = &options.format[options.nformats++];
    const char *file = strchr(word, '=');
    size_t length = strcspn(word, "=");

    if (options.nformats > FORMATS)
        refuse("too many formats at", word);
    format->is_json = length == 4 && strncmp(word, "json", 4) == 0;
    if (!format->is_json && !(length == 4 && strncmp(word, "text", 4) == 0))
        refuse("there is no format", word);
    format->stream = file == NULL ? stdout : fopen(file + 1, "we");
    if (format->stream == NULL) {
        fprintf(stderr, "grade: %s: %s\n", file + 1, strerror(errno));
        exit(EXIT_TROUBLE);
    }
}

static void
read_options(int argc, char *argv[])
{
    static const struct option long_options[] = {
        {"plain", no_argument, NULL, OPTION_PLAIN},
        {"no-sandbox", no_argument, NULL, OPTION_NO_SANDBOX},
        {"list", no_argument, NULL, OPTION_LIST},
        {"doctor", no_argument, NULL, OPTION_DOCTOR},
        {"version", no_argument, NULL, OPTION_VERSION},
        {"help", no_argument, NULL, OPTION_HELP},
        {NULL, 0, NULL, 0},
    };
    int option;

    while ((option = getopt_long(
                argc, argv, "p:t:l:i:j:s:f:v", long_options, NULL)) != -1)
        switch (option) {
        case 'p':
            if (strcmp(optarg, "posix") != 0)
                refuse("there is no platform", optarg);
            break;
        case 't':
            plan.tree = optarg;
            break;
        case 'l':
            add_lab(optarg);
            break;
        case 'i':
            plan.item = optarg;
            break;
        case 'j':
            plan.workers = (int)number(optarg, 10, JOBS, "-j takes 1 to 64, not");
            if (plan.workers == 0)
                refuse("-j takes 1 to 64, not", optarg);
            break;
        case 's':
            plan.seed = number(optarg, 16, ULLONG_MAX, "there is no seed");
            break;
        case 'f':
            add_format(optarg);
            break;
        case 'v':
            options.is_verbose = 1;
            break;
        case OPTION_PLAIN:
            options.is_plain = 1;
            break;
        case OPTION_NO_SANDBOX:
            sandbox_choose(0);
            break;
        case '?':
            exit(EXIT_TROUBLE); /* getopt_long() has said why */
        default:
            options.action = (enum long_option)option;
        }
    if (optind < argc)
        refuse("what is", argv[optind]);
}

/* What was not said. */
static void
fill_in(void)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);

    if (plan.nlabs == 0)
        for (size_t i = 0; lab_table[i] != NULL; i++)
            plan.lab[plan.nlabs++].lab = lab_table[i];
    if (plan.workers == 0)
        plan.workers = processors < 1 ? 1 : processors > JOBS ? JOBS : (int)processors;
    plan.is_walled = sandbox_is_walled();
    if (!plan.is_walled)
        plan.workers = 1;
    while (plan.seed == 0)
        if (getrandom(&plan.seed, 4, 0) != 4)
            plan.seed = (uint64_t)getpid();
    if (options.nformats == 0)
        add_format("text");
}

static void
check_item(void)
{
    if (plan.item == NULL || plan_maximum(&plan) > 0)
        return;
    refuse("there is no item", plan.item);
}

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
    if (is_root && fchown(fd, user, user) == -1) {
        close(fd);
        return;
    }
    if (fstat(fd, &status) == 0 && status.st_uid == user &&
        (status.st_mode & 077) == 0)
        build_cache(fd);
}

static int
write_reports(void)
{
    const char *no_colour = getenv("NO_COLOR");
    int result = 0;

    for (size_t i = 0; i < options.nformats; i++) {
        FILE *stream = options.format[i].stream;
        int has_colour = !options.is_plain && isatty(fileno(stream)) &&
                         (no_colour == NULL || *no_colour == '\0');
        if (options.format[i].is_json)
            result |= report_json(stream, &plan);
        else
            report_text(stream, &plan, options.is_verbose, has_colour);
        if (fflush(stream) == EOF || ferror(stream))
            result = -1;
    }
    if (result != 0)
        fprintf(stderr, "grade: the report could not be written: %s\n",
            strerror(errno));
    return result;
}

/* Returns 0 unless there is trouble, which it has told. */
static int
grade(void)
{
    char build[PATH_MAX];
    char root[PATH_MAX + 16];
    char why[1600];

    find_folders(build, root);
    if (plan_load(&plan, root, build) == -1)
        return -1;
    open_cache(build);
    if (privilege_drop() == -1) {
        fprintf(stderr, "grade: cannot give up root's rights: %s\n",
            strerror(errno));
        return -1;
    }
    if (doctor_compiler() == -1)
        return -1;
    if (plan.is_walled && sandbox_check(why, sizeof why) == -1) {
        fprintf(stderr, "grade: %s\n", why);
        return -1;
    }
    if (plan_build(&plan) == -1 || plan_run(&plan) == -1)
        return -1;
    return write_reports();
}

int
main(int argc, char *argv[])
{
    read_options(argc, argv);
    fill_in();
    check_item();
    switch (options.action) {
    case OPTION_HELP:
        fputs(help, stdout);
        return 0;
    case OPTION_VERSION:
        puts("grade (IPC lab kit) " KIT_VERSION);
        return 0;
    case OPTION_LIST:
        report_list(stdout, &plan);
        return 0;
    case OPTION_DOCTOR:
        return privilege_drop() == 0 && doctor() == 0 ? 0 : EXIT_TROUBLE;
    default:
        break;
    }
    if (grade() == -1)
        return EXIT_TROUBLE;
    return plan_points(&plan) == plan_maximum(&plan) ? EXIT_WON : EXIT_LOST;
}
