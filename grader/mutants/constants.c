/*
 * constants.c - mutations of constants (see operators.h)
 */
#include <stdlib.h>
#include <string.h>

#include "operators.h"

/* A constant, one more or one less; a number is written as it was. */
static void
change_constant(struct mutations *mutations, struct span span,
    struct span context, int step)
{
    const char *text = syntax_at(mutations->syntax, span);
    char *end;
    long number = strtol(text, &end, 0);

    if (end != text + span_length(span))
        mutations_add(mutations, "constant", span, context, "(%.*s %c 1)",
            span_length(span), text, step > 0 ? '+' : '-');
    else
        mutations_add(mutations, "constant", span, context,
            *text == '0' && number > 0 ? "0%lo" : "%ld", number + step);
}

/* 0 and -1 stand for "none" more often than for a number. */
void
mutate_constant(
    struct mutations *mutations, struct span span, struct span context)
{
    change_constant(mutations, span, context, 1);
    if (!syntax_reads(mutations->syntax, span, "0") &&
        !syntax_reads(mutations->syntax, span, "-1"))
        change_constant(mutations, span, context, -1);
}

int
is_constant(const json_t *node)
{
    const json_t *part = syntax_part(node, 0);

    if (syntax_is(node, "DeclRefExpr"))
        return syntax_is(
            json_object_get(node, "referencedDecl"), "EnumConstantDecl");
    if (syntax_is(node, "UnaryOperator"))
        return syntax_is_operator(node, "-") &&
               syntax_is(part, "IntegerLiteral");
    return syntax_is(node, "IntegerLiteral") ||
           syntax_is(node, "CharacterLiteral") ||
           syntax_is(node, "UnaryExprOrTypeTraitExpr");
}

/* A macro is left as it is, but for one that is a number. Its neighbours are
 * other flags or errors: one of them is enough. */
void
mutate_macro(
    struct mutations *mutations, const json_t *node, struct span context)
{
    struct span span = syntax_span(mutations->syntax, node);

    if (syntax_is_integer(node) && !syntax_has(node, "CallExpr") &&
        syntax_at(mutations->syntax, span)[span_length(span) - 1] != ')')
        change_constant(mutations, span, context, 1);
}

/* One side of == or !=. Not to know failure when it comes is what becomes of
 * "drop-call" and "relation", too: 0 and -1 are left as they are. */
void
mutate_compared(
    struct mutations *mutations, const json_t *node, struct span context)
{
    struct span span = syntax_span(mutations->syntax, node);

    node = syntax_bare(node);
    if (!is_constant(node) || syntax_is_macro(node))
        mutate_expression(mutations, node, context);
    else if (!syntax_reads(mutations->syntax, span, "0") &&
             !syntax_reads(mutations->syntax, span, "-1"))
        change_constant(mutations, span, context, 1);
}

/* a[0] becomes a[1], a[1] becomes a[0]. */
void
mutate_subscript(
    struct mutations *mutations, const json_t *node, struct span context)
{
    const json_t *index = syntax_bare(syntax_part(node, 1));
    struct span span = syntax_span(mutations->syntax, index);

    mutate_expression(mutations, syntax_part(node, 0), context);
    if (is_constant(index) && !syntax_is_macro(index))
        change_constant(mutations, span, context,
            syntax_reads(mutations->syntax, span, "0") ? 1 : -1);
    else
        mutate_expression(mutations, index, context);
}
