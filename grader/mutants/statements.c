/*
 * statements.c - mutations of whole statements (see operators.h)
 */
#include <string.h>

#include "operators.h"

/* A statement that is an expression: a call, an assignment. */
static int
is_expression(const json_t *node)
{
    static const char *const endings[] = {"Expr", "Operator"};
    const char *kind = syntax_kind(node);

    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t n = strlen(endings[i]);
        if (strlen(kind) > n &&
            strcmp(kind + strlen(kind) - n, endings[i]) == 0)
            return 1;
    }
    return 0;
}

static int
is_loop(const json_t *node)
{
    return syntax_is(node, "WhileStmt") || syntax_is(node, "DoStmt") ||
           syntax_is(node, "ForStmt");
}

/* Drops a statement; the ';' behind it stays, or comes in its place. */
static void
drop(struct mutations *mutations, const char *kind, const json_t *node)
{
    struct span span = syntax_span(mutations->syntax, node);
    int is_block = mutations->syntax->source[span.end - 1] == '}';

    mutations_add(mutations, kind, span, span, "%s", is_block ? ";" : "");
}

/* Does it call a function, other than inside of a macro such as errno? */
static int
has_call(const json_t *node)
{
    if (syntax_is_macro(node))
        return 0;
    if (syntax_is(node, "CallExpr"))
        return 1;
    for (size_t i = 0; i < syntax_parts(node); i++)
        if (has_call(syntax_part(node, i)))
            return 1;
    return 0;
}

static void mutate_statement(
    struct mutations *mutations, const json_t *node, int is_last);

static void
mutate_if(struct mutations *mutations, const json_t *node)
{
    const json_t *condition = syntax_part(node, 0);
    const json_t *body = syntax_part(node, 1);

    /* One statement, and a condition that does nothing: to drop the statement
     * comes to the same. */
    if (syntax_parts(node) > 2 || syntax_is(body, "CompoundStmt") ||
        has_call(condition))
        drop(mutations, "drop-if", node);
    mutate_condition(
        mutations, condition, syntax_span(mutations->syntax, condition));
    for (size_t i = 1; i < syntax_parts(node); i++)
        mutate_statement(mutations, syntax_part(node, i), 0);
}

/* "while" becomes "if": an interrupted call is not made again. */
static void
mutate_while(struct mutations *mutations, const json_t *node)
{
    const json_t *condition = syntax_part(node, 0);
    const json_t *body = syntax_part(node, 1);
    struct span span = syntax_span(mutations->syntax, node);

    drop(mutations, "drop-loop", node);
    if (!syntax_has(body, "ContinueStmt") && !syntax_has(body, "BreakStmt"))
        mutations_add(mutations, "loop-once",
            (struct span){span.begin, span.begin + strlen("while")}, span,
            "if");
    mutate_condition(
        mutations, condition, syntax_span(mutations->syntax, condition));
    mutate_statement(mutations, body, 0);
}

static void
mutate_do(struct mutations *mutations, const json_t *node)
{
    const json_t *body = syntax_part(node, 0);
    const json_t *condition = syntax_part(node, 1);
    struct span span = syntax_span(mutations->syntax, node);
    struct span inner = syntax_span(mutations->syntax, body);

    if (!syntax_has(body, "ContinueStmt") && !syntax_has(body, "BreakStmt"))
        mutations_add(mutations, "loop-once", span, span, "%.*s",
            (int)(inner.end - inner.begin),
            mutations->syntax->source + inner.begin);
    mutate_statement(mutations, body, 0);
    mutate_condition(
        mutations, condition, syntax_span(mutations->syntax, condition));
}

/* clang's parts: before, variable, condition, after each turn, body. */
static void
mutate_for(struct mutations *mutations, const json_t *node)
{
    const json_t *condition = syntax_part(node, 2);

    drop(mutations, "drop-loop", node);
    for (size_t i = 0; i < syntax_parts(node); i++)
        if (i == 2 && *syntax_kind(condition) != '\0')
            mutate_condition(mutations, condition,
                syntax_span(mutations->syntax, condition));
        else
            mutate_statement(mutations, syntax_part(node, i), 0);
}

/* A statement goes behind the next one. */
static void
move(struct mutations *mutations, const json_t *node, const json_t *next)
{
    const char *source = mutations->syntax->source;

    if (!is_expression(node) || next == NULL ||
        !(is_expression(next) || syntax_is(next, "IfStmt") || is_loop(next)))
        return;
    struct span first = syntax_statement(mutations->syntax, node);
    struct span second = syntax_statement(mutations->syntax, next);
    struct span both = {first.begin, second.end};
    mutations_add(mutations, "move", both, both, "%.*s%.*s%.*s",
        (int)(second.end - second.begin), source + second.begin,
        (int)(second.begin - first.end), source + first.end,
        (int)(first.end - first.begin), source + first.begin);
}

static void
mutate_block(struct mutations *mutations, const json_t *node, int is_function)
{
    size_t parts = syntax_parts(node);

    for (size_t i = 0; i < parts; i++) {
        const json_t *part = syntax_part(node, i);
        mutate_statement(mutations, part, is_function && i == parts - 1);
        move(mutations, part, syntax_part(node, i + 1));
    }
}

static void
mutate_variables(struct mutations *mutations, const json_t *node)
{
    for (size_t i = 0; i < syntax_parts(node); i++) {
        const json_t *variable = syntax_part(node, i);
        for (size_t k = 0; k < syntax_parts(variable); k++)
            mutate_expression(mutations, syntax_part(variable, k),
                syntax_span(mutations->syntax, variable));
    }
}

static void
mutate_return(struct mutations *mutations, const json_t *node, int is_last)
{
    /* Nothing to be returned would be no C. */
    if (!is_last)
        drop(mutations, "drop-jump", node);
    if (syntax_parts(node) > 0)
        mutate_expression(mutations, syntax_part(node, 0),
            syntax_span(mutations->syntax, node));
}

static void
mutate_statement(struct mutations *mutations, const json_t *node, int is_last)
{
    if (syntax_is(node, "CompoundStmt"))
        mutate_block(mutations, node, 0);
    else if (syntax_is(node, "IfStmt"))
        mutate_if(mutations, node);
    else if (syntax_is(node, "WhileStmt"))
        mutate_while(mutations, node);
    else if (syntax_is(node, "DoStmt"))
        mutate_do(mutations, node);
    else if (syntax_is(node, "ForStmt"))
        mutate_for(mutations, node);
    else if (syntax_is(node, "DeclStmt"))
        mutate_variables(mutations, node);
    else if (syntax_is(node, "ReturnStmt"))
        mutate_return(mutations, node, is_last);
    else if (syntax_is(node, "BreakStmt") || syntax_is(node, "ContinueStmt"))
        drop(mutations, "drop-jump", node);
    else if (is_expression(node)) {
        drop(mutations,
            syntax_is(node, "CallExpr") ? "drop-call" : "drop-assignment",
            node);
        mutate_expression(
            mutations, node, syntax_span(mutations->syntax, node));
    }
}

void
operators_apply(struct mutations *mutations)
{
    json_t *node;
    size_t i;

    json_array_foreach(mutations->syntax->own, i, node)
    {
        const json_t *body = syntax_part(node, syntax_parts(node) - 1);
        mutations->function = "-";
        if (syntax_is(node, "VarDecl") && syntax_parts(node) > 0)
            mutate_expression(
                mutations, body, syntax_span(mutations->syntax, body));
        if (!syntax_is(node, "FunctionDecl") ||
            !syntax_is(body, "CompoundStmt"))
            continue;
        mutations->function = syntax_text(node, "name");
        mutate_block(mutations, body, 1);
    }
}
