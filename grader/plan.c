/*
 * plan.c - see plan.h
 */
#include "plan.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "image.h"
#include "jobs.h"

int
plan_has(const struct plan *plan, const struct item *item)
{
    char slug[128];

    if (plan->item == NULL)
        return 1;
    rubric_slug(slug, sizeof slug, item);
    return strcmp(slug, plan->item) == 0;
}

int
lab_is_gradable(const struct lab_plan *lab)
{
    for (size_t i = 0; i < lab->nhalves; i++)
        for (int k = 0; k < 2; k++)
            if (lab->half[i].build[k].result->status != BUILD_DONE)
                return 0;
    return 1;
}

int
plan_points(const struct plan *plan)
{
    int points = 0;

    for (size_t i = 0; i < plan->nlabs; i++)
        points += plan->lab[i].points;
    return points;
}

int
plan_maximum(const struct plan *plan)
{
    int points = 0;

    for (size_t i = 0; i < plan->nlabs; i++)
        for (size_t k = 0; k < plan->lab[i].lab->nitems; k++)
            if (plan_has(plan, &plan->lab[i].lab->items[k]))
                points += plan->lab[i].lab->items[k].points;
    return points;
}

static int
load_kit_source(struct source *source, int root, const char *path)
{
    source_read(source, root, path);
    if (source->bytes != NULL)
        return 0;
    fprintf(stderr, "grade: %s of the kit: %s\n", path,
        strerror(source->error));
    return -1;
}

static int
load_image(int *image, const char *build, const char *path)
{
    char whole[4400];

    snprintf(whole, sizeof whole, "%s/%s", build, path);
    *image = image_load(whole);
    if (*image != -1)
        return 0;
    fprintf(stderr, "grade: %s: %s (type 'make' first)\n", whole,
        strerror(errno));
    return -1;
}

static int
plan_result(struct build *build)
{
    build->result = jobs_share(sizeof *build->result);
    build->image = image_new();
    return build->result == NULL || build->image == -1 ? -1 : 0;
}

/* One half: the student's source, and both ways to build it. */
static int
load_half(struct plan *plan, struct lab_plan *lab, struct half_plan *half,
    int tree)
{
    char path[256];

    snprintf(path, sizeof path, "%s/%s/%s.c", lab->lab->name, plan->platform,
        half->program);
    source_read(&half->source, tree, path);
    if (half->source.bytes != NULL)
        tasks_find(&half->tasks, half->source.bytes, half->source.size);
    for (int checked = 0; checked < 2; checked++) {
        struct build *build = &half->build[checked];
        *build = (struct build){.lab = lab->lab->name,
            .platform = plan->platform,
            .program = half->program,
            .is_checked = checked,
            .source = &half->source,
            .protocol = &lab->protocol,
            .lab_h = &plan->lab_h,
            .lab_c = &plan->lab_c};
        if (plan_result(build) == -1) {
            fprintf(stderr, "grade: out of memory\n");
            return -1;
        }
        if (half->source.bytes == NULL)
            build->result->status = BUILD_MISSING;
    }
    return 0;
}

static void
add_file(struct lab_plan *lab, const char *folder, const char *program,
    int image, unsigned int mode)
{
    struct sandbox_file *file = &lab->files[lab->nfiles++];

    snprintf(file->path, sizeof file->path, "%s/%s", folder, program);
    file->image = image;
    file->mode = mode;
}

static int
load_lab(struct plan *plan, struct lab_plan *lab, const char *build,
    int root, int tree)
{
    char path[256];

    snprintf(path, sizeof path, "labs/%s/protocol.h", lab->lab->name);
    if (load_kit_source(&lab->protocol, root, path) == -1)
        return -1;
    for (size_t i = 0; lab->lab->programs[i] != NULL; i++) {
        struct half_plan *half = &lab->half[i];
        half->program = lab->lab->programs[i];
        if (load_half(plan, lab, half, tree) == -1)
            return -1;
        snprintf(path, sizeof path, "solutions/%s/%s/%s", lab->lab->name,
            plan->platform, half->program);
        if (load_image(&lab->reference[i], build, path) == -1)
            return -1;
        /* Nobody can look into the reference, not even at its memory. */
        add_file(lab, "student", half->program, half->build[0].image, 0555);
        add_file(lab, "checked", half->program, half->build[1].image, 0555);
        add_file(lab, "reference", half->program, lab->reference[i], 0111);
        lab->nhalves++;
    }
    lab->marked = jobs_share(lab->lab->nitems * sizeof *lab->marked);
    return lab->marked == NULL ? -1 : 0;
}

int
plan_load(struct plan *plan, const char *root, const char *build)
{
    int root_fd = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int tree = open(plan->tree, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int result = 0;

    if (tree == -1 || root_fd == -1) {
        fprintf(stderr, "grade: %s: %s\n", tree == -1 ? plan->tree : root,
            strerror(errno));
        return -1;
    }
    if (load_kit_source(&plan->lab_h, root_fd, "labs/lab.h") == -1 ||
        load_kit_source(&plan->lab_c, root_fd, "labs/lab.c") == -1 ||
        load_image(&plan->warden, build, "warden") == -1)
        result = -1;
    for (size_t i = 0; i < plan->nlabs && result == 0; i++)
        result = load_lab(plan, &plan->lab[i], build, root_fd, tree);
    close(root_fd);
    close(tree);
    return result;
}

static double
now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

struct build_list {
    struct build *build[PLAN_LABS * LAB_PROGRAMS * 2];
    size_t n;
};

static void
run_build(size_t job, void *context)
{
    build_run(((struct build_list *)context)->build[job]);
}

static int
is_trouble(const struct build *build)
{
    if (build->result->status != BUILD_TROUBLE)
        return 0;
    fprintf(stderr, "grade: %s/%s/%s.c could not be compiled here. %s\n",
        build->lab, build->platform, build->program,
        build->result->messages[0] != '\0'
            ? build->result->messages
            : "Is the compiler installed? Type 'make doctor'.");
    return 1;
}

int
plan_build(struct plan *plan)
{
    struct build_list list = {.n = 0};
    double began = now();
    int trouble = 0;

    /* The slow ones first. */
    for (int checked = 1; checked >= 0; checked--)
        for (size_t i = 0; i < plan->nlabs; i++)
            for (size_t k = 0; k < plan->lab[i].nhalves; k++) {
                struct build *build = &plan->lab[i].half[k].build[checked];
                if (build->result->status != BUILD_MISSING)
                    list.build[list.n++] = build;
            }
    if (jobs_run(list.n, plan->workers, run_build, &list) == -1) {
        fprintf(stderr, "grade: cannot start a process: %s\n",
            strerror(errno));
        return -1;
    }
    for (size_t i = 0; i < list.n && !trouble; i++)
        trouble = is_trouble(list.build[i]);
    plan->compile_seconds = now() - began;
    return trouble ? -1 : 0;
}

struct trial_list {
    struct trial *trial;
    size_t n;
};

static void
run_trial(size_t job, void *context)
{
    rubric_run(&((struct trial_list *)context)->trial[job]);
}

static void
add_trials(const struct plan *plan, struct lab_plan *lab,
    struct trial_list *list)
{
    for (size_t i = 0; i < lab->lab->nitems; i++) {
        const struct item *item = &lab->lab->items[i];
        if (!plan_has(plan, item))
            continue;
        list->trial[list->n++] = (struct trial){.item = item,
            .files = lab->files,
            .nfiles = lab->nfiles,
            .warden = plan->warden,
            .seed = rubric_seed(plan->seed, lab->lab->name, item),
            .marked = &lab->marked[i]};
    }
}

static int
count_points(struct plan *plan)
{
    for (size_t i = 0; i < plan->nlabs; i++) {
        struct lab_plan *lab = &plan->lab[i];
        for (size_t k = 0; k < lab->lab->nitems; k++) {
            const struct item *item = &lab->lab->items[k];
            const struct marked *marked = &lab->marked[k];
            if (!lab_is_gradable(lab) || !plan_has(plan, item))
                continue;
            if (marked->mark != MARK_WON && marked->mark != MARK_LOST) {
                fprintf(stderr,
                    "grade: %s, \"%s %s\": no mark, the grader failed: %s\n",
                    lab->lab->name, item->half, item->title,
                    marked->verdict.why[0] != '\0' ? marked->verdict.why
                                                   : "its runner has died");
                return -1;
            }
            if (marked->mark == MARK_WON)
                lab->points += item->points;
        }
    }
    return 0;
}

int
plan_run(struct plan *plan)
{
    struct trial_list list = {NULL, 0};
    double began = now();
    size_t most = 0;

    for (size_t i = 0; i < plan->nlabs; i++)
        most += plan->lab[i].lab->nitems;
    list.trial = calloc(most + 1, sizeof *list.trial);
    if (list.trial == NULL)
        return -1;
    for (size_t i = 0; i < plan->nlabs; i++)
        if (lab_is_gradable(&plan->lab[i]))
            add_trials(plan, &plan->lab[i], &list);
    int result = jobs_run(list.n, plan->workers, run_trial, &list);
    free(list.trial);
    plan->run_seconds = now() - began;
    return result == -1 ? -1 : count_points(plan);
}
