/*
 * plan_load.c - reads what a plan needs, while we still may (see plan.h)
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "image.h"
#include "jobs.h"
#include "plan.h"

static int
load_kit_source(struct source *source, int root, const char *path)
{
    source_read(source, root, path);
    if (source->bytes != NULL)
        return 0;
    fprintf(
        stderr, "grade: %s of the kit: %s\n", path, strerror(source->error));
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
    fprintf(
        stderr, "grade: %s: %s (type 'make' first)\n", whole, strerror(errno));
    return -1;
}

static int
load_object(struct source *object, const char *build, const char *path)
{
    int folder = open(build, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    source_read(object, folder, path);
    if (folder != -1)
        close(folder);
    if (object->bytes != NULL)
        return 0;
    fprintf(stderr, "grade: %s/%s: %s (type 'make' first)\n", build, path,
        source_problem(object));
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
load_half(
    struct plan *plan, struct lab_plan *lab, struct half_plan *half, int tree)
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
            .lab_o = &plan->lab_o[checked]};
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
load_lab(struct plan *plan, struct lab_plan *lab, const char *build, int root,
    int tree)
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
    lab->files[lab->nfiles++] =
        (struct sandbox_file){"short.so", plan->shortener, 0444};
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
        load_object(&plan->lab_o[0], build, "labs/half.o") == -1 ||
        load_object(&plan->lab_o[1], build, "labs/half_checked.o") == -1 ||
        load_image(&plan->warden, build, "warden") == -1 ||
        load_image(&plan->shortener, build, "short.so") == -1)
        result = -1;
    for (size_t i = 0; i < plan->nlabs && result == 0; i++)
        result = load_lab(plan, &plan->lab[i], build, root_fd, tree);
    close(root_fd);
    close(tree);
    return result;
}
