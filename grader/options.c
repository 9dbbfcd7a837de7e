/*
 * options.c - see options.h
 */
#include "options.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "keeper.h"
#include "walls.h"

enum {
    JOBS = 64
};

/* Long options that are no actions. */
enum {
    OPTION_PLAIN = ACTION_HELP + 1,
    OPTION_NO_SANDBOX,
    OPTION_WALLS,
    OPTION_IDS,
    OPTION_NO_TIMELINE
};

const char options_help[] =
    "usage: grade [-p PLATFORM] [-t TREE] [-l LAB]... [-i ITEM]... [-j N]\n"
    "             [-s SEED] [-f FORMAT[=FILE]]... [-v] [--plain]\n"
    "             [--walls LEVEL] [--ids FIRST] [--no-sandbox]\n"
    "             [--no-timeline] [--list] [--hint ID] [--doctor]\n"
    "             [--version] [--help]\n"
    "\n"
    "  -p PLATFORM       posix (the default), win32 (by Wine) or all\n"
    "  -t TREE           what to grade: labs, solutions or a folder like them\n"
    "  -l LAB            only this lab, by number or name; may be repeated\n"
    "  -i ITEM           only this item, by the name that the report gives, "
    "or\n"
    "                    those of a half, or 'pair'; may be repeated\n"
    "  -j N              items run at the same time (default: 3 a processor)\n"
    "  -s SEED           the same secret words as in the run with that seed\n"
    "  -f FORMAT[=FILE]  text or json, to standard output or a file\n"
    "  -v                every lost item, or a hint, in full\n"
    "  --plain           no colours\n"
    "  --walls LEVEL     these walls or none at all: namespaces, users,\n"
    "                    landlock or none (default: the first of the first "
    "three\n"
    "                    that this machine allows)\n"
    "  --ids FIRST       the first of 128 user ids for --walls users "
    "(50000; see manual)\n"
    "  --no-sandbox      --walls none: for your own work only\n"
    "  --no-timeline     lost items are not run again to show their last "
    "calls\n"
    "  --list            print the marking scheme and end\n"
    "  --hint ID         help with the mistake that a report calls ID, and "
    "end;\n"
    "                    with -v all about it; 'list' prints all IDs\n"
    "  --doctor          say what this machine can do and what is missing\n"
    "\n"
    "Exit status: 0 every point won, 1 points lost or not gradable, 2 "
    "trouble:\n"
    "then no mark is given.\n";

static const struct option long_options[] = {
    {"plain", no_argument, NULL, OPTION_PLAIN},
    {"walls", required_argument, NULL, OPTION_WALLS},
    {"ids", required_argument, NULL, OPTION_IDS},
    {"no-sandbox", no_argument, NULL, OPTION_NO_SANDBOX},
    {"no-timeline", no_argument, NULL, OPTION_NO_TIMELINE},
    {"list", no_argument, NULL, ACTION_LIST},
    {"hint", required_argument, NULL, ACTION_HINT},
    {"doctor", no_argument, NULL, ACTION_DOCTOR},
    {"version", no_argument, NULL, ACTION_VERSION},
    {"help", no_argument, NULL, ACTION_HELP},
    {NULL, 0, NULL, 0},
};

static _Noreturn void
refuse(const char *what, const char *word)
{
    fprintf(stderr, "grade: %s '%s'; see 'grade --help'\n", what, word);
    exit(EXIT_TROUBLE);
}

/* What is meant is known when all options are read. */
static struct {
    const char *platform;
    const char *lab[PLAN_LABS];
    size_t nlabs;
} said = {.platform = "posix"};

static void
add_platform(const char *word)
{
    if (strcmp(word, "all") != 0 && target_find(word) == NULL)
        refuse("there is no platform", word);
    said.platform = word;
}

static void
add_lab(const char *word)
{
    if (lab_find(word) == NULL)
        refuse("there is no lab", word);
    if (said.nlabs == PLAN_LABS)
        refuse("too many labs, the last is", word);
    said.lab[said.nlabs++] = word;
}

static int
is_said(const struct lab *lab)
{
    if (strcmp(said.platform, "all") != 0 &&
        lab->target != target_find(said.platform))
        return 0;
    for (size_t i = 0; i < said.nlabs; i++)
        if (lab_is(lab, said.lab[i]))
            return 1;
    return said.nlabs == 0;
}

static void
add_labs(struct plan *plan)
{
    for (size_t i = 0; lab_table[i] != NULL; i++)
        if (is_said(lab_table[i]))
            plan->lab[plan->nlabs++].lab = lab_table[i];
    if (plan->nlabs == 0)
        refuse("that lab is not there for the platform", said.platform);
}

static unsigned long long
number(const char *word, int base, unsigned long long limit, const char *what)
{
    char *end;

    errno = 0;
    unsigned long long value = strtoull(word, &end, base);
    if (strchr(" \t\n-+", *word) != NULL || *end != '\0' || errno != 0 ||
        value == 0 || value > limit)
        refuse(what, word);
    return value;
}

static void
add_format(struct options *options, const char *word)
{
    const char *file = strchr(word, '=');
    size_t length = strcspn(word, "=");

    if (options->nformats == FORMATS)
        refuse("too many formats at", word);
    struct format *format = &options->format[options->nformats++];
    format->is_json = length == 4 && strncmp(word, "json", 4) == 0;
    if (!format->is_json && !(length == 4 && strncmp(word, "text", 4) == 0))
        refuse("there is no format", word);
    if (outlet_open(&format->outlet, file == NULL ? NULL : file + 1) == -1)
        exit(EXIT_TROUBLE);
}

static void
take(struct options *options, struct plan *plan, int option)
{
    switch (option) {
    case 'p':
        add_platform(optarg);
        return;
    case 't':
        plan->tree = optarg;
        return;
    case 'l':
        add_lab(optarg);
        return;
    case 'i':
        if (plan->nitems == PLAN_ITEMS)
            refuse("too many items, the last is", optarg);
        plan->item[plan->nitems++] = optarg;
        return;
    case 'j':
        plan->workers = (int)number(optarg, 10, JOBS, "-j takes 1 to 64, not");
        return;
    case 's':
        plan->seed = number(optarg, 16, ULLONG_MAX, "there is no seed");
        return;
    case 'f':
        add_format(options, optarg);
        return;
    case 'v':
        options->is_verbose = 1;
        return;
    case OPTION_PLAIN:
        options->is_plain = 1;
        return;
    case OPTION_NO_SANDBOX:
        walls_insist(walls_find("none"));
        return;
    case OPTION_WALLS:
        if (walls_find(optarg) == NULL)
            refuse("there are no walls", optarg);
        walls_insist(walls_find(optarg));
        return;
    case OPTION_IDS:
        keeper_choose((unsigned int)number(
            optarg, 10, INT_MAX - 2 * PLACES, "--ids takes a user id, not"));
        return;
    case OPTION_NO_TIMELINE:
        options->has_timeline = 0;
        return;
    case ACTION_HINT:
        options->action = ACTION_HINT;
        options->hint = optarg;
        return;
    case '?':
        exit(EXIT_TROUBLE); /* getopt_long() has said why */
    default:
        options->action = (enum action)option;
    }
}

static void
fill_in(struct options *options, struct plan *plan)
{
    /* An item mostly waits: for its halves, or to be sure that they wait. */
    long workers = 3 * sysconf(_SC_NPROCESSORS_ONLN);

    add_labs(plan);
    if (plan->workers == 0)
        plan->workers = workers < 1 ? 1 : workers > JOBS ? JOBS : (int)workers;
    while (plan->seed == 0)
        if (getrandom(&plan->seed, sizeof(uint32_t), 0) == -1)
            plan->seed = (uint64_t)getpid();
    if (options->nformats == 0)
        add_format(options, "text");
}

static int
has_item(const struct plan *plan, const char *name)
{
    for (size_t i = 0; i < plan->nlabs; i++)
        for (size_t k = 0; k < plan->lab[i].lab->nitems; k++)
            if (plan_is(&plan->lab[i].lab->items[k], name))
                return 1;
    return 0;
}

static void
check_items(const struct plan *plan)
{
    for (size_t i = 0; i < plan->nitems; i++)
        if (!has_item(plan, plan->item[i]))
            refuse("there is no item", plan->item[i]);
}

void
options_read(struct options *options, struct plan *plan, int argc, char *argv[])
{
    int option;

    while ((option = getopt_long(
                argc, argv, "p:t:l:i:j:s:f:v", long_options, NULL)) != -1)
        take(options, plan, option);
    if (optind < argc)
        refuse("what is", argv[optind]);
    fill_in(options, plan);
    check_items(plan);
}
