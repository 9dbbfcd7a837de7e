/*
 * options.h - what the user wants: the command line of grade(1)
 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stddef.h>

#include "outlet.h"
#include "plan.h"

enum {
    FORMATS = 4,
    EXIT_TROUBLE = 2
};

enum action {
    ACTION_GRADE,
    ACTION_LIST = 256, /* beyond every character: values of getopt_long(3) */
    ACTION_DOCTOR,
    ACTION_HINT,
    ACTION_VERSION,
    ACTION_HELP
};

struct format {
    int is_json;
    struct outlet outlet;
};

struct options {
    enum action action;
    const char *hint; /* the id that ACTION_HINT is about, or "list" */
    struct format format[FORMATS];
    size_t nformats;
    int is_verbose;
    int is_plain;
    int has_timeline;
};

/* Reads the command line into options and plan and fills in what was not
 * said. Opens the files of reports, while the user's own rights are still
 * there. Bad usage gets one line on standard error and ends the program with
 * status EXIT_TROUBLE. */
void options_read(
    struct options *options, struct plan *plan, int argc, char *argv[]);

/* The text of --help. */
extern const char options_help[];

#endif
