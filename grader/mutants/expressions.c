/*
 * expressions.c - mutations inside of expressions (see operators.h)
 */
#include <stdlib.h>
#include <string.h>

#include "operators.h"

/* An operator and what it is changed to. */
struct change {
    const char *old;
    const char *new;
    const char *kind;
};

static const struct change changes[] = {
    {"<", "<=", "relation"},
    {"<=", "<", "relation"},
    {">", ">=", "relation"},
    {">=", ">", "relation"},
    {"==", "!=", "relation"},
    {"!=", "==", "relation"},
    {"&&", "||", "logic"},
    {"||", "&&", "logic"},
    {"+", "-", "arithmetic"},
    {"-", "+", "arithmetic"},
    {"%", "/", "arithmetic"},
    {"&", "|", "arithmetic"},
    {"+=", "-=", "arithmetic"},
    {"-=", "+=", "arithmetic"},
};

/* The two sides of an operator, the whole, and the operator between. */
struct sides {
    struct span whole;
    struct span left;
    struct span right;
    struct span sign;
};

static struct sides
sides_of(const struct mutations *mutations, const json_t *node)
{
    struct sides sides = {syntax_span(mutations->syntax, node),
        syntax_span(mutations->syntax, syntax_part(node, 0)),
        syntax_span(mutations->syntax, syntax_part(node, 1)), {0, 0}};
    const char *opcode = syntax_text(node, "opcode");
    const char *sign =
        strstr(mutations->syntax->source + sides.left.end, opcode);

    sides.sign.begin = (size_t)(sign - mutations->syntax->source);
    sides.sign.end = sides.sign.begin + strlen(opcode);
    return sides;
}

static void
change_operator(
    struct mutations *mutations, const json_t *node, struct span context)
{
    struct sides sides = sides_of(mutations, node);

    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++)
        if (syntax_is_operator(node, changes[i].old))
            mutations_add(mutations, changes[i].kind, sides.sign, context, "%s",
                changes[i].new);
}

static void
drop_operands(struct mutations *mutations, const json_t *node, const char *kind)
{
    struct sides sides = sides_of(mutations, node);

    mutations_add(mutations, kind, sides.whole, sides.whole, "%.*s",
        span_length(sides.left), syntax_at(mutations->syntax, sides.left));
    mutations_add(mutations, kind, sides.whole, sides.whole, "%.*s",
        span_length(sides.right), syntax_at(mutations->syntax, sides.right));
}

/* Flags: A | B | C is (A | B) | C. Drops one of them at a time; one that is
 * written as a number may be another number, too. */
static void
mutate_flags(
    struct mutations *mutations, const json_t *node, struct span context)
{
    const json_t *left = syntax_bare(syntax_part(node, 0));
    const json_t *right = syntax_bare(syntax_part(node, 1));
    struct sides sides = sides_of(mutations, node);

    mutations_add(mutations, "drop-flag",
        (struct span){sides.left.end, sides.right.end}, context, "%s", "");
    if (!syntax_is_operator(left, "|"))
        mutations_add(mutations, "drop-flag",
            (struct span){sides.left.begin, sides.right.begin}, context, "%s",
            "");
    else
        mutate_flags(mutations, left, context);
    if (syntax_is(right, "IntegerLiteral") && !syntax_is_macro(right))
        mutate_constant(mutations, sides.right, context);
}

static void
mutate_binary(
    struct mutations *mutations, const json_t *node, struct span context)
{
    struct span whole = syntax_span(mutations->syntax, node);

    if (syntax_is_operator(node, "|")) {
        mutate_flags(mutations, node, context);
        return;
    }
    if (syntax_is_operator(node, "&&") || syntax_is_operator(node, "||")) {
        change_operator(mutations, node, whole);
        drop_operands(mutations, node, "drop-operand");
        mutate_condition(mutations, syntax_part(node, 0), whole);
        mutate_condition(mutations, syntax_part(node, 1), whole);
        return;
    }
    change_operator(mutations, node, context);
    if (syntax_is_operator(node, "==") || syntax_is_operator(node, "!=")) {
        mutate_compared(mutations, syntax_part(node, 0), whole);
        mutate_compared(mutations, syntax_part(node, 1), whole);
        return;
    }
    mutate_expression(mutations, syntax_part(node, 0), whole);
    mutate_expression(mutations, syntax_part(node, 1), whole);
}

static void
mutate_unary(
    struct mutations *mutations, const json_t *node, struct span context)
{
    struct span span = syntax_span(mutations->syntax, node);
    const char *opcode = syntax_text(node, "opcode");

    if (strcmp(opcode, "++") == 0 || strcmp(opcode, "--") == 0) {
        size_t sign =
            strncmp(syntax_at(mutations->syntax, span), opcode, 2) == 0
                ? span.begin
                : span.end - 2;
        mutations_add(mutations, "arithmetic", (struct span){sign, sign + 2},
            context, "%s", *opcode == '+' ? "--" : "++");
    }
    mutate_expression(mutations, syntax_part(node, 0), context);
}

static void
mutate_choice(
    struct mutations *mutations, const json_t *node, struct span context)
{
    mutate_condition(mutations, syntax_part(node, 0), context);
    mutate_expression(mutations, syntax_part(node, 1), context);
    mutate_expression(mutations, syntax_part(node, 2), context);
}

void
mutate_expression(
    struct mutations *mutations, const json_t *node, struct span context)
{
    node = syntax_bare(node);
    if (syntax_is_macro(node))
        mutate_macro(mutations, node, context);
    else if (is_constant(node))
        mutate_constant(
            mutations, syntax_span(mutations->syntax, node), context);
    else if (syntax_is(node, "BinaryOperator") ||
             syntax_is(node, "CompoundAssignOperator"))
        mutate_binary(mutations, node, context);
    else if (syntax_is(node, "UnaryOperator"))
        mutate_unary(mutations, node, context);
    else if (syntax_is(node, "CallExpr"))
        mutate_call(mutations, node);
    else if (syntax_is(node, "InitListExpr"))
        mutate_initializers(mutations, node, context);
    else if (syntax_is(node, "ArraySubscriptExpr"))
        mutate_subscript(mutations, node, context);
    else if (syntax_is(node, "ConditionalOperator"))
        mutate_choice(mutations, node, context);
    else
        for (size_t i = 0; i < syntax_parts(node); i++)
            mutate_expression(mutations, syntax_part(node, i), context);
}

void
mutate_condition(
    struct mutations *mutations, const json_t *node, struct span context)
{
    const json_t *bare = syntax_bare(node);
    struct span span = syntax_span(mutations->syntax, node);

    /* To negate a == b is to say a != b; to negate "&&" negates too much to be
     * a slip of the pen, but for a single condition it is the classic. */
    if (!syntax_is_operator(bare, "==") && !syntax_is_operator(bare, "!="))
        mutations_add(mutations, "negate", span, context, "!(%.*s)",
            span_length(span), syntax_at(mutations->syntax, span));
    mutate_expression(mutations, node, context);
}
