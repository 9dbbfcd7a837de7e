/*
 * plan_load.c - reads what a plan needs, while we still may (see plan.h)
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "binary.h"
#include "image.h"
#include "jobs.h"
#include "plan.h"
#include "trouble.h"
#include "wine_template.h"

static int
load_kit_source(struct source *source, int root, const char *path)
{
    source_read(source, root, path);
    if (source->bytes != NULL)
        return 0;
    return trouble("%s of the kit: %s", path, source_problem(source));
}

/* How to have it built. */
static const char *
build_command(const struct target *target)
{
    return target == &target_posix ? "make" : "make kit PLATFORM=win32";
}

static int
load_image(int *image, const char *build, const char *path,
    const struct target *target)
{
    char whole[4400];

    snprintf(whole, sizeof whole, "%s/%s", build, path);
    *image = image_load(whole);
    if (*image == -1)
        return trouble("%s: %s (type '%s' first)", whole, strerror(errno),
            build_command(target));
    if (!binary_image_is_whole(*image))
        return trouble("%s is damaged (type 'make clean', then '%s')", whole,
            build_command(target));
    return 0;
}

static int
load_object(struct source *object, const char *build, const char *path,
    const struct target *target)
{
    int folder = open(build, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    source_read(object, folder, path);
    if (folder != -1)
        close(folder);
    if (object->bytes == NULL)
        return trouble("%s/%s: %s (type '%s' first)", build, path,
            source_problem(object), build_command(target));
    if (!binary_is_whole(object->bytes, object->size))
        return trouble("%s/%s is damaged (type 'make clean', then '%s')", build,
            path, build_command(target));
    return 0;
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
    const struct target *target = lab->lab->target;
    char path[256];

    snprintf(path, sizeof path, "%s/%s/%s.c", lab->lab->name, target->name,
        half->program);
    source_read(&half->source, tree, path);
    if (half->source.bytes == NULL && !source_is_wrong(&half->source))
        return trouble("%s/%s cannot be read: %s; no mark is given", plan->tree,
            path, source_problem(&half->source));
    if (half->source.bytes != NULL)
        tasks_find(&half->tasks, half->source.bytes, half->source.size);
    for (size_t i = 0; i < target->builds; i++) {
        struct build *build = &half->build[i];
        *build = (struct build){.lab = lab->lab->name,
            .target = target,
            .program = half->program,
            .is_checked = i > 0,
            .source = &half->source,
            .protocol = &lab->protocol,
            .lab_h = &plan->lab_h,
            .lab_o = &lab->lab_o[i]};
        if (plan_result(build) == -1)
            return trouble("no memory for results: %s", strerror(errno));
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

    snprintf(file->path, sizeof file->path, "%s/%s%s", folder, program,
        lab->lab->target->suffix);
    file->image = image;
    file->mode = mode;
}

/* Nobody can look into a reference, not even at its memory; but Wine must be
 * able to read what it runs. */
static int
add_reference(struct lab_plan *lab, const char *build, const char *folder,
    const char *program)
{
    const struct target *target = lab->lab->target;
    char path[256];
    int image;

    snprintf(path, sizeof path, "%s/%s%s", folder, program, target->suffix);
    if (load_image(&image, build, path, target) == -1)
        return -1;
    add_file(lab, strstr(folder, "wine") != NULL ? "tools" : "reference",
        program, image, target->has_wine ? 0555 : 0111);
    return 0;
}

/* What all of the lab's halves are built with, or loaded with. */
static int
load_common(struct lab_plan *lab, const char *build)
{
    const struct target *target = lab->lab->target;
    int image;

    for (size_t i = 0; i < target->builds; i++)
        if (load_object(&lab->lab_o[i], build, target->object[i], target) == -1)
            return -1;
    if (load_image(&image, build, target->preload, target) == -1)
        return -1;
    struct sandbox_file *file = &lab->files[lab->nfiles++];
    snprintf(file->path, sizeof file->path, "%s", target->preload);
    file->image = image;
    file->mode = 0444;
    return 0;
}

static int
load_lab(struct plan *plan, struct lab_plan *lab, const char *build, int root,
    int tree)
{
    const struct lab *known = lab->lab;
    char path[256];

    snprintf(path, sizeof path, "labs/%s/protocol.h", known->name);
    if (load_kit_source(&lab->protocol, root, path) == -1 ||
        load_common(lab, build) == -1)
        return -1;
    snprintf(
        path, sizeof path, "solutions/%s/%s", known->name, known->target->name);
    for (size_t i = 0; known->programs[i] != NULL; i++) {
        struct half_plan *half = &lab->half[i];
        half->program = known->programs[i];
        if (load_half(plan, lab, half, tree) == -1)
            return -1;
        for (size_t k = 0; k < known->target->builds; k++)
            add_file(lab, k == 0 ? "student" : "checked", half->program,
                half->build[k].image, 0555);
        if (add_reference(lab, build, path, half->program) == -1)
            return -1;
        lab->nhalves++;
    }
    if (known->target->has_wine &&
        add_reference(lab, build, "grader/wine", "booted") == -1)
        return -1;
    for (size_t i = 0; i < LAB_TOOLS && known->tools[i] != NULL; i++)
        if (add_reference(lab, build, "grader/wine", known->tools[i]) == -1)
            return -1;
    lab->budget = budget_new(known->target->has_wine, known->nitems);
    lab->marked = jobs_share(known->nitems * sizeof *lab->marked);
    lab->proved = jobs_share(known->nitems * sizeof *lab->proved);
    if (lab->marked == NULL || lab->proved == NULL || lab->budget == NULL)
        return trouble("no memory for results: %s", strerror(errno));
    return 0;
}

/* Whose folder a link leads to, only the user can know. */
static int
open_tree(const char *tree)
{
    int fd = source_folder(tree);

    if (fd == -1 && errno == ELOOP)
        trouble("%s is a symbolic link, and these are not followed: name the "
                "folder that it leads to, if that is meant",
            tree);
    else if (fd == -1)
        trouble("%s: %s", tree, strerror(errno));
    return fd;
}

int
plan_load(struct plan *plan, const char *root, const char *build)
{
    int tree = open_tree(plan->tree);
    int root_fd =
        tree == -1 ? -1 : open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int result = 0;

    if (tree == -1)
        return -1;
    if (root_fd == -1)
        return trouble("%s: %s", root, strerror(errno));
    if (load_kit_source(&plan->lab_h, root_fd, "labs/lab.h") == -1 ||
        load_image(&plan->warden, build, "warden", &target_posix) == -1)
        result = -1;
    for (size_t i = 0; i < plan->nlabs && result == 0; i++)
        if (plan->lab[i].lab->target->has_wine && plan->wine[0] == '\0')
            result = wine_template(root, plan->wine, sizeof plan->wine);
    for (size_t i = 0; i < plan->nlabs && result == 0; i++)
        result = load_lab(plan, &plan->lab[i], build, root_fd, tree);
    close(root_fd);
    close(tree);
    return result;
}
