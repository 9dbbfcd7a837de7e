/*
 * calls.c - mutations of what is given to calls and variables (operators.h)
 */
#include <string.h>

#include "operators.h"

/* What these are told is for people. */
static const char *const speakers[] = {
    "die", "diex", "complain", "complainx", "usage"};

/* Types that may take each other's place: numbers, or pointers to the same. */
static int
is_exchangeable(const json_t *left, const json_t *right)
{
    const char *a = syntax_type(left);
    const char *b = syntax_type(right);

    if (syntax_is_integer(left) || syntax_is_integer(right))
        return syntax_is_integer(left) && syntax_is_integer(right);
    a += strncmp(a, "const ", 6) == 0 ? 6 : 0;
    b += strncmp(b, "const ", 6) == 0 ? 6 : 0;
    return strcmp(a, b) == 0;
}

static void
swap_arguments(
    struct mutations *mutations, const json_t *node, struct span context)
{
    for (size_t i = 1; i + 1 < syntax_parts(node); i++) {
        struct span left = syntax_span(mutations->syntax, syntax_part(node, i));
        struct span right =
            syntax_span(mutations->syntax, syntax_part(node, i + 1));
        if (is_exchangeable(syntax_part(node, i), syntax_part(node, i + 1)))
            mutations_add(mutations, "swap-arguments",
                (struct span){left.begin, right.end}, context, "%.*s, %.*s",
                span_length(right), syntax_at(mutations->syntax, right),
                span_length(left), syntax_at(mutations->syntax, left));
    }
}

void
mutate_call(struct mutations *mutations, const json_t *node)
{
    const json_t *callee = syntax_bare(syntax_part(node, 0));
    const char *name =
        syntax_text(json_object_get(callee, "referencedDecl"), "name");
    struct span context = syntax_span(mutations->syntax, node);

    for (size_t i = 0; i < sizeof speakers / sizeof speakers[0]; i++)
        if (strcmp(name, speakers[i]) == 0)
            return;
    swap_arguments(mutations, node, context);
    for (size_t i = 1; i < syntax_parts(node); i++)
        mutate_expression(mutations, syntax_part(node, i), context);
}

/* {.a = 1}: without it, the member would be 0. */
void
mutate_initializers(
    struct mutations *mutations, const json_t *node, struct span context)
{
    for (size_t i = 0; i < syntax_parts(node); i++) {
        const json_t *part = syntax_part(node, i);
        struct span span = syntax_span(mutations->syntax, part);
        if (span.end <= span.begin)
            continue; /* nobody has written it */
        if (!syntax_is(part, "InitListExpr") &&
            !syntax_reads(mutations->syntax, span, "0"))
            mutations_add(
                mutations, "drop-initializer", span, context, "%d", 0);
        mutate_expression(mutations, part, context);
    }
}
